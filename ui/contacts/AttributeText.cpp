// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/contacts/AttributeText.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace carillon::ui {

namespace {

QString asJson(const QJsonValue& value)
{
    const QString list = QString::fromUtf8(QJsonDocument(QJsonArray{value}).toJson(QJsonDocument::Compact));
    return list.mid(1, list.size() - 2);
}

} // namespace

QString attributeText(const QJsonValue& value)
{
    if (value.isString() && attributeValue(value.toString()) == value)
        return value.toString();
    return asJson(value);
}

QJsonValue attributeValue(const QString& text)
{
    const QJsonArray list = QJsonDocument::fromJson('[' + text.toUtf8() + ']').array();
    return list.size() == 1 ? list.first() : QJsonValue(text);
}

} // namespace carillon::ui
