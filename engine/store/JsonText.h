// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QJsonObject>

namespace carillon {

// Writes one JSON object as text, in the order of its members. For what is written thousands of times a second: a
// QJsonObject costs three times as much to make and to write.
//
//     JsonText().add("address", delivery.address).add("attempt", 2).end()      {"address":"a@b.org","attempt":2}
class JsonText {
public:
    JsonText() = default;
    // The members of `members` first.
    explicit JsonText(const QJsonObject& members);

    // Names are plain ASCII.
    JsonText& add(const char* name, qint64 value);
    JsonText& add(const char* name, QStringView value);
    JsonText& add(const char* name, const QList<qint64>& values);
    JsonText& addTrue(const char* name);

    QByteArray end();

private:
    void begin(const char* name);
    void append(qint64 value);

    QByteArray m_text;
};

} // namespace carillon
