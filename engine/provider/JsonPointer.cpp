// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/provider/JsonPointer.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QStringList>

namespace carillon {

namespace {

QJsonValue step(const QJsonValue& value, QString name)
{
    name.replace(QStringLiteral("~1"), QStringLiteral("/")).replace(QStringLiteral("~0"), QStringLiteral("~"));
    if (value.isObject())
        return value.toObject().value(name);
    bool isIndex = false;
    const int index = name.toInt(&isIndex);
    const bool plain = isIndex && index >= 0 && QString::number(index) == name;
    return value.isArray() && plain ? value.toArray().at(index) : QJsonValue(QJsonValue::Undefined);
}

} // namespace

QJsonValue jsonAt(QJsonValue value, const QString& pointer)
{
    const QStringList names = pointer.split(u'/').mid(1);
    for (const QString& name : names)
        value = step(value, name);
    return value;
}

} // namespace carillon
