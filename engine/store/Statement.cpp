// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/store/Statement.h"

#include "engine/store/SqlError.h"

#include <QJsonDocument>
#include <QStringEncoder>

#include <sqlite3.h>

namespace carillon {

namespace {

// Larger texts than this are let go once the statement has run.
constexpr qsizetype muchToKeep = 16 * 1024;

} // namespace

Statement::Statement(sqlite3* database, std::string_view sql)
    : m_database(database)
{
    if (sqlite3_prepare_v3(database, sql.data(), int(sql.size()), SQLITE_PREPARE_PERSISTENT, &m_handle, nullptr)
        != SQLITE_OK)
        throw sqlFailure(database);
}

Statement::~Statement()
{
    sqlite3_finalize(m_handle);
}

void Statement::bind(int index, qint64 value)
{
    sqlite3_bind_int64(m_handle, index, value);
}

void Statement::bind(int index, NullableId id)
{
    if (id.value == 0)
        sqlite3_bind_null(m_handle, index);
    else
        sqlite3_bind_int64(m_handle, index, id.value);
}

QByteArray& Statement::kept(int index)
{
    if (m_kept.size() < size_t(index))
        m_kept.resize(size_t(index));
    return m_kept[size_t(index) - 1];
}

void Statement::bindKept(int index)
{
    // A null pointer would be NULL; no characters are a value, too.
    const QByteArray& text = m_kept[size_t(index) - 1];
    const char* data = text.isNull() ? "" : text.constData();
    m_keepsMuch |= text.size() > muchToKeep;
    sqlite3_bind_text64(m_handle, index, data, sqlite3_uint64(text.size()), SQLITE_STATIC, SQLITE_UTF8);
}

void Statement::bind(int index, QStringView text)
{
    QByteArray& utf8 = kept(index);
    QStringEncoder encoder(QStringEncoder::Utf8);
    utf8.resize(encoder.requiredSpace(text.size()));
    const char* end = encoder.appendToBuffer(utf8.data(), text);
    utf8.resize(end - utf8.constData());
    bindKept(index);
}

void Statement::bind(int index, const QByteArray& utf8)
{
    kept(index) = utf8;
    bindKept(index);
}

void Statement::bind(int index, const Blob& blob)
{
    kept(index) = blob.bytes;
    m_keepsMuch |= blob.bytes.size() > muchToKeep;
    const char* data = blob.bytes.isEmpty() ? "" : kept(index).constData();
    sqlite3_bind_blob64(m_handle, index, data, sqlite3_uint64(blob.bytes.size()), SQLITE_STATIC);
}

void Statement::bind(int index, const QJsonObject& object)
{
    bind(index, object.isEmpty() ? QByteArrayLiteral("{}") : QJsonDocument(object).toJson(QJsonDocument::Compact));
}

bool Statement::step()
{
    const int code = sqlite3_step(m_handle);
    if (code == SQLITE_ROW)
        return true;
    if (code == SQLITE_DONE)
        return false;
    const SqlFailure failure = sqlFailure(m_database);
    sqlite3_reset(m_handle);
    throw failure;
}

void Statement::reset()
{
    sqlite3_reset(m_handle);
    sqlite3_clear_bindings(m_handle);
    if (m_keepsMuch)
        m_kept.clear();
    m_keepsMuch = false;
}

qint64 Statement::integer(int column) const
{
    return sqlite3_column_int64(m_handle, column);
}

QString Statement::text(int column) const
{
    const auto* data = reinterpret_cast<const char*>(sqlite3_column_text(m_handle, column));
    return QString::fromUtf8(data, sqlite3_column_bytes(m_handle, column));
}

QByteArray Statement::utf8(int column) const
{
    const auto* data = reinterpret_cast<const char*>(sqlite3_column_text(m_handle, column));
    return QByteArray(data, sqlite3_column_bytes(m_handle, column));
}

QByteArray Statement::blob(int column) const
{
    const auto* data = static_cast<const char*>(sqlite3_column_blob(m_handle, column));
    return QByteArray(data, sqlite3_column_bytes(m_handle, column));
}

QJsonObject Statement::json(int column) const
{
    const QByteArray text = utf8(column);
    return text == "{}" ? QJsonObject() : QJsonDocument::fromJson(text).object();
}

} // namespace carillon
