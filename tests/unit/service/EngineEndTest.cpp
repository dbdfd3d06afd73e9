// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/Engine.h"
#include "engine/base/Random.h"
#include "engine/base/SystemClock.h"
#include "engine/service/DeliveryService.h"
#include "engine/store/Connection.h"
#include "engine/store/DeliveryRepository.h"
#include "engine/store/Store.h"

#include <QTemporaryDir>
#include <QTest>

#include <malloc.h>

using namespace carillon;

// An engine that is closed in the middle of an operation.
class EngineEndTest : public QObject {
    Q_OBJECT

private:
    static constexpr int deliveries = 10'000;

    SystemClock m_clock;
    SystemRandom m_random;
    const QTemporaryDir m_folder;
    const QString m_path = m_folder.filePath(QStringLiteral("w"));

    static Delivery waiting(qint64 contact)
    {
        Delivery delivery;
        delivery.contactId = contact;
        delivery.triggerId = 1;
        delivery.channel = QStringLiteral("email");
        delivery.address = QStringLiteral("p%1@example.org").arg(contact);
        delivery.createdAt = 1;
        return delivery;
    }

private Q_SLOTS:
    // An operation goes on in pages, and tells the dispatcher of them.
    void whatAnOperationChangesIsWholeAndItsRestIsLeft()
    {
        mallopt(M_PERTURB, 0xa5); // what is freed is of no use any more
        {
            const auto store = std::move(*Store::open(m_path, m_clock));
            QVERIFY(store
                        ->write([](Connection& connection) -> Status {
                            QList<Delivery> all;
                            for (int i = 1; i <= deliveries; ++i)
                                all << waiting(i);
                            DeliveryRepository(connection).insertQueued(all, QStringLiteral("test"));
                            return {};
                        })
                        .result());
        }
        EngineOptions options;
        options.path = m_path;
        options.vault = VaultKind::Memory;
        options.send = false;
        options.serve = false;
        auto engine = std::move(*Engine::open(options, m_clock, m_random));
        const Future<qint64> changed = engine->services().deliveries.cancelWaiting(
            {QStringLiteral("window:ann"), Role::Operator}, {{}, DeliveryQuery()});
        engine.reset();
        QTRY_VERIFY(changed.isFinished());
        const auto store = std::move(*Store::open(m_path, m_clock));
        const auto counts = store
                                ->read([](Connection& connection) -> Result<QMap<DeliveryState, qint64>> {
                                    return DeliveryRepository(connection).allCounts();
                                })
                                .result();
        const auto entries = store
                                 ->read([](Connection& connection) -> Result<qint64> {
                                     return connection.integer("SELECT COUNT(*) FROM log WHERE type = 'delivery.cancelled'");
                                 })
                                 .result();
        QCOMPARE(counts->value(DeliveryState::Queued) + counts->value(DeliveryState::Cancelled), deliveries);
        QCOMPARE(*entries, counts->value(DeliveryState::Cancelled));
    }
};

QTEST_GUILESS_MAIN(EngineEndTest)
#include "EngineEndTest.moc"
