// SPDX-License-Identifier: GPL-3.0-or-later
#include "Trace.h"

#include <cstdio>

namespace carillon::simulation {

void Trace::line(const QString& text)
{
    const qint64 time = m_time ? m_time() : 0;
    const QString whole
        = QStringLiteral("%1.%2  %3").arg(time / 1000, 8).arg(time % 1000, 3, 10, QLatin1Char('0')).arg(text);
    for (const char byte : whole.toUtf8())
        m_hash = (m_hash ^ quint64(quint8(byte))) * 1099511628211ULL;
    ++m_lines;
    if (m_last.size() >= Kept)
        m_last.dequeue();
    m_last.enqueue(whole);
    if (m_echo)
        std::printf("%s\n", qPrintable(whole));
}

void Trace::broken(const QString& promise)
{
    line(QStringLiteral("BROKEN: ") + promise);
    if (m_broken.isEmpty())
        m_broken = promise;
}

} // namespace carillon::simulation
