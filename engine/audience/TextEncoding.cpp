// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/audience/TextEncoding.h"

#include <array>

namespace carillon {

namespace {

// Octets 0x80 to 0x9F of Windows-1252; the five that it leaves free are control characters, as browsers read them.
constexpr std::array<char16_t, 32> windows1252{0x20AC, 0x0081, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
                                               0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x008D, 0x017D, 0x008F,
                                               0x0090, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
                                               0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x009D, 0x017E, 0x0178};

QString fromWindows1252(const QByteArray& bytes)
{
    QString text = QString::fromLatin1(bytes);
    for (QChar& c : text) {
        if (c.unicode() >= 0x80 && c.unicode() < 0xA0)
            c = QChar(windows1252[c.unicode() - 0x80]);
    }
    return text;
}

QStringConverter::Encoding qtEncoding(TextEncoding encoding)
{
    switch (encoding) {
    case TextEncoding::Utf16LE: return QStringConverter::Utf16LE;
    case TextEncoding::Utf16BE: return QStringConverter::Utf16BE;
    case TextEncoding::Utf8:
    case TextEncoding::Windows1252: break;
    }
    return QStringConverter::Utf8;
}

} // namespace

QString nameOf(TextEncoding encoding)
{
    switch (encoding) {
    case TextEncoding::Utf8: return QStringLiteral("UTF-8");
    case TextEncoding::Utf16LE: return QStringLiteral("UTF-16LE");
    case TextEncoding::Utf16BE: return QStringLiteral("UTF-16BE");
    case TextEncoding::Windows1252: return QStringLiteral("windows-1252");
    }
    return QStringLiteral("UTF-8");
}

std::optional<TextEncoding> encodingOf(const QString& name)
{
    for (const TextEncoding encoding :
         {TextEncoding::Utf8, TextEncoding::Utf16LE, TextEncoding::Utf16BE, TextEncoding::Windows1252}) {
        if (name.compare(nameOf(encoding), Qt::CaseInsensitive) == 0)
            return encoding;
    }
    return std::nullopt;
}

TextEncoding detectEncoding(const QByteArray& firstBytes)
{
    if (firstBytes.startsWith("\xFF\xFE"))
        return TextEncoding::Utf16LE;
    if (firstBytes.startsWith("\xFE\xFF"))
        return TextEncoding::Utf16BE;
    QStringDecoder decoder(QStringConverter::Utf8);
    const QString text = decoder.decode(firstBytes);
    return decoder.hasError() ? TextEncoding::Windows1252 : TextEncoding::Utf8;
}

AsciiCompatible::AsciiCompatible(TextEncoding encoding)
    : m_isUtf16(encoding == TextEncoding::Utf16LE || encoding == TextEncoding::Utf16BE)
    , m_decoder(qtEncoding(encoding))
    , m_encoder(QStringConverter::Utf8)
{
}

QByteArray AsciiCompatible::convert(const QByteArray& bytes)
{
    if (!m_isUtf16)
        return bytes;
    const QString text = m_decoder.decode(bytes);
    return m_encoder.encode(text);
}

QString decodeText(const QByteArray& bytes, TextEncoding encoding, bool* valid)
{
    *valid = true;
    if (encoding == TextEncoding::Windows1252)
        return fromWindows1252(bytes);
    QStringDecoder decoder(QStringConverter::Utf8, QStringConverter::Flag::Stateless);
    const QString text = decoder.decode(bytes);
    *valid = !decoder.hasError();
    return text;
}

} // namespace carillon
