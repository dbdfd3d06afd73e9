// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/ManualClock.h"
#include "engine/base/Random.h"
#include "engine/content/ContentReader.h"
#include "engine/dispatch/Dispatcher.h"
#include "engine/dispatch/SenderFactory.h"
#include "engine/provider/ProviderRegistry.h"
#include "engine/provider/SimulatorProvider.h"
#include "engine/security/MemoryVault.h"
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
#include "tests/unit/dispatch/ScriptedPlatform.h"

#include <QAbstractEventDispatcher>
#include <QCoreApplication>
#include <QTemporaryDir>
#include <QTest>

namespace carillon {

// A workspace of its own with a dispatcher, platforms that a test scripts (provider "scripted") or simulates ("simulator"),
// and a clock that stands still until the test moves it.
//
//     DispatchFixture f;
//     const qint64 account = f.addAccount({.perSecond = 2});
//     const qint64 campaign = f.addCampaign(f.addTopic({account}), f.addresses(10));
//     f.dispatcher->activate(campaign);
//     f.run(5'000);
//     QCOMPARE(f.count(campaign, DeliveryState::Sent), 10);
class DispatchFixture {
public:
    static constexpr qint64 Start = 1'700'000'000'000;

    ManualClock clock{Start};
    SeededRandom random{1};
    ScriptedPlatform platform{clock};
    QTemporaryDir folder;
    MemoryVault vault;
    ProviderRegistry registry;
    std::unique_ptr<Store> store;
    std::unique_ptr<SenderFactory> factory;
    std::unique_ptr<Dispatcher> dispatcher;

    DispatchFixture()
    {
        store = std::move(*Store::open(folder.filePath(QStringLiteral("w")), clock));
        (void)registry.add(std::make_unique<ScriptedProvider>(platform));
        (void)registry.add(std::make_unique<SimulatorProvider>(clock));
        factory = std::make_unique<SenderFactory>(*store, registry, vault);
        startDispatcher(QStringLiteral("lease"));
    }

    // A new run of the engine; what the old one had in memory is gone as after a crash.
    void startDispatcher(const QString& lease)
    {
        dispatcher = std::make_unique<Dispatcher>(*store, clock, random, *factory, lease,
                                                  [](const Delivery&, const Brand&) { return QString(); });
    }

    template <typename Job>
    auto write(Job job)
    {
        const auto result = store->write(std::move(job)).result();
        if constexpr (!std::is_same_v<decltype(result), const Status>)
            return *result;
    }
    template <typename Job>
    auto read(Job job)
    {
        return store->read(std::move(job)).result().value();
    }

    qint64 addAccount(const AccountLimits& limits = {}, const QString& provider = QStringLiteral("scripted"),
                      const QJsonObject& settings = {})
    {
        Account account;
        account.name = QStringLiteral("Account %1").arg(++m_number);
        account.provider = provider;
        account.channel = QStringLiteral("email");
        account.settings = settings;
        account.limits = limits;
        return write(
            [account](Connection& connection) -> Result<qint64> { return AccountRepository(connection).save(account); });
    }

    // With a mail and a route to each account, in this order.
    qint64 addTopic(const QList<qint64>& accounts, Topic topic = {})
    {
        topic.key = QStringLiteral("topic%1").arg(++m_number);
        return write([accounts, topic](Connection& connection) mutable -> Result<qint64> {
            Brand brand;
            brand.name = topic.key;
            brand.fromAddress = QStringLiteral("news@example.org");
            topic.brandId = BrandRepository(connection).save(brand);
            const qint64 id = TopicRepository(connection).save(topic);
            QList<Route> routes;
            for (const qint64 account : accounts)
                routes << Route{0, id, account, int(routes.size()), {}};
            TopicRepository(connection).replaceRoutes(id, routes);
            Template mail;
            mail.channel = QStringLiteral("email");
            mail.parts
                = {{QStringLiteral("subject"), QStringLiteral("Hello")}, {QStringLiteral("text"), QStringLiteral("Hi")}};
            TemplateRepository(connection).replaceForTopic(id, {mail}, {{}, {}, 1});
            return id;
        });
    }

