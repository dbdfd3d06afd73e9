// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/dispatch/Planner.h"
#include "engine/base/SystemClock.h"
#include "engine/store/AccountRepository.h"
#include "engine/store/BrandRepository.h"
#include "engine/store/CampaignRepository.h"
#include "engine/store/Connection.h"
#include "engine/store/ContactRepository.h"
#include "engine/store/DeliveryRepository.h"
#include "engine/store/FrequencyCapRepository.h"
#include "engine/store/ListRepository.h"
#include "engine/store/Migrator.h"
#include "engine/store/SuppressionRepository.h"
#include "engine/store/TemplateRepository.h"
#include "engine/store/TopicRepository.h"

#include <QTest>

using namespace carillon;

namespace {

const QString email = QStringLiteral("email");
const QString sms = QStringLiteral("sms");

} // namespace

class PlannerTest : public QObject {
    Q_OBJECT

private:
    SystemClock m_clock;
    std::unique_ptr<Connection> m_connection;
    qint64 m_topic = 0;
    Schedule m_schedule;

    qint64 contact(const QString& name, const QList<Address>& addresses)
    {
        Contact c;
        c.name = name;
        c.addresses = addresses;
        return ContactRepository(*m_connection).insert(c);
    }
    static Address address(const QString& channel, const QString& value, AddressState state = AddressState::Active)
    {
        return {0, 0, channel, value, state};
    }
    qint64 account(const QString& name, const QString& channel, bool enabled = true)
    {
        Account a;
        a.name = name;
        a.channel = channel;
        a.enabled = enabled;
        return AccountRepository(*m_connection).save(a);
    }
    void content(const QStringList& channels)
    {
        QList<Template> templates;
        for (const QString& channel : channels)
            templates << Template{0, 0, channel, {}, {{QStringLiteral("text"), QStringLiteral("x")}}, 0, 0};
        TemplateRepository(*m_connection).replaceForTopic(m_topic, templates, {{}, {}, 1});
    }
    void routes(const QList<Route>& list) { TopicRepository(*m_connection).replaceRoutes(m_topic, list); }
    static Route through(qint64 accountId, const QString& destination = {}) { return {0, 0, accountId, 0, destination}; }

