// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Clock.h"
#include "engine/provider/QueueingSender.h"

namespace carillon {

class Connection;
class Store;

// Writes as InAppProvider tells: what is given at once is one write of the store.
class InAppSender final : public QueueingSender {
    Q_OBJECT

public:
    static constexpr int MaxInFlight = 64; // a write of the store is short
    static constexpr qsizetype MaxAnnounced = 4'096; // octets of a card in the log; a larger one goes without its text

    // Both outlive it.
    InAppSender(Store& store, Clock& clock, qint64 accountId, qint64 keepMs);

    void probe() override;

protected:
    void start(QList<Message> messages) override;

private:
    // What the writer's thread needs; it may outlive the sender.
    struct Task {
        QList<Message> messages;
        qint64 accountId = 0;
        qint64 now = 0;
        qint64 expiresAt = 0;
    };

    static QList<Outcome> write(Connection& connection, const Task& task);
    static Outcome writeOne(Connection& connection, const Task& task, const Message& message);
    void report(const QList<Message>& messages, const Result<QList<Outcome>>& outcomes);

    Store& m_store;
    Clock& m_clock;
    const qint64 m_accountId;
    const qint64 m_keepMs;
};

} // namespace carillon
