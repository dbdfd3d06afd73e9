// SPDX-License-Identifier: GPL-3.0-or-later
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

using namespace carillon;

namespace {

const QString email = QStringLiteral("email");
constexpr int patience = 60'000;
// Fifty a second: the end is far, however slow the machine is.
constexpr double slow = 3'000;

} // namespace

// What an operator does to campaigns and deliveries, through the operations and a dispatcher that sends to the simulator.
// What was sent when is read from the log: its order is the truth, however slow the machine is.
class ControlTest : public QObject {
    Q_OBJECT

private:
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

private Q_SLOTS:
    void init()
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

    void cleanup()
    {
        m_deliveries.reset();
        m_campaigns.reset();
        m_dispatch.reset();
        m_store.reset();
    }

    // Held, or made to look only: an operation writes what it does, and nothing begins.
    void nothingBeginsInAnEngineThatWasNotStarted()
    {
        addContacts(10, QStringLiteral("p"));
        makeEngine();
        const qint64 now = send();
        const qint64 paused = send();
        QVERIFY(m_campaigns->pause(m_ann, paused).result());
        QVERIFY(m_campaigns->resume(m_ann, paused).result());
        QTest::qWait(200);
        QVERIFY(rows(now).isEmpty());
        QVERIFY(rows(paused).isEmpty());
        QCOMPARE(state(now), CampaignState::Scheduled);
        m_dispatch->start();
        QTRY_COMPARE_WITH_TIMEOUT(state(now), CampaignState::Finished, patience);
        QTRY_COMPARE_WITH_TIMEOUT(state(paused), CampaignState::Finished, patience);
    }

