// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/audience/CsvFormat.h"

#include <QList>
#include <QStringList>

#include <optional>

namespace carillon {

enum class CsvProblem {
    None,
    TooLarge, // over CsvReader::maxRecordBytes or maxFields: `fields` has what came before the field it broke in
    BadEncoding, // bytes that the encoding does not have: U+FFFD stands for them
    UnclosedQuote, // the file ended inside quotes
};

// One record, and the line of the file (from 1) that it starts in; a quoted line break makes it span several.
struct CsvRecord {
    qint64 line = 0;
    QStringList fields;
    CsvProblem problem = CsvProblem::None;

    friend bool operator==(const CsvRecord&, const CsvRecord&) = default;
};

// Reads delimiter-separated values (RFC 4180) as they come, in memory bounded by one record and one chunk.
//
// As real files need it: a byte-order mark is dropped; records end in CRLF, LF or CR; empty lines are no records; a quote
// inside an unquoted field and text behind a closing quote are taken as they stand. After a record that is too large,
// reading goes on at the next line break outside or inside quotes: the quote was probably never meant to open.
//
//     CsvReader reader({TextEncoding::Utf8, ','});
//     while (!(chunk = file.read(65536)).isEmpty()) {
//         reader.feed(chunk);
//         while (auto record = reader.next()) ...
//     }
//     reader.finish();
//     while (auto record = reader.next()) ...
//
// The records do not depend on how the bytes are cut into chunks. Single-threaded; never fails on any bytes.
class CsvReader {
public:
    static constexpr qsizetype maxRecordBytes = 1024 * 1024;
    static constexpr qsizetype maxFields = 4096;

    explicit CsvReader(CsvFormat format);

    // Adds bytes. Take every record before feeding again, or the chunks add up in memory.
    void feed(const QByteArray& bytes);
    // No more bytes will come: the last record may lack its line break.
    void finish();
    // The next record that is whole; nothing until more is fed, and nothing for ever after the last.
    std::optional<CsvRecord> next();

private:
    enum class State { FieldStart, Plain, Quoted, QuoteInQuoted, SkipToLineEnd };

    bool dropByteOrderMark();
    bool take(char c); // true when it ended a record
    bool takeLineEnd(char c);
    void takeQuoted(char c);
    void takeUnquoted(char c);
    void append(char c);
    void endField();
    void overflow();
    std::optional<CsvRecord> takeRecord();
    std::optional<CsvRecord> takeLastRecord();

    CsvFormat m_format;
    AsciiCompatible m_input;
    QByteArray m_chunk;
    qsizetype m_position = 0;
    bool m_atStart = true; // a byte-order mark may still come
    bool m_finished = false;

    State m_state = State::FieldStart;
    bool m_afterCr = false; // an LF now belongs to the line break before
    qint64 m_line = 1;
    qint64 m_recordLine = 1;
    QByteArray m_record; // the fields' bytes, one after another
    QList<qsizetype> m_fieldEnds;
    bool m_hasContent = false; // the record is not an empty line
    bool m_tooLarge = false;
};

} // namespace carillon
