// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/LiquidScanner.h"
#include "engine/liquid/Filter.h"
#include "engine/liquid/Tags.h"
#include "ui/editor/AutoClose.h"
#include "ui/editor/BracketMatcher.h"
#include "ui/editor/LiquidVocabulary.h"

#include <QJsonDocument>
#include <QTest>

#include <algorithm>

using namespace carillon;
using namespace carillon::ui;

Q_DECLARE_METATYPE(carillon::ui::HostLanguage)

namespace {

// The spans of one line as "kind:text", so that a test reads like what is on screen.
QStringList spansOf(const QString& line, HostLanguage language, int& state)
{
    static const QHash<SpanKind, QString> names{
        {SpanKind::LiquidDelimiter, QStringLiteral("delimiter")},
        {SpanKind::LiquidTag, QStringLiteral("tag")},
        {SpanKind::LiquidVariable, QStringLiteral("variable")},
        {SpanKind::LiquidFilter, QStringLiteral("filter")},
        {SpanKind::LiquidString, QStringLiteral("string")},
        {SpanKind::LiquidNumber, QStringLiteral("number")},
        {SpanKind::LiquidOperator, QStringLiteral("operator")},
        {SpanKind::LiquidComment, QStringLiteral("remark")},
        {SpanKind::Markup, QStringLiteral("markup")},
        {SpanKind::Attribute, QStringLiteral("attribute")},
        {SpanKind::Value, QStringLiteral("value")},
        {SpanKind::Literal, QStringLiteral("literal")},
        {SpanKind::Comment, QStringLiteral("comment")},
    };
    QStringList described;
    for (const Span& span : scanLine(line, language, state))
        described << names.value(span.kind) + u':' + line.mid(span.start, span.length);
    return described;
}

// Of several lines: those of the last one.
QString lastSpans(const QString& text, HostLanguage language)
{
    int state = 0;
    QStringList spans;
    for (const QString& line : text.split(u'\n'))
        spans = spansOf(line, language, state);
    return spans.join(QStringLiteral(" "));
}

QStringList namesOf(const QList<TagPlace>& tags)
{
    QStringList names;
    for (const TagPlace& tag : tags)
        names << tag.name;
    return names;
}

LiquidVocabulary makeVocabulary()
{
    const auto data = QJsonDocument::fromJson(
        R"({"coupon": "SPRING", "items": [{"title": "Shoe", "price": 3}], "order": {"number": 7}})");
    LiquidVocabulary words = LiquidVocabulary::standard(
        {{QStringLiteral("plan"), QStringLiteral("gold")}, {QStringLiteral("date of birth"), QJsonValue()}}, data.object());
    words.snippets = {{QStringLiteral("footer"), QStringLiteral("Bye")}};
    words.texts = {{QStringLiteral("greeting"), QStringLiteral("Hello")}};
    return words;
}

const LiquidVocabulary& vocabulary()
{
    static const LiquidVocabulary words = makeVocabulary();
    return words;
}

QStringList offered(const QString& before)
{
    const auto completion = completionAt(before, vocabulary());
    QStringList words;
    for (const Word& word : completion ? completion->words : QList<Word>())
        words << word.text;
    return words;
}

} // namespace

class LiquidScannerTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void colours_data()
    {
        QTest::addColumn<QString>("text"); // the last line is looked at
        QTest::addColumn<HostLanguage>("language");
        QTest::addColumn<QString>("spans");
        const auto row = [](const char* name, HostLanguage language, const char* text, const char* spans) {
            QTest::newRow(name) << QString::fromUtf8(text) << language << QString::fromUtf8(spans);
        };
        row("html", HostLanguage::Html, "<b class=\"x\">{{ contact.name | default: 'you' }}</b>",
            "markup:<b attribute:class value:\"x\" markup:> delimiter:{{ variable:contact operator:. variable:name "
            "operator:| "
            "filter:default operator:: string:'you' delimiter:}} markup:</b>");
        row("liquid in an attribute", HostLanguage::Html, "<a href=\"{{ u }}/x\">",
            "markup:<a attribute:href value:\" delimiter:{{ variable:u delimiter:}} value:/x\" markup:>");
        row("liquid among attributes", HostLanguage::Html, "<a {% if x %}id=1{% endif %}>",
            "markup:<a delimiter:{% tag:if variable:x delimiter:%} attribute:id delimiter:{% tag:endif delimiter:%} "
            "markup:>");
        row("css", HostLanguage::Html, "<style>\n.a { color: #fff; width: {{ w }}px }",
            "markup:.a markup:{ attribute:color markup:: literal:#fff markup:; attribute:width markup:: delimiter:{{ "
            "variable:w "
            "delimiter:}} value:px markup:}");
        row("after css", HostLanguage::Html, "<style>\n.a {}\n@media (x) { .b { c: d } }\n</style><i>",
            "markup:</style><i>");
        row("css in an attribute", HostLanguage::Html, "<p style=\"margin: 0 4px\">",
            "markup:<p attribute:style value:\" attribute:margin markup:: literal:0 literal:4px value:\" markup:>");
        row("comment over lines", HostLanguage::Text, "{% comment %}a\n{{ no }}", "remark:{{ no }}");
        row("comment in a comment", HostLanguage::Text, "{% comment %}{% comment %}\n{% endcomment %}x",
            "remark:{% endcomment %}x");
        row("after a comment", HostLanguage::Text, "{% comment %}\n{%- endcomment -%}{{ x }}",
            "delimiter:{%- tag:endcomment delimiter:-%}{{ variable:x delimiter:}}");
        row("raw", HostLanguage::Text, "{% raw %}\n{{ x }}{% endraw %}", "delimiter:{% tag:endraw delimiter:%}");
        row("doc", HostLanguage::Text, "{% doc %}\n@param {string} a - b", "tag:@param remark: {string} a - b");
        row("a remark", HostLanguage::Text, "{% # no {{ x %}{{ y }}",
            "delimiter:{% remark:# no {{ x  delimiter:%}{{ variable:y delimiter:}}");
        row("liquid tag", HostLanguage::Html, "{% liquid\n  assign x = 'a' | upcase\n  # why\n  echo x %}<b>",
            "tag:echo variable:x delimiter:%} markup:<b>");
        row("assign in it", HostLanguage::Text, "{% liquid\n  assign x = 'a' | upcase",
            "tag:assign variable:x operator:= string:'a' operator:| filter:upcase");
        row("dash at a word", HostLanguage::Text, "{{ name-}}", "delimiter:{{ variable:name delimiter:-}}");
        row("numbers", HostLanguage::Text, "{% for i in (1..3) %}{{ 1.5 }}",
            "delimiter:{% tag:for variable:i operator:in operator:( number:1 operator:.. number:3 operator:) delimiter:%}{{ "
            "number:1.5 delimiter:}}");
        row("json", HostLanguage::Json, "{\"a\": \"b\", \"n\": 1}",
            "markup:{ attribute:\"a\" markup:: value:\"b\" markup:, attribute:\"n\" markup:: literal:1 markup:}");
        row("liquid in a json key", HostLanguage::Json, "{\"{{ k[\"x\"] }}\": true}",
            "markup:{ attribute:\" delimiter:{{ variable:k operator:[ string:\"x\" operator:] delimiter:}} attribute:\" "
            "markup:: "
            "literal:true markup:}");
        row("markdown", HostLanguage::Markdown, "# A [b](https://x/{{ y }})",
            "markup:# markup:[ markup:]( attribute:https://x/ delimiter:{{ variable:y delimiter:}}");
        row("fence", HostLanguage::Markdown, "```\n# {{ x }}", "value:#  delimiter:{{ variable:x delimiter:}}");
        row("slack", HostLanguage::Slack, "*a* <https://x|b> :tada: `c`",
            "markup:* markup:* markup:< attribute:https://x markup:| value:b markup:> literal::tada: value:`c`");
        row("telegram", HostLanguage::TelegramMarkdown, "||s|| 1\\. [a](b)",
            "markup:|| markup:|| literal:\\. markup:[ markup:]( attribute:b markup:)");
        row("text", HostLanguage::Text, "<b> \"x\" {{ y }}", "delimiter:{{ variable:y delimiter:}}");
    }
    void colours()
    {
        QFETCH(QString, text);
        QFETCH(HostLanguage, language);
        QFETCH(QString, spans);
        QCOMPARE(lastSpans(text, language), spans);
    }

    // Whatever is typed half way: every span lies within its line, in order.
    void scansAnything_data()
    {
        QTest::addColumn<HostLanguage>("language");
        QTest::newRow("text") << HostLanguage::Text;
        QTest::newRow("html") << HostLanguage::Html;
        QTest::newRow("json") << HostLanguage::Json;
        QTest::newRow("markdown") << HostLanguage::Markdown;
        QTest::newRow("slack") << HostLanguage::Slack;
        QTest::newRow("telegram") << HostLanguage::TelegramMarkdown;
    }
    void scansAnything()
    {
        QFETCH(HostLanguage, language);
        const QStringList pieces{QStringLiteral("{"),          QStringLiteral("}"),          QStringLiteral("%"),
                                 QStringLiteral("\""),         QStringLiteral("'"),          QStringLiteral("<"),
                                 QStringLiteral(">"),          QStringLiteral("!--"),        QStringLiteral("-->"),
                                 QStringLiteral("&;"),         QStringLiteral("#"),          QStringLiteral("*_~"),
                                 QStringLiteral("`"),          QStringLiteral("](x)"),       QStringLiteral("\\"),
                                 QStringLiteral("|"),          QStringLiteral(":"),          QStringLiteral("a1"),
                                 QStringLiteral(" "),          QStringLiteral("<style>"),    QStringLiteral("</style>"),
                                 QStringLiteral(" style="),    QStringLiteral("/* */"),      QStringLiteral("@media"),
                                 QStringLiteral("{% raw %}"),  QStringLiteral("{% liquid "), QStringLiteral("{% comment %}"),
                                 QStringLiteral("endcomment"), QStringLiteral("-%}"),        QStringLiteral("{% doc %}@"),
                                 QStringLiteral("\U0001F514")};
        quint32 seed = 1;
        int state = 0;
        for (int n = 0; n < 6'000; ++n) {
            QString line;
            for (int length = n % 24; length > 0; --length) {
                seed = seed * 1664525 + 1013904223;
                line += pieces.at(int((seed >> 16) % quint32(pieces.size())));
            }
            int end = 0;
            for (const Span& span : scanLine(line, language, state)) {
                QVERIFY2(span.start >= end && span.length > 0 && span.start + span.length <= line.size(), qPrintable(line));
                end = span.start + span.length;
            }
            blockAt(line, line.size() / 2);
            matchingBrackets(line, int(line.size() / 2));
            completionAt(line, vocabulary());
        }
    }

    void findsTags()
    {
        QCOMPARE(namesOf(tagsOf(QStringLiteral("{% if a %}{%- else -%}{% raw %}{% x %}{% endraw %}{% endif %}"))),
                 (QStringList{QStringLiteral("if"), QStringLiteral("else"), QStringLiteral("raw"), QStringLiteral("endraw"),
                              QStringLiteral("endif")}));
        QCOMPARE(namesOf(tagsOf(QStringLiteral("{% liquid\n if a\n comment\n if b\n endcomment\n endif %}"))),
                 (QStringList{QStringLiteral("liquid"), QStringLiteral("if"), QStringLiteral("comment"),
                              QStringLiteral("endcomment"), QStringLiteral("endif")}));
    }

    void findsTheBlockOfATag()
    {
        const QString text = QStringLiteral("{% for x in y %}{% if x %}a{% elsif b %}{% else %}{% endif %}{% endfor %}");
        QCOMPARE(
            namesOf(blockAt(text, 20)),
            (QStringList{QStringLiteral("if"), QStringLiteral("elsif"), QStringLiteral("else"), QStringLiteral("endif")}));
        QCOMPARE(namesOf(blockAt(text, 3)), (QStringList{QStringLiteral("for"), QStringLiteral("endfor")}));
        QCOMPARE(namesOf(blockAt(text, text.size() - 2)), (QStringList{QStringLiteral("for"), QStringLiteral("endfor")}));
        QVERIFY(blockAt(QStringLiteral("{% if x %}"), 4).isEmpty());
        QVERIFY(blockAt(QStringLiteral("{% endif %}"), 4).isEmpty());
        QVERIFY(blockAt(QStringLiteral("{% if a %}x{% endif %}"), 10).size() == 2); // just behind it
        QCOMPARE(namesOf(openBlocks(tagsOf(QStringLiteral("{% for a in b %}{% if c %}{% endif %}{% case d %}")))),
                 (QStringList{QStringLiteral("for"), QStringLiteral("case")}));
    }

    void matchesBrackets()
    {
        using Pair = std::pair<TextRange, TextRange>;
        QCOMPARE(matchingBrackets(QStringLiteral("{{ a[b] }}"), 0), Pair({0, 2}, {8, 2}));
        QCOMPARE(matchingBrackets(QStringLiteral("{{ a[b] }}"), 10), Pair({8, 2}, {0, 2}));
        QCOMPARE(matchingBrackets(QStringLiteral("{{ a[b] }}"), 7), Pair({6, 1}, {4, 1}));
        QCOMPARE(matchingBrackets(QStringLiteral("{%- a '%}' -%}"), 1), Pair({0, 3}, {11, 3}));
        QVERIFY(!matchingBrackets(QStringLiteral("{{ a"), 0));
        QVERIFY(!matchingBrackets(QString(), 0));
    }

    void completesWhatFits_data()
    {
        QTest::addColumn<QString>("before");
        QTest::addColumn<QString>("word"); // one that must be there; empty: nothing at all
        const auto row = [](const char* name, const char* before, const char* word) {
            QTest::newRow(name) << QString::fromUtf8(before) << QString::fromUtf8(word);
        };
        row("outside", "cont", "");
        row("variable", "a {{ cont", "contact.plan");
        row("member", "{{ contact.pl", "contact.plan");
        row("a key that is no word", "{{ contact", "contact[\"date of birth\"]");
        row("data", "{% if data.", "data.coupon");
        row("member of data", "{{ data.order.", "data.order.number");
        row("filter", "{{ contact.plan | up", "upcase");
        row("tag", "{%- as", "assign");
        row("end tag", "{% if x %}{% en", "endif");
        row("loop", "{% for item in data.items %}{{ it", "item");
        row("member of a loop's variable", "{% for item in data.items %}{{ item.", "item.title");
        row("loop is over", "{% for item in data.items %}{% endfor %}{{ it", "");
        row("forloop", "{% for item in data.items %}{{ forloop.l", "forloop.last");
        row("no forloop", "{{ forl", "");
        row("assigned", "{% assign total = 1 %}{{ to", "total");
        row("captured in liquid", "{% liquid\n capture box\n echo 1\n endcapture\n echo b", "box");
        row("in a string", "{{ x | append: \"cont", "");
        row("closed", "{{ x }} cont", "");
        row("snippet", "{% render 'fo", "footer");
        row("snippet without a quote", "{% render fo", "footer");
        row("text", "{{ \"gre", "greeting");
        row("text assigned", "{% assign x = 'gre", "greeting");
        row("tag in liquid", "{% liquid\n  as", "assign");
        row("elements are not offered by their path", "{{ data.items[", "");
    }
    void completesWhatFits()
    {
        QFETCH(QString, before);
        QFETCH(QString, word);
        if (word.isEmpty())
            QCOMPARE(offered(before), QStringList());
        else
            QVERIFY2(offered(before).contains(word), qPrintable(offered(before).join(u' ')));
    }

    void tellsExamples()
    {
        const QList<Word> words = completionAt(QStringLiteral("{{ contact.pla"), vocabulary())->words;
        QCOMPARE(words.size(), 1);
        QCOMPARE(words.first().detail, QStringLiteral("for example gold"));
    }

    // Nothing is offered that the engine would refuse, and all of it is.
    void offersWhatTheEngineKnows()
    {
        const LiquidVocabulary words = LiquidVocabulary::standard();
        QCOMPARE(words.filters.size(), qsizetype(liquid::filterNames().size()));
        for (const Word& filter : words.filters)
            QVERIFY2(!filter.detail.isEmpty(), qPrintable(filter.text));
        for (const std::string_view name : liquid::tagNames()) {
            const QString tag = QString::fromUtf8(name.data(), qsizetype(name.size()));
            QVERIFY2(tag == u"#" || tagForm(tag), qPrintable(tag));
        }
    }

    void closesByItself()
    {
        using Edit = std::optional<ClosingEdit>;
        const auto edit = [](const char* before, const char* after, char typed) {
            return closingEdit(QString::fromLatin1(before), QString::fromLatin1(after), QLatin1Char(typed));
        };
        QCOMPARE(edit("<b>{", "</b>", '{'), Edit({QStringLiteral("{"), QStringLiteral("}}"), 0}));
        QCOMPARE(edit("{", "", '%'), Edit({QStringLiteral("%"), QStringLiteral("%}"), 0}));
        QCOMPARE(edit("{", "name", '{'), Edit());
        QCOMPARE(edit("{{", "}}", ' '), Edit({QStringLiteral(" "), QStringLiteral(" "), 0}));
        QCOMPARE(edit("{{ a", " }}", '}'), Edit({{}, {}, 2}));
        QCOMPARE(edit("{{ a ", " }}", '}'), Edit({{}, {}, 1, 1}));
        QCOMPARE(edit("{{ a }", "}", '}'), Edit({{}, {}, 1}));
        QCOMPARE(edit("{% if a", "%}", '%'), Edit({{}, {}, 1}));
        QCOMPARE(edit("{% if a %", "}", '}'), Edit({{}, {}, 1}));
        QCOMPARE(edit("{\"a\": {\"b\": 1", "}}", '}'), Edit()); // JSON
        QVERIFY(betweenDelimiters(QStringLiteral("x{{"), QStringLiteral("}}")));
        QVERIFY(!betweenDelimiters(QStringLiteral("x{{"), QStringLiteral("%}")));
    }
};

QTEST_APPLESS_MAIN(LiquidScannerTest)
#include "LiquidScannerTest.moc"
