// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/base/SystemClock.h"
#include "engine/store/Connection.h"
#include "engine/store/Migrator.h"
#include "engine/store/SqlFailure.h"
#include "engine/store/TemplateRepository.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace carillon;

namespace {

// Every table and index as SQLite describes it: what two databases must have in common to be the same.
QStringList describe(Connection& connection)
{
    QStringList lines;
    Rows objects = connection.query(
        "SELECT type, name, tbl_name FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%' ORDER BY type, name");
    while (objects.next()) {
        lines << objects.text(0) + u' ' + objects.text(1) + u' ' + objects.text(2);
        if (objects.text(0) != QStringLiteral("table"))
            continue;
        Rows columns
            = connection.query("SELECT name, type, \"notnull\", dflt_value, pk FROM pragma_table_info(?)", objects.text(1));
        while (columns.next())
            lines << QStringLiteral("  %1 %2 notnull=%3 default=%4 pk=%5")
                         .arg(columns.text(0), columns.text(1), columns.text(2), columns.text(3), columns.text(4));
    }
    return lines;
}

} // namespace

class MigrationTest : public QObject {
    Q_OBJECT

private:
    QTemporaryDir m_folder;
    SystemClock m_clock;
    std::unique_ptr<Connection> openAt(const QString& path)
    {
        auto connection = Connection::open(path, Connection::Access::Write);
        return connection ? std::move(*connection) : nullptr;
    }

private Q_SLOTS:
    void numbersAreUniqueAndAscend()
    {
        const QList<Migration> migrations = builtInMigrations();
        QVERIFY(!migrations.isEmpty());
        for (int i = 0; i < migrations.size(); ++i)
            QCOMPARE(migrations.at(i).number, i + 1);
    }

    // Stops after each published step in turn, then goes on to the newest, as an old workspace would.
    void anOldDatabaseMigratedEqualsAFreshOne()
    {
        const QList<Migration> all = builtInMigrations();
        auto fresh = openAt(m_folder.filePath(QStringLiteral("fresh")));
        QVERIFY(Migrator(*fresh, QStringLiteral("fresh"), m_clock).migrate(all).has_value());
        for (int steps = 0; steps <= all.size(); ++steps) {
            const QString path = m_folder.filePath(QStringLiteral("old%1").arg(steps));
            auto old = openAt(path);
            QVERIFY(Migrator(*old, path, m_clock).migrate(all.first(steps)).has_value());
            QVERIFY(Migrator(*old, path, m_clock).migrate(all).has_value());
            QCOMPARE(describe(*old), describe(*fresh));
        }
    }

    // A workspace as the first published program wrote it.
    void whatWasWrittenBeforeIsVersionOne()
    {
        const QList<Migration> all = builtInMigrations();
        const QString path = m_folder.filePath(QStringLiteral("written"));
        auto old = openAt(path);
        QVERIFY(Migrator(*old, path, m_clock).migrate(all.first(1)).has_value());
        old->script("INSERT INTO brand VALUES (1, 'b', '', '', '', '', '', '', 'en', 'UTC', 1, 1);"
                    "INSERT INTO topic VALUES (3, 'news', 'News', 'marketing', 1, 'hold', 0, 5, 1, 1);"
                    "INSERT INTO template VALUES (5, 3, 'email', 'de', '{\"subject\":\"Grüße\"}', 10, 20);"
                    "INSERT INTO template VALUES (9, 3, 'sms', '', '{\"text\":\"x\"}', 11, 21);"
                    "INSERT INTO campaign VALUES (1, 'draft', 3, '{}', '{}', 'draft', 'sending', 0, 0, 0, 1, 1, 0, 0);"
                    "INSERT INTO campaign VALUES (2, 'sent', 3, '{}', '{}', 'sending', 'sending', 0, 0, 1, 1, 1, 1, 0);");
        QVERIFY(Migrator(*old, path, m_clock).migrate(all).has_value());

        TemplateRepository templates(*old);
        const QList<Template> found = templates.ofTopic(3);
        QCOMPARE(found.size(), 2);
        QCOMPARE(found[0],
                 (Template{5,
                           3,
                           QStringLiteral("email"),
                           QStringLiteral("de"),
                           {{QStringLiteral("subject"), QStringLiteral("Grüße")}},
                           10,
                           20,
                           TemplateScope::Topic,
                           {},
                           0,
                           {},
                           {},
                           1}));
        QCOMPARE(templates.versions(5),
                 QList<TemplateVersion>({{5, 1, {{QStringLiteral("subject"), QStringLiteral("Grüße")}}, {}, {}, {}, 20}}));
        QCOMPARE(templates.pinned(1), QList<Template>());
        QCOMPARE(templates.pinned(2), found);
        QCOMPARE(old->integer("SELECT COUNT(*) FROM pragma_foreign_key_check"), 0);
    }

    void backsUpBeforeItMigrates()
    {
        const QString path = m_folder.filePath(QStringLiteral("backup"));
        auto connection = openAt(path);
        QList<Migration> migrations = builtInMigrations();
        QVERIFY(Migrator(*connection, path, m_clock).migrate(migrations).has_value());
        connection->run("INSERT INTO list (name, created_at) VALUES ('kept', 1)");
        const int next = migrations.last().number + 1;
        migrations << Migration{next, QStringLiteral("test"), "ALTER TABLE list ADD COLUMN colour TEXT"};
        QVERIFY(Migrator(*connection, path, m_clock).migrate(migrations).has_value());
        QCOMPARE(QFile::permissions(path + QStringLiteral(".before-%1").arg(next))
                     & (QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther),
                 QFile::Permissions());
        auto backup = openAt(path + QStringLiteral(".before-%1").arg(next));
        QVERIFY(backup);
        QCOMPARE(backup->integer("SELECT COUNT(*) FROM list WHERE name = 'kept'"), 1);
        QCOMPARE(backup->integer("SELECT COUNT(*) FROM pragma_table_info('list') WHERE name = 'colour'"), 0);
    }

    void aFailedStepLeavesNothingBehind()
    {
        const QString path = m_folder.filePath(QStringLiteral("failed"));
        auto connection = openAt(path);
        const QList<Migration> broken
            = {{1, QStringLiteral("broken"), "CREATE TABLE good (id INTEGER); CREATE TABLE good (id INTEGER);"}};
        QVERIFY(!Migrator(*connection, path, m_clock).migrate(broken).has_value());
        QCOMPARE(connection->integer("SELECT COUNT(*) FROM sqlite_schema WHERE name = 'good'"), 0);
        QCOMPARE(connection->integer("SELECT COUNT(*) FROM migration"), 0);
    }

    void refusesANewerDatabase()
    {
        const QString path = m_folder.filePath(QStringLiteral("newer"));
        auto connection = openAt(path);
        QVERIFY(Migrator(*connection, path, m_clock).migrate(builtInMigrations()).has_value());
        connection->run("INSERT INTO migration (number, name, applied_at) VALUES (9999, 'future', 0)");
        const Status status = Migrator(*connection, path, m_clock).migrate(builtInMigrations());
        QVERIFY(!status.has_value());
        QCOMPARE(status.error().code, ErrorCode::StorageTooNew);
    }
};

QTEST_GUILESS_MAIN(MigrationTest)
#include "MigrationTest.moc"
