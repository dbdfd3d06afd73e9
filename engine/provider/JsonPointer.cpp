// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/provider/JsonPointer.h"

#include <QJsonObject>
#include <QLocale>
#include <QStringList>

namespace carillon {

namespace {

QString unescaped(QString name)
{
    return name.replace(QStringLiteral("~1"), QStringLiteral("/")).replace(QStringLiteral("~0"), QStringLiteral("~"));
}

QJsonValue step(const QJsonValue& value, const QString& escaped)
{
    const QString name = unescaped(escaped);
    if (value.isObject())
        return value.toObject().value(name);
    bool isIndex = false;
    const int index = name.toInt(&isIndex);
    const bool plain = isIndex && index >= 0 && QString::number(index) == name;
    return value.isArray() && plain ? value.toArray().at(index) : QJsonValue(QJsonValue::Undefined);
}

void collect(const QJsonValue& value, const QStringList& names, qsizetype from, qsizetype limit, QJsonArray& found)
{
    if (from == names.size()) {
        if (!value.isUndefined() && !value.isNull())
            found << value;
        return;
    }
    if (names[from] != u"*") {
        collect(step(value, names[from]), names, from + 1, limit, found);
        return;
    }
    const QJsonArray array = value.toArray();
    for (qsizetype i = 0; i < array.size() && found.size() < limit; ++i)
        collect(array[i], names, from + 1, limit, found);
}

} // namespace

QJsonValue jsonAt(QJsonValue value, const QString& pointer)
{
    const QStringList names = pointer.split(u'/').mid(1);
    for (const QString& name : names)
        value = step(value, name);
    return value;
}

QJsonArray jsonAllAt(const QJsonValue& value, const QString& pointer, qsizetype limit)
{
    QJsonArray found;
    collect(value, pointer.split(u'/').mid(1), 0, limit, found);
    return found;
}

QString jsonText(const QJsonValue& value)
{
    if (value.isBool())
        return value.toBool() ? QStringLiteral("true") : QStringLiteral("false");
    if (!value.isDouble())
        return value.toString();
    const qint64 whole = value.toInteger();
    if (static_cast<double>(whole) == value.toDouble())
        return QString::number(whole);
    return QString::number(value.toDouble(), 'f', QLocale::FloatingPointShortest);
}

} // namespace carillon
