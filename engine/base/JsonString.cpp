// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/base/JsonString.h"

#include <algorithm>

namespace carillon {

namespace {

bool needsEscape(char c)
{
    return static_cast<unsigned char>(c) < 0x20 || c == '"' || c == '\\';
}

void appendEscaped(QByteArray& json, char c)
{
    static constexpr char digits[] = "0123456789abcdef";
    switch (c) {
    case '"': json += "\\\""; return;
    case '\\': json += "\\\\"; return;
    case '\b': json += "\\b"; return;
    case '\f': json += "\\f"; return;
    case '\n': json += "\\n"; return;
    case '\r': json += "\\r"; return;
    case '\t': json += "\\t"; return;
    default: (json += "\\u00") += digits[c >> 4], json += digits[c & 15];
    }
}

} // namespace

void appendJsonString(QByteArray& json, QByteArrayView utf8)
{
    json += '"';
    for (auto at = utf8.begin(); at != utf8.end(); ++at) {
        const auto special = std::find_if(at, utf8.end(), needsEscape);
        json.append(at, special - at);
        if (special == utf8.end())
            break;
        appendEscaped(json, *special);
        at = special;
    }
    json += '"';
}

} // namespace carillon
