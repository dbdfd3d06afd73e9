// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QList>
#include <QMap>
#include <QString>
#include <QStringList>

namespace carillon {

enum class DuplicatePolicy { Skip, Update };

// How a file of contacts is to be read. `mapping` has one target per column, in the file's order:
// "external_id", "email", "phone", "name", "first_name", "last_name", "locale", "time_zone", "attribute:<key>", or "" to
// leave it out.
struct ImportOptions {
    QString encoding; // "UTF-8", "UTF-16LE", "UTF-16BE", "windows-1252"
    char16_t delimiter = u',';
    bool hasHeader = true;
    QStringList mapping;
    DuplicatePolicy duplicatePolicy = DuplicatePolicy::Skip;
    qint64 listId = 0; // put them on this list; 0: none
};

// What a look at the beginning of the file found.
struct ImportInspection {
    ImportOptions suggested;
    QStringList header; // the columns' names, or "Column 1", ... when there is no header
    QList<QStringList> firstRows;
    qint64 fileBytes = 0;
};

// How far an import is, and what came of it. `refused` counts by reason: "wrong_columns", "missing_email", "invalid_email",
// "duplicate", ...
struct ImportProgress {
    qint64 bytesDone = 0;
    qint64 bytesTotal = 0;
    qint64 rows = 0;
    qint64 inserted = 0;
    qint64 updated = 0;
    QMap<QString, qint64> refused;
    QMap<QString, qint64>
        warnings; // cells left out of imported rows: "invalid_locale", "invalid_time_zone", "invalid_phone"
    bool finished = false;
    bool cancelled = false;
    QString error; // why it stopped before the end; empty when it did not
};

} // namespace carillon
