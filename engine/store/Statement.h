// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QJsonObject>
#include <QString>

#include <string_view>
#include <vector>

struct sqlite3;
struct sqlite3_stmt;

namespace carillon {

// An id that is written as NULL when it is 0: "not of a campaign".
struct NullableId {
    qint64 value = 0;
};

// Bytes that are no text.
struct Blob {
    QByteArray bytes;
};

// One prepared statement. Owned by its Connection, used through Rows and Connection::run; one thread.
//
// Texts that are bound are kept here for as long as they are: SQLite reads them where they are and makes no copy.
class Statement {
public:
    // Throws SqlFailure when the SQL is wrong.
    Statement(sqlite3* database, std::string_view sql);
    ~Statement();
    Q_DISABLE_COPY_MOVE(Statement)

    template <typename... Values>
    void bindAll(const Values&... values)
    {
        int index = 0;
        (bind(++index, values), ...);
    }

    void bind(int index, qint64 value);
    void bind(int index, int value) { bind(index, qint64(value)); }
    void bind(int index, bool value) { bind(index, qint64(value)); }
    void bind(int index, NullableId id);
    void bind(int index, QStringView text);
    void bind(int index, const QString& text) { bind(index, QStringView(text)); }
    void bind(int index, const QByteArray& utf8);
    void bind(int index, const Blob& blob);
    void bind(int index, const QJsonObject& object);

    // True while there is a row. Throws SqlFailure.
    bool step();
    void reset();

    qint64 integer(int column) const; // 0 for NULL
    QString text(int column) const; // empty for NULL
    QByteArray utf8(int column) const;
    QByteArray blob(int column) const;
    QJsonObject json(int column) const; // empty when it is not an object

    bool busy = false; // a Rows is reading from it

private:
    QByteArray& kept(int index);
    void bindKept(int index);

    sqlite3* m_database;
    sqlite3_stmt* m_handle = nullptr;
    std::vector<QByteArray> m_kept; // by parameter; their memory is used again
    bool m_keepsMuch = false;
};

} // namespace carillon
