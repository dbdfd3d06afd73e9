// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/CommandPalette.h"

#include <QLineEdit>
#include <QListView>
#include <QSignalSpy>
#include <QTest>

using namespace carillon::ui;

class CommandPaletteTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyWordMustBeThereAndBeginningsAreBetter()
    {
        QCOMPARE(CommandPalette::rank(u"Campaigns"_qs, u"cam"_qs), 0);
        QCOMPARE(CommandPalette::rank(u"New campaign"_qs, u"cam"_qs), 1);
        QCOMPARE(CommandPalette::rank(u"Reclaim"_qs, u"aim"_qs), 2);
        QCOMPARE(CommandPalette::rank(u"New campaign"_qs, u"cam new"_qs), 1);
        QCOMPARE(CommandPalette::rank(u"New campaign"_qs, u"cam old"_qs), -1);
        QCOMPARE(CommandPalette::rank(u"Anything"_qs, QString()), 0);
    }

    void typingChoosesAndEnterDoesIt()
    {
        QWidget window;
        window.resize(900, 600);
        CommandPalette palette(&window);
        window.show();
        QStringList done;
        palette.popUp({{u"Overview"_qs, {}, {}, [&] { done << u"overview"_qs; }},
                       {u"New campaign"_qs, {}, {}, [&] { done << u"new"_qs; }},
                       {u"Campaigns"_qs, {}, {}, [&] { done << u"campaigns"_qs; }}});
        auto* field = palette.findChild<QLineEdit*>();
        auto* list = palette.findChild<QListView*>();
        QCOMPARE(list->model()->rowCount(), 3);
        QTest::keyClicks(field, QStringLiteral("camp"));
        QCOMPARE(list->model()->rowCount(), 2);
        QCOMPARE(list->currentIndex().data().toString(), QStringLiteral("Campaigns"));
        QTest::keyClick(field, Qt::Key_Down);
        QTest::keyClick(field, Qt::Key_Return);
        QCOMPARE(done, QStringList{QStringLiteral("new")});
        QVERIFY(!palette.isVisible());
    }

    void whatWasFoundForAnOlderTextIsDropped()
    {
        QWidget window;
        window.resize(900, 600);
        CommandPalette palette(&window);
        window.show();
        QSignalSpy searched(&palette, &CommandPalette::searched);
        palette.popUp({});
        QTest::keyClicks(palette.findChild<QLineEdit*>(), QStringLiteral("ann"));
        QCOMPARE(searched.size(), 2); // "an", "ann"
        auto* list = palette.findChild<QListView*>();
        palette.addFound(QStringLiteral("an"), {{u"Anton"_qs, {}, {}, [] {}}});
        QCOMPARE(list->model()->rowCount(), 0);
        palette.addFound(QStringLiteral("ann"), {{u"Anna"_qs, {}, {}, [] {}}});
        QCOMPARE(list->model()->rowCount(), 1);
        QTest::keyClick(palette.findChild<QLineEdit*>(), Qt::Key_Escape);
        QVERIFY(!palette.isVisible());
    }
};

QTEST_MAIN(CommandPaletteTest)
#include "CommandPaletteTest.moc"
