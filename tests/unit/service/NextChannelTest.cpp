// SPDX-License-Identifier: GPL-3.0-or-later
#include "SendingRoom.h"

#include "engine/model/Engagement.h"

using namespace carillon;

namespace {

const QString push = QStringLiteral("push");
const QString sms = QStringLiteral("sms");
const QString email = QStringLiteral("email");
constexpr qint64 waitMs = 600'000;

} // namespace

// "Push, then SMS, if unread after ten minutes."
class NextChannelTest : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<SendingRoom> m_room;
    qint64 m_topic = 0;

    QList<Delivery> on(const QString& channel) { return m_room->on(channel); }
    bool areAll(const QString& channel, DeliveryState state, qsizetype count)
    {
        return m_room->areAll(channel, state, count);
    }
    void trigger(const QString& externalId)
    {
        const auto answer
            = m_room->trigger("{\"topic\": \"alarm\", \"to\": {\"external_id\": \"" + externalId.toUtf8() + "\"}}");
        QVERIFY2(answer, answer ? "" : qPrintable(answer.error().message));
    }
    qint64 campaign()
    {
        Campaign campaign;
        campaign.name = QStringLiteral("c");
        campaign.topicId = m_topic;
        campaign.audience.everyone = true;
        const qint64 id = *m_room->campaigns->save(m_room->ann, campaign).result();
        if (!m_room->campaigns->schedule(m_room->ann, id, 0).result())
            return 0;
        return id;
    }
    CampaignState stateOf(qint64 id) { return m_room->campaigns->get(id).result()->campaign.state; }

