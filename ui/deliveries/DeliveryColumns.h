// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/PagedTableModel.h"

#include <functional>

namespace carillon {
struct DeliveryRow;
}

namespace carillon::ui {

class DataTable;

// The columns of a table of deliveries: everywhere the same, shorter where the campaign is known.
namespace DeliveryColumns {

// For a whole page of them: time, state, contact, address, channel, campaign or topic, attempts, last error.
void setUpFull(PagedTableModel* model, DataTable* table);
// Of a full table only time, state, contact and address, while a panel beside it says the rest.
void setNarrow(DataTable* table, bool narrow);
// For a panel beside something: time, state (with the last error as its tooltip), address, and what `remark` says of it.
void setUpShort(PagedTableModel* model, DataTable* table, std::function<QString(const DeliveryRow& row)> remark);

} // namespace DeliveryColumns

} // namespace carillon::ui
