// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/audience/CsvReader.h"

namespace carillon {

CsvReader::CsvReader(CsvFormat format)
    : m_format(format)
    , m_input(format.encoding)
{
}

void CsvReader::feed(const QByteArray& bytes)
{
    const QByteArray converted = m_input.convert(bytes);
    if (m_position == m_chunk.size())
        m_chunk = converted;
    else
        m_chunk = m_chunk.mid(m_position) + converted;
    m_position = 0;
}

void CsvReader::finish()
{
    m_finished = true;
}

// True when reading may go on: the mark is dropped, or cannot come any more.
bool CsvReader::dropByteOrderMark()
{
    if (!m_atStart)
        return true;
    constexpr QByteArrayView mark("\xEF\xBB\xBF");
    if (m_chunk.startsWith(mark))
        m_position = mark.size();
    else if (!m_finished && mark.startsWith(m_chunk))
        return false;
    m_atStart = false;
    return true;
}

std::optional<CsvRecord> CsvReader::next()
{
    if (!dropByteOrderMark())
        return std::nullopt;
    while (m_position < m_chunk.size()) {
        if (!take(m_chunk[m_position++]))
            continue;
        if (std::optional<CsvRecord> record = takeRecord())
            return record;
    }
    return m_finished ? takeLastRecord() : std::nullopt;
}

bool CsvReader::take(char c)
{
    if (m_afterCr && c == '\n') {
        m_afterCr = false;
        if (m_state == State::Quoted)
            append(c);
        return m_tooLarge;
    }
    m_afterCr = c == '\r';
    if (c == '\n' || c == '\r')
        return takeLineEnd(c);
    if (m_state == State::Quoted)
        takeQuoted(c);
    else if (m_state != State::SkipToLineEnd)
        takeUnquoted(c);
    return false;
}

bool CsvReader::takeLineEnd(char c)
{
    ++m_line;
    if (m_state != State::Quoted)
        return true;
    append(c);
    return m_tooLarge; // the line break that made it too large ends it
}

void CsvReader::takeQuoted(char c)
{
    if (c == '"')
        m_state = State::QuoteInQuoted;
    else
        append(c);
}

void CsvReader::takeUnquoted(char c)
{
    m_hasContent = true;
    if (c == m_format.delimiter) {
        endField();
    } else if (c == '"' && m_state == State::FieldStart) {
        m_state = State::Quoted;
    } else if (c == '"' && m_state == State::QuoteInQuoted) {
        append(c);
        if (m_state != State::SkipToLineEnd)
            m_state = State::Quoted;
    } else {
        m_state = State::Plain;
        append(c);
    }
}

void CsvReader::append(char c)
{
    if (m_record.size() >= maxRecordBytes)
        overflow();
    else
        m_record += c;
}

void CsvReader::endField()
{
    m_state = State::FieldStart;
    m_fieldEnds << m_record.size();
    if (m_fieldEnds.size() >= maxFields)
        overflow();
}

void CsvReader::overflow()
{
    m_tooLarge = true;
    m_state = State::SkipToLineEnd;
}

// Nothing for an empty line.
std::optional<CsvRecord> CsvReader::takeRecord()
{
    std::optional<CsvRecord> record;
    if (m_hasContent) {
        record.emplace();
        record->line = m_recordLine;
        if (m_tooLarge)
            record->problem = CsvProblem::TooLarge;
        else
            m_fieldEnds << m_record.size();
        qsizetype begin = 0;
        for (const qsizetype end : std::as_const(m_fieldEnds)) {
            bool valid = true;
            record->fields << decodeText(m_record.mid(begin, end - begin), m_format.encoding, &valid);
            if (!valid && record->problem == CsvProblem::None)
                record->problem = CsvProblem::BadEncoding;
            begin = end;
        }
    }
    m_state = State::FieldStart;
    m_recordLine = m_line;
    m_record.clear();
    m_fieldEnds.clear();
    m_hasContent = false;
    m_tooLarge = false;
    return record;
}

std::optional<CsvRecord> CsvReader::takeLastRecord()
{
    const bool unclosed = m_state == State::Quoted;
    std::optional<CsvRecord> record = takeRecord();
    if (record && unclosed)
        record->problem = CsvProblem::UnclosedQuote;
    return record;
}

} // namespace carillon
