// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/model/JsonMember.h"

#include <QCoreApplication>

namespace carillon {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("JsonMembers", text);
}

} // namespace

QJsonValue JsonMembers::take(const QString& key)
{
    m_known.insert(key);
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
    for (const QString& key : m_object.keys()) {
        if (!m_known.contains(key))
            refuse(key, tr("There is no \"%1\" here.").arg(key));
    }
    return m_status;
}

} // namespace carillon
