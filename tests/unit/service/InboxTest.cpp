// SPDX-License-Identifier: GPL-3.0-or-later
#include "SendingRoom.h"

#include "engine/provider/InAppProvider.h"
#include "engine/provider/InAppSender.h"
#include "engine/security/InboxToken.h"
#include "engine/service/NotificationService.h"
#include "engine/store/EngagementRepository.h"
#include "engine/store/LogRepository.h"
#include "engine/store/NotificationRepository.h"

using namespace carillon;

// The inbox of contacts: what is written by sending, and what applications do with it.
class InboxTest : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<SendingRoom> m_room;
    std::optional<NotificationService> m_inboxes;
    const JwtKey m_key = *JwtKey::fromSecret(Secret(QByteArray(32, 'k')));
    const Caller m_shop{u"token:shop"_qs, Role::Operator};

    qint64 inboxAccount()
    {
        Account account;
        account.name = u"inbox"_qs;
        account.provider = u"in_app"_qs;
        account.channel = u"in_app"_qs;
        return m_room->write([&](Connection& connection) { return AccountRepository(connection).save(account); });
    }
    QList<LogEntry> entries(const QString& types)
    {
        return m_room->write([&](Connection& connection) {
            LogFilter filter;
            filter.types = {types};
            return LogRepository(connection).after(0, filter, 1'000);
        });
    }
    QStringList entryTypes(const QString& types = u"notification.*"_qs)
    {
        QStringList list;
        for (const LogEntry& entry : entries(types))
            list << entry.type;
        return list;
    }
    InboxPage page(const QString& contact, const InboxQuery& query = {})
    {
        return *m_inboxes->page(contact, query).result();
    }
    QStringList titles(const QString& contact, const InboxQuery& query = {})
    {
        QStringList list;
        for (const Notification& notification : page(contact, query).notifications)
            list << notification.card.value(u"title").toString();
        return list;
    }
    Result<Notification> change(const QString& contact, qint64 id, const InboxChange& change)
    {
        return m_inboxes->change(m_shop, contact, id, change).result();
    }

    Message card(qint64 delivery, const QString& to, const QJsonObject& fields)
    {
        Message message;
        message.deliveryId = delivery;
        message.to = to;
        message.fields = fields;
        return message;
    }
    QList<Outcome> send(const QList<Message>& messages)
    {
        const auto sender = InAppProvider(*m_room->store, m_room->clock).makeSender({});
        QList<Outcome> outcomes;
        connect(sender.get(), &Sender::outcomes, this, [&](const QList<Outcome>& list) { outcomes += list; });
        sender->send(messages);
        (void)QTest::qWaitFor([&] { return outcomes.size() == messages.size(); }, 30'000);
        return outcomes;
    }
    // Cards that belong to no delivery, "1" first.
    void fill(const QString& contact, int count)
    {
        QList<Message> messages;
        for (int i = 1; i <= count; ++i)
            messages << card(0, contact, {{u"title"_qs, QString::number(i)}});
        QCOMPARE(send(messages).size(), count);
    }

private Q_SLOTS:
    void init()
    {
        m_room = std::make_unique<SendingRoom>();
        QVERIFY(m_room->registry.add(std::make_unique<InAppProvider>(*m_room->store, m_room->clock)));
        m_inboxes.emplace(*m_room->store, m_room->clock, m_key);
    }
    void cleanup()
    {
        m_inboxes.reset();
        m_room.reset();
    }

    void aTopicReachesTheInbox()
    {
        const qint64 account = inboxAccount();
        m_room->topic(u"order.shipped"_qs, {{account, u"in_app"_qs}});
        const qint64 contact = m_room->contact(u"cust-17"_qs, {});
        m_room->contact({}, {{u"email"_qs, u"nameless@example.org"_qs}});
        m_room->dispatch->start();
        const auto made
            = m_room->trigger(R"({"topic": "order.shipped", "to": {"external_id": "cust-17"}, "data": {"word": "parcel"}})");
        QVERIFY2(made, qPrintable(made ? QString() : made.error().message));
        const qint64 delivery = made->recipients.first().deliveryIds.value(0);
        QVERIFY(m_room->until([&] { return m_room->isSent(delivery); }));
        const InboxPage inbox = page(u"cust-17"_qs);
        QCOMPARE(inbox.unread, 1);
        QCOMPARE(inbox.notifications.size(), 1);
        const Notification notification = inbox.notifications.first();
        QCOMPARE(notification.topicKey, u"order.shipped"_qs);
        QCOMPARE(notification.deliveryId, delivery);
        QCOMPARE(notification.card.value(u"text").toString(), u"word: parcel"_qs);
        QCOMPARE(m_room->delivery(delivery).providerId, QString::number(notification.id));
        const QList<LogEntry> created = entries(u"notification.created"_qs);
        QCOMPARE(created.size(), 1);
        QCOMPARE(created.first().contactId, contact);
        QCOMPARE(created.first().deliveryId, delivery);
        QCOMPARE(created.first().accountId, account);
        QCOMPARE(created.first().data, (QJsonObject{{u"id"_qs, notification.id}, {u"card"_qs, notification.card}}));
    }

    void aSecondAttemptWritesNothingTwice()
    {
        const qint64 account = inboxAccount();
        m_room->topic(u"t"_qs, {{account, u"in_app"_qs}});
        m_room->contact(u"ana"_qs, {});
        m_room->dispatch->start();
        const qint64 delivery
            = m_room->trigger(R"({"topic": "t", "to": {"external_id": "ana"}})")->recipients.first().deliveryIds.value(0);
        QVERIFY(m_room->until([&] { return m_room->isSent(delivery); }));
        const QString id = QString::number(page(u"ana"_qs).notifications.first().id);
        const QList<Outcome> again = send({card(delivery, u"ana"_qs, {{u"title"_qs, u"other"_qs}})});
        QCOMPARE(again.size(), 1);
        QCOMPARE(again.first().kind, OutcomeKind::Sent);
        QCOMPARE(again.first().providerId, id);
        QCOMPARE(page(u"ana"_qs).notifications.size(), 1);
        QCOMPARE(entryTypes(), QStringList{u"notification.created"_qs});
    }

    void whoIsNotThereIsRefused()
    {
        m_room->contact(u"ana"_qs, {});
        const QList<Outcome> outcomes
            = send({card(0, u"bob"_qs, {{u"title"_qs, u"x"_qs}}), card(0, QString(), {{u"title"_qs, u"x"_qs}}),
                    card(0, u"ana"_qs, {{u"title"_qs, u"x"_qs}})});
        QCOMPARE(outcomes.size(), 3);
        QCOMPARE(outcomes[0].kind, OutcomeKind::Refused);
        QVERIFY(outcomes[0].reason.contains(u"bob"_qs));
        QCOMPARE(outcomes[1].kind, OutcomeKind::Refused);
        QCOMPARE(outcomes[2].kind, OutcomeKind::Sent);
        QCOMPARE(m_inboxes->page(u"bob"_qs, {}).result().error().code, ErrorCode::NotFound);
        QCOMPARE(m_inboxes->page({}, {}).result().error().code, ErrorCode::NotFound);
    }

    void aLargeCardIsAnnouncedWithoutItsText()
    {
        m_room->contact(u"ana"_qs, {});
        const QJsonObject large{
            {u"title"_qs, u"T"_qs}, {u"text"_qs, QString(20'000, u'x')}, {u"url"_qs, u"https://a.example"_qs}};
        QCOMPARE(send({card(0, u"ana"_qs, large)}).value(0).kind, OutcomeKind::Sent);
        QCOMPARE(page(u"ana"_qs).notifications.first().card, large);
        QCOMPARE(entries(u"notification.created"_qs).first().data.value(u"card").toObject(),
                 (QJsonObject{{u"title"_qs, u"T"_qs}, {u"url"_qs, u"https://a.example"_qs}}));
    }

    void pagesGoFromTheNewestOn()
    {
        m_room->contact(u"ana"_qs, {});
        m_room->contact(u"bob"_qs, {});
        fill(u"ana"_qs, 5);
        fill(u"bob"_qs, 1);
        QCOMPARE(titles(u"ana"_qs), (QStringList{u"5"_qs, u"4"_qs, u"3"_qs, u"2"_qs, u"1"_qs}));
        const InboxPage first = page(u"ana"_qs, {InboxPart::Inbox, 0, 2});
        QCOMPARE(first.notifications.size(), 2);
        QCOMPARE(first.unread, 5);
        QCOMPARE(titles(u"ana"_qs, {InboxPart::Inbox, first.next, 2}), (QStringList{u"3"_qs, u"2"_qs}));
        QCOMPARE(page(u"ana"_qs, {InboxPart::Inbox, first.next, 3}).next, 0);
        const QJsonObject json = page(u"bob"_qs).toJson();
        QVERIFY(json.value(u"next").isNull());
        const QJsonObject one = json.value(u"notifications")[0].toObject();
        QCOMPARE(one.value(u"created_at").toString(), u"2025-06-15T15:06:40.000Z"_qs);
        QVERIFY(one.value(u"read_at").isNull() && one.value(u"archived_at").isNull());
    }

    void changesAreLoggedOnceEach()
    {
        m_room->contact(u"ana"_qs, {});
        fill(u"ana"_qs, 2);
        const qint64 id = page(u"ana"_qs).notifications.first().id;
        InboxChange read;
        read.read = true;
        for (int i = 0; i < 2; ++i)
            QCOMPARE(change(u"ana"_qs, id, read)->readAt, m_room->clock.now());
        QCOMPARE(page(u"ana"_qs).unread, 1);
        InboxChange away;
        away.archived = true;
        away.read = false;
        const Notification archived = *change(u"ana"_qs, id, away);
        QVERIFY(archived.readAt == 0 && archived.archivedAt == m_room->clock.now());
        QCOMPARE(page(u"ana"_qs).unread, 1); // what is archived does not count
        QCOMPARE(titles(u"ana"_qs), QStringList{u"1"_qs});
        QCOMPARE(titles(u"ana"_qs, {InboxPart::Archived, 0, 50}), QStringList{u"2"_qs});
        InboxChange back;
        back.archived = false;
        QVERIFY(change(u"ana"_qs, id, back));
        QCOMPARE(titles(u"ana"_qs, {InboxPart::Unread, 0, 50}), (QStringList{u"2"_qs, u"1"_qs}));
        QCOMPARE(entryTypes(),
                 (QStringList{u"notification.created"_qs, u"notification.created"_qs, u"notification.read"_qs,
                              u"notification.unread"_qs, u"notification.archived"_qs, u"notification.restored"_qs}));
        QCOMPARE(entries(u"notification.read"_qs).first().actor, u"token:shop"_qs);
    }

    void nobodyReachesTheInboxOfAnother()
    {
        m_room->contact(u"ana"_qs, {});
        m_room->contact(u"bob"_qs, {});
        fill(u"ana"_qs, 1);
        const qint64 id = page(u"ana"_qs).notifications.first().id;
        InboxChange read;
        read.read = true;
        QCOMPARE(change(u"bob"_qs, id, read).error().code, ErrorCode::NotFound);
        QCOMPARE(page(u"ana"_qs).unread, 1);
        QCOMPARE(m_inboxes->change({u"x"_qs, Role::Viewer}, u"ana"_qs, id, read).result().error().code,
                 ErrorCode::Forbidden);
    }

    void readingIsEngagement()
    {
        const qint64 account = inboxAccount();
        m_room->topic(u"t"_qs, {{account, u"in_app"_qs}});
        m_room->contact(u"ana"_qs, {});
        m_room->dispatch->start();
        const qint64 delivery
            = m_room->trigger(R"({"topic": "t", "to": {"external_id": "ana"}})")->recipients.first().deliveryIds.value(0);
        QVERIFY(m_room->until([&] { return m_room->isSent(delivery); }));
        const qint64 id = page(u"ana"_qs).notifications.first().id;
        for (const bool isRead : {true, false, true}) {
            InboxChange read;
            read.read = isRead;
            QVERIFY(change(u"ana"_qs, id, read));
        }
        QCOMPARE(m_room->write([&](Connection& connection) { return EngagementRepository(connection).kinds(delivery); }),
                 QStringList{u"read"_qs});
        QCOMPARE(entryTypes(u"engagement.*"_qs), QStringList{u"engagement.read"_qs});
    }

    void allIsReadInSteps()
    {
        m_room->contact(u"ana"_qs, {});
        fill(u"ana"_qs, NotificationService::MostRows + 5);
        QCOMPARE(*m_inboxes->readAll(m_shop, u"ana"_qs).result(), 5);
        QCOMPARE(titles(u"ana"_qs, {InboxPart::Unread, 0, 50}).last(), u"1"_qs);
        QCOMPARE(*m_inboxes->readAll(m_shop, u"ana"_qs).result(), 0);
    }

    void whatHasExpiredIsGone()
    {
        constexpr qint64 day = 86'400'000;
        m_room->contact(u"ana"_qs, {});
        fill(u"ana"_qs, 3);
        const qint64 id = page(u"ana"_qs).notifications.first().id;
        m_room->clock.advance(90 * day - 1);
        QCOMPARE(page(u"ana"_qs).unread, 3);
        m_room->clock.advance(1);
        QCOMPARE(page(u"ana"_qs).unread, 0);
        QVERIFY(page(u"ana"_qs).notifications.isEmpty());
        QVERIFY(!change(u"ana"_qs, id, {true, {}}));
        fill(u"ana"_qs, 1); // removes the rows on the way
        QCOMPARE(
            m_room->write([](Connection& connection) { return connection.integer("SELECT COUNT(*) FROM notification"); }),
            1);
    }

    void tokensAreForOneInbox()
    {
        const qint64 contact = m_room->contact(u"ana"_qs, {});
        const auto issued = m_inboxes->issueToken(m_shop, u"ana"_qs, 60'000).result();
        QVERIFY(issued);
        const auto claims = m_key.verify(issued->token.toLatin1(), {}, m_room->clock.now());
        QVERIFY(claims);
        QCOMPARE(inboxHolder(*claims), (InboxHolder{contact, u"ana"_qs}));
        QCOMPARE(claims->expiresAt, issued->expiresAt);
        JwtClaims more = *claims;
        more.scopes << u"feed:read"_qs;
        QVERIFY(!inboxHolder(more));
        QCOMPARE(m_inboxes->issueToken(m_shop, u"bob"_qs, 60'000).result().error().code, ErrorCode::NotFound);
        QCOMPARE(m_inboxes->issueToken(m_shop, u"ana"_qs, 2 * 86'400'000).result().error().field, u"valid_seconds"_qs);
        QCOMPARE(m_inboxes->issueToken({u"x"_qs, Role::Viewer}, u"ana"_qs, 60'000).result().error().code,
                 ErrorCode::Forbidden);
    }
};

QTEST_GUILESS_MAIN(InboxTest)
#include "InboxTest.moc"
