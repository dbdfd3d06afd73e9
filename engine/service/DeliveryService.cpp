// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/service/DeliveryService.h"

#include "engine/base/Clock.h"
#include "engine/dispatch/Dispatch.h"
#include "engine/model/Engagement.h"
#include "engine/model/Names.h"
#include "engine/service/Audit.h"
#include "engine/service/HandChange.h"
#include "engine/store/AccountRepository.h"
#include "engine/store/BrandRepository.h"
#include "engine/store/CampaignRepository.h"
#include "engine/store/ContactRepository.h"
#include "engine/store/EngagementRepository.h"
#include "engine/store/LogRepository.h"
#include "engine/store/Store.h"
#include "engine/store/TopicRepository.h"

#include <QCoreApplication>
#include <QSet>

namespace carillon {

namespace {

constexpr int maxRows = 1000;
constexpr int maxLogOfDelivery = 500;

QString tr(const char* text)
{
    return QCoreApplication::translate("DeliveryService", text);
}

bool isWaiting(DeliveryState state)
{
    return state == DeliveryState::Queued || state == DeliveryState::Retrying;
}

// Adds names to deliveries, reading each thing once.
class Naming {
public:
    explicit Naming(Connection& connection)
        : m_connection(connection)
    {
    }

    DeliveryRow row(const Delivery& delivery)
    {
        DeliveryRow row;
        row.delivery = delivery;
        row.contactName = named(m_contacts, delivery.contactId, [&](qint64 id) {
            const auto contact = ContactRepository(m_connection).find(id);
            return contact ? contact->name : QString();
        });
        row.campaignName = named(m_campaigns, delivery.campaignId, [&](qint64 id) {
            const auto campaign = CampaignRepository(m_connection).find(id);
            if (campaign && campaign->state == CampaignState::Cancelled)
                m_cancelled.insert(id);
            return campaign ? campaign->name : QString();
        });
        if (m_cancelled.contains(delivery.campaignId) && isWaiting(delivery.state))
            row.delivery.state = DeliveryState::Cancelled; // it will not go out, though its row is still to be written
        row.topicKey = named(m_topics, delivery.topicId, [&](qint64 id) {
            const auto topic = TopicRepository(m_connection).find(id);
            return topic ? topic->key : QString();
        });
        row.accountName = named(m_accounts, delivery.accountId, [&](qint64 id) {
            const auto account = AccountRepository(m_connection).find(id);
            return account ? account->name : QString();
        });
        return row;
    }

private:
    template <typename Find>
    static QString named(QHash<qint64, QString>& known, qint64 id, const Find& find)
    {
        if (id == 0)
            return {};
        const auto found = known.constFind(id);
        return found != known.cend() ? *found : *known.insert(id, find(id));
    }

