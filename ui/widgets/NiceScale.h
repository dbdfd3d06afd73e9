// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QPair>
#include <QString>

namespace carillon::ui {

// The marks of an axis that counts from zero: steps of 1, 2 or 5 times a power of ten, at most `marks` of them.
struct NiceScale {
    double top = 1; // the last mark, at or above the greatest value
    double step = 1;
    static NiceScale upTo(double greatest, int marks = 5);
};

// The marks of a time axis at round local times (every 5 s, 15 min, 3 h, ...): time in UTC milliseconds and its label.
QList<QPair<qint64, QString>> timeMarks(qint64 from, qint64 to, int atMost = 8);

} // namespace carillon::ui
