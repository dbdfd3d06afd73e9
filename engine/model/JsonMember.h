// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Result.h"

#include <QJsonObject>
#include <QStringList>

#include <cmath>

namespace carillon {

// Puts a member into an object unless it has the value that a reader takes for a missing one.
template <typename T>
void setUnless(QJsonObject& object, const QString& key, const T& value, const T& usual)
{
    if (!(value == usual))
        object.insert(key, value);
}

// Reads the members of an object one by one; a missing one leaves its value as it is. The first that is wrong, or that
// nobody asked for, is the error of end(), as InvalidInput with its key as the field.
//
//     JsonMembers members(object);
//     members.number(QStringLiteral("burst"), limits.burst, 0, 1000);
//     if (Status read = members.end(); !read) ...
class JsonMembers {
public:
    static constexpr double MostExact = 9'007'199'254'740'991; // that JSON numbers hold (RFC 8259, section 6)

    explicit JsonMembers(const QJsonObject& object)
        : m_object(object)
    {
    }

    template <typename Number>
    void number(const QString& key, Number& value, double least, double most)
    {
        const QJsonValue member = take(key);
        if (member.isUndefined())
            return;
        const double read = member.toDouble();
        if (!member.isDouble() || !(read >= least && read <= most)
            || (std::is_integral_v<Number> && std::trunc(read) != read))
            return refuseNumber(key, least, most);
        value = Number(read);
    }
    void flag(const QString& key, bool& value);
    void text(const QString& key, QString& value);
    // A text that has one of the names of an enumeration (engine/model/Names.h).
    template <typename Enum, typename ValueOf>
    void name(const QString& key, Enum& value, const ValueOf& valueOf)
    {
        const QJsonValue member = take(key);
        if (member.isUndefined())
            return;
        if (const auto found = valueOf(member.toString()))
            value = *found;
        else
            refuseName(key, member);
    }
    // An object, read by a function of its own that gives a Result; its error is named by `key`.
    template <typename T, typename Read>
    void object(const QString& key, T& value, const Read& read)
    {
        const QJsonValue member = take(key);
        if (member.isUndefined())
            return;
        if (!member.isObject())
            return refuseShape(key);
        if (auto result = read(member.toObject()))
            value = *std::move(result);
        else
            refuse(key, result.error().message);
    }
    // An undefined value where there is none.
    QJsonValue take(const QString& key);
    void refuse(const QString& key, const QString& sentence);

    Status end();

private:
    void refuseNumber(const QString& key, double least, double most);
    void refuseName(const QString& key, const QJsonValue& name);
    void refuseShape(const QString& key);

    const QJsonObject m_object;
    QStringList m_known; // in the order in which they were asked for
    Status m_status;
};

} // namespace carillon
