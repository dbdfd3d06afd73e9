// SPDX-License-Identifier: GPL-3.0-or-later
#include "OperatorAsk.h"

#include "engine/model/Names.h"
#include "engine/store/AccountRepository.h"
#include "engine/store/Connection.h"
#include "engine/store/ContactRepository.h"
#include "engine/store/ListRepository.h"
#include "engine/store/SuppressionRepository.h"

namespace carillon::simulation {

Operator::Operator(Scenario& scenario, World& world, Checker& checker, ManualClock& clock, Dice& dice, Trace& trace)
    : m_scenario(scenario)
    , m_world(world)
    , m_checker(checker)
    , m_clock(clock)
    , m_dice(dice)
    , m_trace(trace)
{
}

void Operator::listen()
{
    for (qsizetype i = 0; i < m_asked.size();) {
        const std::optional<QString> answer = m_asked.at(i).answer();
        if (!answer) {
            ++i;
            continue;
        }
        m_trace.line(QStringLiteral("operator hears: %1: %2").arg(m_asked.at(i).what, *answer));
        m_asked.removeAt(i);
        m_checker.disturb(); // an edit may have been it
    }
}

void Operator::begin()
{
    for (const Campaign& campaign : std::as_const(m_scenario.campaigns)) {
        if (m_dice.chance(850))
            schedule(campaign.id, m_dice.chance(700) ? 0 : m_clock.now() + m_dice.between(0, m_scenario.chaosMs / 2));
    }
}

void Operator::act()
{
    const qint64 campaign = m_dice.pick(m_scenario.campaigns).id;
    switch (m_dice.between(0, 12)) {
    case 0:
    case 1: return schedule(campaign, m_dice.chance(500) ? 0 : m_clock.now() + m_dice.between(0, 600'000));
    case 2:
    case 3:
    case 4:
    case 5: return control(campaign);
    case 6: return decide(campaign);
    case 7: return editAccount();
    case 8:
    case 9: return trigger();
    case 10: return sendToMissed(campaign);
    default: return editContacts();
    }
}

void Operator::schedule(qint64 campaign, qint64 at)
{
    ask(QStringLiteral("schedule %1").arg(campaign), m_world.campaigns().schedule(anna, campaign, at));
}

void Operator::control(qint64 campaign)
{
    CampaignService& campaigns = m_world.campaigns();
    const QString number = QString::number(campaign);
    switch (m_dice.between(0, 11)) {
    case 0: return ask(QStringLiteral("cancel ") + number, campaigns.cancel(anna, campaign));
    case 1: return ask(QStringLiteral("unschedule ") + number, campaigns.unschedule(anna, campaign));
    case 2:
    case 3:
    case 4: return ask(QStringLiteral("pause ") + number, campaigns.pause(anna, campaign));
    case 5:
    case 6: {
        const double perMinute = m_dice.pick(QList<double>{0, 30, 600});
        return ask(QStringLiteral("throttle %1 to %2").arg(number).arg(perMinute),
                   campaigns.setThrottle(anna, campaign, perMinute));
    }
    default: return ask(QStringLiteral("resume ") + number, campaigns.resume(anna, campaign));
    }
}

DeliverySelection Operator::deliveriesIn(DeliveryState state, qint64 campaign) const
{
    QList<qint64> ids;
    for (const auto& [id, logged] : m_checker.ledger().deliveries()) {
        if (logged.delivery.state == state && logged.delivery.campaignId == campaign && ids.size() < 20)
            ids << id;
    }
    return {ids, {}};
}

void Operator::decide(qint64 campaign)
{
    DeliveryService& deliveries = m_world.deliveries();
    switch (m_dice.between(0, 3)) {
    case 0:
        return ask(QStringLiteral("cancel waiting"),
                   deliveries.cancelWaiting(anna, deliveriesIn(DeliveryState::Queued, campaign)));
    case 1:
        return ask(QStringLiteral("retry failed"),
                   deliveries.retryFailed(anna, deliveriesIn(DeliveryState::Failed, campaign)));
    case 2:
        return ask(
            QStringLiteral("resend uncertain"),
            deliveries.settleUncertain(anna, deliveriesIn(DeliveryState::Uncertain, campaign), UncertainDecision::Resend));
    default:
        return ask(QStringLiteral("accept uncertain"),
                   deliveries.settleUncertain(anna, deliveriesIn(DeliveryState::Uncertain, campaign),
                                              UncertainDecision::AcceptAsSent));
    }
}

void Operator::editContacts()
{
    const int number = ++m_edits;
    const qint64 someone = m_scenario.contacts.isEmpty() ? 0 : m_dice.pick(m_scenario.contacts).id;
    const qint64 list = m_dice.between(1, m_scenario.lists.size());
    switch (m_dice.between(0, 2)) {
    case 0:
        return ask(QStringLiteral("new contact on list %1").arg(list),
                   m_world.store().write([&checker = m_checker, number, list](Connection& connection) -> Result<qint64> {
                       checker.disturb();
                       Contact contact;
                       contact.name = QStringLiteral("late %1").arg(number);
                       contact.addresses = {{0, 0, QStringLiteral("email"),
                                             QStringLiteral("good+late%1@d1.example").arg(number), AddressState::Active}};
                       const qint64 id = ContactRepository(connection).insert(contact);
                       ListRepository(connection).add(list, id);
                       return id;
                   }));
    case 1:
        return ask(QStringLiteral("remove contact %1").arg(someone),
                   m_world.store().write([&checker = m_checker, someone](Connection& connection) -> Result<qint64> {
                       checker.disturb();
                       ContactRepository(connection).remove(someone);
                       return someone;
                   }));
    default:
        return ask(QStringLiteral("suppress an address of contact %1").arg(someone),
                   m_world.store().write([&checker = m_checker, someone](Connection& connection) -> Result<qint64> {
                       checker.disturb();
                       const std::optional<Contact> contact = ContactRepository(connection).find(someone);
                       for (const Address& address : contact ? contact->addresses : QList<Address>())
                           SuppressionRepository(connection)
                               .add({0, address.channel, address.value, QStringLiteral("manual"), {}, 1});
                       return someone;
                   }));
    }
}

void Operator::editAccount()
{
    const qint64 id = m_dice.pick(m_scenario.accounts).id;
    const bool enabled = m_dice.chance(700);
    m_checker.accountEdited(id);
    ask(QStringLiteral("account %1: %2").arg(id).arg(enabled ? u"enabled" : u"disabled"),
        m_world.store()
            .write([&checker = m_checker, id, enabled](Connection& connection) -> Result<qint64> {
                checker.disturb();
                Account account = *AccountRepository(connection).find(id);
                account.enabled = enabled;
                return AccountRepository(connection).save(account);
            })
            .then([this](const Result<qint64>& saved) {
                if (saved)
                    m_world.dispatch().accountChanged(*saved);
                return saved;
            }));
}

void Operator::tidyUp()
{
    for (const Account& account : std::as_const(m_scenario.accounts)) {
        if (AccountRepository(m_world.reader()).find(account.id)->enabled)
            continue;
        m_checker.accountEdited(account.id);
        ask(QStringLiteral("account %1: enabled").arg(account.id),
            m_world.store()
                .write([&checker = m_checker, id = account.id](Connection& connection) -> Result<qint64> {
                    checker.disturb();
                    Account enabled = *AccountRepository(connection).find(id);
                    enabled.enabled = true;
                    return AccountRepository(connection).save(enabled);
                })
                .then([this](const Result<qint64>& saved) {
                    if (saved)
                        m_world.dispatch().accountChanged(*saved);
                    return saved;
                }));
    }
    for (const Campaign& campaign : std::as_const(m_scenario.campaigns)) {
        const CampaignState state = m_checker.ledger().campaign(campaign.id).state;
        if (state == CampaignState::Paused)
            ask(QStringLiteral("resume %1").arg(campaign.id), m_world.campaigns().resume(anna, campaign.id));
        else if (state == CampaignState::Draft && m_checker.ledger().campaign(campaign.id).stateSeq == 0)
            schedule(campaign.id, 0);
    }
}

} // namespace carillon::simulation
