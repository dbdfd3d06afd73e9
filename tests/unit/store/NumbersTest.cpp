// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/base/SystemClock.h"
#include "engine/store/Connection.h"
#include "engine/store/Migrator.h"

#include <QTemporaryDir>
#include <QTest>

#include <vector>

using namespace carillon;

namespace {

struct Kind {
    const char* table;
    const char* row; // what an INSERT says after the table's name
};

const std::vector<Kind> kinds{
    {"account",
     "(name, provider, channel, settings, enabled, created_at, updated_at)"
     " VALUES (hex(randomblob(8)), 'smtp', 'email', '{}', 1, 1, 1)"},
    {"contact", "(name, locale, time_zone, attributes, created_at, updated_at) VALUES ('', '', '', '{}', 1, 1)"},
    {"topic",
     "(key, name, category, brand_id, uncertain_policy, lifetime_ms, max_attempts, created_at, updated_at)"
     " VALUES (hex(randomblob(8)), '', 'system', 1, 'hold', 0, 5, 1, 1)"},
    {"address", "(contact_id, channel, value, value_key, state) SELECT MIN(id), 'email', 'x', 'x', 'active' FROM contact"},
    {"campaign",
     "(name, topic_id, audience, data, state, resume_state, scheduled_at, plan_cursor, planned, created_at,"
     " updated_at, started_at, finished_at)"
     " SELECT '', MIN(id), '{}', '{}', 'draft', 'sending', 0, 0, 0, 1, 1, 0, 0 FROM topic"}};

qint64 insert(Connection& connection, const Kind& kind)
{
    return connection.integer(std::string("INSERT INTO ") + kind.table + ' ' + kind.row + " RETURNING id");
}

} // namespace

// Deliveries, log entries, tokens and the vault's keys go by numbers: nothing may be taken for what was removed.
class NumbersTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void noneIsGivenTwice_data()
    {
        QTest::addColumn<int>("steps");
        QTest::newRow("in a workspace that is new") << int(builtInMigrations().size());
        QTest::newRow("in one that is older") << 6;
    }
    void noneIsGivenTwice()
    {
        QFETCH(int, steps);
        const QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("w"));
        const SystemClock clock;
        const auto connection = *Connection::open(path, Connection::Access::Write);
        QVERIFY(Migrator(*connection, path, clock).migrate(builtInMigrations().first(steps)).has_value());
        connection->script("INSERT INTO brand VALUES (1, 'b', '', '', '', '', '', '', 'en', 'UTC', 1, 1)");
        for (const Kind& kind : kinds) {
            insert(*connection, kind);
            insert(*connection, kind);
        }
        QVERIFY(Migrator(*connection, path, clock).migrate(builtInMigrations()).has_value());
        for (const Kind& kind : kinds) {
            connection->run(std::string("DELETE FROM ") + kind.table + " WHERE id = 2");
            QCOMPARE(insert(*connection, kind), 3);
        }
        QCOMPARE(connection->integer("SELECT COUNT(*) FROM pragma_foreign_key_check"), 0);
        Rows checked = connection->query("PRAGMA integrity_check");
        QVERIFY(checked.next());
        QCOMPARE(checked.text(0), QStringLiteral("ok"));
    }

    // Removed before the numbers were kept: deliveries know it still.
    void whatDeliveriesMeanIsNotGivenAgain()
    {
        const QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("w"));
        const SystemClock clock;
        const auto connection = *Connection::open(path, Connection::Access::Write);
        QVERIFY(Migrator(*connection, path, clock).migrate(builtInMigrations().first(6)).has_value());
        connection->script(
            "INSERT INTO delivery (topic_id, contact_id, account_id, channel, address, state, attempts, due_at,"
            " expires_at, provider_id, last_error, created_at, updated_at)"
            " VALUES (1, 17, 4, 'email', 'a@example.org', 'queued', 0, 0, 0, '', '', 0, 0)");
        QVERIFY(Migrator(*connection, path, clock).migrate(builtInMigrations()).has_value());
        QCOMPARE(insert(*connection, kinds[0]), 5);
        QCOMPARE(insert(*connection, kinds[1]), 18);
    }
};

QTEST_GUILESS_MAIN(NumbersTest)
#include "NumbersTest.moc"