    PlannedPage plan(Audience audience = {{}, true}, int pageSize = 1000)
    {
        Campaign campaign;
        campaign.schedule = m_schedule;
        campaign.topicId = m_topic;
        campaign.audience = audience;
        Planner planner(*readPlanSource(*m_connection, campaign));
        PlannedPage all;
        qint64 cursor = 0;
        for (;;) {
            const PlannedPage page = planner.page(*m_connection, cursor, pageSize, 1'000);
            all.deliveries << page.deliveries;
            all.leftOut << page.leftOut;
            all.contacts += page.contacts;
            cursor = page.lastContactId;
            if (page.end)
                return all;
        }
    }
    static QStringList reasons(const PlannedPage& page)
    {
        QStringList list;
        for (const LeftOut& leftOut : page.leftOut)
            list << QString::number(leftOut.contactId) + u' ' + leftOut.reason;
        return list;
    }

private Q_SLOTS:
    void init()
    {
        m_schedule = {};
        m_connection = std::move(*Connection::open(QStringLiteral(":memory:"), Connection::Access::Write));
        QVERIFY(Migrator(*m_connection, QStringLiteral(":memory:"), m_clock).migrate(builtInMigrations()).has_value());
        Brand brand;
        brand.name = QStringLiteral("b");
        Topic topic;
        topic.key = QStringLiteral("t");
        topic.category = Category::Marketing;
        topic.brandId = BrandRepository(*m_connection).save(brand);
        m_topic = TopicRepository(*m_connection).save(topic);
    }

    void eachContactIsPlannedOrLeftOutForOneReason()
    {
        content({email});
        routes({through(account(QStringLiteral("relay"), email))});
        contact(QStringLiteral("good"), {address(email, QStringLiteral("a@x.org"))});
        contact(QStringLiteral("none"), {});
        contact(QStringLiteral("bounced"), {address(email, QStringLiteral("b@x.org"), AddressState::Bounced)});
        contact(QStringLiteral("suppressed"), {address(email, QStringLiteral("C@x.org"))});
        contact(QStringLiteral("same"), {address(email, QStringLiteral("A@X.org"))});
        contact(QStringLiteral("two"),
                {address(email, QStringLiteral("d@x.org")), address(email, QStringLiteral("e@x.org"))});
        SuppressionRepository(*m_connection).add({0, email, QStringLiteral("c@X.ORG"), QStringLiteral("bounced"), {}, 1});
        const PlannedPage page = plan();
        QCOMPARE(page.contacts, 6);
        QCOMPARE(page.deliveries.size(), 3);
        QCOMPARE(reasons(page),
                 (QStringList{QStringLiteral("2 no_address"), QStringLiteral("3 address_inactive"),
                              QStringLiteral("4 suppressed"), QStringLiteral("5 duplicate_address")}));
    }

    void theInboxIsFoundByTheExternalId()
    {
        const QString inApp = QStringLiteral("in_app");
        content({inApp});
        routes({through(account(QStringLiteral("inbox"), inApp))});
        for (const QString& externalId : {QStringLiteral("c-1"), QString(), QStringLiteral("c-3")}) {
            Contact c;
            c.name = QStringLiteral("x");
            c.externalId = externalId;
            c.addresses = {address(inApp, QStringLiteral("an address of its own says nothing"))};
            ContactRepository(*m_connection).insert(c);
        }
        SuppressionRepository(*m_connection).add({0, inApp, QStringLiteral("c-3"), QStringLiteral("manual"), {}, 1});
        const PlannedPage page = plan();
        QCOMPARE(page.deliveries.size(), 1);
        QCOMPARE(page.deliveries.first().address, QStringLiteral("c-1"));
        QCOMPARE(reasons(page), (QStringList{QStringLiteral("2 no_address"), QStringLiteral("3 suppressed")}));
    }

    void pagesOfAnySizeGiveTheSame()
    {
        content({email});
        routes({through(account(QStringLiteral("relay"), email))});
        for (int i = 0; i < 57; ++i)
            contact(QString::number(i),
                    i % 5 == 0 ? QList<Address>() : QList<Address>{address(email, QStringLiteral("p%1@x.org").arg(i % 40))});
        const PlannedPage whole = plan();
        for (const int size : {1, 2, 7, 56, 57, 58}) {
            const PlannedPage paged = plan({{}, true}, size);
            QCOMPARE(paged.deliveries, whole.deliveries);
            QCOMPARE(paged.leftOut, whole.leftOut);
        }
        QCOMPARE(whole.deliveries.size() + whole.leftOut.size(), 57);
    }

    void takesTheFirstRouteThatReaches()
    {
        content({email, sms});
        const qint64 relay = account(QStringLiteral("relay"), email);
        const qint64 phone = account(QStringLiteral("phone"), sms);
        routes({through(phone), through(relay)});
        contact(QStringLiteral("both"), {address(email, QStringLiteral("a@x.org")), address(sms, QStringLiteral("+431"))});
        contact(QStringLiteral("mail only"), {address(email, QStringLiteral("b@x.org"))});
        const PlannedPage page = plan();
        QCOMPARE(page.deliveries.size(), 2);
        QCOMPARE(page.deliveries[0].accountId, phone);
        QCOMPARE(page.deliveries[1].accountId, relay);
    }

    void saysWhenTheTopicIsIncomplete()
    {
        contact(QStringLiteral("a"), {address(email, QStringLiteral("a@x.org"))});
        QCOMPARE(reasons(plan()), QStringList{QStringLiteral("1 no_route")});
        routes({through(account(QStringLiteral("off"), email, false))});
        QCOMPARE(reasons(plan()), QStringList{QStringLiteral("1 no_route")});
        routes({through(account(QStringLiteral("relay"), email))});
        QCOMPARE(reasons(plan()), QStringList{QStringLiteral("1 no_template")});
    }

    // A transactional topic without content says at least that there is something; the category may say it better.
    void marketingAloneIsLeftOutForWantOfContent()
    {
        contact(QStringLiteral("a"), {address(email, QStringLiteral("a@x.org"))});
        routes({through(account(QStringLiteral("relay"), email))});
        QCOMPARE(plan().deliveries.size(), 0);
        Template generic;
        generic.scope = TemplateScope::Category;
        generic.key = QStringLiteral("marketing");
        generic.channel = email;
        generic.parts = {{QStringLiteral("text"), QStringLiteral("x")}};
        const Template saved = TemplateRepository(*m_connection).save(generic, {{}, {}, 1});
        QCOMPARE(plan().deliveries.size(), 1);
        TemplateRepository(*m_connection).retire(saved.id, 2);
        QCOMPARE(plan().deliveries.size(), 0);
        Topic topic = *TopicRepository(*m_connection).find(m_topic);
        topic.category = Category::Transactional;
        TopicRepository(*m_connection).save(topic);
        QCOMPARE(plan().deliveries.size(), 1);
    }

    void aContactWhoseLanguageHasNoContentGoesOnToTheNextRoute()
    {
        Template french{0, 0, email, QStringLiteral("fr"), {{QStringLiteral("text"), QStringLiteral("x")}}, 0, 0};
        Template shortOne{0, 0, sms, {}, {{QStringLiteral("text"), QStringLiteral("x")}}, 0, 0};
        TemplateRepository(*m_connection).replaceForTopic(m_topic, {french, shortOne}, {{}, {}, 1});
        const qint64 relay = account(QStringLiteral("relay"), email);
        const qint64 phone = account(QStringLiteral("phone"), sms);
        routes({through(relay), through(phone)});
        const auto speaker = [&](const QString& locale, const QList<Address>& addresses) {
            Contact c;
            c.locale = locale;
            c.addresses = addresses;
            return ContactRepository(*m_connection).insert(c);
        };
        speaker(QStringLiteral("fr-CA"), {address(email, QStringLiteral("a@x.org"))});
        speaker(QStringLiteral("de"), {address(email, QStringLiteral("b@x.org")), address(sms, QStringLiteral("+1"))});
        speaker(QStringLiteral("de"), {address(email, QStringLiteral("c@x.org"))});
        const PlannedPage page = plan();
        QCOMPARE(page.deliveries.size(), 2);
        QCOMPARE(page.deliveries[0].accountId, relay);
        QCOMPARE(page.deliveries[1].accountId, phone);
        QCOMPARE(reasons(page), QStringList{QStringLiteral("3 no_template")});
    }

    void whatDoesNotCompileIsNoContent()
    {
        const Template broken{0, 0, email, {}, {{QStringLiteral("text"), QStringLiteral("{% if %}")}}, 0, 0};
        TemplateRepository(*m_connection).replaceForTopic(m_topic, {broken}, {{}, {}, 1});
        routes({through(account(QStringLiteral("relay"), email))});
        contact(QStringLiteral("a"), {address(email, QStringLiteral("a@x.org"))});
        QCOMPARE(reasons(plan()), QStringList{QStringLiteral("1 no_template")});
    }

    void aFixedDestinationGetsOneMessage()
    {
        content({QStringLiteral("chat")});
        routes({through(account(QStringLiteral("chat"), QStringLiteral("chat")), QStringLiteral("#ops"))});
        for (int i = 0; i < 5; ++i)
            contact(QString::number(i), {});
        const PlannedPage page = plan({{}, true}, 2);
        QCOMPARE(page.deliveries.size(), 1);
        QCOMPARE(page.deliveries.first().address, QStringLiteral("#ops"));
        QCOMPARE(page.leftOut.size(), 4);
    }

    // Everything here is planned one second after midnight UTC of 1 January 1970.
    void eachContactHasItsHour()
    {
        content({email});
        routes({through(account(QStringLiteral("relay"), email))});
        const auto living = [&](const QString& zone, const QString& quiet) {
            Contact c;
            c.timeZone = zone;
            c.quietHours = quiet;
            c.addresses = {address(email, QStringLiteral("z%1@x.org").arg(qHash(zone + quiet)))};
            return ContactRepository(*m_connection).insert(c);
        };
        living(QStringLiteral("Europe/Madrid"), {});
        living({}, {});
        living(QStringLiteral("Asia/Tokyo"), {});
        living({}, QStringLiteral("11:00-13:30"));
        constexpr qint64 hour = 3'600'000;
        const auto dues = [&] {
            QList<qint64> list;
            for (const Delivery& delivery : plan().deliveries)
                list << delivery.dueAt;
            return list;
        };
        QCOMPARE(dues(), (QList<qint64>{1'000, 1'000, 1'000, 1'000}));
        m_schedule.window = SendWindow{{9 * 60, 18 * 60}, 0b1111111, {}};
        QCOMPARE(dues(), (QList<qint64>{8 * hour, 9 * hour, 1'000, 9 * hour}));
        m_schedule.kind = ScheduleKind::ContactZone;
        m_schedule.localTime = QStringLiteral("1970-01-01T12:00");
        QCOMPARE(dues(), (QList<qint64>{11 * hour, 12 * hour, 3 * hour, 13 * hour + hour / 2}));
        m_schedule.localTime = QStringLiteral("1970-01-01T01:00");
        m_schedule.window.reset();
        const PlannedPage early = plan();
        QCOMPARE(reasons(early), QStringList{QStringLiteral("3 hour_passed")});
        QCOMPARE(early.deliveries.first().dueAt, 1'000); // one o'clock in Madrid was a second ago
        m_schedule = {};
        m_schedule.window = SendWindow{{11 * 60, 13 * 60}, 0b1111111, QStringLiteral("UTC")};
        m_schedule.expiresAfterMs = hour;
        const PlannedPage excluded = plan();
        QCOMPARE(reasons(excluded), QStringList{QStringLiteral("4 no_send_time")});
        QCOMPARE(excluded.deliveries.first().expiresAt, 12 * hour);
    }

    void whoHasHadEnoughIsLeftOut()
    {
        content({email});
        const qint64 relay = account(QStringLiteral("relay"), email);
        routes({through(relay)});
        for (int i = 1; i <= 4; ++i)
            contact(QString::number(i), {address(email, QStringLiteral("c%1@x.org").arg(i))});
        FrequencyCapRepository caps(*m_connection);
        caps.save({Category::Marketing, 2, 5'000});
        Delivery before;
        before.topicId = m_topic;
        before.accountId = relay;
        before.channel = email;
        const auto had = [&](qint64 contactId, qint64 triggerId, qint64 dueAt) {
            before.contactId = contactId;
            before.triggerId = triggerId;
            before.dueAt = dueAt;
            return DeliveryRepository(*m_connection).insertQueued(before, {});
        };
        had(1, 1, 500);
        had(1, 2, 500);
        had(2, 1, 500); // two deliveries of one notification
        had(2, 1, 500);
        had(3, 1, -4'500); // too long ago
        had(3, 2, 500);
        had(4, 1, 500); // one came to nothing
        Delivery failed = *DeliveryRepository(*m_connection).find(had(4, 2, 500));
        QVERIFY(DeliveryRepository(*m_connection).change(failed, {DeliveryState::Cancelled, false, 0, {}, {}, {}, {}}, 1));
        QCOMPARE(reasons(plan()), QStringList{QStringLiteral("1 frequency_cap")});
        caps.save({Category::Marketing, 1, 5'000});
        QCOMPARE(plan().deliveries.size(), 0);
        caps.save({Category::Marketing, 0, 0});
        caps.save({Category::System, 1, 5'000}); // another category
        QCOMPARE(plan().deliveries.size(), 4);
        QCOMPARE(caps.all().size(), 1);
    }

    void listsCountEachContactOnce()
    {
        content({email});
        routes({through(account(QStringLiteral("relay"), email))});
        ListRepository lists(*m_connection);
        const qint64 a = lists.save({0, QStringLiteral("a"), 1, 0});
        const qint64 b = lists.save({0, QStringLiteral("b"), 1, 0});
        for (int i = 0; i < 6; ++i) {
            const qint64 id = contact(QString::number(i), {address(email, QStringLiteral("l%1@x.org").arg(i))});
            if (i < 4)
                lists.add(a, id);
            if (i >= 2 && i < 5)
                lists.add(b, id);
        }
        QCOMPARE(plan({{a}, false}).deliveries.size(), 4);
        QCOMPARE(plan({{a, b}, false}).deliveries.size(), 5);
        QCOMPARE(plan({{}, true}).deliveries.size(), 6);
    }
};

QTEST_GUILESS_MAIN(PlannerTest)
#include "PlannerTest.moc"
