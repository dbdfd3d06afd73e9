// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/liquid/Notation.h"

#include <QDateTime>

namespace carillon::liquid {

namespace {

constexpr std::size_t longestName = 100; // of a locale or a time zone; what is longer is none

QDateTime momentOf(std::int64_t seconds)
{
    return QDateTime::fromSecsSinceEpoch(seconds, Qt::UTC);
}

} // namespace

const QLocale& Notation::locale() const
{
    if (!m_locale) {
        const bool isName = hasLocale() && m_localeName.size() < longestName;
        m_locale = isName ? QLocale(QString::fromUtf8(m_localeName.data(), qsizetype(m_localeName.size()))) : QLocale::c();
        if (m_locale->language() == QLocale::C)
            m_locale = QLocale(QLocale::English, QLocale::UnitedStates);
    }
    return *m_locale;
}

std::string_view Notation::language() const
{
    return hasLocale() ? m_localeName.substr(0, m_localeName.find_first_of("-_")) : "en";
}

const QTimeZone& Notation::zone() const
{
    if (!m_zone) {
        const bool isName = !m_zoneName.empty() && m_zoneName.size() < longestName;
        m_zone = isName ? QTimeZone(QByteArray(m_zoneName.data(), qsizetype(m_zoneName.size()))) : QTimeZone();
    }
    return *m_zone;
}

std::optional<int> Notation::offsetAt(std::int64_t seconds) const
{
    return zone().isValid() ? std::optional(zone().offsetFromUtc(momentOf(seconds))) : std::nullopt;
}

std::string Notation::abbreviationAt(std::int64_t seconds) const
{
    return zone().isValid() ? zone().abbreviation(momentOf(seconds)).toStdString() : std::string();
}

} // namespace carillon::liquid
