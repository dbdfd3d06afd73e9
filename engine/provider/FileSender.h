// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Clock.h"
#include "engine/provider/LineFile.h"
#include "engine/provider/QueueingSender.h"

#include <QThread>

namespace carillon {

// Writes as FileProvider tells, in a thread of its own: what is given at once is one write and one flush.
class FileSender final : public QueueingSender {
    Q_OBJECT

public:
    static constexpr int MaxInFlight = 256; // also the most lines of one write
    static constexpr qint64 RetryMs = 10'000; // a full disk, a folder that is not mounted

    // The clock must outlive it. Messages whose line has more than `maxBytes` are refused.
    FileSender(const QString& path, qint64 maxBytes, Clock& clock);
    ~FileSender() override; // waits for the write that is under way

    void probe() override;

protected:
    void start(QList<Message> messages) override;

private:
    QList<Outcome> write(const QList<Message>& messages, qint64 now);
    ProbeResult look() const;

    const QString m_path;
    const qint64 m_maxBytes;
    Clock& m_clock;
    LineFile m_file; // used by the thread alone
    QThread m_thread;
    QObject m_inThread; // lives in it
};

// The line that a message becomes, with its line end; `now` is UTC milliseconds.
QByteArray lineOf(const Message& message, qint64 now);

} // namespace carillon
