// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/unit/liquid/Liquid.h"

#include "engine/base/Random.h"

#include <ctime>

using namespace carillon;
using namespace carillon::liquid;
using test::render;

// Nothing that a template says takes long, takes much memory or brings the program down.
class LiquidBoundsTest : public QObject {
    Q_OBJECT

private:
    static std::string repeated(std::string_view text, int times)
    {
        std::string result;
        for (int i = 0; i < times; ++i)
            result += text;
        return result;
    }

    // Of the processor: what else the machine does has no part in it.
    static double secondsSince(std::clock_t start) { return double(std::clock() - start) / CLOCKS_PER_SEC; }

private Q_SLOTS:
    void bombsEndWithASentence_data()
    {
        QTest::addColumn<QByteArray>("source");
        QTest::addColumn<QString>("sentence");
        const auto row = [](const char* name, const std::string& source, const char* sentence) {
            QTest::newRow(name) << QByteArray::fromStdString(source) << QString::fromUtf8(sentence);
        };
        const std::string grow
            = "{% assign s = 'aaaaaaaaaaaaaaaa' %}{% for i in (1..16) %}{% assign s = s | append: s %}{% endfor %}"; // 1 MiB
        row("loops in loops", repeated("{% for i in (1..1000) %}", 7) + "x" + repeated("{% endfor %}", 7),
            "Rendering takes too many steps.");
        row("a long loop", "{% for i in (1..9999999999) %}x{% endfor %}", "The loop is longer than 20000 elements.");
        row("doubling", "{% assign s = 'x' %}{% for i in (1..64) %}{% assign s = s | append: s %}{% endfor %}",
            "The text grows too large here.");
        row("replacing with itself", grow + "{{ s | replace: 'a', s }}", "The text grows too large here.");
        row("joining", grow + "{{ (1..20000) | join: s }}", "The text grows too large here.");
        row("joining a huge range", "{{ (1..99999999999) | join }}", "The list grows too large here.");
        row("splitting", grow + "{{ s | split: '' }}", "The list grows too large here.");
        row("searching long in long", grow + "{% assign t = s | append: 'b' %}{{ s | append: s | replace: t, '' }}",
            "Rendering takes too many steps.");
        row("contains long in long",
            grow + "{% assign t = s | append: 'b' %}{% assign u = s | append: s %}{% if u contains t %}{% endif %}",
            "Rendering takes too many steps.");
        row("measuring again and again",
            grow + "{% for i in (1..20000) %}{% for j in (1..20000) %}{{ s.size }}{% endfor %}{% endfor %}",
            "Rendering takes too many steps.");
        row("much output", grow + "{{ s }}{{ s }}{{ s }}{{ s }}{{ s }}", "The output is larger than 4194304 bytes.");
        row("deep tags", repeated("{% if true %}", 5000), "Tags are nested more than 100 deep.");
        row("deep brackets", "{{ a" + repeated("[a", 5000) + " }}", "Expressions are nested more than 32 deep.");
        row("deep ranges", "{{ " + repeated("(1..", 5000) + " }}", "Expressions are nested more than 32 deep.");
        row("a huge template", std::string(Program::maxSourceBytes + 1, 'x'), "The template is larger than 2 MiB.");
        row("capture in capture", grow + repeated("{% capture c %}{{ s }}", 20) + repeated("{% endcapture %}", 20),
            "The output is larger than 4194304 bytes.");
        row("captured again and again",
            grow + "{% for i in (1..20000) %}{% capture c %}{{ s }}{{ s }}{% endcapture %}{% endfor %}",
            "The text grows too large here.");
        row("a list that doubles",
            "{% assign l = (1..2) | reverse %}{% for i in (1..30) %}{% assign l = l | concat: l %}{% endfor %}",
            "The list grows too large here.");
        row("a list of long texts that doubles",
            grow + "{% assign l = s | split: '-' %}{% for i in (1..30) %}{% assign l = l | concat: l %}{% endfor %}",
            "The text grows too large here.");
        row("sorting again and again",
            "{% assign l = (1..20000) | reverse %}{% for i in (1..20000) %}{% assign m = l | sort %}{% endfor %}",
            "The text grows too large here.");
        row("a huge range sorted", "{{ (1..99999999999) | sort | uniq }}", "The list grows too large here.");
        row("words", grow + "{{ s | append: ' ' | replace: 'a', 'b ' | split: ' ' }}", "The list grows too large here.");
        row("replacing nothing", grow + "{{ s | replace: '', s }}", "The text grows too large here.");
        row("forms of themselves", grow + "{% assign p = s | replace: 'a', '#' %}{{ s | plural: other: p }}",
            "The text grows too large here.");
        row("rows of a table", "{% tablerow i in (1..9999999) %}{% endtablerow %}",
            "The loop is longer than 20000 elements.");
        row("liquid in liquid", "{% " + repeated("liquid ", 5000) + "%}", "Tags are nested more than 100 deep.");
        row("a huge date format", grow + "{{ 0 | date: s }}", "The format given to “date” is longer than 1000 bytes.");
        row("openings", repeated("{{", 500'000), "“{{” is never closed with “}}”.");
        row("openings closed at last", repeated("{{", 500'000) + "}}", "“{{” is never closed with “}}”.");
        row("raws", repeated("{% raw %}", 100'000), "“raw” is never closed with “endraw”.");
        row("comments", repeated("{% comment %}", 100'000), "“comment” is never closed with “endcomment”.");
        row("unknown tags", repeated("{% x %}\n", 100'000), "There is no tag “x”.");
    }

    void bombsEndWithASentence()
    {
        QFETCH(QByteArray, source);
        QFETCH(QString, sentence);
        const std::clock_t start = std::clock();
        const QString result = render(source.toStdString());
        QVERIFY2(result.endsWith(sentence), qPrintable(result.left(200)));
        QVERIFY2(secondsSince(start) < 5, qPrintable(QString::number(secondsSince(start))));
    }

    void snippetsThatNameThemselvesEnd_data()
    {
        QTest::addColumn<QByteArray>("source");
        QTest::addColumn<QString>("sentence");
        QTest::newRow("render") << QByteArray("{% render 'r' %}")
                                << QStringLiteral("Snippets are nested more than 50 deep.");
        QTest::newRow("include") << QByteArray("{% include 'i' %}")
                                 << QStringLiteral("Snippets are nested more than 50 deep.");
        QTest::newRow("in turn") << QByteArray("{% render 'ping' %}")
                                 << QStringLiteral("Snippets are nested more than 50 deep.");
        QTest::newRow("twice") << QByteArray("{% include 'twice' %}")
                               << QStringLiteral("Snippets are nested more than 50 deep.");
        QTest::newRow("wide") << QByteArray("{% render 'wide' %}") << QStringLiteral("Rendering takes too many steps.");
        QTest::newRow("deep") << QByteArray("{% render 'deep' %}") << QStringLiteral("Tags are nested more than 400 deep.");
    }

    void snippetsThatNameThemselvesEnd()
    {
        QFETCH(QByteArray, source);
        QFETCH(QString, sentence);
        const auto partials = test::partialsOf(
            Object({{"r", Value("{% render 'r' %}")},
                    {"i", Value("{% include 'i' %}")},
                    {"ping", Value("{% render 'pong' %}")},
                    {"pong", Value("{% include 'ping' %}")},
                    {"twice", Value("{% include 'twice' %}{% include 'twice' %}")},
                    {"wide",
                     Value("{% assign m = n | plus: 1 %}{% if m < 40 %}{% render 'wide', n: m %}{% render 'wide', n: m %}{% "
                           "endif %}")},
                    {"deep", Value(repeated("{% if true %}", 90) + "{% render 'deep' %}" + repeated("{% endif %}", 90))}}));
        const QString result = render(source.toStdString(), {}, {.partials = partials});
        QVERIFY2(result.endsWith(sentence), qPrintable(result));
        QVERIFY(result.startsWith(QStringLiteral("1:1 In the snippet “")));
    }

    void numbersEndSomewhere()
    {
        QCOMPARE(render("{{ 9223372036854775807 | plus: 1 }} {{ -9223372036854775808 | minus: 1 }} {{ 4611686018427387904 | "
                        "times: 4 }}"),
                 QStringLiteral("9.22337203685478e+18 -9.22337203685478e+18 1.84467440737096e+19"));
        QCOMPARE(render("{{ -9223372036854775808 | abs }} {{ -9223372036854775808 | divided_by: -1 }} "
                        "{{ -9223372036854775808 | modulo: -1 }}"),
                 QStringLiteral("9.223372036854776e+18 9.223372036854776e+18 0"));
        QCOMPARE(render("{{ '99999999999999999999' | plus: 1 }} {{ 9223372036854775807 | round: -15 }}"),
                 QStringLiteral("1e+20 9.223e+18"));
        QCOMPARE(render("{% increment n %}{% increment n %}", Object({{"n", Value(std::int64_t(INT64_MAX))}})),
                 QStringLiteral("92233720368547758079223372036854775807"));
        QCOMPARE(
            render(
                "{{ 'abc' | slice: -9223372036854775808, 9223372036854775807 }}|{{ 'abc' | slice: 1, 9223372036854775807 }}|"
                "{{ 'abc' | slice: 9223372036854775807 }}|{{ 'abc' | truncate: -5 }}|{{ 'a b' | truncatewords: -5 }}"),
            QStringLiteral("|bc||...|a..."));
        QCOMPARE(render("{{ 1 | number: 99999999999 | size }}"), QStringLiteral("17"));
    }

    void manyNamesStayQuick()
    {
        std::string source;
        for (int i = 0; i < 60'000; ++i)
            source += "{%assign v" + std::to_string(i) + "=x" + std::to_string(i) + "%}";
        const std::clock_t start = std::clock();
        QCOMPARE(render(source), QString());
        QVERIFY2(secondsSince(start) < 5, qPrintable(QString::number(secondsSince(start))));
    }

    void problemsAreCounted()
    {
        QCOMPARE(Program::compile(repeated("{% x %}", 1000)).error().size(), Program::maxProblems);
        QCOMPARE(Program::compile(repeated("{{", 1000)).error().size(), Program::maxProblems);
    }

    void survivesAnyBytes()
    {
        static const std::string_view parts[] = {"{{",
                                                 "}}",
                                                 "{%",
                                                 "%}",
                                                 "{%-",
                                                 "-%}",
                                                 "{{-",
                                                 "-}}",
                                                 " if ",
                                                 " elsif ",
                                                 " else ",
                                                 " endif ",
                                                 " unless ",
                                                 " endunless ",
                                                 " for x in ",
                                                 " endfor ",
                                                 " assign x = ",
                                                 " comment ",
                                                 " endcomment ",
                                                 " raw ",
                                                 " endraw ",
                                                 " break ",
                                                 " continue ",
                                                 " | ",
                                                 " date: '%Q%9999d'",
                                                 "'",
                                                 "\"",
                                                 " a",
                                                 ".b",
                                                 "[0]",
                                                 "[",
                                                 "]",
                                                 "(1..",
                                                 ")",
                                                 "..",
                                                 ":",
                                                 ",",
                                                 " == ",
                                                 " contains ",
                                                 " and ",
                                                 " or ",
                                                 " 12345678901234567890 ",
                                                 " -1.5 ",
                                                 " limit: ",
                                                 " offset: continue",
                                                 " reversed ",
                                                 " forloop",
                                                 " default: ",
                                                 " split: ",
                                                 " join: ",
                                                 " truncate: ",
                                                 " times: ",
                                                 "\n",
                                                 "é",
                                                 "#"};
        SeededRandom random(20261121);
        const Value root = test::fromJson(QByteArrayLiteral(R"({"a": {"b": [1, "two", null, {"c": 3.5}]}, "x": "text"})"));
        const RenderOptions options{
            .limits = {.steps = 5'000, .outputBytes = 100'000, .workBytes = 200'000, .loopLength = 500}, .now = 1};
        int rendered = 0;
        for (int round = 0; round < 20'000; ++round) {
            std::string source;
            for (quint64 i = random.below(40); i > 0; --i) {
                if (random.below(8) == 0)
                    source.push_back(char(random.below(256)));
                else
                    source += parts[random.below(std::size(parts))];
            }
            const auto program = Program::compile(source, {Escape(random.below(4)), random.below(2) == 0});
            if (!program) {
                QVERIFY(!program.error().empty() && program.error().front().line > 0);
                continue;
            }
            ++rendered;
            const auto text = program->render(root, options);
            QVERIFY(text || !text.error().sentence.empty());
        }
        QVERIFY2(rendered > 500, qPrintable(QString::number(rendered)));
    }
};

QTEST_GUILESS_MAIN(LiquidBoundsTest)
#include "LiquidBoundsTest.moc"
