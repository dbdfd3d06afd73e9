// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonValue>
#include <QString>

namespace carillon::ui {

// A contact's attribute as it is typed in a table: words stand for themselves; numbers, true, false, null, lists and objects
// are JSON; a text that would be taken for one of these is in quotation marks. attributeValue(attributeText(v)) == v for
// every v.
QString attributeText(const QJsonValue& value);
QJsonValue attributeValue(const QString& text);

} // namespace carillon::ui
