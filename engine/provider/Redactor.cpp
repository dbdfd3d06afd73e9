// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/provider/Redactor.h"

#include "engine/base/JsonString.h"

#include <algorithm>

namespace carillon {

namespace {

constexpr qsizetype LeastInside = 8; // octets of what is looked for beside the whole secret: less is found by chance

QByteArray insideJson(const QByteArray& text)
{
    QByteArray json;
    appendJsonString(json, text);
    return json.sliced(1, json.size() - 2); // without the quotes
}

// As encoders write it that keep to ASCII.
QByteArray insideAsciiJson(const QByteArray& text)
{
    QByteArray ascii;
    const QString json = QString::fromUtf8(insideJson(text));
    for (const QChar c : json)
        ascii += c.unicode() < 0x80 ? QByteArray(1, c.toLatin1())
                                    : "\\u" + QByteArray::number(c.unicode(), 16).rightJustified(4, '0');
    return ascii;
}

// "%2f" where others write "%2F".
QByteArray inSmallHex(QByteArray percentEncoded)
{
    for (qsizetype at = percentEncoded.indexOf('%'); at >= 0 && at + 2 < percentEncoded.size();
         at = percentEncoded.indexOf('%', at + 3))
        percentEncoded.replace(at, 3, percentEncoded.mid(at, 3).toLower());
    return percentEncoded;
}

// As it is, and as it stands in addresses and in JSON.
QByteArrayList inText(const QByteArray& secret)
{
    const QByteArray percentEncoded = secret.toPercentEncoding();
    const QByteArray json = insideAsciiJson(secret);
    return {
        secret, percentEncoded, inSmallHex(percentEncoded), insideJson(secret), json, QByteArray(json).replace("/", "\\/")};
}

// What base64 makes of the secret wherever it stands in a longer text ("user:password"): the characters that depend on it
// alone, for each of the three ways in which its octets can fall into groups.
QByteArrayList inBase64(const QByteArray& secret, QByteArray::Base64Options alphabet)
{
    const QByteArray::Base64Options options = alphabet | QByteArray::OmitTrailingEquals;
    QByteArrayList spellings{secret.toBase64(options)};
    if (secret.size() < LeastInside)
        return spellings;
    for (int before = 0; before < 3; ++before) {
        QByteArray whole = QByteArray(before, '\0') + secret;
        whole = whole.toBase64(options);
        const qsizetype first = (before * 8 + 5) / 6;
        const qsizetype last = (before + secret.size()) * 8 / 6;
        spellings << whole.sliced(first, last - first);
    }
    return spellings;
}

// Not one of the words that addresses are made of ("services", "webhooks").
bool looksMade(const QByteArray& word)
{
    const bool hasDigit = std::any_of(word.begin(), word.end(), [](char c) { return c >= '0' && c <= '9'; });
    return word.size() >= (hasDigit ? LeastInside : 2 * LeastInside);
}

// Of an address that is a secret, what makes it one: a platform may repeat the path alone.
QByteArrayList partsOf(const QByteArray& secret)
{
    QByteArrayList parts;
    const bool isAddress = secret.startsWith("https://") || secret.startsWith("http://");
    const qsizetype path = isAddress ? secret.indexOf('/', secret.indexOf("://") + 3) : -1;
    if (path < 0)
        return parts;
    QByteArray rest = secret.sliced(path);
    for (const char separator : {'?', '&', '=', '#'})
        rest.replace(separator, '/');
    const QByteArrayList words = rest.split('/');
    for (const QByteArray& word : words) {
        if (looksMade(word))
            parts << word << QByteArray::fromPercentEncoding(word);
    }
    return parts;
}

QByteArrayList spellingsOf(const QByteArray& secret)
{
    return inText(secret) + partsOf(secret) + inBase64(secret, QByteArray::Base64Encoding)
        + inBase64(secret, QByteArray::Base64UrlEncoding);
}

QString bounded(const QString& text, qsizetype most)
{
    if (text.size() <= most)
        return text;
    const qsizetype end = text[most - 2].isHighSurrogate() ? most - 2 : most - 1; // half a character is none
    return text.left(end) + u'\u2026';
}

} // namespace

Redactor::Redactor(const QList<Secret>& secrets)
{
    for (const Secret& secret : secrets) {
        if (!secret.isEmpty())
            m_spellings += spellingsOf(secret.reveal());
    }
    std::sort(m_spellings.begin(), m_spellings.end(),
              [](const QByteArray& a, const QByteArray& b) { return a.size() != b.size() ? a.size() > b.size() : a < b; });
    m_spellings.erase(std::unique(m_spellings.begin(), m_spellings.end()), m_spellings.end());
}

QString Redactor::withoutSecrets(QByteArray text, bool cutOff) const
{
    if (cutOff && !m_spellings.isEmpty())
        text.chop(qMin(text.size(), m_spellings.first().size()));
    for (const QByteArray& spelling : m_spellings) {
        // Hardly one is ever there, and replace() would prepare a search for each.
        if (text.contains(spelling))
            text.replace(spelling, "\u2022\u2022\u2022");
    }
    return QString::fromUtf8(text);
}

QString Redactor::reason(QByteArray text, bool cutOff) const
{
    QString line = withoutSecrets(std::move(text), cutOff);
    line.replace(QChar::Null, u' ');
    return bounded(line.simplified(), MaxReason);
}

QString Redactor::cleaned(const QString& text) const
{
    return m_spellings.isEmpty() ? text : withoutSecrets(text.toUtf8(), false);
}

QString Redactor::whole(QByteArray text, bool cutOff) const
{
    QString lines = withoutSecrets(std::move(text), cutOff);
    for (QChar& c : lines) {
        if (c.category() == QChar::Other_Control && c != u'\n' && c != u'\t')
            c = u' ';
    }
    return bounded(lines.trimmed(), MaxAnswer);
}

} // namespace carillon
