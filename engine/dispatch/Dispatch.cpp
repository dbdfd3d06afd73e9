// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/dispatch/Dispatch.h"

#include "engine/base/Clock.h"
#include "engine/dispatch/Recovery.h"
#include "engine/store/Store.h"

namespace carillon {

namespace {

constexpr qint64 longestStopMs = 5'000;
constexpr qint64 recoverAgainMs = 1'000;

template <typename T>
using Promise = std::shared_ptr<QPromise<Result<T>>>;

template <typename T>
void finish(const Promise<T>& promise, Result<T> result)
{
    if (promise->future().isFinished())
        return;
    promise->addResult(std::move(result));
    promise->finish();
}

} // namespace

Dispatch::Dispatch(Store& store, Clock& clock, Random& random, const ProviderRegistry& registry, Vault& vault,
                   const QString& lease, UnsubscribeLink unsubscribeLink, QObject* parent)
    : QObject(parent)
    , m_store(store)
    , m_clock(clock)
    , m_recorder(store, clock)
    , m_lease(lease)
    , m_unsubscribeLink(std::move(unsubscribeLink))
    , m_factory(store, registry, vault)
    , m_dispatcher(store, clock, random, m_factory, lease, m_unsubscribeLink)
    , m_runner(store, clock, m_dispatcher)
{
    // Children follow their parent into the engine's thread.
    m_factory.setParent(this);
    m_dispatcher.setParent(this);
    m_runner.setParent(this);
    connect(&m_dispatcher, &Dispatcher::problemChanged, this, &Dispatch::problemChanged);
}

void Dispatch::start()
{
    m_sending = true; // recovery leaves alone what is under our own lease
    whenReady(recoverDeliveries(m_store, m_recorder, m_lease), this, [this](const Result<qint64>& uncertain) {
        if (uncertain) {
            m_recovered = true;
            m_dispatcher.activateTriggers();
            m_runner.start();
        } else // nothing may be claimed before: a delivery could go out twice
            m_clock.after(recoverAgainMs, this, [this] { start(); });
    });
}

void Dispatch::campaignChanged(qint64 campaignId)
{
    QMetaObject::invokeMethod(
        this,
        [this, campaignId] {
            if (m_recovered)
                m_runner.look(campaignId);
        },
        Qt::QueuedConnection);
}

void Dispatch::accountChanged(qint64 accountId)
{
    QMetaObject::invokeMethod(
        this,
        [this, accountId] {
            m_checks.remove(accountId);
            m_dispatcher.reloadAccount(accountId);
        },
        Qt::QueuedConnection);
}

void Dispatch::triggered(qint64)
{
    QMetaObject::invokeMethod(
        this,
        [this] {
            if (m_recovered)
                m_dispatcher.activateTriggers();
        },
        Qt::QueuedConnection);
}

QString Dispatch::urgentLease() const
{
    return m_sending ? m_lease : QString();
}

void Dispatch::sendNow(const TriggeredBatch& batch)
{
    QMetaObject::invokeMethod(
        this, [this, batch] { m_dispatcher.sendNow(batch); }, Qt::QueuedConnection);
}

template <typename T, typename Work>
Future<T> Dispatch::inEngineThread(Work work)
{
    auto promise = std::make_shared<QPromise<Result<T>>>();
    promise->start();
    QMetaObject::invokeMethod(
        this, [promise, work = std::move(work)] { work(promise); }, Qt::QueuedConnection);
    return promise->future();
}

Future<QHash<qint64, AccountCondition>> Dispatch::conditions()
{
    using Conditions = QHash<qint64, AccountCondition>;
    return inEngineThread<Conditions>(
        [this](const Promise<Conditions>& promise) { finish<Conditions>(promise, conditionsNow()); });
}

// What was sent since has answered for a check that failed.
QHash<qint64, AccountCondition> Dispatch::conditionsNow()
{
    QHash<qint64, AccountCondition> conditions = m_dispatcher.conditions();
    for (auto check = m_checks.cbegin(); check != m_checks.cend(); ++check) {
        if (!conditions.contains(check.key()))
            conditions[check.key()].state = QStringLiteral("starting");
        AccountCondition& condition = conditions[check.key()];
        condition.checkedAt = check->at;
        if (condition.lastSentAt < check->at)
            condition.checkError = check->error;
    }
    return conditions;
}

void Dispatch::noteCheck(qint64 accountId, const QString& error)
{
    m_checks.insert(accountId, {m_clock.now(), error});
}

// Refused, too early or too fast: the platform is there, and its answer is about this one message.
void Dispatch::noteTestSend(qint64 accountId, const Outcome& outcome)
{
    if (outcome.kind == OutcomeKind::Sent)
        noteCheck(accountId, {});
    else if (outcome.kind == OutcomeKind::ProviderDown)
        noteCheck(accountId, outcome.reason);
}

Future<QHash<qint64, CampaignFlow>> Dispatch::flows()
{
    using Flows = QHash<qint64, CampaignFlow>;
    return inEngineThread<Flows>([this](const Promise<Flows>& promise) { finish<Flows>(promise, m_dispatcher.flows()); });
}

Future<void> Dispatch::stop()
{
    m_sending = false;
    return inEngineThread<void>([this](const Promise<void>& promise) {
        connect(&m_dispatcher, &Dispatcher::stopped, this, [promise] { finish<void>(promise, {}); });
        m_clock.after(longestStopMs, this, [promise] { finish<void>(promise, {}); });
        // The writer has its order: once this is answered, all that was committed under our lease has come to sendNow().
        whenReady(m_store.write([](Connection&) -> Status { return {}; }), this,
                  [this](const Status&) { m_dispatcher.stop(); });
    });
}

Future<QString> Dispatch::probe(qint64 accountId)
{
    return inEngineThread<QString>([this, accountId](const Promise<QString>& promise) {
        m_factory.make(accountId, true, this, [=, this](const Result<std::shared_ptr<ReadyAccount>>& ready) {
            if (!ready) {
                noteCheck(accountId, ready.error().message);
                return finish<QString>(promise, fail(ready.error()));
            }
            Sender* sender = (*ready)->sender.release();
            sender->setParent(this);
            connect(sender, &Sender::probed, this, [=, this](const ProbeResult& result) {
                noteCheck(accountId, result.ok ? QString() : result.error.message);
                finish<QString>(promise, result.ok ? Result<QString>(result.detail) : fail(result.error));
                sender->deleteLater();
            });
            sender->probe();
        });
    });
}

Future<Outcome> Dispatch::sendOnce(qint64 accountId, const Message& message)
{
    return inEngineThread<Outcome>([this, accountId, message](const Promise<Outcome>& promise) {
        m_factory.make(accountId, true, this, [=, this](const Result<std::shared_ptr<ReadyAccount>>& ready) {
            if (!ready) {
                noteCheck(accountId, ready.error().message);
                return finish<Outcome>(promise, fail(ready.error()));
            }
            Sender* sender = (*ready)->sender.release();
            sender->setParent(this);
            connect(sender, &Sender::outcomes, this, [=, this](const QList<Outcome>& outcomes) {
                noteTestSend(accountId, outcomes.first());
                finish<Outcome>(promise, outcomes.first());
                sender->deleteLater();
            });
            sender->send({message});
        });
    });
}

} // namespace carillon
