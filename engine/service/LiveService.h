// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/LogEntry.h"

#include <QHash>
#include <QObject>
#include <QSet>

namespace carillon {

// What has been committed since the last digest: enough to redraw what is on screen, bounded however fast the engine is.
struct LiveDigest {
    qint64 lastSeq = 0;
    qint64 time = 0; // of the newest entry
    QHash<QString, qint64> byType; // log entries by type
    QSet<qint64> campaigns; // that were touched
    QList<LogEntry> latest; // the newest 200 at the most, oldest first
};

// The state of the engine, for the line at the bottom of the window.
struct EngineStatus {
    bool running = false;
    qint64 queued = 0; // deliveries waiting or on the wire
    double sentPerSecond = 0;
    qint64 errorsLastMinute = 0;
    int clients = 0; // connected dashboards
    QString database; // path or host
    QString problem; // a sentence, when something needs attention
};

// The feed as the window sees it: digests, four a second at the most. Lives in the thread that made it.
class LiveService : public QObject {
    Q_OBJECT

public:
    using QObject::QObject;

    virtual EngineStatus status() const = 0;

Q_SIGNALS:
    void digested(const carillon::LiveDigest& digest);
    void statusChanged(const carillon::EngineStatus& status);
};

} // namespace carillon
