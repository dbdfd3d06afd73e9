// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/realtime/StoreLogSource.h"

#include "engine/base/Future.h"
#include "engine/store/Connection.h"
#include "engine/store/LogRepository.h"
#include "engine/store/Store.h"

namespace carillon {

StoreLogSource::StoreLogSource(Store& store, QObject* parent)
    : LogSource(parent)
    , m_store(store)
    , m_lastSeq(store.lastSeqAtOpening())
{
    // Explicitly queued: the writer's thread must not run ours.
    connect(&m_store, &Store::committed, this, &StoreLogSource::heard, Qt::QueuedConnection);
    // What was committed between the opening and now was announced to nobody here.
    whenReady(m_store.read([](Connection& connection) -> Result<qint64> { return LogRepository(connection).lastSeq(); }),
              this, [this](const Result<qint64>& seq) {
                  if (seq)
                      heard(*seq);
              });
}

void StoreLogSource::heard(qint64 seq)
{
    if (seq <= m_lastSeq)
        return;
    m_lastSeq = seq;
    Q_EMIT advanced(seq);
}

void StoreLogSource::fetch(qint64 after, int limit, QObject* context, Callback callback)
{
    whenReady(m_store.read([after, limit](Connection& connection) -> Result<QList<LogEntry>> {
        return LogRepository(connection).after(after, LogFilter(), limit);
    }),
              context, [callback = std::move(callback)](const Result<QList<LogEntry>>& read) { callback(read); });
}

} // namespace carillon
