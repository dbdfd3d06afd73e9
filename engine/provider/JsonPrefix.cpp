// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/provider/JsonPrefix.h"

#include <algorithm>

namespace carillon {

QByteArray closedJson(const QByteArray& beginning)
{
    QByteArray open; // what would close each open bracket, the outermost first
    qsizetype complete = 0; // up to here, everything is
    bool inText = false;
    for (qsizetype i = 0; i < beginning.size(); ++i) {
        const char c = beginning[i];
        if (inText) {
            if (c == '\\')
                ++i;
            inText = c != '"';
        } else if (c == '"') {
            inText = true;
        } else if (c == '{' || c == '[') {
            open += c == '{' ? '}' : ']';
            complete = i + 1;
        } else if (c == '}' || c == ']') {
            open.chop(1);
            complete = i + 1;
        } else if (c == ',') {
            complete = i;
        }
    }
    std::reverse(open.begin(), open.end());
    return beginning.first(complete).append(open);
}

} // namespace carillon
