// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/contacts/ImportWords.h"

#include "ui/widgets/Words.h"

#include <QCoreApplication>
#include <QHash>

#include <numeric>

namespace carillon::ui {

namespace {

QString say(const char* text)
{
    return QCoreApplication::translate("Import", text);
}

} // namespace

QString importCounts(const ImportProgress& progress)
{
    const qint64 refused = std::accumulate(progress.refused.cbegin(), progress.refused.cend(), qint64(0));
    return say(QT_TRANSLATE_NOOP("Import", "%1 rows read: %2 new contacts, %3 updated, %4 refused"))
        .arg(countText(progress.rows), countText(progress.inserted), countText(progress.updated), countText(refused));
}

QString importSummary(const ImportProgress& progress)
{
    const QString counts = importCounts(progress);
    if (!progress.error.isEmpty())
        return say(QT_TRANSLATE_NOOP("Import", "Stopped before the end: %1\n%2")).arg(progress.error, counts);
    if (progress.cancelled)
        return say(QT_TRANSLATE_NOOP("Import", "Cancelled; what had been read stays.\n%1")).arg(counts);
    return say(QT_TRANSLATE_NOOP("Import", "Done.\n%1")).arg(counts);
}

QString refusalSentence(const QString& reason)
{
    static const QHash<QString, const char*> sentences{
        {QStringLiteral("wrong_columns"),
         QT_TRANSLATE_NOOP("Import", "The row has more or fewer columns than the first one")},
        {QStringLiteral("missing_email"), QT_TRANSLATE_NOOP("Import", "There is no email address")},
        {QStringLiteral("invalid_email"), QT_TRANSLATE_NOOP("Import", "The email address cannot be right")},
        {QStringLiteral("duplicate"),
         QT_TRANSLATE_NOOP("Import", "The contact exists already, or came earlier in the file")},
    };
    if (const char* sentence = sentences.value(reason))
        return say(sentence);
    return QString(reason).replace(u'_', u' ');
}

} // namespace carillon::ui
