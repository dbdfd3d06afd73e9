// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QList>

namespace carillon::ui {

// How fast each campaign comes on and how long it will still take, from what was seen of it in the last half minute.
class ProgressEstimate {
public:
    static constexpr qint64 WindowMs = 30'000;
    static constexpr qsizetype MostSamples = 64;

    void see(qint64 campaignId, qint64 time, qint64 done);
    double perSecond(qint64 campaignId) const; // 0 until two looks are at least a second apart
    qint64 remainingMs(qint64 campaignId, qint64 left) const; // -1: cannot be said
    // Forgets what is not among these.
    void keepOnly(const QList<qint64>& campaignIds);

private:
    struct Sample {
        qint64 time = 0;
        qint64 done = 0;
    };

    QHash<qint64, QList<Sample>> m_samples;
};

} // namespace carillon::ui
