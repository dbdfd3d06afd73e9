// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonArray>
#include <QJsonValue>
#include <QString>

namespace carillon {

// The value at a JSON pointer (RFC 6901); undefined when there is none. The empty pointer is the value itself.
QJsonValue jsonAt(QJsonValue value, const QString& pointer);

// The values at a pointer in which "*" stands for each element of a list, at most `limit`: "/messages/*/status". What is
// missing or null does not count.
QJsonArray jsonAllAt(const QJsonValue& value, const QString& pointer, qsizetype limit);

// A text, a number or a truth value as text, whole numbers of 64 bits digit by digit: ids may be that long. Empty for
// anything else.
QString jsonText(const QJsonValue& value);

} // namespace carillon
