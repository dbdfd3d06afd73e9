// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/provider/Provider.h"
#include "engine/provider/SmtpConnection.h"

namespace carillon {

// One connection that logs in, reports what it found, and quits. Deletes itself when it is over.
class SmtpProbe final : public QObject, private SmtpWork {
    Q_OBJECT

public:
    // `settings` and `clock` must outlive it.
    SmtpProbe(const SmtpSettings& settings, const QSslConfiguration& tls, Clock& clock, QObject* parent);

    void start();

Q_SIGNALS:
    void probed(const carillon::ProbeResult& result); // once

private:
    std::optional<SmtpJob> nextJob() override { return {}; }
    void giveBack(SmtpConnection&, QList<SmtpJob>) override { }
    void answered(QList<Outcome>) override { }
    void ready(SmtpConnection& connection) override;
    void ended(SmtpConnection& connection) override;
    void ticketReceived(const QByteArray&) override { }
    void tick();

    QString describe(const SmtpHandshake& handshake) const;

    const SmtpSettings& m_settings;
    Clock& m_clock;
    SmtpConnection m_connection;
    bool m_told = false;
};

} // namespace carillon
