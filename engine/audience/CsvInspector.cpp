// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/audience/CsvInspector.h"

#include "engine/audience/CsvReader.h"
#include "engine/audience/ImportTargets.h"

#include <QCoreApplication>
#include <QFile>
#include <QRegularExpression>

#include <algorithm>

namespace carillon {

namespace {

constexpr qsizetype sampleBytes = 64 * 1024;
constexpr qsizetype shownRows = 20;

// The first records, with one more than is shown for the header. One cut off by the end of the sample is left out.
QList<QStringList> firstRecords(const QByteArray& sample, bool whole, CsvFormat format)
{
    CsvReader reader(format);
    reader.feed(sample);
    if (whole)
        reader.finish();
    QList<QStringList> records;
    while (records.size() <= shownRows) {
        const std::optional<CsvRecord> record = reader.next();
        if (!record)
            break;
        records << record->fields;
    }
    return records;
}

// How well a delimiter explains the sample: the share of records that have as many fields as the first, in per mille, and
// more fields where that is equal; 0 when it divides nothing.
qsizetype delimiterScore(const QList<QStringList>& records)
{
    const qsizetype columns = records.value(0).size();
    if (columns < 2)
        return 0;
    const auto agrees = [columns](const QStringList& record) { return record.size() == columns; };
    const qsizetype agreeing = std::count_if(records.begin(), records.end(), agrees);
    return agreeing * 1000 / records.size() * CsvReader::maxFields + columns;
}

char findDelimiter(const QByteArray& sample, bool whole, TextEncoding encoding)
{
    char best = ',';
    qsizetype bestScore = 0;
    for (const char candidate : {',', ';', '\t', '|'}) {
        const qsizetype score = delimiterScore(firstRecords(sample, whole, {encoding, candidate}));
        if (score > bestScore) {
            best = candidate;
            bestScore = score;
        }
    }
    return best;
}

// Column names are words: an address, a phone number or a plain number in the first record makes it data.
bool looksLikeHeader(const QStringList& record)
{
    static const QRegularExpression number(QStringLiteral("\\A\\s*[+-]?[0-9][0-9.,:/ -]*\\z"));
    const auto isData
        = [](const QString& cell) { return cell.contains(u'@') || looksLikePhone(cell) || number.match(cell).hasMatch(); };
    return std::none_of(record.begin(), record.end(), isData);
}

Error readError(const QString& path, const QString& reason)
{
    return {ErrorCode::Storage, QCoreApplication::translate("ContactImport", "%1 cannot be read: %2.").arg(path, reason),
            QStringLiteral("path")};
}

} // namespace

ImportInspection inspectCsvBytes(const QByteArray& firstBytes, bool whole)
{
    CsvFormat format;
    format.encoding = detectEncoding(firstBytes);
    format.delimiter = findDelimiter(firstBytes, whole, format.encoding);
    QList<QStringList> rows = firstRecords(firstBytes, whole, format);
    const bool hasHeader = !rows.isEmpty() && looksLikeHeader(rows.constFirst());
    const QStringList header = hasHeader ? rows.takeFirst() : QStringList();

    ImportInspection inspection;
    inspection.firstRows = rows.mid(0, shownRows);
    inspection.header = hasHeader ? header : columnNames(rows.value(0).size());
    inspection.suggested.encoding = nameOf(format.encoding);
    inspection.suggested.delimiter = char16_t(format.delimiter);
    inspection.suggested.hasHeader = hasHeader;
    inspection.suggested.mapping = suggestMapping(header, inspection.firstRows);
    return inspection;
}

Result<ImportInspection> inspectCsv(const QString& path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return fail(readError(path, file.errorString()));
    const QByteArray sample = file.read(sampleBytes);
    if (file.error() != QFileDevice::NoError)
        return fail(readError(path, file.errorString()));
    if (sample.isEmpty())
        return fail(ErrorCode::InvalidInput, QCoreApplication::translate("ContactImport", "%1 is empty.").arg(path),
                    QStringLiteral("path"));
    ImportInspection inspection = inspectCsvBytes(sample, file.atEnd());
    inspection.fileBytes = file.size();
    return inspection;
}

} // namespace carillon
