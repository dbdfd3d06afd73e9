// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/store/JsonText.h"

#include <QJsonDocument>
#include <QStringEncoder>

#include <algorithm>
#include <array>
#include <charconv>

namespace carillon {

namespace {

constexpr qsizetype usualSize = 192;

bool needsEscape(char c)
{
    return static_cast<unsigned char>(c) < 0x20 || c == '"' || c == '\\';
}

void appendEscaped(QByteArray& text, char c)
{
    static constexpr char digits[] = "0123456789abcdef";
    switch (c) {
    case '"': text += "\\\""; return;
    case '\\': text += "\\\\"; return;
    case '\n': text += "\\n"; return;
    case '\r': text += "\\r"; return;
    case '\t': text += "\\t"; return;
    default: (text += "\\u00") += digits[(c >> 4) & 15], text += digits[c & 15];
    }
}

void appendString(QByteArray& text, QStringView value)
{
    QStringEncoder encoder(QStringEncoder::Utf8);
    const qsizetype before = text.size();
    text.resize(before + encoder.requiredSpace(value.size()));
    const char* end = encoder.appendToBuffer(text.data() + before, value);
    text.resize(end - text.constData());
    if (std::none_of(text.cbegin() + before, text.cend(), needsEscape))
        return;
    const QByteArray plain = text.mid(before);
    text.truncate(before);
    for (const char c : plain) {
        if (needsEscape(c))
            appendEscaped(text, c);
        else
            text += c;
    }
}

} // namespace

JsonText::JsonText(const QJsonObject& members)
{
    if (!members.isEmpty())
        m_text = QJsonDocument(members).toJson(QJsonDocument::Compact).chopped(1);
}

void JsonText::begin(const char* name)
{
    if (m_text.isEmpty())
        m_text.reserve(usualSize);
    ((m_text += m_text.isEmpty() ? "{\"" : ",\"") += name) += "\":";
}

void JsonText::append(qint64 value)
{
    std::array<char, 20> digits;
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
    m_text.append(digits.data(), end - digits.data());
}

JsonText& JsonText::add(const char* name, qint64 value)
{
    begin(name);
    append(value);
    return *this;
}

JsonText& JsonText::add(const char* name, QStringView value)
{
    begin(name);
    m_text += '"';
    appendString(m_text, value);
    m_text += '"';
    return *this;
}

JsonText& JsonText::add(const char* name, const QList<qint64>& values)
{
    begin(name);
    m_text += '[';
    for (const qint64 value : values) {
        if (!m_text.endsWith('['))
            m_text += ',';
        append(value);
    }
    m_text += ']';
    return *this;
}

JsonText& JsonText::addTrue(const char* name)
{
    begin(name);
    m_text += "true";
    return *this;
}

QByteArray JsonText::end()
{
    m_text += m_text.isEmpty() ? "{}" : "}";
    return std::move(m_text);
}

} // namespace carillon
