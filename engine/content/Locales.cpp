// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/content/Locales.h"

#include <algorithm>

namespace carillon {

namespace {

char16_t folded(QChar c)
{
    if (c == u'_')
        return u'-';
    return c >= u'A' && c <= u'Z' ? char16_t(c.unicode() + 32) : c.unicode();
}

// "zh-Hant-TW", "zh-Hant", "zh".
void appendWithParents(const QString& locale, QStringList& candidates)
{
    for (QStringView one = locale; !one.isEmpty(); one = parentLocale(one)) {
        const auto same = [&](const QString& known) { return sameLocale(known, one); };
        if (std::none_of(candidates.cbegin(), candidates.cend(), same))
            candidates << one.toString();
    }
}

} // namespace

bool sameLocale(QStringView a, QStringView b)
{
    return a.size() == b.size()
        && std::equal(a.begin(), a.end(), b.begin(), [](QChar x, QChar y) { return folded(x) == folded(y); });
}

bool isWithinLocale(QStringView locale, QStringView language)
{
    if (language.isEmpty())
        return true;
    if (locale.size() < language.size() || !sameLocale(locale.first(language.size()), language))
        return false;
    return locale.size() == language.size() || folded(locale[language.size()]) == u'-';
}

QStringView parentLocale(QStringView locale)
{
    while (!locale.isEmpty()) {
        const QChar last = locale.back();
        locale.chop(1);
        if (folded(last) == u'-')
            break;
    }
    return locale;
}

QString normalLocale(const QString& locale)
{
    return locale.trimmed().replace(u'_', u'-');
}

QStringList localeCandidates(const QString& contactLocale, const QString& brandLocale)
{
    QStringList candidates;
    appendWithParents(normalLocale(contactLocale), candidates);
    appendWithParents(normalLocale(brandLocale), candidates);
    candidates << QString();
    return candidates;
}

QString messageLocale(const QString& templateLocale, const QString& contactLocale, const QString& brandLocale)
{
    if (isWithinLocale(contactLocale, templateLocale) && !contactLocale.isEmpty())
        return normalLocale(contactLocale);
    return normalLocale(templateLocale.isEmpty() ? brandLocale : templateLocale);
}

LocaleViews::LocaleViews(const QStringList& locales, const QString& brandLocale)
    : m_chains{localeCandidates({}, brandLocale)}
{
    for (const QString& locale : locales) {
        const int known = of(locale);
        if (!locale.isEmpty() && (known == 0 || !sameLocale(m_chains[known].first(), normalLocale(locale))))
            m_chains << localeCandidates(locale, brandLocale);
    }
}

int LocaleViews::of(QStringView locale) const
{
    for (QStringView one = locale.trimmed(); !one.isEmpty(); one = parentLocale(one)) {
        for (int view = 1; view < count(); ++view) {
            if (sameLocale(m_chains[view].first(), one))
                return view;
        }
    }
    return 0;
}

} // namespace carillon
