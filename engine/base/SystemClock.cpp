// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/base/SystemClock.h"

#include <QDateTime>
#include <QTimer>

#include <chrono>

namespace carillon {

qint64 SystemClock::now() const
{
    return QDateTime::currentMSecsSinceEpoch();
}

qint64 SystemClock::steady() const
{
    using namespace std::chrono;
    return duration_cast<milliseconds>(steady_clock::now().time_since_epoch()).count();
}

void SystemClock::after(qint64 inMs, QObject* context, std::function<void()> wake)
{
    QTimer::singleShot(std::chrono::milliseconds(qMax<qint64>(inMs, 0)), context, std::move(wake));
}

} // namespace carillon
