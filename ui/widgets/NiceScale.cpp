// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/NiceScale.h"

#include <QDateTime>
#include <QLocale>

#include <cmath>

namespace carillon::ui {

NiceScale NiceScale::upTo(double greatest, int marks)
{
    if (!(greatest > 0) || marks < 1)
        return {};
    const double rough = greatest / marks;
    const double power = std::pow(10.0, std::floor(std::log10(rough)));
    for (const double factor : {1.0, 2.0, 5.0, 10.0}) {
        const double step = std::max(factor * power, 1.0); // what is counted is whole
        const double top = step * std::ceil(greatest / step - 1e-9);
        if (top / step <= marks + 1e-9)
            return {top, step};
    }
    return {10 * power * marks, 10 * power};
}

QList<QPair<qint64, QString>> timeMarks(qint64 from, qint64 to, int atMost)
{
    constexpr qint64 Second = 1'000;
    constexpr qint64 Minute = 60 * Second;
    constexpr qint64 Hour = 60 * Minute;
    constexpr qint64 Day = 24 * Hour;
    qint64 step = 7 * Day;
    for (const qint64 nice : {5 * Second, 10 * Second, 15 * Second, 30 * Second, Minute, 2 * Minute, 5 * Minute, 10 * Minute,
                              15 * Minute, 30 * Minute, Hour, 2 * Hour, 3 * Hour, 4 * Hour, 6 * Hour, 12 * Hour, Day}) {
        if ((to - from) / nice <= atMost) {
            step = nice;
            break;
        }
    }
    const qint64 offset = QDateTime::fromMSecsSinceEpoch(from).offsetFromUtc() * Second;
    const QString format = step < Minute ? QStringLiteral("HH:mm:ss")
        : step < Day                     ? QStringLiteral("HH:mm")
                                         : QStringLiteral("d MMM");
    QList<QPair<qint64, QString>> marks;
    for (qint64 local = (from + offset + step - 1) / step * step; local - offset <= to; local += step)
        marks.append({local - offset, QLocale().toString(QDateTime::fromMSecsSinceEpoch(local - offset), format)});
    return marks;
}

} // namespace carillon::ui
