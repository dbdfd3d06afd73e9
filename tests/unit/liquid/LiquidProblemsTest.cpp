// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/unit/liquid/Liquid.h"

using namespace carillon::liquid;
using test::render;

// Every mistake is named at its line and column.
class LiquidProblemsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void namesThePlace_data()
    {
        QTest::addColumn<QString>("source");
        QTest::addColumn<QString>("problem");
        const auto row = [](const char* source, const char* problem) {
            QTest::newRow(source) << QString::fromUtf8(source) << QString::fromUtf8(problem);
        };
        row("a\nbé {{ x | nofilter }}", "2:11 There is no filter “nofilter”.");
        row("{% nosuch %}", "1:1 There is no tag “nosuch”.");
        row("{% %}", "1:1 The name of a tag is missing here.");
        row("{% endif %}", "1:1 “endif” does not belong to a tag that is open here.");
        row("x {% if a %} y", "1:3 “if” is never closed with “endif”.");
        row("x {% for a in b %} y", "1:3 “for” is never closed with “endfor”.");
        row("x {% comment %} y", "1:3 “comment” is never closed with “endcomment”.");
        row("x {% raw %} y", "1:3 “raw” is never closed with “endraw”.");
        row("x {{ a", "1:3 “{{” is never closed with “}}”.");
        row("x {{ a {{ b }}", "1:3 “{{” is never closed with “}}”.");
        row("x {% if a", "1:3 “{%” is never closed with “%}”.");
        row("{{ 'abc }}", "1:4 The quote is never closed.");
        row("{{ a b }}", "1:6 “b” is not expected here.");
        row("{{ a. }}", "1:7 Something is missing here.");
        row("{{ a[1 }}", "1:8 “]” is missing here.");
        row("{{ (1..2 }}", "1:10 “)” is missing here.");
        row("{{ a | truncate: 1, 2, 3 }}", "1:8 The filter “truncate” takes at most 2 values.");
        row("{{ a | append }}", "1:8 The filter “append” needs at least 1 values behind it.");
        row("{{ a | default: 1, deny: 2 }}", "1:8 The filter “default” has no setting “deny”.");
        row("{{ a $ }}", "1:6 “$” is not expected here.");
        row("{% assign x 1 %}", "1:13 “=” is missing here.");
        row("{% for x of y %}{% endfor %}", "1:10 “in” is missing here.");
        row("{% for x in y sideways %}{% endfor %}", "1:15 “sideways” is not expected here.");
        row("{% if a = b %}{% endif %}", "1:9 “=” is not expected here.");
        row("{% if %}{% endif %}", "1:7 Something is missing here.");
        row("{% break now %}", "1:10 “now” is not expected here.");
        row("{{ 1 | divided_by: 0 }}", "1:8 This divides by zero.");
        row("a\n{% for i in list limit: 'x' %}{% endfor %}", "2:25 This is not a whole number.");
    }

    void namesThePlace()
    {
        QFETCH(QString, source);
        QFETCH(QString, problem);
        QCOMPARE(render(source.toStdString(), test::fromJson(QByteArrayLiteral(R"({"list": [1]})"))), problem);
    }

    void findsAllProblemsInOrder()
    {
        const auto program
            = Program::compile("{{ a | one }}\n{{ b | two }}{% if %}{{ c | three }}{% endif %}\n{% four %}{{ d");
        QVERIFY(!program);
        QStringList texts;
        for (const Problem& problem : program.error())
            texts << QStringLiteral("%1:%2 %3").arg(problem.line).arg(problem.column).arg(test::fromUtf8(problem.text));
        QCOMPARE(texts,
                 QStringList({QStringLiteral("1:8 one"), QStringLiteral("2:8 two"), QStringLiteral("2:20 "),
                              QStringLiteral("2:29 three"), QStringLiteral("3:1 {% four %}"), QStringLiteral("3:11 {{")}));
    }

    void strictModeNamesWhatIsMissing()
    {
        const Value root = test::fromJson(QByteArrayLiteral(R"({"contact": {"name": "Ana", "none": null}, "list": [1]})"));
        const Options strict{.escape = Escape::None, .strict = true};
        QCOMPARE(render("{{ contact.nam }}", root, strict), QStringLiteral("1:4 There is no “contact.nam”."));
        QCOMPARE(render("\n{{ 'a' | append: x }}", root, strict), QStringLiteral("2:18 There is no “x”."));
        QCOMPARE(render("{{ list[7] }}", root, strict), QStringLiteral("1:4 There is no “list[7]”."));
        QCOMPARE(render("{% for i in others %}{% endfor %}", root, strict), QStringLiteral("1:13 There is no “others”."));
        QCOMPARE(render("{{ contact.none }}{{ x | default: 'd' }}{% if x %}1{% endif %}{{ contact.name }}", root, strict),
                 QStringLiteral("dAna"));
        QCOMPARE(render("{% if contact.name > 5 %}{% endif %}", root, strict),
                 QStringLiteral("1:20 “Ana” and “5” have no order."));
    }

    void shortensWhatItQuotes()
    {
        const auto program = Program::compile("{% nosuch " + std::string(5000, 'x') + " %}");
        QVERIFY(!program);
        QVERIFY(program.error().front().text.size() <= 60);
        QCOMPARE(program.error().front().place.length, 5013u);
    }
};

QTEST_GUILESS_MAIN(LiquidProblemsTest)
#include "LiquidProblemsTest.moc"
