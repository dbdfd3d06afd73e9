// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace carillon::ui {

// A key to begin with for a topic of this name: "Order assigned" -> "order.assigned".
QString topicKeyFor(const QString& name);

} // namespace carillon::ui
