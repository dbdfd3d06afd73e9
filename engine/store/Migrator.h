// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Result.h"
#include "engine/store/Connection.h"

#include <QList>

namespace carillon {

class Clock;

// One numbered step of the schema, from resources/schema/NNNN-name.sql. Forward only: a published file never changes.
struct Migration {
    int number = 0;
    QString name;
    QByteArray sql;
};

// The steps compiled into the program, in order.
QList<Migration> builtInMigrations();

// Brings a database to the newest schema: each step in its own transaction, after a backup beside the file
// ("<file>.before-<number>") when there was anything in it. StorageTooNew when the database knows a step that the program
// does not.
class Migrator {
public:
    Migrator(Connection& connection, QString path, const Clock& clock);

    Status migrate(const QList<Migration>& migrations);

private:
    int currentNumber();
    void backup(int number);
    void apply(const Migration& migration);

    Connection& m_connection;
    QString m_path;
    const Clock& m_clock;
};

} // namespace carillon
