// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>

namespace carillon {

// A window onto a long result: the rows from `offset`, `limit` at the most.
struct PageRequest {
    qint64 offset = 0;
    int limit = 100;
};

// `total` counts the whole result, not just these rows.
template <typename Row>
struct Page {
    QList<Row> rows;
    qint64 total = 0;
};

} // namespace carillon
