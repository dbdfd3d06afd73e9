// SPDX-License-Identifier: GPL-3.0-or-later
// What people and other programs send beside the campaigns that are there: to those whom one missed, and triggers.
#include "OperatorAsk.h"

#include "engine/store/CampaignRepository.h"
#include "engine/store/MissedContacts.h"

namespace carillon::simulation {

namespace {

constexpr qsizetype mostCampaigns = 5;

} // namespace

void Operator::sendToMissed(qint64 campaign)
{
    if (m_scenario.campaigns.size() >= mostCampaigns)
        return;
    const MissedAudience missed{campaign, missedStates(), {LeftOutReason::Suppressed, LeftOutReason::NoAddress}};
    ask(QStringLiteral("send to those whom %1 missed").arg(campaign), m_world.campaigns().sendToMissed(anna, missed),
        [this](qint64 id) { m_scenario.campaigns << *CampaignRepository(m_world.reader()).find(id); });
}

// Few keys and few bodies, so that requests are repeated, also with another body.
TriggerRequest Operator::makeRequest()
{
    TriggerRequest request;
    request.topicKey = m_dice.pick(m_scenario.topics).key;
    request.idempotencyKey = m_dice.chance(600) ? QStringLiteral("key%1").arg(m_dice.between(1, 3)) : QString();
    request.data = {{QStringLiteral("key"), request.idempotencyKey}, {QStringLiteral("n"), m_dice.between(1, 2)}};
    const qint64 recipients = request.idempotencyKey.isEmpty() ? m_dice.between(1, 4) : 1;
    for (qint64 i = 0; i < recipients; ++i) {
        const Contact contact = m_scenario.contacts.isEmpty() || m_dice.chance(200) ? Contact()
            : m_dice.chance(500)                                                    ? m_scenario.contacts.first()
                                                                                    : m_dice.pick(m_scenario.contacts);
        const Address stranger{0, 0, QStringLiteral("email"), QStringLiteral("good+stranger@d1.example"),
                               AddressState::Active};
        const Address address = contact.addresses.isEmpty() ? stranger : contact.addresses.first();
        TriggerRecipient recipient;
        recipient.channel = address.channel;
        recipient.address = address.value;
        request.recipients << recipient;
    }
    return request;
}

void Operator::trigger()
{
    m_checker.disturb(); // who is not known yet becomes a contact
    const TriggerRequest request = makeRequest();
    ask(QStringLiteral("trigger %1 %2").arg(request.topicKey, request.idempotencyKey),
        m_world.triggers().trigger(anna, request),
        [this, request](const TriggerAnswer& answer) { m_checker.onTriggered(request, answer); });
}

} // namespace carillon::simulation
