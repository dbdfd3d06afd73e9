// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/audience/ContactRowParser.h"

#include "engine/model/EmailAddress.h"

#include <QCoreApplication>
#include <QRegularExpression>
#include <QTimeZone>

#include <algorithm>
#include <optional>

namespace carillon {

namespace {

constexpr qsizetype maxRememberedTimeZones = 1024;
constexpr qsizetype maxQuoted = 80; // characters of a cell that an explanation repeats

QString tr(const char* text)
{
    return QCoreApplication::translate("ContactImport", text);
}

QString quoted(const QString& cell)
{
    return cell.size() <= maxQuoted ? cell : cell.left(maxQuoted) % u'\u2026';
}

std::optional<RowProblem> problemOf(const CsvRecord& record)
{
    switch (record.problem) {
    case CsvProblem::TooLarge:
        return RowProblem{
            QStringLiteral("record_too_large"),
            tr("The row is larger than 1 MiB or has more than 4096 columns. Was a quote opened and never closed?")};
    case CsvProblem::UnclosedQuote:
        return RowProblem{QStringLiteral("unclosed_quote"), tr("The file ends inside quotes that this row opened.")};
    case CsvProblem::BadEncoding:
        return RowProblem{QStringLiteral("bad_encoding"),
                          tr("The row has bytes that are not UTF-8. Choose another encoding.")};
    case CsvProblem::None: break;
    }
    return std::nullopt;
}

bool hasText(const QString& cell)
{
    return !cell.trimmed().isEmpty();
}

} // namespace

ContactRowParser::ContactRowParser(QStringList mapping, qsizetype columns)
    : m_mapping(std::move(mapping))
    , m_columns(columns)
    , m_externalId(m_mapping.indexOf(QStringLiteral("external_id")))
    , m_email(m_mapping.indexOf(QStringLiteral("email")))
    , m_name(m_mapping.indexOf(QStringLiteral("name")))
    , m_firstName(m_mapping.indexOf(QStringLiteral("first_name")))
    , m_lastName(m_mapping.indexOf(QStringLiteral("last_name")))
    , m_locale(m_mapping.indexOf(QStringLiteral("locale")))
    , m_timeZone(m_mapping.indexOf(QStringLiteral("time_zone")))
    , m_phone(m_mapping.indexOf(QStringLiteral("phone")))
{
}

tl::expected<ParsedRow, RowProblem> ContactRowParser::parse(const CsvRecord& record)
{
    if (const std::optional<RowProblem> problem = problemOf(record))
        return tl::unexpected(*problem);
    const auto& fields = record.fields;
    if (fields.size() < m_columns || std::any_of(fields.begin() + m_columns, fields.end(), hasText))
        return tl::unexpected(RowProblem{QStringLiteral("wrong_columns"),
                                         tr("The row has %1 columns instead of %2.").arg(fields.size()).arg(m_columns)});
    const QString email = fields[m_email].trimmed();
    if (email.isEmpty())
        return tl::unexpected(RowProblem{QStringLiteral("missing_email"), tr("The row has no e-mail address.")});
    const Result<QString> address = parseEmailAddress(email);
    if (!address)
        return tl::unexpected(RowProblem{QStringLiteral("invalid_email"),
                                         tr("\"%1\" is no e-mail address: %2").arg(quoted(email), address.error().message)});
    ParsedRow row;
    row.emailKey = addressKey(QStringLiteral("email"), *address);
    row.contact.externalId = cell(record, m_externalId);
    row.contact.addresses << Address{.channel = QStringLiteral("email"), .value = *address};
    takeName(record, row.contact);
    takeAttributes(record, row.contact);
    takeLocale(record, row);
    takeTimeZone(record, row);
    takePhone(record, row);
    return row;
}

// One line of text; empty when no column is mapped.
QString ContactRowParser::cell(const CsvRecord& record, qsizetype column) const
{
    return column < 0 ? QString() : record.fields[column].simplified();
}

void ContactRowParser::takeName(const CsvRecord& record, Contact& contact) const
{
    const QString first = cell(record, m_firstName);
    const QString last = cell(record, m_lastName);
    contact.name = cell(record, m_name);
    if (contact.name.isEmpty())
        contact.name = QString(first % u' ' % last).trimmed();
    if (!first.isEmpty())
        contact.attributes.insert(QStringLiteral("first_name"), first);
    if (!last.isEmpty())
        contact.attributes.insert(QStringLiteral("last_name"), last);
}

void ContactRowParser::takeAttributes(const CsvRecord& record, Contact& contact) const
{
    constexpr QStringView prefix = u"attribute:";
    for (qsizetype column = 0; column < m_mapping.size(); ++column) {
        const QString value = record.fields[column].trimmed();
        if (m_mapping[column].startsWith(prefix) && !value.isEmpty())
            contact.attributes.insert(m_mapping[column].mid(prefix.size()), value);
    }
}

void ContactRowParser::takeLocale(const CsvRecord& record, ParsedRow& row) const
{
    static const QRegularExpression tag(QStringLiteral("\\A[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8}){0,8}\\z")); // BCP 47, loosely
    const QString locale = cell(record, m_locale).replace(u'_', u'-');
    if (locale.isEmpty() || tag.match(locale).hasMatch())
        row.contact.locale = locale;
    else
        row.warnings << RowProblem{QStringLiteral("invalid_locale"),
                                   tr("Imported without the language \"%1\": write it as de or pt-BR.").arg(quoted(locale))};
}

void ContactRowParser::takeTimeZone(const CsvRecord& record, ParsedRow& row)
{
    const QString zone = cell(record, m_timeZone);
    if (zone.isEmpty() || isTimeZone(zone))
        row.contact.timeZone = zone;
    else
        row.warnings << RowProblem{
            QStringLiteral("invalid_time_zone"),
            tr("Imported without the time zone \"%1\": write it as Europe/Madrid.").arg(quoted(zone))};
}

bool ContactRowParser::isTimeZone(const QString& name)
{
    const auto known = m_timeZones.constFind(name);
    if (known != m_timeZones.constEnd())
        return *known;
    if (m_timeZones.size() >= maxRememberedTimeZones)
        m_timeZones.clear();
    return *m_timeZones.insert(name, QTimeZone::isTimeZoneIdAvailable(name.toUtf8()));
}

// E.164 without the punctuation that people write: "+49 (30) 123-456" is "+4930123456".
void ContactRowParser::takePhone(const CsvRecord& record, ParsedRow& row) const
{
    static const QRegularExpression punctuation(QStringLiteral("[\\s()./-]"));
    static const QRegularExpression e164(QStringLiteral("\\A\\+[1-9][0-9]{6,14}\\z"));
    const QString written = cell(record, m_phone);
    QString phone = written;
    phone.remove(punctuation);
    if (phone.startsWith(u"00"))
        phone.replace(0, 2, u'+');
    if (e164.match(phone).hasMatch())
        row.contact.addresses << Address{.channel = QStringLiteral("sms"), .value = phone};
    else if (!written.isEmpty())
        row.warnings << RowProblem{
            QStringLiteral("invalid_phone"),
            tr("Imported without the phone number \"%1\": write it with its country, as +4930123456.").arg(quoted(written))};
}

} // namespace carillon
