// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Result.h"
#include "engine/model/Contact.h"
#include "engine/model/Import.h"

#include <QFuture>

namespace carillon {

struct ImportRow {
    qint64 line = 0; // of the file, from 1
    Contact contact; // id 0; an "email" address, and an "sms" address where the row has a phone number

    friend bool operator==(const ImportRow&, const ImportRow&) = default;
};

// At most ContactImport::batchRows rows, no two with the same e-mail address. For an address that the workspace already has:
// Skip leaves the contact as it is; Update overwrites what the row gives and keeps what it does not.
struct ImportBatch {
    QList<ImportRow> rows;
    DuplicatePolicy duplicatePolicy = DuplicatePolicy::Skip;
    qint64 listId = 0; // the contacts become members of this list, duplicates too; 0: of none
};

enum class RowOutcome { Inserted, Updated, Duplicate };

// One answer per row, in their order.
struct BatchOutcome {
    QList<RowOutcome> rows;
};

// Where an import puts its contacts: the store, or memory in tests. Asked from the import's thread; must not block, and may
// answer from any thread. A batch is stored wholly or, when the answer is an error, not at all.
class ContactSink {
public:
    virtual ~ContactSink() = default;

    virtual QFuture<Result<BatchOutcome>> store(ImportBatch batch) = 0;
};

} // namespace carillon
