// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/liquid/DateTime.h"

#include "engine/liquid/Notation.h"

#include <QDateTime>

#include <algorithm>

namespace carillon::liquid {

namespace {

bool isField(QChar c)
{
    return c == u'd' || c == u'M' || c == u'y';
}

// The next letter that stands for a part of the date, outside of quotes.
qsizetype nextField(const QString& format, qsizetype from)
{
    bool quoted = false;
    for (qsizetype i = from; i < format.size(); ++i) {
        if (format[i] == u'\'')
            quoted = !quoted;
        else if (!quoted && isField(format[i]))
            return i;
    }
    return format.size();
}

// Qt has the full and the short format of a locale (CLDR). The long one is the full one without the day of the week and
// what joins it to the rest: "dddd, d. MMMM yyyy", "yyyy. MMMM d., dddd", "d MMMM yyyy dddd".
QString longFormat(const QLocale& locale)
{
    QString format = locale.dateFormat(QLocale::LongFormat);
    const qsizetype at = format.indexOf(u"dddd");
    if (at < 0)
        return format;
    const qsizetype next = nextField(format, at + 4);
    if (next < format.size())
        return format.remove(at, next - at);
    format.truncate(at);
    while (!format.isEmpty() && (format.back().isSpace() || format.back() == u',' || format.back() == u'،'))
        format.chop(1);
    return format;
}

QString dateFormat(const QLocale& locale, std::string_view style)
{
    if (style == "full")
        return locale.dateFormat(QLocale::LongFormat);
    if (style == "short")
        return locale.dateFormat(QLocale::ShortFormat);
    QString format = longFormat(locale);
    return style == "long" ? format : format.replace(QStringLiteral("MMMM"), QStringLiteral("MMM"));
}

} // namespace

std::optional<std::string> formatDateTimeNamed(const DateTime& time, std::string_view name, const Notation& notation)
{
    static constexpr std::string_view styles[] = {"short", "medium", "long", "full"};
    static constexpr std::string_view timeWord = " time";
    const bool isTimeOnly = name == "time";
    const bool hasTime = isTimeOnly || name.ends_with(timeWord);
    if (hasTime && !isTimeOnly)
        name.remove_suffix(timeWord.size());
    if (!isTimeOnly && std::find(std::begin(styles), std::end(styles), name) == std::end(styles))
        return std::nullopt;
    const QLocale& locale = notation.locale();
    const QDateTime shown = QDateTime::fromSecsSinceEpoch(time.seconds + time.offset, Qt::UTC);
    QString text = isTimeOnly ? QString() : locale.toString(shown.date(), dateFormat(locale, name));
    if (hasTime)
        text += (text.isEmpty() ? QString() : QStringLiteral(" ")) + locale.toString(shown.time(), QLocale::ShortFormat);
    return text.toStdString();
}

} // namespace carillon::liquid
