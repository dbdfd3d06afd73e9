// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/preview/JsonText.h"

#include <QJsonDocument>
#include <QRegularExpression>

#include <algorithm>

namespace carillon::ui {

namespace {

class JsonLayout {
public:
    explicit JsonLayout(QStringView json)
        : m_json(json)
    {
    }

    QString run()
    {
        for (qsizetype at = 0; at < m_json.size(); ++at) {
            const QChar sign = m_json.at(at);
            if (sign == u'"')
                at = copyString(at);
            else if (sign == u'{' || sign == u'[')
                at = open(at);
            else if (sign == u'}' || sign == u']')
                close(sign);
            else if (sign == u',')
                breakLine(u","_qs);
            else if (sign == u':')
                m_out += u": ";
            else if (!sign.isSpace())
                m_out += sign;
        }
        return m_out;
    }

private:
    qsizetype copyString(qsizetype start)
    {
        qsizetype end = start + 1;
        while (end < m_json.size() && m_json.at(end) != u'"')
            end += m_json.at(end) == u'\\' ? 2 : 1;
        end = std::min(end, m_json.size() - 1);
        m_out += m_json.mid(start, end - start + 1);
        return end;
    }

    qsizetype open(qsizetype at)
    {
        qsizetype next = at + 1;
        while (next < m_json.size() && m_json.at(next).isSpace())
            ++next;
        const bool isEmpty = next < m_json.size() && (m_json.at(next) == u'}' || m_json.at(next) == u']');
        m_out += m_json.at(at);
        if (isEmpty) {
            m_out += m_json.at(next);
            return next;
        }
        ++m_depth;
        breakLine({});
        return at;
    }

    void close(QChar sign)
    {
        --m_depth;
        breakLine({});
        m_out += sign;
    }

    void breakLine(const QString& before)
    {
        constexpr int deepest = 100;
        m_out += before + u'\n' + QString(std::clamp(m_depth, 0, deepest) * 2, u' ');
    }

    QStringView m_json;
    QString m_out;
    int m_depth = 0;
};

} // namespace

QString layOutJson(const QByteArray& json)
{
    const QString text = QString::fromUtf8(json);
    return QJsonDocument::fromJson(json).isNull() ? text : JsonLayout(text).run();
}

JsonHighlighter::JsonHighlighter(QTextDocument* document)
    : QSyntaxHighlighter(document)
{
}

void JsonHighlighter::setDark(bool dark)
{
    m_dark = dark;
    rehighlight();
}

void JsonHighlighter::highlightBlock(const QString& text)
{
    static const QRegularExpression token(
        QStringLiteral("(\"(?:[^\"\\\\]|\\\\.)*+\"?)(\\s*:)?|(-?\\d[\\d.eE+-]*)|\\b(true|false|null)\\b"));
    auto found = token.globalMatch(text);
    while (found.hasNext()) {
        const auto match = found.next();
        QColor colour = m_dark ? 0xe0a54a : 0x8a4b00; // numbers
        if (match.hasCaptured(2))
            colour = m_dark ? 0x8b9bff : 0x3443c4; // names
        else if (match.hasCaptured(1))
            colour = m_dark ? 0x4fc48a : 0x12683e; // strings
        else if (match.hasCaptured(4))
            colour = m_dark ? 0xd59bf6 : 0x8227b0; // words
        setFormat(int(match.capturedStart()), int(match.capturedLength() - match.capturedLength(2)), colour);
    }
}

} // namespace carillon::ui
