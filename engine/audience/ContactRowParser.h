// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/audience/CsvReader.h"
#include "engine/model/Contact.h"

#include <QHash>

#include <tl/expected.hpp>

namespace carillon {

// Why a row was refused, or a cell of it was left out: a stable code for programs and a sentence for people.
//
// Refused, in the order they are checked: "record_too_large", "unclosed_quote", "bad_encoding", "wrong_columns",
// "missing_email", "invalid_email", "duplicate". Imported without the cell: "invalid_locale", "invalid_time_zone",
// "invalid_phone".
struct RowProblem {
    QString reason;
    QString explanation;

    friend bool operator==(const RowProblem&, const RowProblem&) = default;
};

struct ParsedRow {
    Contact contact;
    QString emailKey; // equal for addresses that differ in case only
    QList<RowProblem> warnings;
};

// Makes a contact of a record by a checked mapping (ImportTargets.h). Refuses a record with fewer fields than there are
// columns, and one with more unless those are empty: its cells stand in the wrong columns. Single-threaded.
class ContactRowParser {
public:
    ContactRowParser(QStringList mapping, qsizetype columns);

    tl::expected<ParsedRow, RowProblem> parse(const CsvRecord& record);

private:
    QString cell(const CsvRecord& record, qsizetype column) const;
    void takeName(const CsvRecord& record, Contact& contact) const;
    void takeAttributes(const CsvRecord& record, Contact& contact) const;
    void takeLocale(const CsvRecord& record, ParsedRow& row) const;
    void takeTimeZone(const CsvRecord& record, ParsedRow& row);
    void takePhone(const CsvRecord& record, ParsedRow& row) const;
    bool isTimeZone(const QString& name);

    QStringList m_mapping;
    qsizetype m_columns;
    qsizetype m_externalId;
    qsizetype m_email;
    qsizetype m_name;
    qsizetype m_firstName;
    qsizetype m_lastName;
    qsizetype m_locale;
    qsizetype m_timeZone;
    qsizetype m_phone;
    QHash<QString, bool> m_timeZones; // looked up before; asking the system is slow
};

} // namespace carillon
