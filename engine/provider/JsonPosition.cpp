// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/provider/JsonPosition.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QStringList>

#include <optional>

namespace carillon {

namespace {

// Walks over JSON that is known to be well-formed; at its end it stays there.
class Walker {
public:
    Walker(const QByteArray& json, qsizetype at)
        : m_json(json)
        , m_at(at)
    {
        skipSpace();
    }

    qsizetype at() const { return m_at; }
    char peek() const { return m_at < m_json.size() ? m_json.at(m_at) : '\0'; }

    void step()
    {
        m_at = qMin(m_at + 1, m_json.size());
        skipSpace();
    }

    QByteArray takeString()
    {
        const qsizetype start = m_at;
        ++m_at;
        while (m_at < m_json.size() && m_json.at(m_at) != '"')
            m_at += m_json.at(m_at) == '\\' ? 2 : 1;
        step();
        return m_json.mid(start, m_at - start).trimmed();
    }

    // Without recursion: a file may be nested deeply.
    void skipValue()
    {
        int depth = 0;
        do {
            const char c = peek();
            if (c == '"') {
                takeString();
                continue;
            }
            if (c == '{' || c == '[')
                ++depth;
            else if (c == '}' || c == ']')
                --depth;
            step();
        } while (m_at < m_json.size() && (depth > 0 || !QByteArrayView(",}]").contains(peek())));
    }

private:
    void skipSpace()
    {
        while (m_at < m_json.size() && QByteArrayView(" \t\r\n").contains(m_json.at(m_at)))
            ++m_at;
    }

    const QByteArray& m_json;
    qsizetype m_at;
};

struct Found {
    qsizetype shown = 0; // where it is shown to stand
    qsizetype value = 0; // where its value begins
};

QString decodedName(const QByteArray& quoted)
{
    return QJsonDocument::fromJson('[' + quoted + ']').array().first().toString();
}

std::optional<Found> findMember(Walker walker, const QString& name)
{
    std::optional<Found> found;
    walker.step();
    while (walker.peek() == '"') {
        const qsizetype start = walker.at();
        const bool isIt = decodedName(walker.takeString()) == name;
        walker.step(); // the colon
        if (isIt)
            found = {start, walker.at()};
        walker.skipValue();
        if (walker.peek() == ',')
            walker.step();
    }
    return found;
}

std::optional<Found> findElement(Walker walker, const QString& name)
{
    bool isIndex = false;
    qsizetype left = name.toInt(&isIndex);
    walker.step();
    for (; isIndex && left > 0 && walker.peek() != ']' && walker.peek() != '\0'; --left) {
        walker.skipValue();
        if (walker.peek() == ',')
            walker.step();
    }
    const bool isThere = isIndex && left == 0 && walker.peek() != ']' && walker.peek() != '\0';
    return isThere ? std::optional(Found{walker.at(), walker.at()}) : std::nullopt;
}

} // namespace

TextPosition textPosition(const QByteArray& text, qsizetype offset)
{
    const QByteArray before = text.first(qBound(qsizetype(0), offset, text.size()));
    const qsizetype lineStart = before.lastIndexOf('\n') + 1;
    return {int(before.count('\n')) + 1, int(QString::fromUtf8(before.sliced(lineStart)).size()) + 1};
}

TextPosition positionInJson(const QByteArray& json, const QString& pointer)
{
    const qsizetype start = Walker(json, 0).at();
    Found here{start, start};
    const QStringList names = pointer.split(u'/').mid(1);
    for (QString name : names) {
        name.replace(QStringLiteral("~1"), QStringLiteral("/")).replace(QStringLiteral("~0"), QStringLiteral("~"));
        const Walker walker(json, here.value);
        const std::optional<Found> next = walker.peek() == '{' ? findMember(walker, name)
            : walker.peek() == '['                             ? findElement(walker, name)
                                                               : std::nullopt;
        if (!next)
            break;
        here = *next;
    }
    return textPosition(json, here.shown);
}

} // namespace carillon
