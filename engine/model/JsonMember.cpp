// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/model/JsonMember.h"

#include <QCoreApplication>

#include <algorithm>

namespace carillon {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("JsonMembers", text);
}

} // namespace

QJsonValue JsonMembers::take(const QString& key)
{
    m_known << key;
    const QJsonValue member = m_object.value(key);
    return member.isNull() ? QJsonValue(QJsonValue::Undefined) : member;
}

void JsonMembers::refuse(const QString& key, const QString& sentence)
{
    if (m_status)
        m_status = fail(ErrorCode::InvalidInput, sentence, key);
}

void JsonMembers::refuseNumber(const QString& key, double least, double most)
{
    refuse(key, tr("%1 is a number from %2 to %3.").arg(key).arg(least).arg(most, 0, 'f', 0));
}

void JsonMembers::refuseName(const QString& key, const QJsonValue& name)
{
    refuse(key, tr("%1 cannot be \"%2\".").arg(key, name.toVariant().toString()));
}

void JsonMembers::refuseShape(const QString& key)
{
    refuse(key, tr("%1 is an object with members of its own.").arg(key));
}

void JsonMembers::flag(const QString& key, bool& value)
{
    const QJsonValue member = take(key);
    if (member.isUndefined())
        return;
    if (!member.isBool())
        return refuse(key, tr("%1 is true or false.").arg(key));
    value = member.toBool();
}

void JsonMembers::text(const QString& key, QString& value)
{
    const QJsonValue member = take(key);
    if (member.isUndefined())
        return;
    if (!member.isString())
        return refuse(key, tr("%1 is a text.").arg(key));
    value = member.toString();
}

Status JsonMembers::end()
{
    const QStringList keys = m_object.keys();
    const auto unknown = std::find_if(keys.begin(), keys.end(), [&](const QString& key) { return !m_known.contains(key); });
    if (unknown != keys.end())
        refuse(*unknown, tr("There is no \"%1\" here. There are %2.").arg(*unknown, m_known.join(QStringLiteral(", "))));
    return m_status;
}

} // namespace carillon
