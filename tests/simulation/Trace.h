// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QQueue>
#include <QString>

#include <functional>

namespace carillon::simulation {

// What happened, line by line: the end of it explains a failure, its hash shows that a replay is exact.
class Trace {
public:
    // `echo`: prints each line as it comes.
    explicit Trace(bool echo)
        : m_echo(echo)
    {
    }

    void setTime(std::function<qint64()> time) { m_time = std::move(time); }
    void line(const QString& text);
    quint64 hash() const { return m_hash; }
    qint64 lines() const { return m_lines; }
    const QQueue<QString>& last() const { return m_last; }

    // Something that must never be. The first one counts.
    void broken(const QString& promise);
    bool isBroken() const { return !m_broken.isEmpty(); }
    const QString& whatIsBroken() const { return m_broken; }

private:
    static constexpr qsizetype Kept = 60;

    const bool m_echo;
    std::function<qint64()> m_time;
    quint64 m_hash = 14695981039346656037ULL; // FNV-1a
    qint64 m_lines = 0;
    QQueue<QString> m_last;
    QString m_broken;
};

} // namespace carillon::simulation
