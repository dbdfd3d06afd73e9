// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/store/JsonText.h"

#include "engine/base/JsonString.h"

#include <QJsonDocument>

#include <array>
#include <charconv>

namespace carillon {

namespace {

constexpr qsizetype usualSize = 192;

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
    appendJsonString(m_text, value.toUtf8());
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
