// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

namespace carillon {

// Appends a text as a JSON string, quotes included, octet for octet as QJsonDocument writes it. For what is written too
// often to make a QJsonValue of it first. What is no UTF-8 stays what it is.
void appendJsonString(QByteArray& json, QByteArrayView utf8);

} // namespace carillon
