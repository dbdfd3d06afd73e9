// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QTimer>

namespace carillon::ui {

// Turns "something changed", however often it is said, into "look again" at most once an interval, and never while hidden
// pages rest: what is nudged while it is stopped is looked at when it starts.
class Pacer : public QObject {
    Q_OBJECT

public:
    Pacer(int intervalMs, QObject* parent);

    void nudge();
    void start(); // and says due() at once
    void stop();

Q_SIGNALS:
    void due();

private:
    QTimer m_timer;
    bool m_running = false;
    bool m_nudged = false;
};

} // namespace carillon::ui
