// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/PagedTableModel.h"
#include "ui/widgets/DataTable.h"

#include <QAbstractItemModelTester>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>

using namespace carillon;
using namespace carillon::ui;

namespace {

// A result that answers when it is told to: rows are the numbers from `first` down.
struct Numbers {
    qint64 first = 0;
    qint64 total = 0;
    struct Request {
        PageRequest request;
        std::function<void(const PagedTableModel::Answer&)> done;
    };
    QList<Request> waiting;
    int asked = 0;

    PagedTableModel::Source source()
    {
        return [this](const PageRequest& request, std::function<void(const PagedTableModel::Answer&)> done) {
            ++asked;
            waiting.append({request, std::move(done)});
        };
    }

    void answer(const Request& request) const
    {
        Page<QVariant> page{{}, total};
        for (qint64 i = request.request.offset; i < std::min(request.request.offset + request.request.limit, total); ++i)
            page.rows.append(QVariant::fromValue(first - i));
        request.done(page);
    }

    void answerAll()
    {
        for (const Request& request : std::exchange(waiting, {}))
            answer(request);
    }
};

void setUp(PagedTableModel& model, Numbers& numbers)
{
    model.setColumns(
        {PagedTableModel::column<qint64>(QStringLiteral("Number"), [](qint64 number) { return QString::number(number); })});
    model.setKey<qint64>([](qint64 number) { return number; });
    model.setSource(numbers.source());
}

QString textAt(const PagedTableModel& model, int row)
{
    return model.index(row, 0).data().toString();
}

} // namespace

class PagedTableModelTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void knowsItsLengthFromTheFirstPageAlone()
    {
        Numbers numbers{1'000'000, 1'000'000, {}, 0};
        PagedTableModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        setUp(model, numbers);
        QCOMPARE(model.rowCount(), 0);
        numbers.answerAll();
        QCOMPARE(model.rowCount(), 1'000'000);
        QCOMPARE(textAt(model, 0), QStringLiteral("1000000"));
    }

    void showsAPlaceholderUntilTheRowIsThere()
    {
        Numbers numbers{1'000, 1'000, {}, 0};
        PagedTableModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        setUp(model, numbers);
        numbers.answerAll();
        QCOMPARE(textAt(model, 555), QStringLiteral("\u2026"));
        QTRY_VERIFY(!numbers.waiting.isEmpty());
        numbers.answerAll();
        QCOMPARE(textAt(model, 555), QStringLiteral("445"));
    }

    void draggingThroughAMillionRowsAsksForWhereItEnds()
    {
        Numbers numbers{1'000'000, 1'000'000, {}, 0};
        PagedTableModel model;
        setUp(model, numbers);
        numbers.answerAll();
        const int before = numbers.asked;
        for (int row = 100; row < 1'000'000; row += 1'000)
            textAt(model, row);
        QTRY_COMPARE(numbers.waiting.size(), PagedTableModel::RequestsInFlight);
        while (!numbers.waiting.isEmpty()) {
            numbers.answerAll();
            QTest::qWait(0);
        }
        QVERIFY(numbers.asked - before <= PagedTableModel::WaitingPages);
        QCOMPARE(textAt(model, 999'100), QStringLiteral("900"));
    }

    void keepsABoundedNumberOfPages()
    {
        Numbers numbers{100'000, 100'000, {}, 0};
        PagedTableModel model;
        setUp(model, numbers);
        for (int page = 0; page < 3 * PagedTableModel::CachedPages; ++page) {
            textAt(model, page * PagedTableModel::RowsPerPage);
            QTest::qWait(0);
            numbers.answerAll();
        }
        int loaded = 0;
        for (int page = 0; page < 3 * PagedTableModel::CachedPages; ++page)
            loaded += model.rowValue(page * PagedTableModel::RowsPerPage).isValid() ? 1 : 0;
        QCOMPARE(loaded, PagedTableModel::CachedPages);
        QVERIFY(model.rowValue((3 * PagedTableModel::CachedPages - 1) * PagedTableModel::RowsPerPage).isValid());
    }

    void dropsAnswersToAnOlderSource()
    {
        Numbers old{10, 10, {}, 0};
        Numbers fresh{1'000, 3, {}, 0};
        PagedTableModel model;
        setUp(model, old);
        model.setSource(fresh.source());
        fresh.answerAll();
        old.answerAll();
        QCOMPARE(model.rowCount(), 3);
        QCOMPARE(textAt(model, 0), QStringLiteral("1000"));
    }

    void aRefreshKeepsTheSelectionOnTheSameThing()
    {
        Numbers numbers{500, 500, {}, 0};
        PagedTableModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        setUp(model, numbers);
        DataTable table;
        table.resize(300, 400);
        table.setModel(&model);
        table.show();
        numbers.answerAll();
        table.selectRow(4);
        QCOMPARE(textAt(model, table.currentRow()), QStringLiteral("496"));
        numbers.first = 507; // seven new rows at the top
        numbers.total = 507;
        model.refresh();
        numbers.answerAll();
        QCOMPARE(model.rowCount(), 507);
        QCOMPARE(table.selectedRows(), QList<int>{11});
        QCOMPARE(textAt(model, table.currentRow()), QStringLiteral("496"));
        QCOMPARE(table.verticalScrollBar()->value(), 0);
    }

    void aRefreshKeepsTheScrollPositionAndAsksForWhatIsOnScreenOnly()
    {
        Numbers numbers{10'000, 10'000, {}, 0};
        PagedTableModel model;
        setUp(model, numbers);
        DataTable table;
        table.resize(300, 400);
        table.setModel(&model);
        table.show();
        numbers.answerAll();
        table.grab(); // lays the rows out
        table.scrollTo(model.index(5'050, 0), QAbstractItemView::PositionAtTop);
        const int scrolled = table.verticalScrollBar()->value();
        QCOMPARE(scrolled, 5'050);
        table.grab();
        QTRY_VERIFY(!numbers.waiting.isEmpty());
        numbers.answerAll();
        model.refresh();
        QCOMPARE(numbers.waiting.size(), 1);
        QCOMPARE(numbers.waiting.first().request.offset, 5'000);
        numbers.answerAll();
        QCOMPARE(table.verticalScrollBar()->value(), scrolled);
    }

    void aShorterResultLosesRowsAtTheEnd()
    {
        Numbers numbers{500, 500, {}, 0};
        PagedTableModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        setUp(model, numbers);
        numbers.answerAll();
        numbers.total = 20;
        model.refresh();
        numbers.answerAll();
        QCOMPARE(model.rowCount(), 20);
        numbers.total = 0;
        model.refresh();
        numbers.answerAll();
        QCOMPARE(model.rowCount(), 0);
    }

    void manyRefreshesWhileOneIsOnItsWayMakeOneMore()
    {
        Numbers numbers{10, 10, {}, 0};
        PagedTableModel model;
        setUp(model, numbers);
        numbers.answerAll();
        numbers.asked = 0;
        for (int i = 0; i < 50; ++i)
            model.refresh();
        while (!numbers.waiting.isEmpty())
            numbers.answerAll();
        QCOMPARE(numbers.asked, 2);
    }

    void aFailureIsSaidAndTheNextRefreshRecovers()
    {
        Numbers numbers{10, 10, {}, 0};
        PagedTableModel model;
        QSignalSpy failed(&model, &PagedTableModel::failed);
        setUp(model, numbers);
        numbers.waiting.takeFirst().done(fail(ErrorCode::Storage, QStringLiteral("The database is locked.")));
        QCOMPARE(failed.size(), 1);
        QCOMPARE(failed.first().first().value<Error>().message, QStringLiteral("The database is locked."));
        model.refresh();
        numbers.answerAll();
        QCOMPARE(model.rowCount(), 10);
    }
};

QTEST_MAIN(PagedTableModelTest)
#include "PagedTableModelTest.moc"
