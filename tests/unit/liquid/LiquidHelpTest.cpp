// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/unit/liquid/Liquid.h"

#include "engine/liquid/Filter.h"
#include "engine/liquid/Help.h"
#include "engine/liquid/Tags.h"

using namespace carillon::liquid;

// Whatever completion offers has a description, and its example is right.
class LiquidHelpTest : public QObject {
    Q_OBJECT

private:
    static void check(std::string_view name, const std::optional<Help>& help)
    {
        QVERIFY2(help, std::string(name).c_str());
        QVERIFY(!help->description.empty() && help->description.size() < 100);
        QVERIFY2(help->usage.find(name) != help->usage.npos || name == "endunless" || help->usage.find("{% if") == 0,
                 std::string(name).c_str());
        const auto program = Program::compile(help->usage);
        QVERIFY2(program, std::string(name).c_str());
    }

private Q_SLOTS:
    void everyFilterHasHelp()
    {
        for (const std::string_view name : filterNames())
            check(name, filterHelp(name));
        QVERIFY(!filterHelp("nosuch"));
    }

    void everyTagHasHelp()
    {
        for (const std::string_view name : tagNames())
            check(name, tagHelp(name));
        QVERIFY(!tagHelp("nosuch"));
        QVERIFY(!tagHelp(""));
        QVERIFY(tagHelp("endif")->usage == tagHelp("if")->usage);
    }
};

QTEST_GUILESS_MAIN(LiquidHelpTest)
#include "LiquidHelpTest.moc"
