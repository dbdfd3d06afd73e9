// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/realtime/LogSource.h"

namespace carillon {

class Store;

// The log of a workspace, as the feed reads it: commits are heard of through a queued signal, reads run on the store's
// reader threads. Make it in the feed's thread; the store outlives it.
class StoreLogSource final : public LogSource {
    Q_OBJECT

public:
    explicit StoreLogSource(Store& store, QObject* parent = nullptr);

    qint64 lastSeq() const override { return m_lastSeq; }
    void fetch(qint64 after, int limit, QObject* context, Callback callback) override;

private:
    void heard(qint64 seq);

    Store& m_store;
    qint64 m_lastSeq;
};

} // namespace carillon
