// SPDX-License-Identifier: GPL-3.0-or-later
#include "Scenario.h"

#include "engine/store/AccountRepository.h"
#include "engine/store/BrandRepository.h"
#include "engine/store/CampaignRepository.h"
#include "engine/store/Connection.h"
#include "engine/store/ContactRepository.h"
#include "engine/store/ListRepository.h"
#include "engine/store/SuppressionRepository.h"
#include "engine/store/TemplateRepository.h"
#include "engine/store/TopicRepository.h"
#include "engine/store/Transaction.h"

namespace carillon::simulation {

namespace {

const QString email = QStringLiteral("email");
const QString sms = QStringLiteral("sms");

// A third of the worlds has fine weather, in which nothing may be lost or doubled at all; of the others each has its own.
Weather makeWeather(Dice& dice)
{
    Weather weather;
    weather.latencyMs = dice.pick(QList<qint64>{5, 50, 500, 20'000});
    weather.operate = dice.chance(600) ? 6 : 0;
    weather.tellWithinMs = dice.pick(QList<qint64>{0, 500, 60'000, 7'200'000});
    if (dice.chance(300))
        return weather;
    const auto maybe = [&](int rate) { return dice.chance(400) ? rate : 0; };
    weather.retry = maybe(150);
    weather.lostBefore = maybe(60);
    weather.lostAfter = maybe(60);
    weather.withheld = maybe(20);
    weather.twice = maybe(50);
    weather.throttledAccount = maybe(60);
    weather.throttledDestination = maybe(80);
    weather.down = maybe(60);
    weather.contradict = maybe(300);
    weather.toldTwice = maybe(200);
    weather.deaf = maybe(100);
    weather.forge = maybe(4);
    weather.crash = maybe(8);
    weather.stop = maybe(3);
    weather.diskFault = maybe(6);
    weather.jump = maybe(3);
    weather.outage = maybe(6);
    weather.slowDiskMs = dice.pick(QList<qint64>{0, 0, 30, 3'000});
    return weather;
}

AccountLimits makeLimits(Dice& dice)
{
    AccountLimits limits;
    if (dice.chance(500))
        return limits;
    limits.perSecond = dice.pick(QList<double>{0, 0.5, 7, 50});
    limits.burst = dice.pick(QList<int>{0, 1, 10});
    limits.inFlight = dice.pick(QList<int>{0, 0, 1, 10});
    limits.destinationPerSecond = dice.pick(QList<double>{0, 0, 0.3, 5});
    limits.destinationBurst = dice.pick(QList<int>{0, 1, 5});
    limits.destinationInFlight = dice.pick(QList<int>{0, 0, 1, 3});
    limits.adapt = dice.chance(700);
    return limits;
}

Account makeAccount(Dice& dice, int number)
{
    Account account;
    account.name = QStringLiteral("account %1").arg(number);
    account.provider = QStringLiteral("simulated");
    account.channel = dice.chance(750) ? email : sms;
    account.settings
        = {{QStringLiteral("in_flight"), dice.pick(QList<int>{1, 4, 20, 100})},
           {QStringLiteral("tells"), dice.pick(QStringList{{}, QStringLiteral("ids"), QStringLiteral("keys")})}};
    account.limits = makeLimits(dice);
    return account;
}

Topic makeTopic(Dice& dice, int number)
{
    Topic topic;
    topic.key = QStringLiteral("topic%1").arg(number);
    topic.name = topic.key;
    topic.uncertainPolicy = dice.chance(500) ? UncertainPolicy::Resend : UncertainPolicy::Hold;
    topic.maxAttempts = int(dice.between(1, 5));
    topic.lifetimeMs = dice.chance(200) ? dice.pick(QList<qint64>{2'000, 60'000, 3'600'000}) : 0;
    topic.rules.holdMs = dice.chance(300) ? 30'000 : 0;
    topic.rules.nextAccount = dice.chance(600);
    topic.rules.nextChannelAfterMs = dice.chance(150) ? 600'000 : 0;
    return topic;
}

// The first word of an address tells the platform what to do with it, always.
QString makeAddress(Dice& dice, const QString& channel, int number)
{
    if (channel == sms)
        return QStringLiteral("+34600%1").arg(number, 6, 10, QLatin1Char('0'));
    const QString word = dice.chance(940)
        ? QStringLiteral("good")
        : dice.pick(QStringList{QStringLiteral("refuse"), QStringLiteral("bounce"), QStringLiteral("retry")});
    return QStringLiteral("%1+%2@d%3.example").arg(word).arg(number).arg(dice.between(1, 4));
}

Contact makeContact(Dice& dice, int number, const QList<Contact>& before)
{
    Contact contact;
    contact.name = QStringLiteral("contact %1").arg(number);
    const auto add = [&](const QString& channel) {
        const AddressState state = dice.chance(960) ? AddressState::Active : AddressState::Disabled;
        contact.addresses << Address{0, 0, channel, makeAddress(dice, channel, number), state};
    };
    if (dice.chance(900))
        add(email);
    if (dice.chance(300))
        add(sms);
    if (dice.chance(30) && !before.isEmpty()) // somebody else's
        contact.addresses = dice.pick(before).addresses;
    return contact;
}

// Most audiences are small, so that many whole campaigns fit into the time that there is.
int audienceSize(Dice& dice)
{
    if (dice.chance(5))
        return int(dice.between(600, 1'200));
    return dice.chance(150) ? int(dice.between(60, 300)) : int(dice.between(0, 50));
}

CampaignControl makeControl(Dice& dice)
{
    CampaignControl control;
    if (dice.chance(300))
        control.perMinute = dice.pick(QList<double>{20, 90, 1'200});
    if (dice.chance(200))
        control.holdMs = dice.pick(QList<qint64>{0, 5'000, 120'000});
    if (dice.chance(250))
        control.canary
            = {dice.pick(QList<qint64>{1, 5, 20}), dice.pick(QList<double>{0, 10}), dice.pick(QList<double>{0, 5, 50})};
    return control;
}

Campaign makeCampaign(Dice& dice, int number, qsizetype topics, qsizetype lists)
{
    Campaign campaign;
    campaign.name = QStringLiteral("campaign %1").arg(number);
    campaign.topicId = dice.between(0, topics - 1);
    campaign.audience.everyone = dice.chance(300);
    if (!campaign.audience.everyone) {
        for (qsizetype list = 0; list < lists; ++list) {
            if (dice.chance(700) || (list + 1 == lists && campaign.audience.listIds.isEmpty()))
                campaign.audience.listIds << list + 1;
        }
    }
    campaign.control = makeControl(dice);
    if (dice.chance(100)) // around the first hour: it is 14:13
        campaign.schedule.window
            = SendWindow{dice.pick(QList<DayPart>{{850, 860}, {870, 960}, {830, 900}}), 0b1111111, QStringLiteral("UTC")};
    if (dice.chance(100))
        campaign.schedule.expiresAfterMs = 300'000;
    campaign.schedule.missed = dice.pick(QList<MissedPolicy>{MissedPolicy::Ask, MissedPolicy::Send, MissedPolicy::Skip});
    return campaign;
}

} // namespace

Scenario makeScenario(Dice& dice)
{
    Scenario scenario;
    scenario.weather = makeWeather(dice);
    const int accounts = int(dice.between(1, 3));
    for (int i = 0; i < accounts; ++i)
        scenario.accounts << makeAccount(dice, i + 1);
    const int topics = int(dice.between(1, 2));
    for (int i = 0; i < topics; ++i) {
        scenario.topics << makeTopic(dice, i + 1);
        QList<Route> routes;
        for (int account = 0; account < accounts; ++account) {
            if (account == 0 || dice.chance(600))
                routes << Route{0, 0, account, 0, dice.chance(20) ? QStringLiteral("good+all@d1.example") : QString()};
        }
        scenario.routes << routes;
    }
    const int contacts = audienceSize(dice);
    for (int i = 1; i <= contacts; ++i) {
        scenario.contacts << makeContact(dice, i, scenario.contacts);
        for (const Address& address : scenario.contacts.last().addresses) {
            if (dice.chance(20))
                scenario.suppressions << Suppression{0, address.channel, address.value, QStringLiteral("manual"), {}, 1};
        }
    }
    scenario.lists = {{}, {}};
    for (int contact = 1; contact <= contacts; ++contact) {
        for (QList<qint64>& list : scenario.lists) {
            if (dice.chance(600))
                list << contact;
        }
    }
    const int campaigns = dice.chance(400) ? 2 : 1;
    for (int i = 0; i < campaigns; ++i)
        scenario.campaigns << makeCampaign(dice, i + 1, topics, scenario.lists.size());
    scenario.prompt = dice.chance(400);
    if (scenario.prompt) {
        scenario.weather.slowDiskMs = 0;
        scenario.weather.diskFault = 0;
    }
    scenario.chaosMs = dice.pick(QList<qint64>{10'000, 120'000, 3'600'000});
    scenario.chaosSteps = int(dice.between(200, 2'500));
    return scenario;
}

void Scenario::write(Connection& connection)
{
    Transaction transaction(connection);
    Brand brand;
    brand.name = QStringLiteral("Brand");
    brand.fromName = brand.name;
    brand.fromAddress = QStringLiteral("news@brand.example");
    const qint64 brandId = BrandRepository(connection).save(brand);
    for (Account& account : accounts)
        account.id = AccountRepository(connection).save(account);
    for (qsizetype i = 0; i < topics.size(); ++i) {
        topics[i].brandId = brandId;
        topics[i].id = TopicRepository(connection).save(topics[i]);
        for (Route& route : routes[i])
            route.accountId = accounts.at(route.accountId).id;
        TopicRepository(connection).replaceRoutes(topics[i].id, routes[i]);
        const QMap<QString, QString> parts{{QStringLiteral("subject"), QStringLiteral("News")},
                                           {QStringLiteral("text"), QStringLiteral("Hello {{ contact.name }}")}};
        TemplateRepository(connection)
            .replaceForTopic(
                topics[i].id,
                {Template{0, 0, email, {}, parts, 0, 0},
                 Template{0, 0, sms, {}, {{QStringLiteral("text"), parts.value(QStringLiteral("text"))}}, 0, 0}},
                {{}, {}, 1});
    }
    for (Contact& contact : contacts)
        contact.id = ContactRepository(connection).insert(contact);
    for (qsizetype i = 0; i < lists.size(); ++i) {
        const qint64 list = ListRepository(connection).save({0, QStringLiteral("list %1").arg(i + 1), 1, 0});
        for (const qint64 contact : lists.at(i))
            ListRepository(connection).add(list, contacts.at(contact - 1).id);
    }
    for (const Suppression& suppression : suppressions)
        SuppressionRepository(connection).add(suppression);
    for (Campaign& campaign : campaigns) {
        campaign.topicId = topics.at(campaign.topicId).id;
        campaign.id = CampaignRepository(connection).save(campaign);
    }
    transaction.commit();
}

} // namespace carillon::simulation
