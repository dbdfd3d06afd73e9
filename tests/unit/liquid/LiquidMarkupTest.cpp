// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/unit/liquid/Liquid.h"

#include "engine/base/Random.h"
#include "engine/liquid/MarkupText.h"

using namespace carillon;
using namespace carillon::liquid;
using test::render;

// What is escaped stays escaped, is escaped once, and no filter makes data into markup.
class LiquidMarkupTest : public QObject {
    Q_OBJECT

private:
    static constexpr Escape modes[]
        = {Escape::Html, Escape::Json, Escape::Slack, Escape::TelegramMarkdown, Escape::Markdown};

    static Value data()
    {
        return Object({{"name", Value("O'Neil & <b>")},
                       {"list", Array{Value("<"), Value("b&c"), Value(3)}},
                       {"lines", Value("a\n<b>")},
                       {"plain", Value("text")}});
    }

private Q_SLOTS:
    void capturedTextIsEscapedOnce_data()
    {
        QTest::addColumn<QString>("source");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char* source, const char* expected) {
            QTest::newRow(source) << QStringLiteral("{% capture c %}<i>{{ name }}</i>{% endcapture %}")
                    + QString::fromUtf8(source)
                                  << QString::fromUtf8(expected);
        };
        const char* const whole = "<i>O&#39;Neil &amp; &lt;b&gt;</i>";
        row("{{ c }}", whole);
        row("{% assign d = c %}{{ d }}", whole);
        row("{% capture d %}{{ c }}{% endcapture %}{{ d }}", whole);
        row("{{ c | escape }}", whole);
        row("{{ c | default: 'x' }}", whole);
        row("{{ nothing | default: c }}", whole);
        row("{{ c | strip }}", whole);
        row("{{ c | raw }}", whole);
        row("{{ c | append: '<br>' }}", "<i>O&#39;Neil &amp; &lt;b&gt;</i>&lt;br&gt;");
        row("{{ '<br>' | append: c }}", "&lt;br&gt;<i>O&#39;Neil &amp; &lt;b&gt;</i>");
        row("{{ '<br>' | raw | append: name }}", "<br>O&#39;Neil &amp; &lt;b&gt;");
        row("{{ c | prepend: name }}", "O&#39;Neil &amp; &lt;b&gt;<i>O&#39;Neil &amp; &lt;b&gt;</i>");
        row("{{ c | upcase }}", "<I>O&#39;NEIL &amp; &lt;B&gt;</I>");
        row("{{ c | size }}", "19");
        row("{{ c | slice: 3, 4 }}", "O&#39;Ne");
        row("{{ c | truncate: 8, '&' }}", "<i>O&#39;Ne&amp;");
        row("{{ c | truncatewords: 2 }}", "<i>O&#39;Neil &amp;...");
        row("{{ c | replace: \"'\", '<' }}", "<i>O&lt;Neil &amp; &lt;b&gt;</i>");
        row("{{ c | replace: 'amp', 'x' }}", whole);
        row("{{ c | remove: '<' }}", "<i>O&#39;Neil &amp; b&gt;</i>"); // the data's, not the markup's
        row("{{ c | split: '&' | join: '<' }}", "<i>O&#39;Neil &lt; &lt;b&gt;</i>");
        row("{{ c | strip_html }}", "O&#39;Neil &amp; &lt;b&gt;");
        row("{{ c | url_encode }}", "%3Ci%3EO%27Neil+%26+%3Cb%3E%3C%2Fi%3E");
        row("{{ c | json }}", "&quot;&lt;i&gt;O&#39;Neil &amp; &lt;b&gt;&lt;/i&gt;&quot;");
        row("{% capture n %}{{ 5 }}{% endcapture %}{{ n | plus: 2 }}", "7");
        row("{{ list | join: c }}", "&lt;<i>O&#39;Neil &amp; &lt;b&gt;</i>b&amp;c<i>O&#39;Neil &amp; &lt;b&gt;</i>3");
        row("{{ list | join: '&' }}", "&lt;&amp;b&amp;c&amp;3");
        row("{{ list | raw | join: '&' }}", "<&amp;b&c&amp;3");
        row("{{ list | raw | first }}{{ list | first }}", "<&lt;");
        row("{{ list }}{{ list | raw }}", "&lt;b&amp;c3<b&c3");
        row("{{ lines | newline_to_br }}", "a<br />\n&lt;b&gt;");
        row("{% capture d %}{{ lines }}{% endcapture %}{{ d | newline_to_br | append: '<' }}", "a<br />\n&lt;b&gt;&lt;");
        row("{% capture d %}{{ name }}{% endcapture %}{% if d == name %}same{% endif %}", "same");
        row("{% capture d %}{{ name }}{% endcapture %}{% if d contains '& <' %}in{% endif %}", "in");
        row("{% capture d %}{{ name }}{% endcapture %}{% case d %}{% when name %}same{% endcase %}", "same");
        row("{% capture d %}plain{% endcapture %}{{ [d] }}", "text");
        row("{% cycle c, name %}", whole);
        row("{% ifchanged %}{{ c }}{% endifchanged %}", whole);
        row("{% for part in c %}{{ part }}{% endfor %}", whole);
        row("{% assign parts = c | split: ' ' %}{% for p in parts reversed %}{{ p }} {% endfor %}",
            "&lt;b&gt;</i> &amp; <i>O&#39;Neil ");
    }

    void capturedTextIsEscapedOnce()
    {
        QFETCH(QString, source);
        QFETCH(QString, expected);
        QCOMPARE(render(source.toStdString(), data(), {.escape = Escape::Html}), expected);
    }

    void otherModesToo()
    {
        const Value root = Object({{"v", Value("a\"b\\.")}, {"x", Value("*x")}});
        const std::string source = "{% capture c %}{{ v }}{% endcapture %}{{ c | split: '\"' | join: x }}";
        QCOMPARE(render(source, root, {.escape = Escape::Json}), QStringLiteral("a*xb\\\\."));
        QCOMPARE(render(source, root, {.escape = Escape::TelegramMarkdown}), QStringLiteral("a\\*xb\\\\\\."));
        QCOMPARE(render("{% capture c %}{\"k\": \"{{ v }}\"}{% endcapture %}{{ c | replace: 'n', '\"' }}", root,
                        {.escape = Escape::Json}),
                 QStringLiteral("{\"k\": \"a\\\"b\\\\.\"}"));
        QCOMPARE(render("{{ -1.5 }}{{ -1.5 | raw }}", root, {.escape = Escape::TelegramMarkdown}),
                 QStringLiteral("\\-1\\.5-1.5"));
        QCOMPARE(render("{{ v | escape }}", root, {.escape = Escape::Json}), QStringLiteral("a&quot;b\\\\."));
    }

    void protectedTextComesBackAsItWas()
    {
        SeededRandom random(20261121);
        static constexpr std::string_view parts[]
            = {"a", "é", "\n", "<", "&", "\"", "'", "\\", "*", "_", ".", "&amp;", "&lt;", "\\n", "\\u0007", "\t", "文", " "};
        for (const Escape mode : modes) {
            for (int round = 0; round < 2000; ++round) {
                std::string plain;
                for (quint64 i = random.below(12); i > 0; --i)
                    plain += parts[random.below(std::size(parts))];
                std::string escaped;
                appendEscaped(mode, plain, escaped);
                QCOMPARE(markup::plain(mode, escaped), plain);
                QCOMPARE(markup::protect(mode, escaped), plain);
                QCOMPARE(markup::restore(mode, markup::protect(mode, escaped)), escaped);
                // Markup is any text; its own < and " come back bare.
                const std::string back = markup::restore(mode, markup::protect(mode, plain));
                QCOMPARE(markup::plain(mode, back), markup::plain(mode, plain));
            }
        }
    }

    // Data that looks like what protection writes for a bare <, whole or in pieces that a filter puts together.
    void noDataBecomesMarkup()
    {
        const std::string forged = "\xEF\xB7\x91";
        const Value root
            = Object({{"whole", Value("x" + forged + "script>")},
                      {"half", Value("x\xEF\xB7")},
                      {"rest", Value("\x91script>")},
                      {"in_object", Object(std::vector<Object::Entry>{{"k", Value(forged)}})},
                      {"in_list", Array{Value(forged), Object(std::vector<Object::Entry>{{"k", Value(forged)}})}}});
        const std::string_view templates[] = {
            "{% capture c %}i{% endcapture %}{{ c | append: whole }}",
            "{% capture c %}{{ whole }}{% endcapture %}{{ c | upcase }}",
            "{% capture c %}i{% endcapture %}{{ c | replace: 'i', half | append: rest }}",
            "{% capture c %}i{% endcapture %}{% assign d = half | append: rest %}{{ c | append: d }}",
            "{% capture c %}{{ half }}{% endcapture %}{{ c | append: rest }}",
            "{% capture c %}{{ half }},{{ rest }}{% endcapture %}{{ c | remove: ',' }}",
            "{% capture c %}i{% endcapture %}{% assign l = c | split: 'x' | concat: in_list %}{{ l | join: in_object }}",
            "{{ '' | raw | append: half | append: rest }}",
        };
        for (const std::string_view source : templates) {
            const QString text = render(source, root, {.escape = Escape::Html});
            QVERIFY2(!text.contains(u'<'), qPrintable(text));
        }
    }

    void snippetsAreEscapedAsTheTemplateIs()
    {
        const auto partials = test::partialsOf(
            test::fromJson(QByteArrayLiteral(R"({"row": "<td>{{ name }}</td>", "set": "{% assign x = name %}"})")),
            {.escape = Escape::None});
        const Options html{.escape = Escape::Html, .partials = partials};
        QCOMPARE(render("{% include 'row' %}{% render 'row', name: list %}", data(), html),
                 QStringLiteral("<td>O&#39;Neil &amp; &lt;b&gt;</td><td>&lt;b&amp;c3</td>"));
        QCOMPARE(render("{% capture c %}{% include 'row' %}{% endcapture %}{{ c }}", data(), html),
                 QStringLiteral("<td>O&#39;Neil &amp; &lt;b&gt;</td>"));
        QCOMPARE(render("{% include 'set' %}{{ x }}", data(), html), QStringLiteral("O&#39;Neil &amp; &lt;b&gt;"));
        QCOMPARE(render("{% include 'row' %}", data(), {.escape = Escape::None, .partials = partials}),
                 QStringLiteral("<td>O'Neil & <b></td>"));
    }

    void escapedValuesComeFromOutsideToo()
    {
        const Value root = Object({{"content", Value::markup("<p>&amp;</p>")}});
        QCOMPARE(render("{{ content }}{{ content | append: '<' }}", root, {.escape = Escape::Html}),
                 QStringLiteral("<p>&amp;</p><p>&amp;</p>&lt;"));
    }
};

QTEST_GUILESS_MAIN(LiquidMarkupTest)
#include "LiquidMarkupTest.moc"
