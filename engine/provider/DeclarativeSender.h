// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Clock.h"
#include "engine/provider/HttpTransport.h"
#include "engine/provider/MessageParts.h"
#include "engine/provider/ProviderFile.h"
#include "engine/provider/QueueingSender.h"
#include "engine/provider/Redactor.h"

#include <QHash>

#include <optional>

namespace carillon {

// Sends the messages of one account by the shared transport: a request for each part of a message (MessageParts), made and
// judged as the provider's file says. A message is refused before anything is sent when one of its parts cannot be.
class DeclarativeSender final : public QueueingSender {
    Q_OBJECT

public:
    DeclarativeSender(std::shared_ptr<const ProviderFile> file, const AccountConfig& config, Clock& clock,
                      std::shared_ptr<HttpTransport> transport);
    ~DeclarativeSender() override;

    void probe() override;

protected:
    void start(QList<Message> messages) override;
    void breakOff() override;

private:
    using PartsPtr = std::shared_ptr<MessageParts>;
    struct InFlight {
        PartsPtr parts; // null: a probe
        QList<Secret> sensitive; // of this request, beyond the account's own secrets
    };
    // What a round of the loop comes to.
    struct Work {
        QList<OutboundRequest> requests;
        QList<Outcome> answered;
    };

    void begin(Message message, Work& work);
    void sendCurrent(const PartsPtr& parts, Work& work);
    void proceed(const PartsPtr& parts, const Outcome& ofPart, Work& work);
    void hold(const PartsPtr& parts, qint64 waitMs);
    void finish(Work work);

    Result<RequestSpec::Made> make(const Message& part) const;
    Outcome refusal(const Message& message, const Error& error) const;
    OutboundRequest track(RequestSpec::Made made, InFlight entry);
    void receive(const QList<OutboundResponse>& responses);
    Outcome judge(const InFlight& entry, const OutboundResponse& response) const;
    ProbeResult judgeProbe(const InFlight& entry, const OutboundResponse& response) const;
    void reportProbe(const ProbeResult& result);
    const Redactor& redactorFor(const InFlight& entry) const;

    const std::shared_ptr<const ProviderFile> m_file;
    const RequestValues m_values;
    const QList<Secret> m_secrets;
    mutable QList<Secret> m_redacted; // of the last request, beyond m_secrets: what m_redactor is for
    mutable std::optional<Redactor> m_redactor;
    const bool m_allowPrivateNetworks;
    Clock& m_clock;
    const std::shared_ptr<HttpTransport> m_transport;
    const HttpTransport::Customer m_customer;
    quint64 m_lastTag = 0;
    QHash<quint64, InFlight> m_underWay; // bounded by the file's inFlight, and one probe at a time
    QHash<quint64, PartsPtr> m_held; // until a later part may go; in flight for QueueingSender
    bool m_probing = false;
};

} // namespace carillon
