// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>
#include <QStringDecoder>
#include <QStringEncoder>

#include <optional>

namespace carillon {

// How the bytes of a text file mean characters.
enum class TextEncoding {
    Utf8,
    Utf16LE,
    Utf16BE,
    Windows1252, // also read for Latin-1, which differs in control characters only (as the WHATWG Encoding Standard does)
};

// As ImportOptions names it: "UTF-8", "UTF-16LE", "UTF-16BE", "windows-1252".
QString nameOf(TextEncoding encoding);
// The encoding of a name, whatever its case; nothing when there is none of that name.
std::optional<TextEncoding> encodingOf(const QString& name);

// What the first bytes of a file say: a byte-order mark decides, then UTF-8 where it is valid, else Windows-1252. The last
// character may be cut off.
TextEncoding detectEncoding(const QByteArray& firstBytes);

// Turns a stream of bytes into UTF-8, or leaves them as they are where every byte below 128 is ASCII: so that a parser
// looking for ASCII characters reads them all. Carries a character cut in two over to the next call. Any bytes are accepted.
class AsciiCompatible {
public:
    explicit AsciiCompatible(TextEncoding encoding);

    QByteArray convert(const QByteArray& bytes);

private:
    bool m_isUtf16;
    QStringDecoder m_decoder;
    QStringEncoder m_encoder;
};

// Decodes a whole piece that AsciiCompatible gave. Sets `valid` to false where UTF-8 is broken; the text then has U+FFFD
// there.
QString decodeText(const QByteArray& bytes, TextEncoding encoding, bool* valid);

} // namespace carillon
