// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/model/Device.h"

namespace carillon {

namespace {

constexpr qsizetype longestUserAgent = 512;

struct Word {
    const char* in; // the User-Agent
    const char* name;
};

// The first that is there wins: what claims to be others as well comes before them.
constexpr Word browsers[] = {
    {"Edg", "Edge"},        {"OPR/", "Opera"},       {"Opera", "Opera"},   {"SamsungBrowser", "Samsung Internet"},
    {"Vivaldi", "Vivaldi"}, {"YaBrowser", "Yandex"}, {"FxiOS", "Firefox"}, {"Firefox", "Firefox"},
    {"CriOS", "Chrome"},    {"Chromium", "Chrome"},  {"Chrome", "Chrome"}, {"Safari", "Safari"},
};
constexpr Word platforms[] = {
    {"Windows", "Windows"}, {"Android", "Android"}, {"iPhone", "iOS"},      {"iPad", "iOS"},
    {"CrOS", "ChromeOS"},   {"Mac OS X", "macOS"},  {"Macintosh", "macOS"}, {"Linux", "Linux"},
};

template <std::size_t N>
QString firstOf(const Word (&words)[N], const QString& text)
{
    for (const Word& word : words) {
        if (text.contains(QLatin1String(word.in)))
            return QString::fromLatin1(word.name);
    }
    return {};
}

} // namespace

DeviceInfo deviceInfoOf(const QString& userAgent)
{
    const QString text = userAgent.simplified().left(longestUserAgent);
    return {{}, firstOf(platforms, text), firstOf(browsers, text), text};
}

} // namespace carillon
