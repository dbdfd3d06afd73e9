// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/provider/DkimCanonical.h"

#include <utility>

namespace carillon {

namespace {

bool isBlank(char c)
{
    return c == ' ' || c == '\t';
}

// Cuts a text into lines without their ends.
class Lines {
public:
    explicit Lines(QByteArrayView text)
        : m_text(text)
    {
    }

    bool atEnd() const { return m_at == m_text.size(); }
    qsizetype position() const { return m_at; }
    // The next one begins with a blank: it goes on with the field before.
    bool continues() const { return !atEnd() && isBlank(m_text[m_at]); }

    QByteArrayView next()
    {
        const qsizetype start = m_at;
        while (m_at < m_text.size() && m_text[m_at] != '\r' && m_text[m_at] != '\n')
            ++m_at;
        const QByteArrayView line = m_text.sliced(start, m_at - start);
        const bool pair = m_text.sliced(m_at).startsWith("\r\n");
        m_at = qMin(m_at + (pair ? 2 : 1), m_text.size());
        return line;
    }

private:
    const QByteArrayView m_text;
    qsizetype m_at = 0;
};

// Appends `line` with each run of blanks as one space, and none at its end.
void appendRelaxed(QByteArrayView line, QByteArray& into)
{
    bool blank = false;
    for (const char c : line) {
        if (isBlank(c)) {
            blank = true;
            continue;
        }
        if (std::exchange(blank, false))
            into += ' ';
        into += c;
    }
}

QByteArray relaxedBody(Lines lines, qsizetype size)
{
    QByteArray body;
    body.reserve(size + 2);
    qsizetype end = 0; // behind the last line that is not empty
    while (!lines.atEnd()) {
        const qsizetype start = body.size();
        appendRelaxed(lines.next(), body);
        const bool empty = body.size() == start;
        body += "\r\n";
        if (!empty)
            end = body.size();
    }
    body.truncate(end);
    return body;
}

} // namespace

DkimField dkimRelaxedField(QByteArrayView field)
{
    const qsizetype colon = qMax<qsizetype>(field.indexOf(':'), 0);
    DkimField relaxed;
    relaxed.name = field.first(colon).trimmed().toByteArray().toLower();
    QByteArray unfolded;
    unfolded.reserve(field.size());
    for (const char c : field.sliced(colon + 1)) {
        const bool leading = unfolded.isEmpty() && isBlank(c);
        if (c != '\r' && c != '\n' && !leading)
            unfolded += c;
    }
    relaxed.line = relaxed.name + ':';
    appendRelaxed(unfolded, relaxed.line);
    relaxed.line += "\r\n";
    return relaxed;
}

DkimText dkimCanonical(const QByteArray& content)
{
    DkimText text;
    Lines lines(content);
    while (!lines.atEnd()) {
        const qsizetype start = lines.position();
        if (lines.next().isEmpty())
            break;
        while (lines.continues())
            lines.next();
        const QByteArrayView field = QByteArrayView(content).sliced(start, lines.position() - start);
        if (field.contains(':'))
            text.fields += dkimRelaxedField(field);
    }
    text.body = relaxedBody(lines, content.size() - lines.position());
    return text;
}

} // namespace carillon
