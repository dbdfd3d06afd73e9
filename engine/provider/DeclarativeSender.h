// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Clock.h"
#include "engine/provider/HttpTransport.h"
#include "engine/provider/MessageParts.h"
#include "engine/provider/ProviderFile.h"
#include "engine/provider/QueueingSender.h"
#include "engine/provider/Redactor.h"
#include "engine/provider/TokenKeeper.h"

#include <QHash>

#include <optional>

namespace carillon {

// Sends the messages of one account by the shared transport: a request for each part of a message (MessageParts), made and
// judged as the provider's file says. A message is refused before anything is sent when one of its parts cannot be. Where a
// token must come first, messages wait for it; one whose token is not taken is sent again with a new one, once.
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
        Secret token; // that went with it
        bool hasNewToken = false; // because the one before was not taken
    };
    // Parts that wait: for a token, or for the connection that they will share.
    struct Waiting {
        PartsPtr parts;
        bool wantsNewToken = false;
    };
    // What a round of the loop comes to.
    struct Work {
        QList<OutboundRequest> requests;
        QList<Outcome> answered;
        QList<Waiting> tokenless;
    };

    void begin(Message message, Work& work);
    void sendCurrent(const PartsPtr& parts, Work& work);
    void sendNow(const Waiting& ready, Work& work);
    void awaitToken(QList<Waiting> tokenless);
    bool isOpening() const;
    void proceed(const PartsPtr& parts, const Outcome& ofPart, Work& work);
    void hold(const PartsPtr& parts, qint64 waitMs);
    void finish(Work work);

    Result<RequestSpec::Made> make(const Message& part) const;
    Outcome refusal(const Message& message, const Error& error) const;
    OutboundRequest track(RequestSpec::Made made, InFlight entry);
    void receive(const QList<OutboundResponse>& responses);
    bool triesNewToken(const InFlight& entry, const OutboundResponse& response) const;
    void sendProbe();
    Outcome judge(const InFlight& entry, const OutboundResponse& response);
    ProbeResult judgeProbe(const InFlight& entry, const OutboundResponse& response);
    void reportProbe(const ProbeResult& result);
    const Redactor& redactorFor(const InFlight& entry);

    const std::shared_ptr<const ProviderFile> m_file;
    const RequestValues m_values;
    const QList<Secret> m_secrets;
    QList<Secret> m_redacted; // of the last answer's request, beyond m_secrets: m_redactor is for both
    std::optional<Redactor> m_redactor;
    const bool m_allowPrivateNetworks;
    Clock& m_clock;
    const std::shared_ptr<HttpTransport> m_transport;
    const HttpTransport::Customer m_customer;
    const std::unique_ptr<TokenKeeper> m_tokens; // null: requests need none
    quint64 m_lastTag = 0;
    QList<Waiting> m_untilOpen; // until the connection that they will share has answered; in flight for QueueingSender
    qint64 m_openUntil = 0; // steady: that connection is taken to be there
    QHash<quint64, InFlight> m_underWay; // bounded by the file's inFlight, and one probe at a time
    QHash<quint64, PartsPtr> m_held; // until a later part may go; in flight for QueueingSender
    bool m_probing = false;
};

} // namespace carillon
