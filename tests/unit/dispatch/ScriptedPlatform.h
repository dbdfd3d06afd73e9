// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Clock.h"
#include "engine/provider/QueueingSender.h"

#include <QHash>

#include <functional>

namespace carillon {

// A platform that answers as a test says, and remembers who got what when.
struct ScriptedPlatform {
    struct Given {
        qint64 at = 0; // steady
        qint64 accountId = 0;
        Message message;
    };

    explicit ScriptedPlatform(Clock& givenClock)
        : clock(givenClock)
    {
    }

    Clock& clock;
    std::function<Outcome(qint64 accountId, const Message&)> answer = [](qint64, const Message&) {
        return Outcome{0, OutcomeKind::Sent};
    };
    qint64 latencyMs = 10;
    int capacity = 100; // of each account
    QList<Given> given;
    QHash<qint64, int> inFlight; // by account
    QHash<qint64, int> mostInFlight;

    // A throttle or an outage as a platform says it.
    static Outcome wait(OutcomeKind kind, qint64 notBeforeMs, const QString& bucket = {})
    {
        Outcome outcome;
        outcome.kind = kind;
        outcome.notBeforeMs = notBeforeMs;
        outcome.bucket = bucket;
        outcome.reason = QStringLiteral("scripted");
        return outcome;
    }

    QList<Given> givenTo(qint64 accountId) const
    {
        QList<Given> list;
        for (const Given& one : given) {
            if (one.accountId == accountId)
                list << one;
        }
        return list;
    }
};

class ScriptedSender final : public QueueingSender {
public:
    ScriptedSender(ScriptedPlatform& platform, qint64 accountId)
        : QueueingSender(platform.capacity)
        , m_platform(platform)
        , m_accountId(accountId)
    {
    }

    void probe() override { Q_EMIT probed({true, {}, QStringLiteral("scripted")}); }

protected:
    void start(QList<Message> messages) override
    {
        int& inFlight = m_platform.inFlight[m_accountId];
        inFlight += int(messages.size());
        m_platform.mostInFlight[m_accountId] = qMax(m_platform.mostInFlight.value(m_accountId), inFlight);
        QList<Outcome> outcomes;
        for (const Message& message : messages) {
            m_platform.given << ScriptedPlatform::Given{m_platform.clock.steady(), m_accountId, message};
            Outcome outcome = m_platform.answer(m_accountId, message);
            outcome.deliveryId = message.deliveryId;
            outcomes << outcome;
        }
        m_platform.clock.after(m_platform.latencyMs, this, [this, outcomes] {
            m_platform.inFlight[m_accountId] -= int(outcomes.size());
            answer(outcomes);
        });
    }

private:
    ScriptedPlatform& m_platform;
    qint64 m_accountId;
};

class ScriptedProvider final : public Provider {
public:
    explicit ScriptedProvider(ScriptedPlatform& platform)
        : m_platform(platform)
    {
        m_description.key = QStringLiteral("scripted");
        m_description.channel = QStringLiteral("email");
    }

    const ProviderDescription& description() const override { return m_description; }
    std::unique_ptr<Sender> makeSender(const AccountConfig& config) const override
    {
        return std::make_unique<ScriptedSender>(m_platform, config.accountId);
    }

private:
    ScriptedPlatform& m_platform;
    ProviderDescription m_description;
};

} // namespace carillon
