// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/content/QuotedPrintable.h"

#include <QByteArray>

#include <algorithm>
#include <array>

namespace carillon {

namespace {

constexpr std::size_t maxLine = 76;
constexpr std::size_t softBreak = 1; // the "=" that ends a broken line

constexpr std::array<bool, 256> plain = [] {
    std::array<bool, 256> table{};
    for (int c = 33; c < 127; ++c)
        table[std::size_t(c)] = c != '=';
    table[' '] = table['\t'] = true;
    return table;
}();

void appendEncoded(char c, std::string& out)
{
    static constexpr char digits[] = "0123456789ABCDEF";
    const auto byte = static_cast<unsigned char>(c);
    const char encoded[] = {'=', digits[byte >> 4], digits[byte & 15]};
    out.append(encoded, sizeof encoded);
}

// Whatever starts a line of the encoded text must not look like SMTP's dot or an mbox separator.
bool isRiskyStart(std::string_view text)
{
    return text.front() == '.' || text.starts_with("From ");
}

// How many of the first `most` characters stand for themselves.
std::size_t plainRun(std::string_view text, std::size_t most)
{
    std::size_t count = 0;
    while (count < most && plain[static_cast<unsigned char>(text[count])])
        ++count;
    return count;
}

// One line without its end.
void appendLine(std::string_view line, std::string& out)
{
    std::size_t used = 0;
    while (!line.empty()) {
        // Whole runs, but for the last character: a blank there is encoded, and it needs no room for a soft break.
        if (used > 0 || !isRiskyStart(line)) {
            const std::size_t run = plainRun(line, std::min(line.size() - 1, maxLine - softBreak - used));
            out.append(line.substr(0, run));
            line.remove_prefix(run);
            used += run;
        }
        const char c = line.front();
        const bool isLast = line.size() == 1;
        const bool literal = plain[static_cast<unsigned char>(c)] && !(isLast && (c == ' ' || c == '\t'));
        const std::size_t width = literal ? 1 : 3;
        if (used + width + (isLast ? 0 : softBreak) > maxLine) {
            out.append("=\r\n");
            used = 0;
        }
        const bool isRisky = used == 0 && isRiskyStart(line);
        if (literal && !isRisky)
            out.push_back(c);
        else
            appendEncoded(c, out);
        used += literal && !isRisky ? 1 : 3;
        line.remove_prefix(1);
    }
}

// Calls `take` with each line, without its end.
template <typename Take>
void forEachLine(std::string_view text, Take take)
{
    while (!text.empty()) {
        const std::size_t newline = std::min(text.find('\n'), text.size());
        const std::size_t end = std::min(text.substr(0, newline).find('\r'), newline);
        take(text.substr(0, end));
        text.remove_prefix(end);
        text.remove_prefix(text.starts_with("\r\n") ? 2 : !text.empty());
    }
}

} // namespace

void appendQuotedPrintable(std::string_view text, std::string& out)
{
    forEachLine(text, [&](std::string_view line) {
        appendLine(line, out);
        out.append("\r\n");
    });
}

void appendBase64(std::string_view text, std::string& out)
{
    QByteArray canonical;
    canonical.reserve(qsizetype(text.size() + text.size() / 16));
    forEachLine(text, [&](std::string_view line) { canonical.append(line.data(), qsizetype(line.size())).append("\r\n"); });
    appendBase64Data(canonical, out);
}

void appendBase64Data(const QByteArray& data, std::string& out)
{
    const QByteArray encoded = data.toBase64();
    for (qsizetype at = 0; at < encoded.size(); at += qsizetype(maxLine)) {
        out.append(encoded.constData() + at, std::size_t(std::min<qsizetype>(qsizetype(maxLine), encoded.size() - at)));
        out.append("\r\n");
    }
}

} // namespace carillon
