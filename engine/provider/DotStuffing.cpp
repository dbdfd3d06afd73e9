// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/provider/DotStuffing.h"

#include <cstring>

namespace carillon {

namespace {

// Where the first line starts that must be changed; the size when none must.
qsizetype cleanPrefix(const QByteArray& content)
{
    const char* const begin = content.constData();
    const char* const end = begin + content.size();
    const char* line = begin;
    while (line < end) {
        const auto left = static_cast<std::size_t>(end - line);
        const auto* feed = static_cast<const char*>(std::memchr(line, '\n', left));
        const auto* carriage
            = static_cast<const char*>(std::memchr(line, '\r', feed ? static_cast<std::size_t>(feed - line) : left));
        if (*line == '.' || !feed || carriage != feed - 1)
            break;
        line = feed + 1;
    }
    return line - begin;
}

} // namespace

DotStuffed dotStuff(const QByteArray& content)
{
    const qsizetype clean = cleanPrefix(content);
    if (clean == content.size())
        return {content, content.size()};
    DotStuffed out;
    out.octets.reserve(content.size() + content.size() / 32 + 16);
    out.octets.append(content.constData(), clean);
    qint64 dots = 0;
    bool lineStart = true;
    for (qsizetype i = clean; i < content.size(); ++i) {
        const char c = content[i];
        if (c == '\r' || c == '\n') {
            if (c == '\r' && i + 1 < content.size() && content[i + 1] == '\n')
                ++i;
            out.octets += "\r\n";
            lineStart = true;
            continue;
        }
        if (lineStart && c == '.') {
            out.octets += '.';
            ++dots;
        }
        out.octets += c;
        lineStart = false;
    }
    if (!lineStart)
        out.octets += "\r\n";
    out.size = out.octets.size() - dots;
    return out;
}

} // namespace carillon
