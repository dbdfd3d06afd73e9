// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Clock.h"
#include "engine/provider/HttpTransport.h"
#include "engine/provider/ProviderRegistry.h"
#include "engine/provider/SimulatorOutbox.h"
#include "engine/provider/SimulatorReceipts.h"

namespace carillon {

class Store;

// What providers work with. The clock must outlive the registry and every sender.
struct ProviderServices {
    Clock& clock;
    std::shared_ptr<HttpTransport> http; // shared by all HTTP senders
    std::shared_ptr<SimulatorOutbox> outbox; // where simulated accounts leave their messages; may be null
    qint64 timeoutMs = 20'000; // of a request, where no provider file says
    Store* store = nullptr; // where inboxes are; without one there is no in-app provider. Outlives as the clock does.
    ReceiptSink receipts = {}; // where they tell what became of them; may be empty
};

// Adds those that are written in C++. The errors, if any, are bugs.
QList<Error> addNativeProviders(ProviderRegistry& registry, const ProviderServices& services);

// Adds them and the files that are compiled in (resources/providers). The errors, if any, are bugs.
QList<Error> addBuiltInProviders(ProviderRegistry& registry, const ProviderServices& services);

// The bytes of a provider file; an error when it cannot be read or is too large.
Result<QByteArray> readProviderFile(const QString& path);

// Adds the provider of one file; the errors are its mistakes.
QList<Error> addProviderFile(ProviderRegistry& registry, const QString& path, const ProviderServices& services);

// Adds a provider for each *.json file of a folder, but for *.schema.json. A bad file stops no other: each of its mistakes
// is an error whose `field` is the file's name and whose message says file, place and rule. A folder that is not there has
// no files.
QList<Error> addProviderFolder(ProviderRegistry& registry, const QString& folder, const ProviderServices& services);

} // namespace carillon
