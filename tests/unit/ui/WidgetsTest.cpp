// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/ActionButton.h"
#include "ui/widgets/DataTable.h"
#include "ui/widgets/LogModel.h"
#include "ui/widgets/Pacer.h"
#include "ui/widgets/SearchField.h"
#include "ui/widgets/WheelGuard.h"

#include <QAbstractItemModelTester>
#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QLineEdit>
#include <QScrollArea>
#include <QSignalSpy>
#include <QSpinBox>
#include <QStandardItemModel>
#include <QTest>
#include <QWheelEvent>

using namespace carillon;
using namespace carillon::ui;

class WidgetsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aSearchComesOnceAPauseAfterTheLastKeyOrAtOnceOnEnter()
    {
        SearchField field(QStringLiteral("Search"));
        QSignalSpy searched(&field, &SearchField::searched);
        QTest::keyClicks(&field, QStringLiteral("status:failed"));
        QVERIFY(searched.isEmpty());
        QTRY_COMPARE(searched.size(), 1);
        QCOMPARE(searched.first().first().toString(), QStringLiteral("status:failed"));
        QTest::keyClicks(&field, QStringLiteral(" timeout"));
        QTest::keyClick(&field, Qt::Key_Return);
        QCOMPARE(searched.size(), 2);
        QTest::keyClick(&field, Qt::Key_Escape);
        QCOMPARE(searched.size(), 3);
        QVERIFY(field.text().isEmpty());
        QTest::keyClick(&field, Qt::Key_Return); // nothing has changed
        QCOMPARE(searched.size(), 3);
    }

    void aPacerSaysFirstAtOnceThenAtMostOncePerInterval()
    {
        Pacer pacer(40, nullptr);
        QSignalSpy due(&pacer, &Pacer::due);
        pacer.nudge();
        QCOMPARE(due.size(), 0); // at rest
        pacer.start();
        QCOMPARE(due.size(), 1);
        for (int i = 0; i < 100; ++i)
            pacer.nudge();
        QCOMPARE(due.size(), 1);
        QTRY_COMPARE(due.size(), 2);
        QTest::qWait(120);
        QCOMPARE(due.size(), 2);
        pacer.stop();
        pacer.nudge();
        QTest::qWait(60);
        QCOMPARE(due.size(), 2);
    }

    void aButtonFollowsItsAction()
    {
        QAction action(QStringLiteral("&Pause"));
        action.setObjectName(QStringLiteral("pause"));
        QWidget window;
        ActionButton hiding(&action, ActionButton::WhenDisabled::Hide, &window);
        window.show();
        QVERIFY(hiding.isVisible());
        QCOMPARE(hiding.objectName(), QStringLiteral("pauseButton"));
        QSignalSpy triggered(&action, &QAction::triggered);
        QTest::mouseClick(&hiding, Qt::LeftButton);
        QCOMPARE(triggered.size(), 1);
        action.setEnabled(false);
        QVERIFY(!hiding.isVisible());
        action.setEnabled(true);
        QVERIFY(hiding.isVisible());
    }

    void aTableOpensOnEnterAndCopiesItsRows()
    {
        QStandardItemModel model(2, 2);
        model.setData(model.index(0, 0), QStringLiteral("a"));
        model.setData(model.index(0, 1), QStringLiteral("b"));
        model.setData(model.index(1, 0), QStringLiteral("c"));
        DataTable table;
        table.setModel(&model);
        QSignalSpy opened(&table, &DataTable::opened);
        table.selectAll();
        QTest::keyClick(&table, Qt::Key_C, Qt::ControlModifier);
        QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("a\tb\nc\t"));
        table.setCurrentIndex(model.index(1, 0));
        QTest::keyClick(&table, Qt::Key_Return);
        QCOMPARE(opened.size(), 1);
        QCOMPARE(opened.first().first().toInt(), 1);
    }

    void theWheelChangesNothingThatHasNotTheFocus()
    {
        WheelGuard guard;
        qApp->installEventFilter(&guard);
        QScrollArea area;
        auto* form = new QWidget;
        form->setFixedHeight(2'000);
        auto* number = new QSpinBox(form);
        auto* other = new QLineEdit(form);
        other->move(0, 100);
        area.setWidget(form);
        area.resize(200, 200);
        area.show();
        area.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&area));
        other->setFocus();
        const auto turn = [number] {
            QWheelEvent down(QPointF(5, 5), number->mapToGlobal(QPointF(5, 5)), {}, {0, -120}, Qt::NoButton, Qt::NoModifier,
                             Qt::NoScrollPhase, false);
            QApplication::sendEvent(number, &down);
        };
        number->setValue(50);
        turn();
        QCOMPARE(number->value(), 50);
        QVERIFY(!number->hasFocus());
        number->setFocus();
        turn();
        QCOMPARE(number->value(), 49);
        qApp->removeEventFilter(&guard);
    }

    void aLogEntryIsSaidInOneLine()
    {
        LogEntry entry;
        entry.type = QStringLiteral("delivery.failed");
        entry.data = {{QStringLiteral("code"), QStringLiteral("550 5.1.1")},
                      {QStringLiteral("reason"), QStringLiteral("No such user\r\nhere")},
                      {QStringLiteral("attempt"), 2}};
        QCOMPARE(LogModel::detailOf(entry), QStringLiteral("Try 2: 550 5.1.1 No such user here"));
        entry.data.insert(QStringLiteral("reason"), QStringLiteral("550 5.1.1 No such user"));
        QCOMPARE(LogModel::detailOf(entry), QStringLiteral("Try 2: 550 5.1.1 No such user"));
        LogEntry sent;
        sent.type = QStringLiteral("delivery.sent");
        sent.data = {{QStringLiteral("attempt"), 1},
                     {QStringLiteral("outcome"), QStringLiteral("sent")},
                     {QStringLiteral("provider_id"), QStringLiteral("x7")}};
        QCOMPARE(LogModel::detailOf(sent), QStringLiteral("Try 1 (provider id: x7)")); // without what its type says
        LogModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setEntries({entry, entry});
        QCOMPARE(model.index(1, LogModel::TypeColumn).data().toString(), QStringLiteral("Failed"));
        model.setEntries({});
        QCOMPARE(model.rowCount(), 0);
    }
};

QTEST_MAIN(WidgetsTest)
#include "WidgetsTest.moc"
