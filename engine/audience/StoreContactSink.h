// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/audience/ContactSink.h"

namespace carillon {

class Clock;
class Store;

// Puts imported contacts into the workspace, each batch in one transaction with its log entry. Thread-safe.
//
// A row is the same contact as one that has its e-mail address, or else its external id. Update overwrites what the row
// gives: name, locale, time zone, each attribute, and adds addresses that the contact does not have.
class StoreContactSink final : public ContactSink {
public:
    // `actor` is who imports. Store and clock must outlive the answers.
    StoreContactSink(Store& store, const Clock& clock, QString actor);

    QFuture<Result<BatchOutcome>> store(ImportBatch batch) override;

private:
    Store& m_store;
    const Clock& m_clock;
    QString m_actor;
};

} // namespace carillon
