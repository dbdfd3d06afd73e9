// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/provider/JsonPosition.h"
#include "engine/provider/OutcomeRules.h"
#include "engine/provider/ProviderDescription.h"
#include "engine/provider/ReceiptRules.h"
#include "engine/provider/Recognition.h"
#include "engine/provider/RequestSpec.h"

#include <optional>

namespace carillon {

// What is wrong at a place of a provider file.
struct ProviderFileProblem {
    TextPosition at;
    QString pointer; // RFC 6901; empty: the whole
    QString sentence; // the rule, and what to do
};

// A provider as one JSON file: what resources/providers/provider.schema.json describes, read and checked. Immutable.
struct ProviderFile {
    static constexpr qint64 MaxBytes = 256 * 1024;
    static constexpr int Format = 1; // the version of the file format that this reads

    ProviderDescription description;
    RequestSpec request;
    std::optional<RequestSpec> probe;
    bool probeTakesAnyAnswer = false; // any status shows that somebody is there
    OutcomeRules outcomes;
    bool http2 = false; // the platform speaks HTTP/2: requests share a connection rather than opening many
    Recognition recognition; // of pasted credentials
    std::shared_ptr<const ReceiptRules> receipts; // null: the platform tells nothing later
    int inFlight = 16; // requests of one account at the same time
    qint64 connectTimeoutMs = 10'000;
    qint64 totalTimeoutMs = 20'000;
    QString privateNetworksField; // the boolean setting that allows hosts in private networks; empty: never

    // Nothing when there are problems. Each says line, column and rule, and its `field` is the JSON pointer of the place:
    //
    //     Line 12, column 7: /fields/0/type: this must be one of: text, multiline, number.
    static std::optional<ProviderFile> parse(const QByteArray& json, QList<Error>& problems);
    // The same, with the problems taken apart.
    static std::optional<ProviderFile> parse(const QByteArray& json, QList<ProviderFileProblem>& problems);
};

} // namespace carillon
