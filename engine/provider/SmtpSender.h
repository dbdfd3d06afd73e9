// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/provider/Redactor.h"
#include "engine/provider/SmtpPool.h"

#include <QThread>

namespace carillon {

// The sender of the `smtp` provider: its sockets live in an I/O thread of its own, made and ended with it. Messages given
// within one turn of the event loop cross over together, and outcomes come back together.
class SmtpSender final : public Sender {
    Q_OBJECT

public:
    // Without settings every message and probe is answered with their error. `clock` must outlive it and be thread-safe.
    SmtpSender(Result<SmtpSettings> settings, Clock& clock);
    ~SmtpSender() override;

    // As many messages as keep all connections busy while the outcomes of the last ones are being written down.
    int capacity() const override;
    void send(QList<Message> messages) override;
    void drain() override;
    void probe() override;

private:
    static QList<Secret> secretsOf(const SmtpSettings& settings);
    void handOver();
    void collect();
    void tellProbed(ProbeResult result);
    void finishDrain();

    const int m_depth; // messages taken at a time
    const Redactor m_redactor; // a server may repeat what it was given
    int m_inHand = 0; // given and not answered
    QList<Message> m_outbox; // of this turn of the event loop
    bool m_draining = false;
    bool m_drainedTold = false;
    const std::shared_ptr<SmtpPool::Incoming> m_incoming;
    const std::shared_ptr<SmtpPool::Outgoing> m_outgoing;
    QThread m_thread;
    SmtpPool* m_pool; // in m_thread, which ends it
};

} // namespace carillon
