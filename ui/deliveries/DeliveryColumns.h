// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/PagedTableModel.h"

namespace carillon::ui {

class DataTable;

// The columns of a table of deliveries: everywhere the same, shorter where the campaign is known.
namespace DeliveryColumns {

// For a whole page of them: time, state, contact, address, channel, campaign or topic, attempts, last error.
void setUpFull(PagedTableModel* model, DataTable* table);
// For a panel beside something: time, state, address, last error.
void setUpShort(PagedTableModel* model, DataTable* table);

} // namespace DeliveryColumns

} // namespace carillon::ui