    Connection& m_connection;
    QHash<qint64, QString> m_contacts;
    QHash<qint64, QString> m_campaigns;
    QSet<qint64> m_cancelled; // campaigns
    QHash<qint64, QString> m_topics;
    QHash<qint64, QString> m_accounts;
};

// The from-address of a topic's mails; empty when the topic is gone.
QString senderOf(Connection& connection, qint64 topicId)
{
    const std::optional<Topic> topic = TopicRepository(connection).find(topicId);
    const std::optional<Brand> brand = topic ? BrandRepository(connection).find(topic->brandId) : std::nullopt;
    return brand ? brand->fromAddress : QString();
}

DeliveryFilter filterOf(const DeliveryQuery& query)
{
    return {query.text.trimmed(), query.states,    query.channel,  query.campaignId,
            query.accountId,      query.contactId, query.triggerId};
}

Result<qint64> parseId(const QString& key, const QString& value)
{
    bool ok = false;
    const qint64 id = value.toLongLong(&ok);
    if (!ok || id <= 0)
        return fail(ErrorCode::InvalidInput, tr("%1: needs a number, not \"%2\".").arg(key, value), key);
    return id;
}

// What a word like "campaign:12" sets; nullptr when there is no such word.
qint64* idMember(DeliveryQuery& query, const QString& key)
{
    if (key == QStringLiteral("campaign"))
        return &query.campaignId;
    if (key == QStringLiteral("trigger"))
        return &query.triggerId;
    if (key == QStringLiteral("account"))
        return &query.accountId;
    return key == QStringLiteral("contact") ? &query.contactId : nullptr;
}

Status takeWord(DeliveryQuery& query, const QString& key, const QString& value)
{
    if (key == QStringLiteral("status") || key == QStringLiteral("state")) {
        const auto state = valueOf<DeliveryState>(value);
        if (!state)
            return fail(ErrorCode::InvalidInput, tr("There is no state \"%1\".").arg(value), key);
        query.states << *state;
    } else if (key == QStringLiteral("channel")) {
        query.channel = value;
    } else if (qint64* member = idMember(query, key)) {
        const Result<qint64> id = parseId(key, value);
        if (!id)
            return fail(id.error());
        *member = *id;
    } else {
        return fail(ErrorCode::InvalidInput,
                    tr("\"%1:\" is not a filter. Use status, channel, campaign, trigger, account or contact.").arg(key),
                    key);
    }
    return {};
}

} // namespace

DeliveryService::DeliveryService(Store& store, const Clock& clock, Dispatch& dispatch)
    : m_store(store)
    , m_clock(clock)
    , m_dispatch(dispatch)
{
}

Future<Page<DeliveryRow>> DeliveryService::page(const DeliveryQuery& query, const PageRequest& request) const
{
    return m_store.read([query, request](Connection& connection) -> Result<Page<DeliveryRow>> {
        DeliveryRepository deliveries(connection);
        Naming naming(connection);
        Page<DeliveryRow> page;
        page.total = deliveries.count(filterOf(query));
        for (const Delivery& delivery : deliveries.page(filterOf(query), request.offset, qBound(1, request.limit, maxRows)))
            page.rows << naming.row(delivery);
        return page;
    });
}

Future<DeliveryDetail> DeliveryService::get(qint64 id) const
{
    return m_store.read([id, workspace = m_store.workspaceId()](Connection& connection) -> Result<DeliveryDetail> {
        std::optional<Delivery> delivery = DeliveryRepository(connection).find(id);
        if (!delivery)
            return fail(ErrorCode::NotFound, tr("There is no delivery %1.").arg(id));
        delivery->messageId = messageIdOf(workspace, id, senderOf(connection, delivery->topicId));
        return DeliveryDetail{Naming(connection).row(*delivery), LogRepository(connection).ofDelivery(id, maxLogOfDelivery)};
    });
}

Result<DeliveryQuery> DeliveryService::parseQuery(const QString& text)
{
    DeliveryQuery query;
    QStringList words;
    for (const QString& word : text.split(u' ', Qt::SkipEmptyParts)) {
        const qsizetype colon = word.indexOf(u':');
        if (colon <= 0) {
            words << word;
            continue;
        }
        if (const Status taken = takeWord(query, word.left(colon).toLower(), word.mid(colon + 1)); !taken)
            return fail(taken.error());
    }
    query.text = words.join(u' ');
    return query;
}

Future<QList<LogEntry>> DeliveryService::log(qint64 afterSeq, const LogFilter& filter, int limit) const
{
    return m_store.read([afterSeq, filter, limit](Connection& connection) -> Result<QList<LogEntry>> {
        return LogRepository(connection).after(afterSeq, filter, limit);
    });
}

Future<QList<LogEntry>> DeliveryService::latestLog(const LogFilter& filter, int limit) const
{
    return m_store.read([filter, limit](Connection& connection) -> Result<QList<LogEntry>> {
        return LogRepository(connection).latest(filter, limit);
    });
}

Future<qint64> DeliveryService::settleUncertain(const Caller& caller, const DeliverySelection& selection,
                                                UncertainDecision decision)
{
    const DeliveryState to = decision == UncertainDecision::Resend ? DeliveryState::Retrying : DeliveryState::Sent;
    return changeByHand(caller, selection, {DeliveryState::Uncertain}, to);
}

Future<qint64> DeliveryService::retryFailed(const Caller& caller, const DeliverySelection& selection)
{
    return changeByHand(caller, selection, {DeliveryState::Failed}, DeliveryState::Retrying);
}

Future<void> DeliveryService::engaged(const Caller& caller, qint64 id, const QString& kind)
{
    if (const Status allowed = caller.require(Role::Operator); !allowed)
        return readyFuture<void>(fail(allowed.error()));
    if (!EngagementKind::all().contains(kind))
        return readyFuture<void>(fail(
            ErrorCode::InvalidInput,
            tr("\"%1\" is nothing that a contact does. Use %2.").arg(kind, EngagementKind::all().join(QStringLiteral(", "))),
            QStringLiteral("kind")));
    return m_store.write([caller, id, kind, now = m_clock.now()](Connection& connection) -> Status {
        const std::optional<Delivery> delivery = DeliveryRepository(connection).find(id);
        if (!delivery)
            return fail(ErrorCode::NotFound, tr("There is no delivery %1.").arg(id));
        EngagementRepository(connection).add(id, kind, now);
        audit(connection, caller, QStringLiteral("engagement.") + kind, now, {},
              {0, 0, {}, {}, delivery->campaignId, id, delivery->contactId, delivery->accountId, delivery->channel, {}});
        return {};
    });
}

Future<qint64> DeliveryService::cancelWaiting(const Caller& caller, const DeliverySelection& selection)
{
    return changeByHand(caller, selection, {DeliveryState::Queued, DeliveryState::Retrying}, DeliveryState::Cancelled);
}

Future<qint64> DeliveryService::changeByHand(const Caller& caller, const DeliverySelection& selection,
                                             const QList<DeliveryState>& from, DeliveryState to)
{
    if (const Status allowed = caller.require(Role::Operator); !allowed)
        return readyFuture<qint64>(fail(allowed.error()));
    HandChange change;
    change.ids = selection.ids;
    if (selection.query && selection.ids.isEmpty())
        change.filter = filterOf(*selection.query);
    change.from = from;
    change.change = {to, false, m_clock.now(), {}, {}, caller.actor, JsonText().addTrue("by_hand")};
    return changeByHandInPages(m_store, m_clock, m_dispatch, change);
}

} // namespace carillon
