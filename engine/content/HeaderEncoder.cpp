// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/content/HeaderEncoder.h"

#include "engine/liquid/Escape.h"
#include "engine/liquid/Utf8.h"

#include <QByteArray>

#include <algorithm>
#include <utility>

namespace carillon {

namespace {

namespace utf8 = liquid::utf8;

constexpr std::size_t maxLine = 76;
constexpr std::string_view wordStart = "=?UTF-8?B?";
constexpr std::string_view wordEnd = "?=";
constexpr std::size_t maxWord = 75;

// Appends to a header field and knows how full its current line is.
class Field {
public:
    Field(std::string_view name, std::string& out)
        : m_out(out)
        , m_used(name.size() + 1)
    {
        m_out.append(name).push_back(':');
    }

    std::size_t room() const { return m_used + 1 < maxLine ? maxLine - m_used - 1 : 0; } // behind a blank

    // A blank and `text`, on a new line when this one has no room for it.
    void word(std::string_view text)
    {
        if (text.size() > room() && m_hasWord)
            fold();
        m_out.push_back(' ');
        m_out.append(text);
        m_used += 1 + text.size();
        m_hasWord = true;
    }

    bool hasWord() const { return m_hasWord; }

    void fold()
    {
        m_out.append("\r\n");
        m_used = 0;
    }

    void end() { m_out.append("\r\n"); }

private:
    std::string& m_out;
    std::size_t m_used;
    bool m_hasWord = false; // a first line of blanks alone would be no header
};

// Calls `take` with each piece between blanks; further blanks stay at the front of the piece behind them.
template <typename Take>
void forEachPiece(std::string_view text, Take take)
{
    while (!text.empty()) {
        const std::size_t begin = std::min(text.find_first_not_of(' '), text.size());
        const std::size_t end = std::min(text.find(' ', begin), text.size());
        take(text.substr(0, end));
        text.remove_prefix(std::min(text.size(), end + 1));
    }
}

// How many bytes of `text` fit into `room` bytes without splitting a character.
std::size_t wholeCharacters(std::string_view text, std::size_t room)
{
    if (text.size() <= room)
        return text.size();
    std::size_t end = room;
    while (end > 0 && utf8::isContinuation(text[end]))
        --end;
    return end ? end : room; // bytes that are no UTF-8 are split anywhere
}

// How much of a text goes into the next encoded-word.
enum class Split {
    Anywhere, // the words are full
    AtBlanks, // where there is one: some readers show a blank between the encoded-words of a name
};

void appendEncodedWords(std::string_view text, Split split, Field& field)
{
    constexpr std::size_t frame = wordStart.size() + wordEnd.size();
    constexpr std::size_t longestCharacter = 4;
    const auto bytesIn = [](std::size_t width) { return width > frame ? (width - frame) / 4 * 3 : 0; };
    const std::size_t full = bytesIn(maxWord);
    while (!text.empty()) {
        const std::size_t here = bytesIn(std::min(field.room(), maxWord));
        const bool goesToNextLine
            = here < longestCharacter || (split == Split::AtBlanks && field.hasWord() && text.size() > here);
        std::size_t taken = wholeCharacters(text, goesToNextLine ? full : here);
        if (split == Split::AtBlanks && taken < text.size()) {
            const std::size_t blank = text.rfind(' ', taken - 1);
            taken = blank == text.npos || blank == 0 ? taken : blank + 1;
        }
        const QByteArray encoded = QByteArray::fromRawData(text.data(), qsizetype(taken)).toBase64();
        field.word(std::string(wordStart).append(encoded.constData(), std::size_t(encoded.size())).append(wordEnd));
        text.remove_prefix(taken);
    }
}

bool needsEncoding(std::string_view text)
{
    if (!utf8::isAscii(text) || text.find("=?") != text.npos)
        return true;
    bool hasLongPiece = false;
    forEachPiece(text, [&](std::string_view piece) { hasLongPiece |= piece.size() > maxLine - 1; });
    return hasLongPiece;
}

bool isAtomText(std::string_view text)
{
    return std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == ' '
            || std::string_view("!#$%&'*+-/=?^_`{|}~").find(c) != std::string_view::npos;
    });
}

std::string quoted(std::string_view text)
{
    std::string result = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\')
            result.push_back('\\');
        result.push_back(c);
    }
    return result + '"';
}

// One line of text: control characters are blanks, none at either end.
std::string oneLine(std::string_view value)
{
    std::string line;
    liquid::appendHeaderText(value, line);
    return std::string(utf8::trim(line));
}

// The words that need it are encoded, neighbours together; the others stay as they are, because the blank beside such a
// word is the same for every reader.
void appendEncodedPhrase(std::string_view text, Field& field)
{
    std::string_view run; // words to encode, with the blanks between them
    forEachPiece(text, [&](std::string_view piece) {
        const bool isPlain = isAtomText(piece) && !needsEncoding(piece);
        if (!isPlain) {
            const char* begin = run.empty() ? piece.data() : run.data();
            run = {begin, std::size_t(piece.data() + piece.size() - begin)};
            return;
        }
        appendEncodedWords(std::exchange(run, {}), Split::AtBlanks, field);
        field.word(piece);
    });
    appendEncodedWords(run, Split::AtBlanks, field);
}

void appendPhrase(std::string_view text, Field& field)
{
    constexpr std::size_t longestQuoted = 60; // keeps clear of the line's end even behind the longest header name
    const bool hasDoubleBlank = text.find("  ") != text.npos;
    if (hasDoubleBlank && (needsEncoding(text) || text.size() > longestQuoted))
        appendEncodedWords(text, Split::AtBlanks, field);
    else if (needsEncoding(text) || text.size() > longestQuoted)
        appendEncodedPhrase(text, field);
    else if (isAtomText(text) && !hasDoubleBlank)
        forEachPiece(text, [&](std::string_view piece) { field.word(piece); });
    else
        field.word(quoted(text));
}

} // namespace

bool hasControlCharacter(std::string_view text)
{
    // U+0080 to U+009F are control characters, too: C2 80 to C2 9F in UTF-8.
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto c = static_cast<unsigned char>(text[i]);
        if (c < 0x20 || c == 0x7f || (c == 0xc2 && i + 1 < text.size() && static_cast<unsigned char>(text[i + 1]) < 0xa0))
            return true;
    }
    return false;
}

void appendTextHeader(std::string_view name, std::string_view value, std::string& out)
{
    const std::string line = oneLine(value);
    Field field(name, out);
    if (needsEncoding(line))
        appendEncodedWords(line, Split::Anywhere, field);
    else
        forEachPiece(line, [&](std::string_view piece) { field.word(piece); });
    field.end();
}

void appendAddressHeader(std::string_view name, std::string_view displayName, std::string_view address, std::string& out)
{
    const std::string line = oneLine(displayName);
    Field field(name, out);
    if (line.empty()) {
        field.word(address);
    } else {
        appendPhrase(line, field);
        field.word(std::string(1, '<').append(address).append(1, '>'));
    }
    field.end();
}

void appendStructuredHeader(std::string_view name, std::string_view value, std::string& out)
{
    const std::string line = oneLine(value);
    Field field(name, out);
    forEachPiece(line, [&](std::string_view piece) { field.word(piece); });
    field.end();
}

} // namespace carillon
