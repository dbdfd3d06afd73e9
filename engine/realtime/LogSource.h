// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Result.h"
#include "engine/model/LogEntry.h"

#include <QList>
#include <QObject>

#include <functional>

namespace carillon {

// Where the feed reads the log. Lives in the feed's thread.
class LogSource : public QObject {
    Q_OBJECT

public:
    using QObject::QObject;
    using Callback = std::function<void(Result<QList<LogEntry>>)>;

    // The newest committed number known here; 0 while the log is empty. Only grows.
    virtual qint64 lastSeq() const = 0;

    // Reads at most `limit` entries after `after`, in order, and calls back in the thread of `context`, later; not at all
    // when `context` has died. Call it in that thread. Fewer than `limit` means that there was no more at the time of the
    // reading.
    virtual void fetch(qint64 after, int limit, QObject* context, Callback callback) = 0;

Q_SIGNALS:
    // Entries up to `lastSeq` are committed and can be read.
    void advanced(qint64 lastSeq);
};

} // namespace carillon
