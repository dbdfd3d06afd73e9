// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Random.h"
#include "engine/base/SystemClock.h"
#include "engine/content/ContentCache.h"
#include "engine/dispatch/Dispatch.h"
#include "engine/provider/BuiltInProviders.h"
#include "engine/security/MemoryVault.h"
#include "engine/service/CampaignService.h"
#include "engine/service/DeliveryService.h"
#include "engine/store/AccountRepository.h"
#include "engine/store/BrandRepository.h"
#include "engine/store/CampaignRepository.h"
#include "engine/store/Connection.h"
#include "engine/store/ContactRepository.h"
#include "engine/store/DeliveryRepository.h"
#include "engine/store/LogRepository.h"
#include "engine/store/Store.h"
#include "engine/store/TemplateRepository.h"
#include "engine/store/TopicRepository.h"

#include <QTemporaryDir>
#include <QTest>

namespace carillon {

// Campaigns and deliveries through the operations and a dispatcher that sends to the simulator. What was sent when is read
// from the log: its order is the truth, however slow the machine is.
class ControlRoom : public QObject {
protected:
    static constexpr int patience = 60'000;
    // Fifty a second: the end is far, however slow the machine is.
    static constexpr double slow = 3'000;
    const QString email = QStringLiteral("email");

    SystemClock m_clock;
    SystemRandom m_random;
    MemoryVault m_vault;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<ProviderRegistry> m_registry;
    std::unique_ptr<ContentCache> m_cache;
    std::unique_ptr<Store> m_store;
    std::unique_ptr<Dispatch> m_dispatch;
    std::unique_ptr<CampaignService> m_campaigns;
    std::unique_ptr<DeliveryService> m_deliveries;
    const Caller m_ann{QStringLiteral("window:ann"), Role::Operator};
    qint64 m_account = 0;
    qint64 m_topic = 0;
    int m_engines = 0;

