// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/store/RefusalRepository.h"

#include "engine/base/SystemClock.h"
#include "engine/store/Connection.h"
#include "engine/store/Migrator.h"

#include <QTest>

using namespace carillon;

namespace {

constexpr qint64 Now = 1'790'000'000'000;
constexpr qint64 DayMs = 86'400'000;
const QString email = QStringLiteral("email");
const QString anna = QStringLiteral("anna@example.org");

} // namespace

class RefusalRepositoryTest : public QObject {
    Q_OBJECT

private:
    SystemClock m_clock;
    std::unique_ptr<Connection> m_connection;

    RefusalRepository refusals() { return RefusalRepository(*m_connection); }
    qint64 rows() { return m_connection->integer("SELECT COUNT(*) FROM address_refusal"); }

private Q_SLOTS:
    void init()
    {
        m_connection = std::move(*Connection::open(QStringLiteral(":memory:"), Connection::Access::Write));
        QVERIFY(Migrator(*m_connection, QStringLiteral(":memory:"), m_clock).migrate(builtInMigrations()).has_value());
    }

    void theLastOfManyReachesTheLimit()
    {
        const RefusalLimit limit{3, 30};
        QVERIFY(!refusals().wouldReach(email, anna, limit, Now));
        refusals().add(email, anna, Now);
        QVERIFY(!refusals().wouldReach(email, anna, limit, Now));
        refusals().add(email, anna, Now);
        QVERIFY(refusals().wouldReach(email, anna, limit, Now));
        QVERIFY(!refusals().wouldReach(email, anna, {}, Now)); // no limit
        QVERIFY(!refusals().wouldReach(QStringLiteral("sms"), anna, limit, Now));
        QVERIFY(!refusals().wouldReach(email, QStringLiteral("bert@example.org"), limit, Now));
        QCOMPARE(rows(), 1);
    }

    void aRefusalCountsForExactlySoManyDays()
    {
        const RefusalLimit limit{2, 7};
        refusals().add(email, anna, Now);
        QVERIFY(refusals().wouldReach(email, anna, limit, Now + 7 * DayMs));
        QVERIFY(!refusals().wouldReach(email, anna, limit, Now + 7 * DayMs + 1));
    }

    // What is too old for one limit may count for another.
    void eachLimitCountsItsOwnDays()
    {
        refusals().add(email, anna, Now);
        refusals().add(email, anna, Now + 10 * DayMs);
        QVERIFY(refusals().wouldReach(email, anna, {3, 30}, Now + 20 * DayMs));
        QVERIFY(!refusals().wouldReach(email, anna, {3, 15}, Now + 20 * DayMs));
        QVERIFY(refusals().wouldReach(email, anna, {2, 15}, Now + 20 * DayMs));
    }

    // A clock that was put back makes no refusal older than it is.
    void aClockThatWasPutBackLosesNothing()
    {
        refusals().add(email, anna, Now);
        QVERIFY(refusals().wouldReach(email, anna, {2, 1}, Now - 3 * DayMs));
    }

    void theSpellingOfAnAddressDoesNotMatter()
    {
        refusals().add(email, QStringLiteral("Anna@Example.org"), Now);
        QVERIFY(refusals().wouldReach(email, anna, {2, 1}, Now));
        refusals().forget(email, QStringLiteral("ANNA@example.org"));
        QVERIFY(!refusals().isAny());
    }

    void oneRowIsBoundedAndOldOnesGo()
    {
        for (int i = 0; i < 100; ++i)
            refusals().add(email, anna, Now + i);
        QCOMPARE(m_connection->integer("SELECT json_array_length(times) FROM address_refusal"),
                 qint64(RefusalLimit::MostTimes));
        QVERIFY(refusals().wouldReach(email, anna, {RefusalLimit::MostTimes, 1}, Now + 100));
        refusals().add(email, QStringLiteral("bert@example.org"), Now + RefusalLimit::MostDays * DayMs + 99);
        QCOMPARE(rows(), 2);
        refusals().add(email, QStringLiteral("bert@example.org"), Now + RefusalLimit::MostDays * DayMs + 100);
        QCOMPARE(rows(), 1);
    }
};

QTEST_GUILESS_MAIN(RefusalRepositoryTest)
#include "RefusalRepositoryTest.moc"
