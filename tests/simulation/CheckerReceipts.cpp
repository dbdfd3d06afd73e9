// SPDX-License-Identifier: GPL-3.0-or-later
// What is promised of receipts: that the end is what was told, whatever the order, the repetitions and the crashes.
#include "Checker.h"

#include "engine/model/EmailAddress.h"
#include "engine/model/Names.h"
#include "engine/service/CampaignSummaries.h"
#include "engine/store/CampaignRepository.h"
#include "engine/store/Connection.h"

#include <algorithm>

namespace carillon::simulation {

namespace {

// Of two that contradict each other the later one in this order holds.
const QList<DeliveryState>& ranks()
{
    static const QList<DeliveryState> ranks{DeliveryState::Uncertain, DeliveryState::Sent, DeliveryState::Failed,
                                            DeliveryState::Delivered, DeliveryState::Bounced};
    return ranks;
}

int rankOf(DeliveryState state)
{
    return int(ranks().indexOf(state));
}

DeliveryState stateOf(ReceiptKind kind)
{
    switch (kind) {
    case ReceiptKind::Sent: return DeliveryState::Sent;
    case ReceiptKind::Failed: return DeliveryState::Failed;
    case ReceiptKind::Bounced: return DeliveryState::Bounced;
    case ReceiptKind::Delivered:
    case ReceiptKind::Read:
    case ReceiptKind::Opened:
    case ReceiptKind::Clicked:
    case ReceiptKind::Complained: break;
    }
    return DeliveryState::Delivered;
}

// Opened and clicked count each time, anything else once.
std::pair<ReceiptKind, qint64> eventOf(const TellerReceipt& receipt)
{
    const bool once = receipt.kind == ReceiptKind::Read || receipt.kind == ReceiptKind::Complained;
    return {receipt.kind, once ? 0 : receipt.time};
}

bool suppresses(const TellerReceipt& receipt)
{
    return receipt.kind == ReceiptKind::Bounced || receipt.kind == ReceiptKind::Complained
        || (receipt.kind == ReceiptKind::Failed && receipt.suppress);
}

const QString sent = nameOf(OutcomeKind::Sent);

using AddressKey = std::pair<QString, QString>;

AddressKey keyOf(const Delivery& delivery)
{
    return {delivery.channel, addressKey(delivery.channel, delivery.address)};
}

} // namespace

// A receipt is of a delivery when the platform's id of it was recorded, or when it repeats our key.
void Checker::tell(Told& told, const TellerReceipt& receipt, const LoggedDelivery& logged, int journal) const
{
    const auto isRecorded
        = [&](int which) { return which <= logged.judgements.size() && logged.judgements.at(which - 1).outcome == sent; };
    const bool isRecordedItself = isRecorded(journal);
    if (!isRecordedItself && receipt.key.isEmpty())
        return; // nobody can know whose it is
    // An account speaks of what it carries itself: of what has gone on through another, only as long as it had not.
    bool maybe = receipt.accountId != logged.delivery.accountId;
    (maybe ? told.eventsMaybe : told.events).insert(eventOf(receipt));
    (maybe ? told.suppressMaybe : told.suppress) |= suppresses(receipt);
    if (receipt.kind == ReceiptKind::Failed && journal != logged.journals) {
        if (isRecordedItself || isRecorded(logged.journals))
            return; // of an earlier sending, which says nothing of the last
        maybe = true;
    }
    (maybe ? told.statesMaybe : told.states).insert(rankOf(stateOf(receipt.kind)));
}

std::map<qint64, Checker::Told> Checker::whatWasTold() const
{
    std::map<qint64, std::pair<qint64, int>> journals; // by transmission
    for (const auto& [journal, wire] : m_wires)
        journals[wire.number] = journal;
    std::map<qint64, Told> told;
    for (const TellerReceipt& receipt : m_teller.receipts()) {
        if (const auto found = journals.find(receipt.number); found != journals.end())
            tell(told[found->second.first], receipt, *m_ledger.find(found->second.first), found->second.second);
    }
    return told;
}

void Checker::checkState(const LoggedDelivery& logged, const Told& told)
{
    const int own = rankOf(logged.own);
    const int is = rankOf(logged.delivery.state);
    if (own < 0 && logged.delivery.state == logged.own)
        return; // cancelled, suppressed, expired: that is for ever
    const int least = std::max(own, told.states.empty() ? own : *told.states.rbegin());
    const bool canBe = is == least || (is > least && told.statesMaybe.count(is) != 0);
    if (own < 0 || !canBe)
        broken(QStringLiteral("delivery %1 is %2; it had become %3, and what was told makes it %4")
                   .arg(logged.delivery.id)
                   .arg(nameOf(logged.delivery.state), nameOf(logged.own), own < 0 ? QString() : nameOf(ranks().at(least))));
}

// Each thing that happened is there once, in the log and among the engagements.
void Checker::checkEvents(const LoggedDelivery& logged, const Told& told)
{
    for (const ReceiptKind kind : {ReceiptKind::Read, ReceiptKind::Opened, ReceiptKind::Clicked, ReceiptKind::Complained}) {
        const auto isOfKind = [kind](const auto& event) { return event.first == kind; };
        const qint64 least = std::count_if(told.events.begin(), told.events.end(), isOfKind);
        auto all = told.events;
        all.insert(told.eventsMaybe.begin(), told.eventsMaybe.end());
        const qint64 most = std::count_if(all.begin(), all.end(), isOfKind);
        const QString name = nameOf(kind);
        const bool complained = kind == ReceiptKind::Complained;
        const qint64 logs = complained ? logged.complaints : logged.engagements.value(name);
        const qint64 rows = complained
            ? logs
            : m_reader->integer("SELECT COUNT(*) FROM engagement WHERE delivery_id = ? AND kind = ?", logged.delivery.id,
                                name);
        if (rows != logs || logs < least || logs > most)
            broken(QStringLiteral("delivery %1 was %2 %3 times by the log, %4 times by its row, %5 to %6 times as was told")
                       .arg(logged.delivery.id)
                       .arg(name)
                       .arg(logs)
                       .arg(rows)
                       .arg(least)
                       .arg(most));
    }
}

// Who must not be written to any more: whom the platforms named, and nobody else. What people suppress is theirs to know.
void Checker::checkSuppressions(const std::map<qint64, Told>& told)
{
    std::set<AddressKey> must;
    std::set<AddressKey> may;
    for (const auto& [id, logged] : m_ledger.deliveries()) {
        const auto found = told.find(id);
        if (logged.own == DeliveryState::Bounced || (found != told.end() && found->second.suppress))
            must.insert(keyOf(logged.delivery));
        if ((found != told.end() && found->second.suppressMaybe) || logged.delivery.address.startsWith(u"bounce"))
            may.insert(keyOf(logged.delivery));
    }
    Rows rows = m_reader->query("SELECT channel, value_key, reason FROM suppression");
    while (rows.next()) {
        const AddressKey key{rows.text(0), rows.text(1)};
        if (must.erase(key) == 0 && may.count(key) == 0 && rows.text(2) != QStringLiteral("manual"))
            broken(QStringLiteral("%1 is suppressed (%2), and no platform has told so").arg(key.second, rows.text(2)));
    }
    for (const AddressKey& key : must)
        broken(QStringLiteral("%1 is not suppressed though its platform has told so").arg(key.second));
}

void Checker::checkReceipts()
{
    const std::map<qint64, Told> told = whatWasTold();
    for (const auto& [id, logged] : m_ledger.deliveries()) {
        const auto found = told.find(id);
        const Told& its = found == told.end() ? Told() : found->second;
        checkState(logged, its);
        checkEvents(logged, its);
    }
    checkSuppressions(told);
}

// What is shown of a campaign is the sum of its deliveries.
void Checker::checkCounts()
{
    std::map<qint64, QMap<DeliveryState, qint64>> sums;
    for (const auto& [id, logged] : m_ledger.deliveries())
        ++sums[logged.delivery.campaignId][logged.delivery.state];
    for (const Campaign& campaign : m_scenario.campaigns) {
        const std::optional<Campaign> row = CampaignRepository(*m_reader).find(campaign.id);
        if (row && summarise(*m_reader, *row).counts != sums[campaign.id])
            broken(QStringLiteral("the counts of campaign %1 are not those of its deliveries").arg(campaign.id));
    }
}

} // namespace carillon::simulation
