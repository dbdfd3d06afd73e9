// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/service/ReceiptRun.h"

#include "engine/base/Clock.h"
#include "engine/dispatch/Dispatch.h"
#include "engine/dispatch/NextChannel.h"
#include "engine/store/CampaignRepository.h"
#include "engine/store/ReceiptLedger.h"
#include "engine/store/Store.h"
#include "engine/store/TopicRepository.h"

#include <QSet>

namespace carillon {

namespace {

// As many as one transaction writes within a few milliseconds.
constexpr qsizetype pageSize = 100;

// What goes on because of a page.
struct Woken {
    QSet<qint64> campaigns;
    qint64 trigger = 0;
};

// Writes one page in the writer's transaction.
class ReceiptPage {
public:
    ReceiptPage(Connection& connection, NextChannel& nextChannel, const Account& account, qint64 now)
        : m_connection(connection)
        , m_nextChannel(nextChannel)
        , m_account(account)
        , m_now(now)
        , m_ledger(connection, now)
    {
    }

    Woken write(const CallbackReading& page)
    {
        for (const Receipt& receipt : page.receipts) {
            const std::optional<Delivery> changed = m_ledger.take(m_account.id, receipt);
            if (changed && (changed->state == DeliveryState::Failed || changed->state == DeliveryState::Bounced))
                goOn(*changed);
        }
        for (const InboundMessage& message : page.messages)
            m_ledger.take(m_account.id, m_account.channel, message);
        m_ledger.forgetOld();
        return m_woken;
    }

private:
    // On the next channel, if the topic has one.
    void goOn(const Delivery& delivery)
    {
        const std::optional<Topic> topic = TopicRepository(m_connection).find(delivery.topicId);
        if (!topic || m_nextChannel.follow(m_connection, delivery, topic->rules.nextChannelAfterMs, m_now).isEmpty())
            return;
        if (delivery.campaignId == 0) {
            m_woken.trigger = delivery.triggerId;
            return;
        }
        m_woken.campaigns.insert(delivery.campaignId);
        CampaignRepository campaigns(m_connection);
        const std::optional<Campaign> campaign = campaigns.find(delivery.campaignId);
        if (campaign && campaign->state == CampaignState::Finished)
            (void)campaigns.change(campaign->id, CampaignVerb::Reopen, QStringLiteral("platform"),
                                   m_now); // allowed from Finished, so it cannot be refused
    }

    Connection& m_connection;
    NextChannel& m_nextChannel;
    const Account& m_account;
    const qint64 m_now;
    ReceiptLedger m_ledger;
    Woken m_woken;
};

// The whole of it; kept alive by the page that is under way.
class ReceiptRun : public std::enable_shared_from_this<ReceiptRun> {
public:
    ReceiptRun(ReceiptTools tools, Account account, CallbackReading reading)
        : m_tools(std::move(tools))
        , m_account(std::move(account))
        , m_reading(std::move(reading))
    {
        m_promise.start();
    }

    Future<void> start()
    {
        const Future<void> answer = m_promise.future();
        next();
        return answer;
    }

private:
    CallbackReading takePage()
    {
        CallbackReading page;
        page.receipts = m_reading.receipts.mid(m_taken, pageSize);
        const qsizetype messages = qMax<qsizetype>(0, m_taken - m_reading.receipts.size());
        if (page.receipts.isEmpty())
            page.messages = m_reading.messages.mid(messages, pageSize);
        m_taken += page.receipts.size() + page.messages.size();
        return page;
    }

    void next()
    {
        const CallbackReading page = takePage();
        if (page.receipts.isEmpty() && page.messages.isEmpty())
            return finish({});
        m_tools.store
            .write([account = m_account, page, channel = m_tools.nextChannel,
                    now = m_tools.clock.now()](Connection& connection) -> Result<Woken> {
                return ReceiptPage(connection, *channel, account, now).write(page);
            })
            .then([self = shared_from_this()](const Result<Woken>& woken) {
                if (!woken)
                    return self->finish(fail(woken.error()));
                for (const qint64 campaign : woken->campaigns)
                    self->m_tools.dispatch.campaignChanged(campaign);
                if (woken->trigger != 0)
                    self->m_tools.dispatch.triggered(woken->trigger);
                self->next();
            });
    }

    void finish(const Status& status)
    {
        m_promise.addResult(status);
        m_promise.finish();
    }

    const ReceiptTools m_tools;
    const Account m_account;
    const CallbackReading m_reading;
    qsizetype m_taken = 0;
    QPromise<Status> m_promise;
};

} // namespace

Future<void> writeReceipts(const ReceiptTools& tools, const Account& account, const CallbackReading& reading)
{
    return std::make_shared<ReceiptRun>(tools, account, reading)->start();
}

} // namespace carillon
