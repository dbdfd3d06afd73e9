// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLocale>
#include <QTimeZone>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace carillon::liquid {

// How one rendering writes dates and numbers: its locale and time zone, looked up when first asked for. Used by one thread;
// the names must live as long as it does.
class Notation {
public:
    // `locale` is a BCP 47 tag, `timeZone` an IANA name. Empty or unknown ones mean English and UTC.
    Notation(std::string_view locale, std::string_view timeZone)
        : m_localeName(locale)
        , m_zoneName(timeZone)
    {
    }

    bool hasLocale() const { return !m_localeName.empty(); }
    const QLocale& locale() const;
    std::string_view localeName() const { return m_localeName; }
    std::string_view zoneName() const { return m_zoneName; }

    // "pt" of "pt-BR"; "en" when no locale was given.
    std::string_view language() const;

    // Seconds east of UTC at a moment (in seconds since 1970), by the rules of the time zone in that year; nothing when
    // there is none. And what the zone is called then ("CEST").
    std::optional<int> offsetAt(std::int64_t seconds) const;
    std::string abbreviationAt(std::int64_t seconds) const;

private:
    const QTimeZone& zone() const;

    std::string_view m_localeName;
    std::string_view m_zoneName;
    mutable std::optional<QLocale> m_locale;
    mutable std::optional<QTimeZone> m_zone;
};

} // namespace carillon::liquid