    void nothingGoesOnTheWireAfterAPause()
    {
        addContacts(1'500, QStringLiteral("p"));
        setLatency(50);
        const qint64 id = send(slowly());
        QTRY_VERIFY_WITH_TIMEOUT(counted(id, DeliveryState::Sent) > 0, patience);
        QVERIFY(m_campaigns->pause(m_ann, id).result());
        QTRY_COMPARE_WITH_TIMEOUT(counted(id, DeliveryState::Sending), 0, patience); // what was in flight is answered
        QCOMPARE(sendingAfter(QStringLiteral("campaign.paused")), 0);
        const CampaignForecast paused = forecast(id);
        QCOMPARE(paused.remaining, counted(id, DeliveryState::Queued));
        QVERIFY(!paused.limitedBy.isEmpty());
        setLatency(1);
        QVERIFY(m_campaigns->setThrottle(m_ann, id, 0).result());
        QVERIFY(m_campaigns->resume(m_ann, id).result());
        QTRY_COMPARE_WITH_TIMEOUT(state(id), CampaignState::Finished, patience);
        QCOMPARE(counted(id, DeliveryState::Sent), 1'500);
    }

    void whatIsCancelledCountsSoAtOnceAndIsSwept()
    {
        addContacts(1'500, QStringLiteral("p"));
        setLatency(50);
        const qint64 id = send(slowly());
        QTRY_VERIFY_WITH_TIMEOUT(counted(id, DeliveryState::Sent) > 0, patience);
        QVERIFY(m_campaigns->cancel(m_ann, id).result());
        QCOMPARE(counted(id, DeliveryState::Queued), 0);
        DeliveryQuery query;
        query.campaignId = id;
        const Page<DeliveryRow> page = *m_deliveries->page(query, {0, 1'000}).result();
        for (const DeliveryRow& row : page.rows)
            QVERIFY(row.delivery.state != DeliveryState::Queued);
        QTRY_COMPARE_WITH_TIMEOUT(rows(id).value(DeliveryState::Queued) + rows(id).value(DeliveryState::Sending), 0,
                                  patience);
        QCOMPARE(sendingAfter(QStringLiteral("campaign.cancelled")), 0);
        QCOMPARE(summary(id).total, 1'500);
        QVERIFY(counted(id, DeliveryState::Cancelled) > 0);
    }

    void undoLeavesADraft()
    {
        addContacts(1, QStringLiteral("p"));
        const qint64 id = draft();
        QVERIFY(m_campaigns->schedule(m_ann, id, m_clock.now() + 3'600'000).result());
        QVERIFY(forecast(id).opensAt > m_clock.now());
        QVERIFY(m_campaigns->unschedule(m_ann, id).result());
        QCOMPARE(state(id), CampaignState::Draft);
    }

    void aCanaryThatPassesLetsTheRestGo()
    {
        addContacts(300, QStringLiteral("p"));
        CampaignControl control;
        control.canary.count = 20;
        const qint64 id = send(control);
        QTRY_COMPARE_WITH_TIMEOUT(state(id), CampaignState::Finished, patience);
        QCOMPARE(summary(id).campaign.canary, CanaryState::Passed);
        QCOMPARE(counted(id, DeliveryState::Sent), 300);
        QCOMPARE(log(QStringLiteral("campaign.canary_*")), QStringList{QStringLiteral("campaign.canary_passed")});
        // Not more than the first ones had gone out when it was decided.
        qint64 sending = 0;
        const QList<LogEntry> entries = *m_deliveries->log(0, {}, 1'000'000).result();
        for (const LogEntry& entry : entries) {
            sending += entry.type == QStringLiteral("delivery.sending") ? entry.data.value(u"count").toInteger(1) : 0;
            if (entry.type == QStringLiteral("campaign.canary_passed"))
                break;
        }
        QCOMPARE(sending, 20);
    }

    void aCanaryThatFailsStopsTheRestUntilSomebodyLetsItGo()
    {
        addContacts(300, QStringLiteral("p"));
        setLatency(1, 100);
        CampaignControl control;
        control.canary.percent = 10;
        const qint64 id = send(control);
        QTRY_COMPARE_WITH_TIMEOUT(state(id), CampaignState::Paused, patience);
        const Campaign stopped = summary(id).campaign;
        QCOMPARE(stopped.pauseReason, PauseReason::Canary);
        QCOMPARE(stopped.canary, CanaryState::Failed);
        QTRY_COMPARE_WITH_TIMEOUT(rows(id).value(DeliveryState::Sending), 0, patience);
        QVERIFY(counted(id, DeliveryState::Failed) <= 30);
        QCOMPARE(counted(id, DeliveryState::Sent), 0);
        setLatency(1);
        QVERIFY(m_campaigns->resume(m_ann, id).result());
        QCOMPARE(summary(id).campaign.canary, CanaryState::Passed);
        QTRY_COMPARE_WITH_TIMEOUT(state(id), CampaignState::Finished, patience);
        QVERIFY(counted(id, DeliveryState::Sent) >= 270);
        QCOMPARE(log(QStringLiteral("campaign.canary_*")),
                 (QStringList{QStringLiteral("campaign.canary_failed"), QStringLiteral("campaign.canary_passed")}));
    }

    void aCanaryThatIsTheWholeCampaignEndsIt()
    {
        addContacts(5, QStringLiteral("refuse"));
        CampaignControl control;
        control.canary.percent = 100;
        const qint64 id = send(control);
        QTRY_COMPARE_WITH_TIMEOUT(state(id), CampaignState::Finished, patience);
        QCOMPARE(summary(id).campaign.canary, CanaryState::Failed);
    }

    void aCanaryIsJudgedAfterACrash()
    {
        addContacts(100, QStringLiteral("p"));
        setLatency(60'000);
        CampaignControl control;
        control.canary.count = 10;
        const qint64 id = send(control);
        QTRY_COMPARE_WITH_TIMEOUT(rows(id).value(DeliveryState::Sending), 10, patience);
        setLatency(1);
        startEngine(); // the ten are uncertain now
        QTRY_COMPARE_WITH_TIMEOUT(state(id), CampaignState::Paused, patience);
        QCOMPARE(counted(id, DeliveryState::Uncertain), 10);
        QCOMPARE(counted(id, DeliveryState::Queued), 90);
    }

    void theThrottleIsKeptAndLogged()
    {
        addContacts(1, QStringLiteral("p"));
        const qint64 id = draft();
        QVERIFY(m_campaigns->setThrottle(m_ann, id, 600).result());
        QCOMPARE(summary(id).campaign.control.perMinute, 600.0);
        QCOMPARE(log(QStringLiteral("campaign.throttle_changed")).size(), 1);
        QCOMPARE(m_campaigns->setThrottle(m_ann, id, -1).result().error().code, ErrorCode::InvalidInput);
        QCOMPARE(m_campaigns->setThrottle(m_ann, id, qQNaN()).result().error().code, ErrorCode::InvalidInput);
        QCOMPARE(m_campaigns->setThrottle({{}, Role::Viewer}, id, 1).result().error().code, ErrorCode::Forbidden);
        QCOMPARE(m_campaigns->setThrottle(m_ann, id + 1, 1).result().error().code, ErrorCode::NotFound);
        QVERIFY(m_campaigns->setThrottle(m_ann, id, 0).result());
        QVERIFY(m_campaigns->schedule(m_ann, id, 0).result());
        QTRY_COMPARE_WITH_TIMEOUT(state(id), CampaignState::Finished, patience);
        QCOMPARE(m_campaigns->setThrottle(m_ann, id, 1).result().error().code, ErrorCode::Conflict);
        const CampaignForecast over = forecast(id);
        QCOMPARE(over.remaining, 0);
        QCOMPARE(over.endsAt, 0);
    }

    void theMissedGetADraftOfTheirOwn()
    {
        addContacts(6, QStringLiteral("p"));
        addContacts(3, QStringLiteral("refuse"));
        addContacts(2, QStringLiteral("bounce"));
        addContacts(4, {});
        const qint64 first = send();
        QTRY_COMPARE_WITH_TIMEOUT(state(first), CampaignState::Finished, patience);
        const QList<MissedGroup> groups = *m_campaigns->missed(first).result();
        QCOMPARE(groups.size(), 3);
        QCOMPARE(groups[0].state, DeliveryState::Failed);
        QCOMPARE(groups[0].contacts, 3);
        QCOMPARE(groups[1].state, DeliveryState::Bounced);
        QCOMPARE(groups[1].contacts, 2);
        QCOMPARE(groups[2].reason, LeftOutReason::NoAddress);
        QCOMPARE(groups[2].contacts, 4);

        const MissedAudience missed{first, {DeliveryState::Failed}, {LeftOutReason::NoAddress}};
        const qint64 second = *m_campaigns->sendToMissed(m_ann, missed).result();
        const Campaign made = summary(second).campaign;
        QCOMPARE(made.state, CampaignState::Draft);
        QCOMPARE(made.origin.missedOf, first);
        QCOMPARE(made.audience.missed, missed);
        const DryRun run = *m_campaigns->dryRun(made).result();
        QCOMPARE(run.audience, 7);
        QCOMPARE(run.willSend, 3);
        QCOMPARE(run.leftOut.first().count, 4);
        QVERIFY(m_campaigns->schedule(m_ann, second, 0).result());
        QTRY_COMPARE_WITH_TIMEOUT(state(second), CampaignState::Finished, patience);
        QCOMPARE(summary(second).total, 3);
        QCOMPARE(summary(second).leftOut, 4);

        QCOMPARE(m_campaigns->sendToMissed(m_ann, {first, {}, {}}).result().error().code, ErrorCode::InvalidInput);
        QCOMPARE(m_campaigns->sendToMissed(m_ann, {first, {DeliveryState::Sent}, {}}).result().error().code,
                 ErrorCode::InvalidInput);
        QCOMPARE(m_campaigns->sendToMissed(m_ann, {first, {DeliveryState::Expired}, {}}).result().error().code,
                 ErrorCode::Conflict);
        QCOMPARE(m_campaigns->sendToMissed(m_ann, {99, {DeliveryState::Failed}, {}}).result().error().code,
                 ErrorCode::NotFound);
    }

    void aSelectionByFilterIsRetriedToTheLast()
    {
        addContacts(450, QStringLiteral("refuse")); // several pages
        addContacts(1, QStringLiteral("p"));
        const qint64 id = send();
        QTRY_COMPARE_WITH_TIMEOUT(state(id), CampaignState::Finished, patience);
        DeliveryQuery query;
        query.campaignId = id;
        const Result<qint64> retried = m_deliveries->retryFailed(m_ann, {{}, query}).result();
        QCOMPARE(retried.value(), 450); // each once, though they fail again at once
        QCOMPARE(log(QStringLiteral("campaign.reopened")).size(), 1);
        QTRY_COMPARE_WITH_TIMEOUT(state(id), CampaignState::Finished, patience);
        QCOMPARE(counted(id, DeliveryState::Failed), 450);
        query.states = {DeliveryState::Sent};
        QCOMPARE(m_deliveries->retryFailed(m_ann, {{}, query}).result().value(), 0);
        QCOMPARE(m_deliveries->retryFailed({{}, Role::Viewer}, {{}, query}).result().error().code, ErrorCode::Forbidden);
    }

    void waitingDeliveriesAreCancelledByHand()
    {
        addContacts(600, QStringLiteral("p"));
        setLatency(60'000);
        const qint64 id = send(slowly());
        QTRY_VERIFY_WITH_TIMEOUT(rows(id).value(DeliveryState::Sending) > 0, patience);
        QVERIFY(m_campaigns->pause(m_ann, id).result());
        DeliveryQuery query;
        query.campaignId = id;
        const qint64 waiting = rows(id).value(DeliveryState::Queued);
        QVERIFY(waiting > 0);
        QCOMPARE(m_deliveries->cancelWaiting(m_ann, {{}, query}).result().value(), waiting);
        QCOMPARE(rows(id).value(DeliveryState::Cancelled), waiting);
        // The rest becomes uncertain by a crash, and is settled: one again, the others as sent.
        startEngine();
        QTRY_COMPARE_WITH_TIMEOUT(rows(id).value(DeliveryState::Sending), 0, patience);
        const qint64 uncertain = rows(id).value(DeliveryState::Uncertain);
        query.states = {DeliveryState::Uncertain};
        const Delivery one = m_deliveries->page(query, {0, 1}).result()->rows.first().delivery;
        QCOMPARE(m_deliveries->settleUncertain(m_ann, {{one.id}, {}}, UncertainDecision::Resend).result().value(), 1);
        QCOMPARE(m_deliveries->settleUncertain(m_ann, {{}, query}, UncertainDecision::AcceptAsSent).result().value(),
                 uncertain - 1);
        QCOMPARE(rows(id).value(DeliveryState::Retrying), 1);
        setLatency(1);
        QVERIFY(m_campaigns->resume(m_ann, id).result());
        QTRY_COMPARE_WITH_TIMEOUT(state(id), CampaignState::Finished, patience);
        QCOMPARE(rows(id).value(DeliveryState::Sent), uncertain);
    }

    void nothingOfACancelledCampaignIsRetried()
    {
        addContacts(3, QStringLiteral("refuse"));
        addContacts(600, QStringLiteral("p"));
        setLatency(60'000);
        const qint64 id = send(slowly());
        QTRY_VERIFY_WITH_TIMEOUT(rows(id).value(DeliveryState::Sending) > 0, patience);
        QVERIFY(m_campaigns->cancel(m_ann, id).result());
        startEngine();
        QTRY_COMPARE_WITH_TIMEOUT(rows(id).value(DeliveryState::Sending), 0, patience);
        DeliveryQuery query;
        query.campaignId = id;
        QCOMPARE(m_deliveries->settleUncertain(m_ann, {{}, query}, UncertainDecision::Resend).result().value(), 0);
        QTRY_COMPARE_WITH_TIMEOUT(rows(id).value(DeliveryState::Queued), 0, patience); // the sweep goes on after a crash
    }
};

QTEST_GUILESS_MAIN(ControlTest)
#include "ControlTest.moc"
