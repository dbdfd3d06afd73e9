// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Clock.h"
#include "engine/provider/HttpTransport.h"
#include "engine/provider/ProviderFile.h"
#include "engine/provider/QueueingSender.h"

#include <QHash>

namespace carillon {

// Sends the messages of one account by the shared transport: one request each, made and judged as the provider's file says.
class DeclarativeSender final : public QueueingSender {
    Q_OBJECT

public:
    DeclarativeSender(std::shared_ptr<const ProviderFile> file, const AccountConfig& config, Clock& clock,
                      std::shared_ptr<HttpTransport> transport);
    ~DeclarativeSender() override;

    void probe() override;

protected:
    void start(QList<Message> messages) override;

private:
    struct InFlight {
        qint64 deliveryId = 0;
        QList<Secret> sensitive; // of this request, beyond the account's own secrets
        bool isProbe = false;
    };

    Result<OutboundRequest> prepare(const Message& message);
    OutboundRequest track(RequestSpec::Made made, InFlight entry);
    void receive(const QList<OutboundResponse>& responses);
    Outcome judge(const InFlight& entry, const OutboundResponse& response) const;
    ProbeResult judgeProbe(const InFlight& entry, const OutboundResponse& response) const;
    void reportProbe(const ProbeResult& result);
    QList<Secret> allSecrets(const InFlight& entry) const;

    const std::shared_ptr<const ProviderFile> m_file;
    const RequestValues m_values;
    const QList<Secret> m_secrets;
    const bool m_allowPrivateNetworks;
    Clock& m_clock;
    const std::shared_ptr<HttpTransport> m_transport;
    const HttpTransport::Customer m_customer;
    quint64 m_lastTag = 0;
    QHash<quint64, InFlight> m_underWay; // bounded by the file's inFlight, and one probe at a time
    bool m_probing = false;
};

} // namespace carillon