    template <typename Work>
    void write(Work work)
    {
        QVERIFY(m_store
                    ->write([&](Connection& connection) -> Result<bool> {
                        work(connection);
                        return true;
                    })
                    .result());
    }
    // A new engine on the same workspace; the one before dies as if killed.
    void startEngine()
    {
        makeEngine();
        m_dispatch->start();
    }
    void makeEngine()
    {
        m_deliveries.reset();
        m_campaigns.reset();
        m_dispatch.reset();
        m_dispatch = std::make_unique<Dispatch>(
            *m_store, m_clock, m_random, *m_registry, m_vault, QStringLiteral("engine%1").arg(++m_engines),
            [](const Delivery&, const Brand&) { return QStringLiteral("https://x.example/u"); });
        m_campaigns = std::make_unique<CampaignService>(*m_store, m_clock, *m_dispatch, *m_cache);
        m_deliveries = std::make_unique<DeliveryService>(*m_store, m_clock, *m_dispatch);
    }
    void setLatency(int ms, double percentRefused = 0)
    {
        write([&](Connection& connection) {
            Account account = *AccountRepository(connection).find(m_account);
            account.settings = {{QStringLiteral("latency_ms"), ms},
                                {QStringLiteral("jitter_ms"), 0},
                                {QStringLiteral("percent_refused"), percentRefused}};
            AccountRepository(connection).save(account);
        });
        m_dispatch->accountChanged(m_account);
    }
    void addContacts(int count, const QString& localPart)
    {
        write([&](Connection& connection) {
            for (int i = 0; i < count; ++i) {
                Contact contact;
                contact.name = localPart;
                if (!localPart.isEmpty())
                    contact.addresses
                        = {{0, 0, email, QStringLiteral("%1+%2@x.example").arg(localPart).arg(i), AddressState::Active}};
                ContactRepository(connection).insert(contact);
            }
        });
    }
    qint64 draft(const CampaignControl& control = {})
    {
        Campaign campaign;
        campaign.name = QStringLiteral("c");
        campaign.topicId = m_topic;
        campaign.audience.everyone = true;
        campaign.control = control;
        return *m_campaigns->save(m_ann, campaign).result();
    }
    static CampaignControl slowly()
    {
        CampaignControl control;
        control.perMinute = slow;
        return control;
    }
    qint64 send(const CampaignControl& control = {})
    {
        const qint64 id = draft(control);
        [&] { QVERIFY(m_campaigns->schedule(m_ann, id, 0).result()); }();
        return id;
    }
    // Dispatch lives in this thread: its answers come while the event loop runs.
    CampaignForecast forecast(qint64 id)
    {
        const Future<CampaignForecast> future = m_campaigns->forecast(id);
        [&] { QTRY_VERIFY_WITH_TIMEOUT(future.isFinished(), patience); }();
        return future.isFinished() && future.result() ? *future.result() : CampaignForecast();
    }
    CampaignSummary summary(qint64 id) { return *m_campaigns->get(id).result(); }
    CampaignState state(qint64 id) { return summary(id).campaign.state; }
    qint64 counted(qint64 id, DeliveryState state) { return summary(id).counts.value(state); }
    // As the rows have it, whatever the operations say.
    QMap<DeliveryState, qint64> rows(qint64 id)
    {
        return *m_store
                    ->read([id](Connection& connection) -> Result<QMap<DeliveryState, qint64>> {
                        return DeliveryRepository(connection).counts(id);
                    })
                    .result();
    }
    QStringList log(const QString& pattern)
    {
        LogFilter filter;
        filter.types = {pattern};
        const QList<LogEntry> entries = *m_deliveries->log(0, filter, 100'000).result();
        QStringList types;
        for (const LogEntry& entry : entries)
            types << entry.type;
        return types;
    }
    // How often something went on the wire after the last entry of this type.
    qsizetype sendingAfter(const QString& type)
    {
        const QList<LogEntry> entries = *m_deliveries->log(0, {}, 1'000'000).result();
        qsizetype count = 0;
        for (const LogEntry& entry : entries)
            count = entry.type == type ? 0 : count + (entry.type == QStringLiteral("delivery.sending") ? 1 : 0);
        return count;
    }

    void open()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_store = std::move(*Store::open(m_folder->filePath(QStringLiteral("w")), m_clock));
        m_cache = std::make_unique<ContentCache>(m_clock);
        m_registry = std::make_unique<ProviderRegistry>();
        QVERIFY(addBuiltInProviders(*m_registry,
                                    {m_clock, std::make_shared<HttpTransport>(), std::make_shared<SimulatorOutbox>(1)})
                    .isEmpty());
        write([&](Connection& connection) {
            Account account;
            account.name = QStringLiteral("Sink");
            account.provider = QStringLiteral("simulator");
            account.channel = email;
            account.settings = {{QStringLiteral("latency_ms"), 1}, {QStringLiteral("jitter_ms"), 0}};
            m_account = AccountRepository(connection).save(account);
            Brand brand;
            brand.name = QStringLiteral("Shop");
            brand.fromAddress = QStringLiteral("shop@x.example");
            Topic topic;
            topic.key = QStringLiteral("news");
            topic.name = QStringLiteral("News");
            topic.uncertainPolicy = UncertainPolicy::Hold;
            topic.brandId = BrandRepository(connection).save(brand);
            m_topic = TopicRepository(connection).save(topic);
            TopicRepository(connection).replaceRoutes(m_topic, {{0, m_topic, m_account, 0, {}}});
            Template mail;
            mail.channel = email;
            mail.parts = {{QStringLiteral("subject"), QStringLiteral("S")}, {QStringLiteral("text"), QStringLiteral("T")}};
            TemplateRepository(connection).replaceForTopic(m_topic, {mail}, {{}, {}, 1});
        });
        startEngine();
    }

    void close()
    {
        m_deliveries.reset();
        m_campaigns.reset();
        m_dispatch.reset();
        m_store.reset();
    }
};

} // namespace carillon
