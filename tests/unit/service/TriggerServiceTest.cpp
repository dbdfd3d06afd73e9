// SPDX-License-Identifier: GPL-3.0-or-later
#include "SendingRoom.h"

#include "engine/model/EmailAddress.h"
#include "engine/store/IdempotencyRepository.h"
#include "engine/store/SuppressionRepository.h"

using namespace carillon;

namespace {

const QString email = QStringLiteral("email");
const QString sms = QStringLiteral("sms");
constexpr qint64 dayMs = 86'400'000;

QString problemOf(const Result<TriggerAnswer>& answer)
{
    return answer ? QString() : codeName(answer.error().code) + u' ' + answer.error().field;
}

} // namespace

class TriggerServiceTest : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<SendingRoom> m_room;
    qint64 m_mail = 0;
    qint64 m_phone = 0;

    Result<TriggerAnswer> trigger(const QByteArray& json, const QString& actor = QStringLiteral("token:shop"))
    {
        return m_room->trigger(json, actor);
    }
    qint64 contacts()
    {
        return m_room->write([](Connection& connection) { return ContactRepository(connection).count({}, 0); });
    }

private Q_SLOTS:
    void init()
    {
        m_room = std::make_unique<SendingRoom>();
        m_mail = m_room->account(QStringLiteral("Mail"), email);
        m_phone = m_room->account(QStringLiteral("Phone"), sms);
        m_room->topic(QStringLiteral("order.shipped"), {{m_mail, email}, {m_phone, sms}});
        m_room->contact(QStringLiteral("cust-1"), {{email, QStringLiteral("anna@b.example")}});
        m_room->contact(QStringLiteral("cust-2"), {{sms, QStringLiteral("+34600000002")}});
        m_room->dispatch->start();
    }
    void cleanup() { m_room.reset(); }

    void oneOrManyGetItWithTheDataOfTheCall()
    {
        const auto answer = trigger(R"({"topic": "order.shipped", "to": [{"external_id": "cust-1"},
            {"external_id": "cust-2"}], "data": {"word": "twelve"}})");
        QVERIFY2(answer, qPrintable(problemOf(answer)));
        QCOMPARE(answer->recipients.size(), 2);
        const qint64 mail = answer->recipients.at(0).deliveryIds.value(0);
        const qint64 text = answer->recipients.at(1).deliveryIds.value(0);
        QVERIFY(m_room->until([&] { return m_room->isSent(mail) && m_room->isSent(text); }));
        QCOMPARE(m_room->delivery(mail).triggerId, answer->triggerId);
        QCOMPARE(m_room->delivery(mail).campaignId, 0);
        QCOMPARE(m_room->outbox->total(), 2);
        for (const Message& message : m_room->outbox->messages())
            QVERIFY(message.content.contains("word: twelve")
                    || QJsonDocument(message.fields).toJson().contains("word: twelve"));
        const auto one
            = trigger(u"{\"topic\": \"order.shipped\", \"to\": {\"contact\": %1}, \"metadata\": {\"word\": \"x\"}}"_qs
                          .arg(answer->recipients.at(0).contactId)
                          .toUtf8());
        QVERIFY2(one, qPrintable(problemOf(one)));
        QVERIFY(m_room->until([&] { return m_room->isSent(one->recipients.first().deliveryIds.value(0)); }));
        QVERIFY(m_room->outbox->messages().last().content.contains("word: x"));
    }

    void anAddressIsAContactsOrMakesOne()
    {
        const qint64 before = contacts();
        const auto known = trigger(R"({"topic": "order.shipped", "to": {"channel": "email", "address": "Anna@B.example"}})");
        QVERIFY2(known, qPrintable(problemOf(known)));
        QCOMPARE(contacts(), before);
        const auto fresh = trigger(
            R"({"topic": "order.shipped", "to": {"channel": "email", "address": "new@b.example", "name": "New", "locale": "de"}})");
        QVERIFY2(fresh, qPrintable(problemOf(fresh)));
        QCOMPARE(contacts(), before + 1);
        const auto contact = m_room->write([&](Connection& connection) {
            return ContactRepository(connection).find(fresh->recipients.first().contactId).value_or(Contact());
        });
        QCOMPARE(contact.name, QStringLiteral("New"));
        QCOMPARE(contact.locale, QStringLiteral("de"));
        const auto again = trigger(R"({"topic": "order.shipped", "to": {"channel": "email", "address": "new@b.example"}})");
        QCOMPARE(again->recipients.first().contactId, fresh->recipients.first().contactId);
        QCOMPARE(contacts(), before + 1);
    }

    void anAddressIsUsedAloneAndOnItsChannel()
    {
        m_room->contact(QStringLiteral("two"),
                        {{email, QStringLiteral("first@b.example")},
                         {email, QStringLiteral("second@b.example")},
                         {sms, QStringLiteral("+34600000009")}});
        const auto second
            = trigger(R"({"topic": "order.shipped", "to": {"channel": "email", "address": "second@b.example"}})");
        QCOMPARE(second->recipients.first().deliveryIds.size(), 1);
        QCOMPARE(m_room->delivery(second->recipients.first().deliveryIds.first()).address,
                 QStringLiteral("second@b.example"));
        const auto text = trigger(R"({"topic": "order.shipped", "to": {"channel": "sms", "address": "+34600000009"}})");
        QCOMPARE(m_room->delivery(text->recipients.first().deliveryIds.value(0)).channel, sms);
        const auto all = trigger(R"({"topic": "order.shipped", "to": {"external_id": "two"}})");
        QCOMPARE(all->recipients.first().deliveryIds.size(), 2);
    }

    void leavesOutAsCampaignsDo()
    {
        m_room->contact(QStringLiteral("bare"), {});
        m_room->write([](Connection& connection) {
            SuppressionRepository(connection)
                .add({0, email, QStringLiteral("anna@b.example"), QStringLiteral("manual"), {}, 0});
            return 0;
        });
        m_room->topic(QStringLiteral("nobody"), {});
        const auto answer = trigger(R"({"topic": "order.shipped", "to": [{"external_id": "cust-1"},
            {"external_id": "bare"}, {"external_id": "cust-2"}, {"external_id": "cust-2"}]})");
        QVERIFY2(answer, qPrintable(problemOf(answer)));
        QCOMPARE(answer->recipients.at(0).leftOut, LeftOutReason::Suppressed);
        QCOMPARE(answer->recipients.at(1).leftOut, LeftOutReason::NoAddress);
        QCOMPARE(answer->recipients.at(2).deliveryIds.size(), 1);
        QCOMPARE(answer->recipients.at(3).leftOut, LeftOutReason::DuplicateAddress);
        const auto noRoute = trigger(R"({"topic": "nobody", "to": {"external_id": "cust-1"}})");
        QCOMPARE(noRoute->recipients.first().leftOut, LeftOutReason::NoRoute);
    }

    void whatBecameOfItIsTold()
    {
        const auto answer = trigger(R"({"topic": "order.shipped", "to": [{"external_id": "cust-1"},
            {"channel": "email", "address": "bounce@b.example"}]})");
        QVERIFY2(answer, qPrintable(problemOf(answer)));
        const qint64 sent = answer->recipients.at(0).deliveryIds.first();
        const qint64 bounced = answer->recipients.at(1).deliveryIds.first();
        QVERIFY(m_room->until(
            [&] { return m_room->isSent(sent) && m_room->delivery(bounced).state == DeliveryState::Bounced; }));
        for (const char* kind : {"read", "clicked", "read"})
            QVERIFY(m_room->deliveries->engaged(m_room->ann, sent, QString::fromLatin1(kind)).result());
        const Caller shop{QStringLiteral("token:shop"), Role::Operator};
        const auto detail = m_room->triggers->get(shop, answer->triggerId).result();
        QVERIFY(detail);
        QCOMPARE(detail->topicKey, QStringLiteral("order.shipped"));
        QCOMPARE(detail->counts.value(DeliveryState::Sent), 1);
        QCOMPARE(detail->counts.value(DeliveryState::Bounced), 1);
        QCOMPARE(detail->deliveries.first().id, sent);
        QCOMPARE(detail->deliveries.last().id, bounced);
        QCOMPARE(detail->engagement.value(sent), QStringList({QStringLiteral("read"), QStringLiteral("clicked")}));
        const QJsonArray list = detail->toJson().value(u"deliveries").toArray();
        QCOMPARE(list.at(0).toObject().value(u"engagement").toArray().size(), 2);
        QVERIFY(list.at(1).toObject().contains(u"error"));
        QVERIFY(m_room->triggers->get(m_room->ann, answer->triggerId).result());
        const Caller other{QStringLiteral("token:other"), Role::Operator};
        QCOMPARE(m_room->triggers->get(other, answer->triggerId).result().error().code, ErrorCode::NotFound);
        QCOMPARE(m_room->triggers->get(shop, answer->triggerId + 1).result().error().code, ErrorCode::NotFound);
    }

    void theListOfDeliveriesIsNarrowedToATrigger()
    {
        QVERIFY(trigger(R"({"topic": "order.shipped", "to": {"external_id": "cust-1"}})"));
        const auto answer = trigger(R"({"topic": "order.shipped", "to": {"external_id": "cust-2"}})");
        const auto query = DeliveryService::parseQuery(u"trigger:%1"_qs.arg(answer->triggerId));
        QVERIFY(query);
        const auto page = m_room->deliveries->page(*query, {0, 10}).result();
        QCOMPARE(page->total, 1);
        QCOMPARE(page->rows.first().delivery.id, answer->recipients.first().deliveryIds.first());
        QCOMPARE(DeliveryService::parseQuery(QStringLiteral("trigger:x")).error().field, QStringLiteral("trigger"));
    }

    void aKeyIsCarriedOutOnce()
    {
        const QByteArray request
            = R"({"topic": "order.shipped", "to": {"external_id": "cust-1"}, "data": {"a": 1, "b": 2}, "idempotency_key": "k"})";
        const QByteArray otherWords
            = R"({"idempotency_key": "k", "metadata": {"b": 2, "a": 1}, "to": [{"external_id": "cust-1"}], "topic": "order.shipped"})";
        const auto first = trigger(request);
        QVERIFY2(first, qPrintable(problemOf(first)));
        QVERIFY(!first->replayed);
        const auto second = trigger(otherWords);
        QVERIFY2(second, qPrintable(problemOf(second)));
        QVERIFY(second->replayed);
        QCOMPARE(second->triggerId, first->triggerId);
        QCOMPARE(second->recipients.first().deliveryIds, first->recipients.first().deliveryIds);
        QCOMPARE(m_room->all().size(), 1);
        QCOMPARE(
            problemOf(trigger(
                R"({"topic": "order.shipped", "to": {"external_id": "cust-2"}, "data": {"a": 1, "b": 2}, "idempotency_key": "k"})")),
            QStringLiteral("conflict idempotency_key"));
        QVERIFY(trigger(request, QStringLiteral("token:other"))); // another caller's key is another key
        QCOMPARE(m_room->all().size(), 2);
        m_room->clock.jump(dayMs - 1);
        QVERIFY(trigger(request)->replayed);
        m_room->clock.jump(2);
        QVERIFY(!trigger(request)->replayed);
        QCOMPARE(m_room->all().size(), 3);
    }

    void whoAsksTwiceAtOnceGetsOneAnswer()
    {
        TriggerRequest request = *TriggerService::parse(
            {{QStringLiteral("topic"), QStringLiteral("order.shipped")},
             {QStringLiteral("to"), QJsonObject{{QStringLiteral("external_id"), QStringLiteral("cust-1")}}},
             {QStringLiteral("idempotency_key"), QStringLiteral("k")}});
        QList<Future<TriggerAnswer>> answers;
        for (int i = 0; i < 20; ++i)
            answers << m_room->triggers->trigger(m_room->ann, request);
        int replayed = 0;
        for (Future<TriggerAnswer>& answer : answers) {
            QVERIFY(answer.result());
            replayed += answer.result()->replayed ? 1 : 0;
        }
        QCOMPARE(replayed, 19);
        QCOMPARE(m_room->all().size(), 1);
    }

    void whatIsRefusedLeavesNothing()
    {
        const qint64 before = contacts();
        const auto answer = trigger(R"({"topic": "order.shipped", "idempotency_key": "k", "to": [
            {"channel": "email", "address": "new@b.example"}, {"external_id": "nobody"}]})");
        QCOMPARE(problemOf(answer), QStringLiteral("not_found to[1].external_id"));
        QCOMPARE(contacts(), before);
        QVERIFY(trigger(R"({"topic": "order.shipped", "to": {"external_id": "cust-1"}, "idempotency_key": "k"})"));
    }

    void keysArePrunedInSteps()
    {
        m_room->write([&](Connection& connection) {
            IdempotencyRepository kept(connection);
            for (int i = 0; i < 150; ++i)
                kept.keep(QStringLiteral("s"), QString::number(i), {"h", {}}, 1'000 + i);
            return 0;
        });
        const auto prune = [&] {
            return m_room->write([](Connection& connection) { return IdempotencyRepository(connection).prune(1'149); });
        };
        QCOMPARE(prune(), 100);
        QCOMPARE(prune(), 49);
        QCOMPARE(prune(), 0);
    }

    void badRequests_data()
    {
        QTest::addColumn<QByteArray>("json");
        QTest::addColumn<QString>("problem");
        const auto row
            = [](const char* json, const QString& problem) { QTest::newRow(json) << QByteArray(json) << problem; };
        row(R"({"to": {"external_id": "cust-1"}})", QStringLiteral("invalid_input topic"));
        row(R"({"topic": "order.shipped"})", QStringLiteral("invalid_input to"));
        row(R"({"topic": "order.shipped", "to": []})", QStringLiteral("invalid_input to"));
        row(R"({"topic": "order.shipped", "to": "cust-1"})", QStringLiteral("invalid_input to"));
        row(R"({"topic": "order.shipped", "to": [7]})", QStringLiteral("invalid_input to[0]"));
        row(R"({"topic": "order.shipped", "to": [{}]})", QStringLiteral("invalid_input to[0]"));
        row(R"({"topic": "order.shipped", "to": [{"external_id": 7}]})", QStringLiteral("invalid_input to[0].external_id"));
        row(R"({"topic": "order.shipped", "to": [{"adress": "x"}]})", QStringLiteral("invalid_input to[0].adress"));
        row(R"({"topic": "order.shipped", "to": [{"external_id": "cust-1", "channel": "email", "address": "a@b.c"}]})",
            QStringLiteral("invalid_input to[0]"));
        row(R"({"topic": "order.shipped", "to": [{"address": "a@b.c"}]})", QStringLiteral("invalid_input to[0]"));
        row(R"({"topic": "order.shipped", "to": [{"contact": 1, "external_id": "cust-1"}]})",
            QStringLiteral("invalid_input to[0]"));
        row(R"({"topic": "order.shipped", "to": [{"contact": 1.5}]})", QStringLiteral("invalid_input to[0].contact"));
        row(R"({"topic": "order.shipped", "to": [{"contact": 99}]})", QStringLiteral("not_found to[0].contact"));
        row(R"({"topic": "order.shipped", "to": [{"channel": "email", "address": "no address"}]})",
            QStringLiteral("invalid_input to[0].address"));
        row(R"({"topic": "order.shipped", "to": [{"channel": "email", "address": "a@b.example", "time_zone": "Mars/Base"}]})",
            QStringLiteral("invalid_input to[0].time_zone"));
        row(R"({"topic": "order.shipped", "to": {"external_id": "cust-1"}, "data": {}, "metadata": {}})",
            QStringLiteral("invalid_input metadata"));
        row(R"({"topic": "order.shipped", "to": {"external_id": "cust-1"}, "data": []})",
            QStringLiteral("invalid_input data"));
        row(R"({"topic": "order.shipped", "to": {"external_id": "cust-1"}, "body": {}})",
            QStringLiteral("invalid_input body"));
        row(R"({"topic": "nosuch", "to": {"external_id": "cust-1"}})", QStringLiteral("not_found topic"));
    }
    void badRequests()
    {
        QFETCH(QByteArray, json);
        QFETCH(QString, problem);
        QCOMPARE(problemOf(trigger(json)), problem);
        QVERIFY(m_room->all().isEmpty());
    }

    void asksForAnOperator()
    {
        const auto request = TriggerService::parse(
            {{QStringLiteral("topic"), QStringLiteral("order.shipped")},
             {QStringLiteral("to"), QJsonObject{{QStringLiteral("external_id"), QStringLiteral("cust-1")}}}});
        const auto answer = m_room->triggers->trigger({QStringLiteral("x"), Role::Viewer}, *request).result();
        QCOMPARE(problemOf(answer), QStringLiteral("forbidden "));
    }

    void retriesAndFailuresAreThoseOfCampaigns()
    {
        const auto answer = trigger(R"({"topic": "order.shipped", "to": [
            {"channel": "email", "address": "retry-once@b.example"}, {"channel": "email", "address": "bounce@b.example"}]})");
        const qint64 retried = answer->recipients.at(0).deliveryIds.first();
        const qint64 bounced = answer->recipients.at(1).deliveryIds.first();
        QVERIFY(m_room->until([&] { return m_room->delivery(retried).attempts == 1; }));
        QVERIFY(m_room->until([&] { return m_room->delivery(bounced).state == DeliveryState::Bounced; }));
        QVERIFY(m_room->until([&] { return m_room->isSent(retried); }, 60'000));
        QCOMPARE(m_room->delivery(retried).attempts, 2);
    }

    void holdsAsTheTopicSays()
    {
        DispatchRules rules;
        rules.holdMs = 30'000;
        m_room->topic(QStringLiteral("held"), {{m_mail, email}}, rules);
        const qint64 id
            = trigger(R"({"topic": "held", "to": {"external_id": "cust-1"}})")->recipients.first().deliveryIds.first();
        m_room->pass(29'000);
        QCOMPARE(m_room->delivery(id).state, DeliveryState::Queued);
        QVERIFY(m_room->until([&] { return m_room->isSent(id); }));
        QVERIFY(m_room->delivery(id).updatedAt >= m_room->delivery(id).createdAt + 30'000);
    }

    void anEngineThatOnlyLooksQueuesThem()
    {
        m_room->close();
        m_room->open();
        const qint64 id = trigger(R"({"topic": "order.shipped", "to": {"external_id": "cust-1"}})")
                              ->recipients.first()
                              .deliveryIds.first();
        m_room->pass(1'000);
        QCOMPARE(m_room->delivery(id).state, DeliveryState::Queued);
        m_room->dispatch->start();
        QVERIFY(m_room->until([&] { return m_room->isSent(id); }));
    }

    void whatWasOnItsWayWhenTheEngineDiedIsSentAgain()
    {
        const auto died = m_room->write([&](Connection& connection) {
            DeliveryRepository deliveries(connection);
            Delivery delivery;
            delivery.topicId = 1;
            delivery.contactId = 1;
            delivery.accountId = m_mail;
            delivery.channel = email;
            delivery.address = QStringLiteral("anna@b.example");
            delivery.createdAt = m_room->clock.now();
            return deliveries.insertQueued(delivery, QStringLiteral("x"));
        });
        const auto answer = trigger(R"({"topic": "order.shipped", "to": {"external_id": "cust-1"}})");
        const qint64 id = answer->recipients.first().deliveryIds.first();
        QVERIFY(m_room->until([&] { return m_room->isSent(id); }));
        m_room->close();
        m_room->open();
        m_room->write([&](Connection& connection) { // a dead engine's: on the wire, of the same trigger
            connection.run("UPDATE delivery SET state = 'sending', lease = 'dead', trigger_id = ? WHERE id = ?",
                           answer->triggerId, died);
            return 0;
        });
        m_room->dispatch->start();
        QVERIFY(m_room->until([&] { return m_room->isSent(died); }, 60'000));
        QCOMPARE(m_room->delivery(died).attempts, 2); // the uncertain one counts
    }
};

QTEST_GUILESS_MAIN(TriggerServiceTest)
#include "TriggerServiceTest.moc"
