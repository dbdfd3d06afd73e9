// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/topics/TextsCsv.h"

#include "engine/base/Csv.h"
#include "ui/topics/PartWords.h"
#include "ui/topics/TextsModel.h"

#include <QCoreApplication>
#include <QSet>

namespace carillon::ui {

namespace {

constexpr qsizetype largestFile = 16 << 20;
const QString everyLanguage = QStringLiteral("*");

struct File {
    Q_DECLARE_TR_FUNCTIONS(TextsCsv)
};

// The apostrophe that csvRecord() puts before what looks like a formula.
QString withoutGuard(const QString& cell)
{
    const bool guarded = cell.size() > 1 && cell.at(0) == u'\'' && QStringView(u"=+-@\t\r").contains(cell.at(1));
    return guarded ? cell.mid(1) : cell;
}

Result<QStringList> localesOf(const QStringList& header)
{
    if (header.size() < 2 || header.first().trimmed().compare(u"key", Qt::CaseInsensitive) != 0)
        return fail(ErrorCode::InvalidInput,
                    File::tr("Line 1: the first column must be called “key”, the others by their languages."));
    QStringList locales;
    for (const QString& name : header.mid(1)) {
        const QString locale = name.trimmed() == everyLanguage ? QString() : withoutGuard(name.trimmed());
        if (const QString problem = locale.isEmpty() ? QString() : localeProblem(locale); !problem.isEmpty())
            return fail(ErrorCode::InvalidInput, File::tr("Line 1: %1").arg(problem));
        if (locales.contains(locale))
            return fail(ErrorCode::InvalidInput, File::tr("Line 1: the language “%1” comes twice.").arg(name));
        locales << locale;
    }
    return locales;
}

} // namespace

QByteArray textsToCsv(const TextsModel& texts)
{
    QStringList header{QStringLiteral("key")};
    for (const QString& locale : texts.locales())
        header << (locale.isEmpty() ? everyLanguage : locale);
    QByteArray file = csvRecord(header);
    for (const QString& key : texts.keys()) {
        QStringList cells{key};
        for (const QString& locale : texts.locales())
            cells << texts.text(key, locale);
        file += csvRecord(cells);
    }
    return file;
}

Result<int> textsFromCsv(const QByteArray& file, TextsModel& texts)
{
    if (file.size() > largestFile)
        return fail(ErrorCode::InvalidInput, File::tr("The file is larger than 16 MB."));
    const QByteArray mark = QByteArrayLiteral("\xef\xbb\xbf");
    const QList<QStringList> records = csvRecords(QString::fromUtf8(file.startsWith(mark) ? file.mid(mark.size()) : file));
    if (records.isEmpty())
        return fail(ErrorCode::InvalidInput, File::tr("The file is empty."));
    const Result<QStringList> locales = localesOf(records.first());
    if (!locales)
        return fail(locales.error());
    for (int row = 1; row < records.size(); ++row) {
        const QString key = withoutGuard(records.at(row).first().trimmed());
        if (const QString problem = texts.keys().contains(key) ? QString() : texts.keyProblem(key); !problem.isEmpty())
            return fail(ErrorCode::InvalidInput, File::tr("Record %1: “%2”. %3").arg(row + 1).arg(key.left(60), problem));
    }
    int changed = 0;
    for (const QStringList& record : records.mid(1)) {
        const QString key = withoutGuard(record.first().trimmed());
        for (int n = 0; n < locales->size() && n + 1 < record.size(); ++n) {
            const QString text = withoutGuard(record.at(n + 1));
            if (!text.isEmpty() && text != texts.text(key, locales->at(n)))
                changed += texts.setText(key, locales->at(n), text) ? 1 : 0;
        }
    }
    return changed;
}

QList<QStringList> csvRecords(const QString& text)
{
    QList<QStringList> records;
    QStringList record;
    QString cell;
    bool quoted = false;
    const auto endRecord = [&] {
        record << cell;
        cell.clear();
        if (record.size() > 1 || !record.first().isEmpty()) // empty lines say nothing
            records << record;
        record.clear();
    };
    for (qsizetype at = 0; at < text.size(); ++at) {
        const QChar c = text.at(at);
        if (quoted && c == u'"' && at + 1 < text.size() && text.at(at + 1) == u'"') {
            cell += c;
            ++at;
        } else if (c == u'"' && (quoted || cell.isEmpty())) {
            quoted = !quoted;
        } else if (!quoted && c == u',') {
            record << cell;
            cell.clear();
        } else if (!quoted && (c == u'\n' || c == u'\r')) {
            at += c == u'\r' && at + 1 < text.size() && text.at(at + 1) == u'\n' ? 1 : 0;
            endRecord();
        } else {
            cell += c;
        }
    }
    if (!cell.isEmpty() || !record.isEmpty())
        endRecord();
    return records;
}

} // namespace carillon::ui