    // A campaign that is sending, with a queued delivery to each address through the topic's first route.
    qint64 addCampaign(qint64 topicId, const QStringList& addresses, const CampaignControl& control = {})
    {
        const QString name = QStringLiteral("Campaign %1").arg(++m_number);
        return write([=, now = clock.now()](Connection& connection) -> Result<qint64> {
            Campaign campaign;
            campaign.name = name;
            campaign.topicId = topicId;
            campaign.control = control;
            campaign.createdAt = now;
            CampaignRepository campaigns(connection);
            campaign.id = campaigns.save(campaign);
            pinContent(connection, campaign);
            const Route route = TopicRepository(connection).routes(topicId).first();
            for (const QString& address : addresses) {
                Delivery delivery;
                delivery.campaignId = campaign.id;
                delivery.topicId = topicId;
                delivery.contactId = addContact(connection, address);
                delivery.accountId = route.accountId;
                delivery.route = route.position;
                delivery.channel = QStringLiteral("email");
                delivery.address = address;
                delivery.dueAt = delivery.createdAt = now;
                DeliveryRepository(connection).insertQueued(delivery, QStringLiteral("test"));
            }
            for (const CampaignVerb verb :
                 {CampaignVerb::Schedule, CampaignVerb::StartPlanning, CampaignVerb::StartSending}) {
                if (const Result<Campaign> changed = campaigns.change(campaign.id, verb, QStringLiteral("test"), now);
                    !changed)
                    return fail(changed.error());
            }
            return campaign.id;
        });
    }

    static QStringList addresses(int count, const QString& domain = QStringLiteral("example.org"))
    {
        QStringList list;
        for (int i = 0; i < count; ++i)
            list << QStringLiteral("p%1@%2").arg(i).arg(domain);
        return list;
    }

    QList<Delivery> deliveries(qint64 campaignId)
    {
        return read([campaignId](Connection& connection) -> Result<QList<Delivery>> {
            DeliveryFilter filter;
            filter.campaignId = campaignId;
            QList<Delivery> all = DeliveryRepository(connection).page(filter, 0, 1'000'000);
            std::reverse(all.begin(), all.end());
            return all;
        });
    }
    qint64 count(qint64 campaignId, DeliveryState state)
    {
        return read([campaignId](Connection& connection) -> Result<QMap<DeliveryState, qint64>> {
                   return DeliveryRepository(connection).counts(campaignId);
               })
            .value(state);
    }
    // The types of the log entries of a delivery, oldest first.
    QStringList history(qint64 deliveryId)
    {
        QStringList types;
        for (const LogEntry& entry : log(deliveryId))
            types << entry.type;
        return types;
    }
    QList<LogEntry> log(qint64 deliveryId)
    {
        return read([deliveryId](Connection& connection) -> Result<QList<LogEntry>> {
            return LogRepository(connection).ofDelivery(deliveryId, 1'000);
        });
    }

    // Everything that can happen at this moment does: whoever waits for the database has its answer. Each pass of the
    // event loop takes what was posted before it, so there are as many as it needs, however slow the machine is.
    void settle()
    {
        QAbstractEventDispatcher* events = QAbstractEventDispatcher::instance();
        bool hadSome = true;
        while (hadSome || isWaiting()) {
            hadSome = events->processEvents(hadSome ? QEventLoop::AllEvents : QEventLoop::WaitForMoreEvents);
            QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
        }
    }

    // Lets time pass, from one thing that is due to the next.
    void run(qint64 ms)
    {
        const qint64 end = clock.steady() + ms;
        settle();
        for (qint64 next = clock.untilNext(); next >= 0 && clock.steady() + next <= end; next = clock.untilNext()) {
            clock.advance(next);
            settle();
        }
        clock.advance(end - clock.steady());
    }

private:
    // Every future that whenReady() waits for is such a child.
    bool isWaiting() const
    {
        return !dispatcher->findChildren<QFutureWatcherBase*>().isEmpty()
            || !factory->findChildren<QFutureWatcherBase*>().isEmpty();
    }

    static qint64 addContact(Connection& connection, const QString& address)
    {
        Contact contact;
        contact.name = address;
        contact.addresses = {{0, 0, QStringLiteral("email"), address, AddressState::Active}};
        return ContactRepository(connection).insert(contact);
    }

    int m_number = 0;
};

} // namespace carillon
