// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/overview/ProgressEstimate.h"

namespace carillon::ui {

void ProgressEstimate::see(qint64 campaignId, qint64 time, qint64 done)
{
    QList<Sample>& samples = m_samples[campaignId];
    samples.append({time, done});
    while (samples.size() > MostSamples || (samples.size() > 2 && samples.first().time < time - WindowMs))
        samples.removeFirst();
}

double ProgressEstimate::perSecond(qint64 campaignId) const
{
    const QList<Sample> samples = m_samples.value(campaignId);
    if (samples.size() < 2 || samples.last().time - samples.first().time < 1'000)
        return 0;
    const auto done = static_cast<double>(samples.last().done - samples.first().done);
    return std::max(0.0, done * 1'000.0 / static_cast<double>(samples.last().time - samples.first().time));
}

qint64 ProgressEstimate::remainingMs(qint64 campaignId, qint64 left) const
{
    const double rate = perSecond(campaignId);
    if (rate <= 0)
        return -1;
    constexpr double Most = 365.0 * 24 * 3'600 * 1'000; // beyond a year the estimate means nothing
    const double ms = static_cast<double>(left) / rate * 1'000;
    return ms > Most ? -1 : static_cast<qint64>(ms);
}

void ProgressEstimate::keepOnly(const QList<qint64>& campaignIds)
{
    m_samples.removeIf([&](const auto& entry) { return !campaignIds.contains(entry.key()); });
}

} // namespace carillon::ui