private Q_SLOTS:
    void init()
    {
        m_room = std::make_unique<SendingRoom>();
        DispatchRules rules;
        rules.nextChannelAfterMs = waitMs;
        m_topic = m_room->topic(QStringLiteral("alarm"),
                                {{m_room->account(QStringLiteral("Push"), push), push},
                                 {m_room->account(QStringLiteral("Phone"), sms), sms},
                                 {m_room->account(QStringLiteral("Mail"), email), email}},
                                rules);
        m_room->dispatch->start();
    }
    void cleanup() { m_room.reset(); }

    void whatIsNotReadGoesOnChannelByChannel()
    {
        m_room->contact(QStringLiteral("a"),
                        {{push, QStringLiteral("device")},
                         {sms, QStringLiteral("+34600000001")},
                         {email, QStringLiteral("a@b.example")}});
        trigger(QStringLiteral("a"));
        QVERIFY(m_room->until([&] { return areAll(push, DeliveryState::Sent, 1); }));
        QVERIFY(m_room->until([&] { return areAll(sms, DeliveryState::Queued, 1); }));
        const Delivery first = on(push).first();
        const Delivery second = on(sms).first();
        QCOMPARE(second.follows, first.id);
        QCOMPARE(second.triggerId, first.triggerId);
        QCOMPARE(second.dueAt, first.updatedAt + waitMs);
        m_room->pass(waitMs - 10'000);
        QVERIFY(areAll(sms, DeliveryState::Queued, 1));
        QVERIFY(m_room->until([&] { return areAll(sms, DeliveryState::Sent, 1); }, 20'000));
        QVERIFY(areAll(email, DeliveryState::Queued, 1));
        m_room->pass(waitMs);
        QVERIFY(m_room->until([&] { return areAll(email, DeliveryState::Sent, 1); }));
        QCOMPARE(m_room->all().size(), 3);
    }

    void whatIsReadInTimeDoesNot()
    {
        m_room->contact(QStringLiteral("a"), {{push, QStringLiteral("device")}, {sms, QStringLiteral("+34600000001")}});
        trigger(QStringLiteral("a"));
        QVERIFY(m_room->until([&] { return areAll(sms, DeliveryState::Queued, 1); }));
        QVERIFY(!m_room->deliveries->engaged(m_room->ann, on(push).first().id, QStringLiteral("smiled")).result());
        QVERIFY(m_room->deliveries->engaged(m_room->ann, on(push).first().id, EngagementKind::Opened).result());
        m_room->pass(waitMs);
        QVERIFY(m_room->until([&] { return areAll(sms, DeliveryState::Cancelled, 1); }));
        QVERIFY(on(sms).first().lastError.contains(QStringLiteral("read in time")));
        QCOMPARE(m_room->outbox->total(), 1);
    }

    void afterAFailureItIsDueAtOnceAndAChannelThatReachesNobodyIsLeftOut()
    {
        m_room->contact(QStringLiteral("a"), {{push, QStringLiteral("refuse@x")}, {email, QStringLiteral("a@b.example")}});
        trigger(QStringLiteral("a"));
        QVERIFY(m_room->until([&] { return areAll(email, DeliveryState::Sent, 1); }));
        QVERIFY(areAll(push, DeliveryState::Failed, 1));
        QVERIFY(on(sms).isEmpty());
    }

    void allAddressesOfAContactAreOneStep()
    {
        m_room->contact(
            QStringLiteral("a"),
            {{push, QStringLiteral("refuse@x")}, {push, QStringLiteral("tablet")}, {sms, QStringLiteral("+34600000001")}});
        trigger(QStringLiteral("a"));
        QVERIFY(m_room->until([&] { return areAll(sms, DeliveryState::Queued, 1); }));
        m_room->pass(1'000);
        QVERIFY(areAll(sms, DeliveryState::Queued, 1)); // the tablet has it: there is time to read it
        m_room->pass(waitMs);
        QVERIFY(m_room->until([&] { return areAll(sms, DeliveryState::Sent, 1); }));
    }

    void aCampaignIsNotFinishedWhileAFollowUpWaits()
    {
        for (int i = 0; i < 20; ++i)
            m_room->contact(QString::number(i),
                            {{push, QStringLiteral("device%1").arg(i)},
                             {sms, QStringLiteral("+346000000%1").arg(i, 2, 10, QLatin1Char('0'))}});
        const qint64 id = campaign();
        QVERIFY(id != 0);
        QVERIFY(m_room->until([&] { return areAll(push, DeliveryState::Sent, 20); }));
        QVERIFY(m_room->until([&] { return on(sms).size() == 20; }));
        m_room->pass(60'000);
        QCOMPARE(stateOf(id), CampaignState::Sending);
        QVERIFY(m_room->deliveries->engaged(m_room->ann, on(push).first().id, EngagementKind::Read).result());
        m_room->pass(waitMs);
        QVERIFY(m_room->until([&] { return stateOf(id) == CampaignState::Finished; }));
        QCOMPARE(on(sms).size(), 20);
        QCOMPARE(m_room->outbox->total(), 39);
        QVERIFY(on(sms).last().campaignId == id);
    }

    void aFollowUpSurvivesTheEngine()
    {
        m_room->contact(QStringLiteral("a"), {{push, QStringLiteral("device")}, {sms, QStringLiteral("+34600000001")}});
        const qint64 id = campaign();
        QVERIFY(m_room->until([&] { return areAll(sms, DeliveryState::Queued, 1); }));
        m_room->close();
        m_room->open();
        m_room->clock.jump(waitMs);
        m_room->dispatch->start();
        QVERIFY(m_room->until([&] { return stateOf(id) == CampaignState::Finished; }));
        QVERIFY(areAll(sms, DeliveryState::Sent, 1));
        QCOMPARE(m_room->outbox->total(), 2);
    }

    void aCancelledCampaignSendsNone()
    {
        m_room->contact(QStringLiteral("a"), {{push, QStringLiteral("device")}, {sms, QStringLiteral("+34600000001")}});
        const qint64 id = campaign();
        QVERIFY(m_room->until([&] { return areAll(sms, DeliveryState::Queued, 1); }));
        QVERIFY(m_room->campaigns->cancel(m_room->ann, id).result());
        m_room->pass(waitMs);
        QVERIFY(m_room->until([&] { return areAll(sms, DeliveryState::Cancelled, 1); }));
        QCOMPARE(m_room->outbox->total(), 1);
    }
};

QTEST_GUILESS_MAIN(NextChannelTest)
#include "NextChannelTest.moc"
