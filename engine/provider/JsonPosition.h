// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

namespace carillon {

// A place in a text; both count from 1, columns in characters.
struct TextPosition {
    int line = 1;
    int column = 1;

    friend bool operator==(const TextPosition&, const TextPosition&) = default;
};

// Where in a well-formed JSON text the value of a JSON pointer (RFC 6901) stands: for a member of an object, where its name
// begins. What the pointer names and is not there (a member that is missing) stands where the value begins that should have
// it. Of members with the same name the last counts, as for QJsonDocument. Takes time in proportion to the text.
TextPosition positionInJson(const QByteArray& json, const QString& pointer);

// The place of the byte at `offset`.
TextPosition textPosition(const QByteArray& text, qsizetype offset);

} // namespace carillon
