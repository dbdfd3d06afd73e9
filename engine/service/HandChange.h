// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Future.h"
#include "engine/store/DeliveryRepository.h"

namespace carillon {

class Clock;
class Dispatch;
class Store;

// What a person does to many deliveries at once.
struct HandChange {
    QList<qint64> ids; // these; or
    std::optional<DeliveryFilter> filter; // all that match
    QList<DeliveryState> from; // those in other states are left alone
    DeliveryChange change;
};

// Carries it out page by page, in the order of ids, so that each delivery is met once, also when it fails again meanwhile;
// gives how many were changed. Finished campaigns that have work again are reopened, and dispatch is told: at the first of
// its deliveries and at the end. Store, clock and dispatch must outlive the answer.
Future<qint64> changeByHandInPages(Store& store, const Clock& clock, Dispatch& dispatch, const HandChange& change);

} // namespace carillon
