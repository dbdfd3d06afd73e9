// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/store/Migrator.h"

#include "engine/base/Clock.h"
#include "engine/store/SqlFailure.h"
#include "engine/store/Transaction.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>

namespace carillon {

QList<Migration> builtInMigrations()
{
    QList<Migration> migrations;
    const QDir folder(QStringLiteral(":/schema"));
    for (const QString& fileName : folder.entryList({QStringLiteral("*.sql")}, QDir::Files, QDir::Name)) {
        QFile file(folder.filePath(fileName));
        if (file.open(QIODevice::ReadOnly))
            migrations << Migration{fileName.left(4).toInt(), fileName.mid(5).chopped(4), file.readAll()};
    }
    return migrations;
}

Migrator::Migrator(Connection& connection, QString path, const Clock& clock)
    : m_connection(connection)
    , m_path(std::move(path))
    , m_clock(clock)
{
}

Status Migrator::migrate(const QList<Migration>& migrations)
{
    try {
        const int current = currentNumber();
        const int newest = migrations.isEmpty() ? 0 : migrations.last().number;
        if (current > newest)
            return fail(
                ErrorCode::StorageTooNew,
                QCoreApplication::translate("Store",
                                            "This workspace was written by a newer Carillon (schema %1, this one knows %2). "
                                            "Install the newer program; nothing was changed.")
                    .arg(current)
                    .arg(newest));
        if (current > 0 && current < newest)
            backup(current);
        for (const Migration& migration : migrations) {
            if (migration.number > current)
                apply(migration);
        }
    } catch (const SqlFailure& failure) {
        return fail(failure.error);
    }
    return {};
}

int Migrator::currentNumber()
{
    m_connection.run("CREATE TABLE IF NOT EXISTS migration (number INTEGER PRIMARY KEY, name TEXT NOT NULL, applied_at "
                     "INTEGER NOT NULL) STRICT");
    return int(m_connection.integer("SELECT COALESCE(MAX(number), 0) FROM migration"));
}

void Migrator::backup(int number)
{
    const QString target = m_path + QStringLiteral(".before-%1").arg(number + 1);
    QFile::remove(target); // left by an attempt that did not get through
    // SQLite fills a file that is empty. The workspace is its owner's alone, and so is its copy.
    QFile copy(target);
    if (copy.open(QIODevice::NewOnly))
        copy.setPermissions(QFile::ReadOwner | QFile::WriteOwner);
    copy.close();
    m_connection.run("VACUUM INTO ?", target);
}

void Migrator::apply(const Migration& migration)
{
    Transaction transaction(m_connection);
    m_connection.script(migration.sql);
    m_connection.run("INSERT INTO migration (number, name, applied_at) VALUES (?, ?, ?)", migration.number, migration.name,
                     m_clock.now());
    transaction.commit();
}

} // namespace carillon
