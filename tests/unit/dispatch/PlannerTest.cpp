// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/dispatch/Planner.h"
#include "engine/base/SystemClock.h"
#include "engine/store/AccountRepository.h"
#include "engine/store/BrandRepository.h"
#include "engine/store/CampaignRepository.h"
#include "engine/store/Connection.h"
#include "engine/store/ContactRepository.h"
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
