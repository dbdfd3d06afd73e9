// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/liquid/Filters.h"

#include "engine/liquid/Problem.h"
#include "engine/liquid/Utf8.h"
#include "engine/liquid/ValueText.h"

#include <QByteArray>

namespace carillon::liquid::filters {

namespace {

// Characters that stand for themselves in a URL (RFC 3986 2.3), with a blank as "+": the form encoding that Liquid uses.
bool isUnreserved(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.'
        || c == '~';
}

int hexDigit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

bool isUtf8(std::string_view text)
{
    while (!text.empty()) {
        const std::size_t length = utf8::validLength(text);
        if (length == 0)
            return false;
        text.remove_prefix(length);
    }
    return true;
}

QByteArray bytesOf(const FilterInput& in)
{
    const std::string text = toText(in.value);
    return QByteArray(text.data(), qsizetype(text.size()));
}

FilterResult encode(const FilterInput& in, QByteArray::Base64Options alphabet)
{
    return Value(bytesOf(in).toBase64(alphabet).toStdString());
}

FilterResult decode(const FilterInput& in, QByteArray::Base64Options alphabet, std::string_view filter)
{
    const QByteArray encoded = bytesOf(in);
    const bool isPadded = encoded.size() % 4 == 0 || alphabet.testFlag(QByteArray::Base64UrlEncoding);
    const auto decoded = QByteArray::fromBase64Encoding(encoded, alphabet | QByteArray::AbortOnBase64DecodingErrors);
    const bool isPossible = encoded.size() % 4 != 1; // one letter holds less than a byte
    if (!decoded || !isPadded || !isPossible)
        return tl::unexpected(tr("This is no base64, which “%1” needs.", {filter}));
    return Value((*decoded).toStdString());
}

} // namespace

FilterResult base64Encode(const FilterInput& in)
{
    return encode(in, QByteArray::Base64Encoding);
}

FilterResult base64UrlSafeEncode(const FilterInput& in)
{
    return encode(in, QByteArray::Base64UrlEncoding);
}

FilterResult base64Decode(const FilterInput& in)
{
    return decode(in, QByteArray::Base64Encoding, "base64_decode");
}

FilterResult base64UrlSafeDecode(const FilterInput& in)
{
    return decode(in, QByteArray::Base64UrlEncoding, "base64_url_safe_decode");
}

FilterResult urlEncode(const FilterInput& in)
{
    static constexpr char digits[] = "0123456789ABCDEF";
    std::string scratch;
    std::string result;
    for (const char c : textOf(in.value, scratch)) {
        if (isUnreserved(c)) {
            result.push_back(c);
        } else if (c == ' ') {
            result.push_back('+');
        } else {
            const auto byte = static_cast<unsigned char>(c);
            result.append({'%', digits[byte >> 4], digits[byte & 15]});
        }
    }
    return Value(std::move(result));
}

FilterResult urlDecode(const FilterInput& in)
{
    std::string scratch;
    const std::string_view text = textOf(in.value, scratch);
    std::string result;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool isCode
            = text[i] == '%' && i + 2 < text.size() && hexDigit(text[i + 1]) >= 0 && hexDigit(text[i + 2]) >= 0;
        if (isCode) {
            result.push_back(char(hexDigit(text[i + 1]) * 16 + hexDigit(text[i + 2])));
            i += 2;
        } else {
            result.push_back(text[i] == '+' ? ' ' : text[i]);
        }
    }
    if (!isUtf8(result))
        return tl::unexpected(tr("What “url_decode” gives here is no text (UTF-8)."));
    return Value(std::move(result));
}

} // namespace carillon::liquid::filters
