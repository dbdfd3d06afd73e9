// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/dispatch/Recovery.h"

#include "engine/dispatch/Recorder.h"
#include "engine/store/Store.h"
#include "engine/store/TopicRepository.h"

#include <QCoreApplication>
#include <QHash>

namespace carillon {

namespace {

// As many as one transaction changes; what was on the wire is bounded by the senders' capacity, so few rounds are needed.
constexpr int chunk = 1000;

UncertainPolicy policyOf(TopicRepository& topics, QHash<qint64, UncertainPolicy>& known, qint64 topicId)
{
    const auto found = known.constFind(topicId);
    if (found != known.cend())
        return *found;
    const std::optional<Topic> topic = topics.find(topicId);
    return *known.insert(topicId, topic ? topic->uncertainPolicy : UncertainPolicy::Hold);
}

} // namespace

Future<qint64> recoverDeliveries(Store& store, const Recorder& recorder, const QString& ownLease)
{
    return store.write([&recorder, ownLease](Connection& connection) -> Result<qint64> {
        TopicRepository topics(connection);
        QHash<qint64, UncertainPolicy> policies;
        const DeliveryChange uncertain{DeliveryState::Uncertain, true, 0, {},
                                       QCoreApplication::translate("Recovery", "The engine stopped while this was being sent."),
                                       QStringLiteral("engine"), {}};
        qint64 count = 0;
        for (;;) {
            const QList<Delivery> onTheWire = DeliveryRepository(connection).takeOver(ownLease, chunk);
            if (onTheWire.isEmpty())
                return count;
            QList<RecordedChange> changes;
            for (const Delivery& delivery : onTheWire)
                changes << RecordedChange{delivery, uncertain, false, policyOf(topics, policies, delivery.topicId)};
            if (Status recorded = recorder.recordOn(connection, changes); !recorded)
                return fail(recorded.error());
            count += onTheWire.size();
        }
    });
}

} // namespace carillon
