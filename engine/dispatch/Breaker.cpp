// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/dispatch/Breaker.h"

#include "engine/base/Random.h"

#include <QtAlgorithms>

namespace carillon {

namespace {

constexpr int window = 20;
// Who asks for such a wait knows what is wrong (a login that is refused): asking twice more would not help.
constexpr qint64 longWaitMs = 300'000;

} // namespace

void Breaker::beginProbe()
{
    m_state = State::HalfOpen;
}

void Breaker::cancelProbe()
{
    if (m_state == State::HalfOpen)
        m_state = State::Open;
}

void Breaker::answered()
{
    if (m_state != State::Closed)
        reset();
    note(false);
    m_inARow = 0;
}

void Breaker::down(qint64 now, qint64 askedMs)
{
    if (m_state == State::Open) {
        m_retryAt = qMax(m_retryAt, now + askedMs); // what was on the way still
        return;
    }
    note(true);
    ++m_inARow;
    const bool often = m_seen >= window && qPopulationCount(m_last) * 2 >= window;
    if (m_state == State::HalfOpen || m_inARow >= DownInARow || often || askedMs >= longWaitMs)
        open(now, askedMs);
}

void Breaker::lost(qint64 now)
{
    if (m_state == State::HalfOpen)
        return open(now, 0);
    if (m_state == State::Open)
        return;
    note(true);
    if (m_seen >= window && qPopulationCount(m_last) * 2 >= window)
        open(now, 0);
}

void Breaker::reset()
{
    m_state = State::Closed;
    m_last = 0;
    m_seen = 0;
    m_inARow = 0;
    m_openings = 0;
    m_openSince = -1;
}

void Breaker::note(bool bad)
{
    m_last = ((m_last << 1) | (bad ? 1U : 0U)) & ((1U << window) - 1);
    m_seen = qMin(m_seen + 1, window);
}

void Breaker::open(qint64 now, qint64 askedMs)
{
    if (m_openSince < 0)
        m_openSince = now;
    const qint64 ceiling = qMin(LongestWaitMs, FirstWaitMs << qMin(m_openings + 1, 10));
    const qint64 wait = qMax(FirstWaitMs, ceiling / 2 + 1 + qint64(m_random.below(quint64(ceiling / 2))));
    ++m_openings;
    m_state = State::Open;
    m_retryAt = now + qMax(askedMs, wait);
}

} // namespace carillon
