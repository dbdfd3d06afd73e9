// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/store/MissedContacts.h"
#include "engine/base/SystemClock.h"
#include "engine/store/AudienceRepository.h"
#include "engine/store/BrandRepository.h"
#include "engine/store/CampaignRepository.h"
#include "engine/store/Connection.h"
#include "engine/store/ContactRepository.h"
#include "engine/store/DeliveryRepository.h"
#include "engine/store/Migrator.h"
#include "engine/store/TopicRepository.h"

#include <QTest>

using namespace carillon;

// Whom a campaign missed, asked in every way in which an audience is asked.
class MissedContactsTest : public QObject {
    Q_OBJECT

private:
    using S = DeliveryState;

    SystemClock m_clock;
    std::unique_ptr<Connection> m_connection;
    qint64 m_campaign = 0;
    qint64 m_other = 0;

    qint64 contact(const QString& name)
    {
        Contact contact;
        contact.name = name;
        contact.addresses = {{0, 0, QStringLiteral("email"), name + QStringLiteral("@x.example"), AddressState::Active}};
        return ContactRepository(*m_connection).insert(contact);
    }
    void deliver(qint64 contactId, S state, qint64 campaignId = 0)
    {
        Delivery delivery;
        delivery.campaignId = campaignId == 0 ? m_campaign : campaignId;
        delivery.contactId = contactId;
        delivery.channel = QStringLiteral("email");
        delivery.address = QStringLiteral("a@x.example");
        DeliveryRepository deliveries(*m_connection);
        delivery = *deliveries.find(deliveries.insertQueued(delivery, QStringLiteral("test")));
        const bool direct = mayBecome(S::Queued, state);
        if (state != S::Queued && !direct)
            QVERIFY(deliveries.change(delivery, {S::Sending, false, 0, {}, {}, {}, {}}, 1));
        if (state != S::Queued)
            QVERIFY(deliveries.change(delivery, {state, false, 0, {}, {}, {}, {}}, 1));
    }
    QList<qint64> ids(const Audience& audience, int pageSize)
    {
        QList<qint64> all;
        for (;;) {
            const QList<qint64> page
                = AudienceRepository(*m_connection).contactIds(audience, all.isEmpty() ? 0 : all.last(), pageSize);
            all << page;
            if (page.size() < pageSize)
                return all;
        }
    }
    // The same by every question that there is.
    void compareAll(const MissedAudience& missed, const QList<qint64>& expected)
    {
        Audience audience;
        audience.missed = missed;
        for (const int pageSize : {1, 2, 100})
            QCOMPARE(ids(audience, pageSize), expected);
        AudienceRepository repository(*m_connection);
        QCOMPARE(repository.count(audience), expected.size());
        QList<qint64> candidates;
        for (const auto& candidate : repository.candidates(audience, QStringLiteral("email"), 0, 1'000))
            candidates << candidate.contactId;
        QCOMPARE(candidates, expected);
        QList<qint64> located = repository.locales(audience, 0, 1'000).keys();
        std::sort(located.begin(), located.end());
        QCOMPARE(located, expected);
    }
    Campaign campaign(qint64 topicId)
    {
        Campaign campaign;
        campaign.topicId = topicId;
        return campaign;
    }

private Q_SLOTS:
    void init()
    {
        m_connection = std::move(*Connection::open(QStringLiteral(":memory:"), Connection::Access::Write));
        QVERIFY(Migrator(*m_connection, QStringLiteral(":memory:"), m_clock).migrate(builtInMigrations()).has_value());
        Topic topic;
        topic.key = QStringLiteral("t");
        topic.brandId = BrandRepository(*m_connection).save({});
        const qint64 topicId = TopicRepository(*m_connection).save(topic);
        m_campaign = CampaignRepository(*m_connection).save(campaign(topicId));
        m_other = CampaignRepository(*m_connection).save(campaign(topicId));
    }

    void thoseWithADeliveryInOneOfTheStates()
    {
        QHash<S, qint64> by;
        for (const S state :
             {S::Failed, S::Bounced, S::Uncertain, S::Expired, S::Cancelled, S::Suppressed, S::Sent, S::Queued}) {
            by[state] = contact(QString::number(int(state)));
            deliver(by[state], state);
        }
        for (const S state : missedStates())
            compareAll({m_campaign, {state}, {}}, {by[state]});
        compareAll({m_campaign, {S::Bounced, S::Failed}, {}}, {by[S::Failed], by[S::Bounced]});
        compareAll({m_other, missedStates(), {}}, {});
        compareAll({m_campaign, {}, {}}, {});
    }

    void thoseLeftOutForOneOfTheReasons()
    {
        const qint64 a = contact(QStringLiteral("a"));
        const qint64 b = contact(QStringLiteral("b"));
        CampaignRepository campaigns(*m_connection);
        campaigns.insertLeftOut({m_campaign, a, QStringLiteral("email"), LeftOutReason::Suppressed});
        campaigns.insertLeftOut({m_campaign, a, QStringLiteral("sms"), LeftOutReason::Suppressed});
        campaigns.insertLeftOut({m_campaign, b, QStringLiteral("email"), LeftOutReason::NoAddress});
        compareAll({m_campaign, {}, {LeftOutReason::Suppressed}}, {a});
        compareAll({m_campaign, {}, {LeftOutReason::NoAddress, LeftOutReason::Suppressed}}, {a, b});
        compareAll({m_campaign, {}, {QStringLiteral("it's")}}, {});
    }

    void whoGotAnotherOneOrMayStillGetItWasNotMissed()
    {
        const qint64 twice = contact(QStringLiteral("twice"));
        deliver(twice, S::Failed);
        deliver(twice, S::Failed);
        for (const S state : {S::Sent, S::Queued, S::Sending, S::Retrying}) {
            const qint64 got = contact(QStringLiteral("got%1").arg(int(state)));
            deliver(got, S::Failed);
            deliver(got, state);
            CampaignRepository(*m_connection)
                .insertLeftOut({m_campaign, got, QStringLiteral("sms"), LeftOutReason::NoAddress});
        }
        const qint64 elsewhere = contact(QStringLiteral("elsewhere"));
        deliver(elsewhere, S::Failed);
        deliver(elsewhere, S::Sent, m_other);
        compareAll({m_campaign, {S::Failed}, {LeftOutReason::NoAddress}}, {twice, elsewhere});
    }

    void whoIsGoneIsNotAmongThem()
    {
        const qint64 gone = contact(QStringLiteral("gone"));
        deliver(gone, S::Failed);
        ContactRepository(*m_connection).remove(gone);
        compareAll({m_campaign, {S::Failed}, {}}, {});
    }

    void aPageIsReadFromTheIndexAlone()
    {
        const QByteArray sql = "EXPLAIN QUERY PLAN " + missedPage({m_campaign, {S::Failed}, {LeftOutReason::NoAddress}});
        Rows plan = m_connection->query(sql.constData(), 0, 10);
        QStringList steps;
        while (plan.next())
            steps << plan.text(3);
        const QString text = steps.join(u'\n');
        QVERIFY2(text.contains(QStringLiteral("delivery_missed (campaign_id=? AND state=? AND contact_id>?)")),
                 qPrintable(text));
        QVERIFY2(text.contains(QStringLiteral("left_out_reason (campaign_id=? AND reason=? AND contact_id>?)")),
                 qPrintable(text));
        QVERIFY2(text.contains(QStringLiteral("delivery_contact (contact_id=?)")), qPrintable(text));
    }
};

QTEST_GUILESS_MAIN(MissedContactsTest)
#include "MissedContactsTest.moc"
