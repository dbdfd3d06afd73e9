// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/dispatch/Recovery.h"
#include "engine/base/SystemClock.h"
#include "engine/dispatch/Recorder.h"
#include "engine/store/BrandRepository.h"
#include "engine/store/Connection.h"
#include "engine/store/LogRepository.h"
#include "engine/store/Store.h"
#include "engine/store/TopicRepository.h"

#include <QTemporaryDir>
#include <QTest>

using namespace carillon;

class RecoveryTest : public QObject {
    Q_OBJECT

private:
    QTemporaryDir m_folder;
    SystemClock m_clock;
    std::unique_ptr<Store> m_store;
    int m_count = 0;

    // A delivery of a topic with this policy that an engine had on the wire when it died.
    qint64 leaveOnTheWire(UncertainPolicy policy)
    {
        const QString key = QStringLiteral("t%1").arg(++m_count);
        return *m_store
                    ->write([policy, key](Connection& connection) -> Result<qint64> {
                        Brand brand;
                        brand.name = key;
                        Topic topic;
                        topic.key = key;
                        topic.uncertainPolicy = policy;
                        topic.brandId = BrandRepository(connection).save(brand);
                        Delivery delivery;
                        delivery.topicId = TopicRepository(connection).save(topic);
                        delivery.accountId = 1;
                        delivery.channel = QStringLiteral("email");
                        delivery.address = key + QStringLiteral("@x.org");
                        DeliveryRepository deliveries(connection);
                        const qint64 id = deliveries.insertQueued(delivery, QStringLiteral("test"));
                        deliveries.begin({*deliveries.find(id)}, QStringLiteral("engine"), QStringLiteral("dead"), 1);
                        return id;
                    })
                    .result();
    }
    DeliveryState stateOf(qint64 id)
    {
        return m_store
            ->read([id](Connection& connection) -> Result<Delivery> { return *DeliveryRepository(connection).find(id); })
            .result()
            ->state;
    }

private Q_SLOTS:
    void init()
    {
        m_store.reset();
        m_store = std::move(*Store::open(m_folder.filePath(QStringLiteral("w%1").arg(++m_count)), m_clock));
    }
    void cleanupTestCase() { m_store.reset(); }

    void whatWasOnTheWireIsUncertainThenAsItsTopicSays()
    {
        const qint64 resent = leaveOnTheWire(UncertainPolicy::Resend);
        const qint64 held = leaveOnTheWire(UncertainPolicy::Hold);
        const Recorder recorder(*m_store, m_clock);
        QCOMPARE(*recoverDeliveries(*m_store, recorder, QStringLiteral("alive")).result(), 2);
        QCOMPARE(stateOf(resent), DeliveryState::Retrying);
        QCOMPARE(stateOf(held), DeliveryState::Uncertain);
        const auto log = m_store
                             ->read([resent](Connection& connection) -> Result<QList<LogEntry>> {
                                 return LogRepository(connection).ofDelivery(resent, 10);
                             })
                             .result();
        QStringList types;
        for (const LogEntry& entry : *log)
            types << entry.type;
        QVERIFY(types.contains(QStringLiteral("delivery.uncertain"))); // visible for ever, though it is sent again
    }

    void whatIsItsOwnIsLeftAlone()
    {
        const qint64 id = leaveOnTheWire(UncertainPolicy::Resend);
        const Recorder recorder(*m_store, m_clock);
        QCOMPARE(*recoverDeliveries(*m_store, recorder, QStringLiteral("dead")).result(), 0);
        QCOMPARE(stateOf(id), DeliveryState::Sending);
    }
};

QTEST_GUILESS_MAIN(RecoveryTest)
#include "RecoveryTest.moc"
