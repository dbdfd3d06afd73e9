// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

namespace carillon {

// Which locale goes before which. Locales are BCP 47 ("pt-BR"); "pt_BR" and "PT-br" are the same one.

// "pt-BR" and "pt_br".
bool sameLocale(QStringView a, QStringView b);

// True when `locale` is `language` or a more special one: "pt-BR" is within "pt". Everything is within "".
bool isWithinLocale(QStringView locale, QStringView language);

// "zh-Hant-TW" -> "zh-Hant" -> "zh" -> "".
QStringView parentLocale(QStringView locale);

// With dashes, without blanks around it.
QString normalLocale(const QString& locale);

// The locales to look for, best first: the contact's ("pt-BR", then "pt"), then the brand's in the same way, then none ("").
QStringList localeCandidates(const QString& contactLocale, const QString& brandLocale);

// The language that one message speaks: the contact's locale as long as the template is of that language or of none, else
// the template's. Snippets, translations and the notation of numbers and dates follow it, so that a mail in English has no
// German footer.
QString messageLocale(const QString& templateLocale, const QString& contactLocale, const QString& brandLocale);

// The different ways in which contacts see a set of localised things: one for each locale that one of them has, and one
// (number 0) for everybody else. Immutable.
class LocaleViews {
public:
    LocaleViews() = default;
    LocaleViews(const QStringList& locales, const QString& brandLocale);

    int count() const { return int(m_chains.size()); }
    // The view of a message in that locale.
    int of(QStringView locale) const;
    // The locales to look for in a view, best first; "" is the last.
    const QStringList& chain(int view) const { return m_chains[view]; }

private:
    QList<QStringList> m_chains{{QString()}};
};

} // namespace carillon
