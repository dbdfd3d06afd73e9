// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/content/TemplateResolver.h"

#include <QCoreApplication>

namespace carillon {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("TemplateResolver", text);
}

QString normalized(QString locale)
{
    return locale.trimmed().replace(u'_', u'-');
}

// "zh-Hant-TW", "zh-Hant", "zh".
void appendWithParents(QString locale, QStringList& candidates)
{
    while (!locale.isEmpty()) {
        if (!candidates.contains(locale, Qt::CaseInsensitive))
            candidates << locale;
        locale.truncate(qMax<qsizetype>(locale.lastIndexOf(u'-'), 0));
    }
}

int find(const QList<Template>& templates, const QString& channel, const QString& locale)
{
    for (int i = 0; i < templates.size(); ++i) {
        if (templates[i].channel == channel && normalized(templates[i].locale).compare(locale, Qt::CaseInsensitive) == 0)
            return i;
    }
    return -1;
}

QString explain(const Resolution& resolution, const QString& channel)
{
    if (resolution.index < 0)
        return tr("The topic has no template for the channel “%1” that serves this contact.").arg(channel);
    const QString taken = resolution.locale.isEmpty() ? tr("The template for every locale was taken.")
                                                      : tr("The template for “%1” was taken.").arg(resolution.locale);
    if (resolution.missing.isEmpty())
        return taken;
    return taken + u' ' + tr("There is none for: %1.").arg(resolution.missing.join(QStringLiteral(", ")));
}

} // namespace

QStringList localeCandidates(const QString& contactLocale, const QString& brandLocale)
{
    QStringList candidates;
    appendWithParents(normalized(contactLocale), candidates);
    appendWithParents(normalized(brandLocale), candidates);
    candidates << QString();
    return candidates;
}

Resolution resolveTemplate(const QList<Template>& templates, const QString& channel, const QString& contactLocale,
                           const QString& brandLocale)
{
    Resolution result;
    for (const QString& locale : localeCandidates(contactLocale, brandLocale)) {
        result.index = find(templates, channel, locale);
        if (result.index >= 0) {
            result.locale = templates[result.index].locale;
            break;
        }
        if (!locale.isEmpty())
            result.missing << locale;
    }
    result.explanation = explain(result, channel);
    return result;
}

} // namespace carillon
