// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/Pacer.h"

namespace carillon::ui {

Pacer::Pacer(int intervalMs, QObject* parent)
    : QObject(parent)
{
    m_timer.setSingleShot(true);
    m_timer.setInterval(intervalMs);
    connect(&m_timer, &QTimer::timeout, this, [this] {
        if (std::exchange(m_nudged, false))
            nudge();
    });
}

void Pacer::nudge()
{
    if (!m_running || m_timer.isActive()) {
        m_nudged = true;
        return;
    }
    m_timer.start();
    Q_EMIT due();
}

void Pacer::start()
{
    m_running = true;
    m_nudged = false;
    m_timer.start();
    Q_EMIT due();
}

void Pacer::stop()
{
    m_running = false;
    m_timer.stop();
}

} // namespace carillon::ui
