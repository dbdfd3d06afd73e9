// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/dispatch/Recovery.h"

#include "engine/dispatch/Recorder.h"
#include "engine/dispatch/RetryPolicy.h"
#include "engine/store/Store.h"
#include "engine/store/TopicRepository.h"

#include <QCoreApplication>
#include <QHash>

namespace carillon {

namespace {

// As many as one transaction changes; what was on the wire is bounded by the senders' capacity, so few rounds are needed.
constexpr int chunk = 1000;

Topic topicOf(TopicRepository& topics, QHash<qint64, Topic>& known, qint64 topicId)
{
    const auto found = known.constFind(topicId);
    if (found != known.cend())
        return *found;
    Topic nobodysTopic;
    nobodysTopic.uncertainPolicy = UncertainPolicy::Hold;
    return *known.insert(topicId, topics.find(topicId).value_or(nobodysTopic));
}

} // namespace

Future<qint64> recoverDeliveries(Store& store, const Recorder& recorder, const QString& ownLease)
{
    return store.write([&recorder, ownLease](Connection& connection) -> Result<qint64> {
        TopicRepository topics(connection);
        QHash<qint64, Topic> known;
        const DeliveryChange uncertain{
            DeliveryState::Uncertain,
            true,
            0,
            {},
            QCoreApplication::translate("Recovery", "The engine stopped while this was being sent."),
            QStringLiteral("engine"),
            {}};
        qint64 count = 0;
        for (;;) {
            const QList<Delivery> onTheWire = DeliveryRepository(connection).takeOver(ownLease, chunk);
            if (onTheWire.isEmpty())
                return count;
            QList<RecordedChange> changes;
            for (const Delivery& delivery : onTheWire) {
                const Topic topic = topicOf(topics, known, delivery.topicId);
                changes << RecordedChange{delivery, uncertain, false,
                                          resendPolicy(topic.uncertainPolicy, delivery, topic.maxAttempts)};
            }
            recorder.recordOn(connection, changes);
            count += onTheWire.size();
        }
    });
}

} // namespace carillon
