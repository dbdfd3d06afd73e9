// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/provider/SmtpReply.h"

#include <QCoreApplication>

#include <utility>

namespace carillon {

namespace {

constexpr qsizetype maxLineOctets = 12'288; // RFC 4954 4: the longest challenge; far above the 512 of RFC 5321 4.5.3.1.5
constexpr int maxLines = 100;
constexpr qsizetype maxWords = 500;

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

// Reads "d", "dd" or "ddd" at `at` and moves it behind; -1 when there is no number or a longer one.
int takeNumber(QByteArrayView text, qsizetype& at)
{
    int number = 0;
    const qsizetype start = at;
    for (; at < text.size() && isDigit(text[at]) && at - start < 4; ++at)
        number = number * 10 + (text[at] - '0');
    return at == start || at - start > 3 ? -1 : number;
}

bool takeDot(QByteArrayView text, qsizetype& at)
{
    return at < text.size() && text[at++] == '.';
}

// The code that leads `line`, and its length.
std::optional<EnhancedCode> leadingCode(QByteArrayView line, int kind, qsizetype& length)
{
    qsizetype at = 0;
    EnhancedCode code;
    code.kind = takeNumber(line, at);
    if (code.kind != kind || !takeDot(line, at))
        return {};
    code.subject = takeNumber(line, at);
    if (code.subject < 0 || !takeDot(line, at))
        return {};
    code.detail = takeNumber(line, at);
    if (code.detail < 0 || (at < line.size() && line[at] != ' ' && line[at] != '\n'))
        return {};
    length = at;
    return code;
}

Error garbage(QByteArrayView line)
{
    SmtpReply shown;
    shown.text = line.first(qMin<qsizetype>(line.size(), 80)).toByteArray();
    return {ErrorCode::Network,
            QCoreApplication::translate("Smtp", "The server's answer is not SMTP: \"%1\"").arg(wordsOf(shown)),
            {}};
}

} // namespace

std::optional<EnhancedCode> enhancedCode(const SmtpReply& reply)
{
    qsizetype length = 0;
    return leadingCode(reply.text, reply.digit(), length);
}

QString codeOf(const SmtpReply& reply)
{
    qsizetype length = 0;
    leadingCode(reply.text, reply.digit(), length);
    const QString basic = QString::number(reply.code);
    return length == 0 ? basic : basic + u' ' + QString::fromLatin1(reply.text.first(length));
}

QString wordsOf(const SmtpReply& reply)
{
    QString words;
    for (const QByteArray& line : reply.text.split('\n')) {
        qsizetype skip = 0;
        leadingCode(line, reply.digit(), skip);
        words += QString::fromUtf8(QByteArrayView(line).sliced(skip)) + u' ';
        if (words.size() > 2 * maxWords)
            break;
    }
    for (QChar& c : words) {
        if (!c.isPrint() && !c.isSurrogate())
            c = u' ';
    }
    words = words.simplified();
    return words.size() <= maxWords ? words : words.first(maxWords - 1) + u'\u2026';
}

void SmtpReplyParser::feed(QByteArrayView octets)
{
    if (m_read > 0) {
        m_buffer.remove(0, m_read);
        m_searched -= m_read;
        m_read = 0;
    }
    m_buffer.append(octets);
}

Result<std::optional<SmtpReply>> SmtpReplyParser::next()
{
    while (const std::optional<QByteArrayView> line = takeLine()) {
        bool last = false;
        if (Status added = addLine(*line, last); !added)
            return fail(added.error());
        if (last) {
            m_lines = 0;
            return std::optional(std::exchange(m_partial, {}));
        }
    }
    const QByteArrayView rest = QByteArrayView(m_buffer).sliced(m_read);
    if (rest.size() > maxLineOctets)
        return fail(garbage(rest));
    return std::optional<SmtpReply>();
}

void SmtpReplyParser::clear()
{
    *this = {};
}

std::optional<QByteArrayView> SmtpReplyParser::takeLine()
{
    const qsizetype end = m_buffer.indexOf('\n', qMax(m_read, m_searched));
    if (end < 0) {
        m_searched = m_buffer.size();
        return {};
    }
    QByteArrayView line = QByteArrayView(m_buffer).sliced(m_read, end - m_read);
    m_read = end + 1;
    m_searched = m_read;
    if (line.endsWith('\r'))
        line.chop(1);
    return line;
}

Status SmtpReplyParser::addLine(QByteArrayView line, bool& last)
{
    const bool shaped = line.size() >= 3 && line.size() <= maxLineOctets && line[0] >= '2' && line[0] <= '5'
        && isDigit(line[1]) && isDigit(line[2]) && (line.size() == 3 || line[3] == ' ' || line[3] == '-');
    if (!shaped || ++m_lines > maxLines)
        return fail(garbage(line));
    const int code = (line[0] - '0') * 100 + (line[1] - '0') * 10 + (line[2] - '0');
    if (m_lines == 1)
        m_partial.code = code;
    else if (m_partial.code != code)
        return fail(garbage(line));
    else
        m_partial.text += '\n';
    if (line.size() > 4)
        m_partial.text += line.sliced(4);
    last = line.size() == 3 || line[3] == ' ';
    return {};
}

} // namespace carillon
