// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Json.h"
#include "engine/base/ManualClock.h"
#include "engine/base/Random.h"
#include "engine/content/ContentCache.h"
#include "engine/dispatch/Dispatch.h"
#include "engine/provider/BuiltInProviders.h"
#include "engine/provider/ProviderRegistry.h"
#include "engine/security/MemoryVault.h"
#include "engine/service/CampaignService.h"
#include "engine/service/DeliveryService.h"
#include "engine/service/TopicService.h"
#include "engine/service/TriggerService.h"
#include "engine/store/AccountRepository.h"
#include "engine/store/Connection.h"
#include "engine/store/ContactRepository.h"
#include "engine/store/DeliveryRepository.h"
#include "engine/store/Store.h"

#include <QDeadlineTimer>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

namespace carillon {

// A workspace that sends to simulated accounts, with a clock that the test moves.
struct SendingRoom {
    QTemporaryDir folder;
    ManualClock clock{1'750'000'000'000};
    SystemRandom random;
    MemoryVault vault;
    ProviderRegistry registry;
    std::shared_ptr<SimulatorOutbox> outbox = std::make_shared<SimulatorOutbox>(1'000);
    std::unique_ptr<ContentCache> cache = std::make_unique<ContentCache>(clock);
    std::unique_ptr<Store> store;
    std::unique_ptr<Dispatch> dispatch;
    std::unique_ptr<TopicService> topics;
    std::unique_ptr<CampaignService> campaigns;
    std::unique_ptr<DeliveryService> deliveries;
    std::unique_ptr<TriggerService> triggers;
    const Caller ann{QStringLiteral("window:ann"), Role::Administrator};
    int run = 0;

    // `receipts`: where simulated accounts tell what became of messages; empty: they tell nothing.
    explicit SendingRoom(const HttpTransport::Options& http = {}, const ReceiptSink& receipts = {})
    {
        (void)addBuiltInProviders(
            registry,
            {.clock = clock, .http = std::make_shared<HttpTransport>(http), .outbox = outbox, .receipts = receipts});
        open();
    }
    ~SendingRoom() { close(); }

    void open()
    {
        store = std::move(*Store::open(folder.filePath(QStringLiteral("w")), clock));
        dispatch = std::make_unique<Dispatch>(*store, clock, random, registry, vault,
                                              QStringLiteral("run") + QString::number(++run),
                                              [](const Delivery&, const Brand&) { return QString(); });
        topics = std::make_unique<TopicService>(*store, clock);
        campaigns = std::make_unique<CampaignService>(*store, clock, *dispatch, *cache);
        deliveries = std::make_unique<DeliveryService>(*store, clock, *dispatch);
        triggers = std::make_unique<TriggerService>(*store, clock, *dispatch, *cache);
    }
    // As an engine ends that is asked to; what a dead one leaves is made by not calling stop().
    void close()
    {
        const Future<void> stopped = dispatch->stop();
        while (!stopped.isFinished())
            pass(10);
        dispatch.reset();
        store.reset();
    }

    template <typename Work>
    auto write(Work work)
    {
        return *store->write([&](Connection& connection) -> Result<decltype(work(connection))> { return work(connection); })
                    .result();
    }

    // Lets time pass, and whatever happens in it happen. A slow disk takes none of this time: what is being written is
    // waited for.
    void pass(qint64 ms)
    {
        clock.advance(ms);
        if (store)
            write([](Connection&) { return 0; });
        QTest::qWait(1);
    }
    // Waits for something that needs `withinMs` of the clock at the most; then for the machine, which may be slow, while
    // the clock goes on by little.
    template <typename Condition>
    bool until(const Condition& condition, qint64 withinMs = 5'000)
    {
        const qint64 step = qMax<qint64>(10, withinMs / 500);
        for (qint64 passed = 0; passed < withinMs; passed += step) {
            if (condition())
                return true;
            pass(step);
        }
        for (QDeadlineTimer machine(10'000); !machine.hasExpired() && !condition();)
            pass(1);
        return condition();
    }

    qint64 account(const QString& name, const QString& channel)
    {
        Account account;
        account.name = name;
        account.provider = QStringLiteral("simulator");
        account.channel = channel;
        account.settings = {{QStringLiteral("latency_ms"), 1}, {QStringLiteral("jitter_ms"), 0}};
        return write([&](Connection& connection) { return AccountRepository(connection).save(account); });
    }
    // Of one template for each of the accounts' channels; {{ data.word }} is in each.
    qint64 topic(const QString& key, const QList<QPair<qint64, QString>>& accounts, const DispatchRules& rules = {})
    {
        Brand brand;
        brand.name = key;
        brand.fromAddress = QStringLiteral("shop@shop.example");
        TopicDetail detail;
        detail.topic.key = key;
        detail.topic.name = key;
        detail.topic.brandId = *topics->saveBrand(ann, brand).result();
        detail.topic.rules = rules;
        for (const auto& [id, channel] : accounts) {
            Template text;
            text.channel = channel;
            text.parts = {{QStringLiteral("text"), QStringLiteral("word: {{ data.word }}")}};
            if (channel == QStringLiteral("email"))
                text.parts.insert(QStringLiteral("subject"), QStringLiteral("S"));
            detail.templates << text;
            detail.routes << Route{0, 0, id, int(detail.routes.size()), {}};
        }
        const Result<qint64> saved = topics->save(ann, detail).result();
        if (!saved)
            qFatal("%s", qPrintable(saved.error().message));
        return *saved;
    }
    qint64 contact(const QString& externalId, const QList<QPair<QString, QString>>& addresses)
    {
        Contact contact;
        contact.externalId = externalId;
        contact.name = externalId;
        for (const auto& [channel, value] : addresses)
            contact.addresses << Address{0, 0, channel, value, AddressState::Active};
        return write([&](Connection& connection) { return ContactRepository(connection).insert(contact); });
    }
    Result<TriggerAnswer> trigger(const QByteArray& json, const QString& actor = QStringLiteral("token:shop"))
    {
        const Result<TriggerRequest> request = TriggerService::parse(QJsonDocument::fromJson(json).object());
        if (!request)
            return fail(request.error());
        return triggers->trigger({actor, Role::Operator}, *request).result();
    }
    Delivery delivery(qint64 id)
    {
        return write([&](Connection& connection) { return DeliveryRepository(connection).find(id).value_or(Delivery()); });
    }
    QList<Delivery> all()
    {
        return write([&](Connection& connection) {
            QList<Delivery> list = DeliveryRepository(connection).page({}, 0, 1'000);
            std::reverse(list.begin(), list.end());
            return list;
        });
    }
    QList<Delivery> on(const QString& channel)
    {
        QList<Delivery> found = all();
        found.removeIf([&](const Delivery& delivery) { return delivery.channel != channel; });
        return found;
    }
    bool areAll(const QString& channel, DeliveryState state, qsizetype count)
    {
        const QList<Delivery> found = on(channel);
        return found.size() == count
            && std::all_of(found.begin(), found.end(), [&](const Delivery& delivery) { return delivery.state == state; });
    }
    bool isSent(qint64 id) { return delivery(id).state == DeliveryState::Sent; }
};

} // namespace carillon
