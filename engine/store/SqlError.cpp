// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/store/SqlError.h"

#include <QCoreApplication>

#include <sqlite3.h>

namespace carillon {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("Store", text);
}

} // namespace

SqlFailure sqlFailure(sqlite3* database)
{
    const QString words = QString::fromUtf8(sqlite3_errmsg(database));
    switch (sqlite3_errcode(database)) {
    case SQLITE_FULL:
        return {{ErrorCode::StorageFull,
                 tr("The disk that holds the workspace is full. Free some space; nothing is lost."),
                 {}}};
    case SQLITE_CORRUPT:
        return {
            {ErrorCode::StorageDamaged, tr("The workspace's database is damaged (%1). Restore a backup.").arg(words), {}}};
    case SQLITE_NOTADB:
        return {{ErrorCode::StorageDamaged, tr("This file is not a Carillon workspace, or it is damaged."), {}}};
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return {{ErrorCode::Busy, tr("Another program has locked the workspace's database. Close it and try again."), {}}};
    case SQLITE_READONLY:
        return {{ErrorCode::Storage,
                 tr("The workspace's database cannot be written. Check the permissions of the file and its folder."),
                 {}}};
    case SQLITE_CANTOPEN:
        return {{ErrorCode::Storage,
                 tr("The workspace's database cannot be opened. Check that its folder exists and can be written."),
                 {}}};
    case SQLITE_IOERR:
        return {{ErrorCode::Storage,
                 tr("Reading or writing the workspace's database failed (%1). Check the disk.").arg(words),
                 {}}};
    case SQLITE_CONSTRAINT: return {{ErrorCode::Conflict, tr("The database refused this: %1.").arg(words), {}}};
    default: return {{ErrorCode::Storage, tr("The database failed: %1.").arg(words), {}}};
    }
}

} // namespace carillon
