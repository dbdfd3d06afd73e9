// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/unit/liquid/Liquid.h"

#include <atomic>
#include <thread>

using namespace carillon::liquid;
using test::render;

static Value sample()
{
    return test::fromJson(QByteArrayLiteral(
        R"({"name": "Ana & <b>Bo</b>", "n": 5, "text": "17", "yes": true, "no": false, "none": null, "empty_list": [],)"
        R"( "list": [1, 2, 3, 4], "people": [{"name": "Ana", "tags": ["x"]}, {"name": "Bo", "tags": []}],)"
        R"( "contact": {"prénom": "Zoë", "first name": "Zed", "size": 3}})"));
}

class LiquidLanguageTest : public QObject {
    Q_OBJECT

private:
    const Value m_root = sample();

private Q_SLOTS:
    void renders_data()
    {
        QTest::addColumn<QString>("source");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char* source, const char* expected) {
            QTest::newRow(source) << QString::fromUtf8(source) << QString::fromUtf8(expected);
        };
        row("plain { text } % }", "plain { text } % }");
        row("{{ n }}{{}}{{ nothing.at.all }}", "5");
        row("{{ people[1].name }}/{{ people[-1]['name'] }}/{{ people.first.name }}/{{ people.size }}", "Bo/Bo/Ana/2");
        row("{{ contact.prénom }} {{ contact['first name'] }} {{ contact.size }}", "Zoë Zed 3");
        row("{{ 1.0 }} {{ -2 }} {{ 'a' }} {{ \"b\" }} {{ true }} {{ nil }}", "1.0 -2 a b true ");
        row("{% if yes or no and no %}1{% endif %}", "1"); // yes or (no and no)
        row("{% if no and no or yes %}1{% else %}2{% endif %}", "2");
        row("{% if text > 5 %}more{% endif %}{% if text == 17 %}equal{% endif %}", "more");
        row("{% if none > 5 or none < 5 %}1{% else %}2{% endif %}", "2");
        row("{% if n == 5 %}a{% elsif n %}b{% else %}c{% endif %}", "a");
        row("{% if no %}a{% elsif none %}b{% else %}c{% endif %}", "c");
        row("{% if list contains 3 and name contains 'Bo' and contact contains 'size' %}all{% endif %}", "all");
        row("{% if empty_list == empty and '  ' == blank and none == blank %}all{% endif %}", "all");
        row("{% unless no %}a{% endunless %}{% unless yes %}b{% else %}c{% endunless %}", "ac");
        row("{% for p in people %}{{ p.name }}{% unless forloop.last %}, {% endunless %}{% endfor %}", "Ana, Bo");
        row("{% for i in (1..3) %}{{ forloop.index0 }}{{ forloop.index }}{{ forloop.rindex }}{{ forloop.rindex0 }};{% "
            "endfor %}",
            "0132;1221;2310;");
        row("{% for i in list reversed limit: 2 offset: 1 %}{{ i }}{% endfor %}", "32");
        row("{% for i in empty_list %}x{% else %}none{% endfor %}", "none");
        row("{% for i in list %}{% if i == 2 %}{% continue %}{% endif %}{% if i == 4 %}{% break %}{% endif %}{{ i }}{% "
            "endfor %}",
            "13");
        row("{% for i in list limit: 1 %}{{ i }}{% endfor %}{% for i in list offset: continue %}{{ i }}{% endfor %}",
            "1234");
        row("{% assign i = 9 %}{% for i in list %}{% assign i = 7 %}{{ i }}{% endfor %}{{ i }}", "12347");
        row("{% for i in (1..2) %}{% for j in (1..2) %}{{ forloop.parentloop.index }}{{ j }} {% endfor %}{% endfor %}",
            "11 12 21 22 ");
        row("{% assign x = n | plus: 1 %}{{ x }}{% assign x = x | times: 2 %}{{ x }}", "612");
        row("{% comment %}{{ broken | nofilter }}{% unknown %}{% endcomment %}.", ".");
        row("{% raw %}{{ n }}{% endraw %}{{ n }}", "{{ n }}5");
        row("a  {{- n -}}  b  {%- if yes -%}  c  {%- endif -%}  d", "a5bcd");
        row("{% # a remark %}.", ".");
        row("[{% if yes %}  {% endif %}]", "[]");
        row("[{% if yes %}{% raw %}  {% endraw %}{% endif %}]", "[  ]");
        row("{% raw -%} a {%- endraw %}{{- n -}}", " a 5"); // no dash reaches into it
        row("{% break %}never", "");
        row("{% case n %}{% when 4 %}a{% when 5, 6 %}b{% else %}c{% endcase %}{% case name %}{% when 1 or 2 %}{% else %}d{% "
            "endcase %}",
            "bd");
        row("{% capture x %}{{ n }}!{% endcapture %}{% capture 'y' %}{{ x }}{% endcapture %}{{ y }}", "5!");
        row("{% for i in list %}{% cycle 'a', 'b' %}{% cycle 'g': 1, 2, 3 %}{% endfor %}{% cycle 'g': 4, 5, 6 %}",
            "a1b2a3b15");
        row("{% for i in (1..2) %}{% cycle yes, n %}{% cycle yes, n %} {% endfor %}", "truetrue 55 ");
        row("{% increment n %}{% increment n %}{{ n }}{% decrement n %}{{ n }}{% assign n = 'x' %}{% increment n %}{{ n }}",
            "567666x");
        row("{% liquid\n for i in list\n  if i == 3\n   break\n  endif\n  echo i | times: 2\n endfor\n%}", "24");
        row("{% tablerow p in people cols: 1 %}{{ p.name }}{{ tablerowloop.row }}{{ tablerowloop.col_last }}{% endtablerow "
            "%}",
            "<tr class=\"row1\">\n<td class=\"col1\">Ana1true</td></tr>\n<tr class=\"row2\"><td "
            "class=\"col1\">Bo2true</td></tr>\n");
        row("{% for i in (1..5) %}{% assign odd = i | modulo: 2 %}{% ifchanged %}{{ odd }}{% endifchanged %}{% endfor %}",
            "10101");
        row("{% doc %}{{ {% if %} {% enddoc %}{% echo n %}{% echo %}", "5");
        row("{% comment %}{% comment %}{% raw %}{% endcomment %}{% endraw %}{% endcomment %}{% endcomment %}.", ".");
    }

    void renders()
    {
        QFETCH(QString, source);
        QFETCH(QString, expected);
        QCOMPARE(render(source.toStdString(), m_root), expected);
    }

    void snippets_data()
    {
        QTest::addColumn<QString>("source");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char* source, const char* expected) {
            QTest::newRow(source) << QString::fromUtf8(source) << QString::fromUtf8(expected);
        };
        row("{% render 'show' %}|{% render 'show', n: 1 %}|{% include 'show' %}", "[]|[1]|[5]");
        row("{% render 'show' with 7 as n %}{% render 'show' for list as n %}{% include 'show' for list as n %}",
            "[7][1][2][3][4][1][2][3][4]");
        row("{% render 'shared/part' with n %}{% include 'shared/part' with n, n: 3 %}", "5;5;");
        row("{% render 'set' %}{{ n }}{% include 'set' %}{{ n }}{{ made }}", "599");
        row("{% include 'set' n: 1 %}{{ n }}", "9");
        row("{% for i in list %}{% include 'loop' %}{% endfor %}", "11.2");
        row("{% for i in list %}{% render 'loop' %}{% endfor %}", "....");
        row("{% increment c %}{% include 'count' %}{% render 'count' %}{% increment c %}", "0102");
        row("{% include x %}", "1:1 There is no snippet “”.");
        row("{% render 'none' %}", "1:1 There is no snippet “none”.");
        row("{% render name %}", "1:11 The name of a snippet must stand here in quotes; only “include” takes a variable.");
        row("a\n b{% include 'bad' %}", "2:3 In the snippet “bad”, line 2, column 11: This divides by zero.");
    }

    void snippets()
    {
        QFETCH(QString, source);
        QFETCH(QString, expected);
        const auto partials
            = test::partialsOf(Object({{"show", Value("[{{ n }}]")},
                                       {"shared/part", Value("{{ part }};")},
                                       {"set", Value("{% assign n = 9 %}{% assign made = 9 %}")},
                                       {"loop", Value("{{ forloop.index }}{% if i == 2 %}{% break %}{% endif %}{{ i }}.")},
                                       {"count", Value("{% increment c %}")},
                                       {"bad", Value("\n   {{ 1 | divided_by: 0 }}")}}));
        QCOMPARE(render(source.toStdString(), m_root, {.partials = partials}), expected);
    }

    void namesItsSnippets()
    {
        const auto program = Program::compile("{% render 'a', x: 1 %}{% include 'b/c' with y %}{% include z %}");
        QVERIFY(program);
        const std::vector<PartialUse>& uses = program->partials();
        QCOMPARE(uses.size(), 3u);
        QVERIFY(uses[0].name == "a" && !uses[0].isShared && uses[0].arguments == std::vector<std::string>{"x"});
        QVERIFY(uses[1].name == "b/c" && uses[1].isShared && uses[1].arguments == std::vector<std::string>{"c"});
        QVERIFY(uses[2].name.empty() && uses[2].place.offset > uses[1].place.offset);
        QCOMPARE(program->variables().size(), 2u); // y and z
    }

    void escapesForItsPlace()
    {
        const std::string nasty("<a href='x'>\"&\\\r\n\0", 18);
        const Value root
            = Object({{"v", nasty}, {"list", Array{"<", ">"}}, {"o", Object(std::vector<Object::Entry>{{"k", "\""}})}});
        QCOMPARE(render("{{ v }}", root, {Escape::Html}),
                 QString(QStringLiteral("&lt;a href=&#39;x&#39;&gt;&quot;&amp;\\\r\n") + QChar(0)));
        QCOMPARE(render("{{ v }}", root, {Escape::Json}), QStringLiteral("<a href='x'>\\\"&\\\\\\r\\n\\u0000"));
        QCOMPARE(render("a{{ v }}b", root, {Escape::Header}), QStringLiteral("a<a href='x'>\"&\\ b"));
        QCOMPARE(render("{{ list }}", root, {Escape::Html}), QStringLiteral("&lt;&gt;"));
        QCOMPARE(render("{\"t\": \"{{ v | upcase }}\", \"o\": {{ o | json }}}", root, {Escape::Json}),
                 QStringLiteral("{\"t\": \"<A HREF='X'>\\\"&\\\\\\r\\n\\u0000\", \"o\": {\"k\":\"\\\"\"}}"));
    }

    void escapesOnceAndOnlyOnce()
    {
        const Value root = test::fromJson(QByteArrayLiteral(R"({"v": "<b>", "lines": "a<\nb"})"));
        QCOMPARE(render("{{ v | escape }} {{ v | escape_once }} {{ v | raw }}", root, {Escape::Html}),
                 QStringLiteral("&lt;b&gt; &lt;b&gt; <b>"));
        QCOMPARE(render("{{ lines | newline_to_br }}", root, {Escape::Html}), QStringLiteral("a&lt;<br />\nb"));
        QCOMPARE(render("{{ lines | escape | newline_to_br }}", root, {Escape::Html}), QStringLiteral("a&lt;<br />\nb"));
        // What is appended behind an escape is data again.
        QCOMPARE(render("{{ 'x' | escape | append: v }}", root, {Escape::Html}), QStringLiteral("x&lt;b&gt;"));
        QCOMPARE(render("{{ v | json }}", root, {Escape::Html}), QStringLiteral("&quot;&lt;b&gt;&quot;"));
    }

    void namesTheVariablesItReads()
    {
        const auto program = Program::compile(
            "{% assign mine = 1 %}{{ mine }}{{ contact.name | append: data['x'].y }}\n"
            "{% for item in data.items %}{{ item.title }}{{ forloop.index }}{{ a[b].c }}{% endfor %}{{ item }}");
        QVERIFY(program);
        QStringList paths;
        for (const VariableUse& use : program->variables())
            paths << test::fromUtf8(use.path);
        QCOMPARE(paths,
                 QStringList({QStringLiteral("contact.name"), QStringLiteral("data.x.y"), QStringLiteral("data.items"),
                              QStringLiteral("b"), QStringLiteral("a[].c"), QStringLiteral("item")}));
        QCOMPARE(program->variables().front().place.offset, 34u);
        QCOMPARE(program->variables().front().place.length, 12u);
    }

    void oneProgramServesManyThreads()
    {
        const auto program = Program::compile(
            "{% for i in list %}{% assign x = i | plus: n %}{{ x }},{% endfor %}{{ name | escape }}", {Escape::Html});
        QVERIFY(program);
        std::atomic<int> right = 0;
        std::vector<std::thread> threads;
        for (int t = 0; t < 4; ++t) {
            threads.emplace_back([&] {
                for (int i = 0; i < 500; ++i)
                    right += program->render(m_root) == std::string("6,7,8,9,Ana &amp; &lt;b&gt;Bo&lt;/b&gt;");
            });
        }
        for (std::thread& thread : threads)
            thread.join();
        QCOMPARE(right.load(), 2000);
    }

    void largeObjectsFindTheirMembers()
    {
        std::vector<Object::Entry> entries;
        for (int i = 0; i < 1000; ++i)
            entries.emplace_back("key" + std::to_string(i), Value(i));
        const Object object(std::move(entries));
        QCOMPARE(*object.find("key999")->integer(), 999);
        QVERIFY(!object.find("key1000"));
        QCOMPARE(object.entries().front().first, std::string("key0"));
    }
};

QTEST_GUILESS_MAIN(LiquidLanguageTest)
#include "LiquidLanguageTest.moc"
