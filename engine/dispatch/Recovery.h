// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Future.h"

namespace carillon {

class Recorder;
class Store;

// Puts in order what an engine left behind that died: leases are given back, and deliveries that were on the wire become
// uncertain, to be resent or held as their topic says. Gives how many were uncertain. Run it before anything is claimed.
Future<qint64> recoverDeliveries(Store& store, const Recorder& recorder, const QString& ownLease);

} // namespace carillon
