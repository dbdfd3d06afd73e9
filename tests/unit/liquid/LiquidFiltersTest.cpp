// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/unit/liquid/Liquid.h"

#include "engine/liquid/Filter.h"

using namespace carillon::liquid;
using test::render;

class LiquidFiltersTest : public QObject {
    Q_OBJECT

private:
    static void row(const char* source, const char* expected)
    {
        QTest::newRow(source) << QString::fromUtf8(source) << QString::fromUtf8(expected);
    }

private Q_SLOTS:
    void renders_data()
    {
        QTest::addColumn<QString>("expression");
        QTest::addColumn<QString>("expected");
        row("-5 | abs", "5");
        row("'a' | append: 'b' | prepend: 1", "1ab");
        row("'éCOLE Ünit' | capitalize", "École ünit");
        row("1.2 | ceil", "2");
        row("1.8 | floor", "1");
        row("nothing | default: 'x'", "x");
        row("false | default: 'x', allow_false: true", "false");
        row("7 | divided_by: 2", "3");
        row("-7 | divided_by: 2", "-4");
        row("7 | divided_by: 2.0", "3.5");
        row("'ÀÉ straße' | downcase", "àé straße");
        row("'straße é' | upcase", "STRASSE É");
        row("'<a>' | escape", "&lt;a&gt;");
        row("'&lt;<&#39;&x' | escape_once", "&lt;&lt;&#39;&amp;x");
        row("'añb' | first", "a");
        row("'abñ' | last", "ñ");
        row("'a,b,c' | split: ',' | last", "c");
        row("'a,b,c' | split: ',' | join: ' + '", "a + b + c");
        row("(1..4) | join", "1 2 3 4");
        row("'a\"b' | json", "\"a\\\"b\"");
        row("'  a ' | lstrip | append: '|'", "a |");
        row("'  a ' | rstrip", "  a");
        row("'  a ' | strip", "a");
        row("10.1 | minus: 2.2", "7.9");
        row("-7 | modulo: 3", "2");
        row("9223372036854775807 | plus: 1", "9.22337203685478e+18");
        row("'2' | plus: '3.5'", "5.5");
        row("'a-b-c' | remove: '-'", "abc");
        row("'aaa' | replace: 'a', 'bb'", "bbbbbb");
        row("'abc' | replace: '', 'x'", "xaxbxcx");
        row("2.345 | round: 2", "2.35");
        row("2.5 | round", "3");
        row("'naïve 文' | size", "7");
        row("3 | times: 4", "12");
        row("'naïve text' | truncate: 6", "naï...");
        row("'文字文字文字' | truncate: 3, ''", "文字文");
        row("'a b/é~' | url_encode", "a+b%2F%C3%A9~");
        row("'x' | raw", "x");
        row("'2026-07-01T09:30:05.250+02:00' | date: '%a %A %b %B %-d %e %j %y %Y %H:%M:%S.%L %p %I %l %z %Z'",
            "Wed Wednesday Jul July 1  1 182 26 2026 09:30:05.250 AM 09  9 +0200 +02:00");
        row("'1 July 2026 14:05' | date: '%d.%m.%Y, %k %P %s %u %V %G %U %% %^b %Q'",
            "01.07.2026, 14 pm 1782914700 3 27 2026 26 % JUL %Q");
        row("'2024-02-30' | date: '%Y'", "2024-02-30");
        row("'no date' | date: '%Y'", "no date");
        row("0 | date: '%F %T'", "1970-01-01 00:00:00");
        row("'2021-01-03' | date: '%G-W%V-%u %c'", "2020-W53-7 Sun Jan  3 00:00:00 2021");
        row("'now' | date: '%F %R'", "2023-11-14 22:13");
    }

    void renders()
    {
        QFETCH(QString, expression);
        QFETCH(QString, expected);
        const RenderOptions options{.limits = {}, .now = 1'700'000'000'000};
        QCOMPARE(render("{{ " + expression.toStdString() + " }}", {}, {}, options), expected);
    }

    void everyFilterTakesEveryKindOfValue()
    {
        const char* const values[]
            = {"nil", "true", "0", "-1", "1.5", "''", "'text'", "(1..3)", "(3..1)", "list", "object", "empty", "forloop"};
        const Value root = test::fromJson(
            QByteArrayLiteral(R"({"list": [1, "a", null, [2, {"b": 1}]], "object": {"a": [1], "b": null}})"));
        for (const std::string_view name : filterNames()) {
            const Filter* filter = findFilter(name);
            for (const std::string value : values) {
                for (const std::string argument : values) {
                    std::string call = "{% for i in (1..1) %}{{ " + value + " | " + std::string(name);
                    for (std::size_t i = 0; i < filter->maxArguments; ++i)
                        call += (i ? ", " : ": ") + argument;
                    const auto program = Program::compile(call + " }}{% endfor %}", {Escape::Html});
                    QVERIFY2(program, call.c_str());
                    const auto result = program->render(root); // a text or a sentence, never a crash
                    QVERIFY2(result || !result.error().sentence.empty(), call.c_str());
                }
            }
        }
    }

    void theNamesAreInOrderAndDiffer()
    {
        const auto names = filterNames();
        QVERIFY(std::is_sorted(names.begin(), names.end()));
        QVERIFY(std::adjacent_find(names.begin(), names.end()) == names.end());
    }
};

QTEST_GUILESS_MAIN(LiquidFiltersTest)
#include "LiquidFiltersTest.moc"
