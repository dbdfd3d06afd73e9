// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/provider/Provider.h"

#include <map>
#include <memory>
#include <mutex>

namespace carillon {

using ProviderPtr = std::shared_ptr<const Provider>;

// A provider that a pasted text may be of, and what the text says of its account.
struct RecognisedProvider {
    ProviderPtr provider;
    Recognised recognised;
};

// All kinds of accounts that there are, now: a file of the workspace's folder may come, change and go while the engine runs
// (ProviderFolder). Each provider is immutable and lives for as long as somebody holds it. Thread-safe.
//
//     ProviderRegistry registry;
//     addBuiltInProviders(registry, services);
//     if (Status good = registry.checkAccount(config, u"webhook"_qs); good)
//         sender = registry.find(u"webhook"_qs)->makeSender(config);
class ProviderRegistry {
public:
    // Conflict when there is one with the same key already.
    Status add(std::unique_ptr<Provider> provider);
    // The same, or in place of the one with its key.
    void put(ProviderPtr provider);
    void remove(const QString& key);

    ProviderPtr find(const QString& key) const; // null when there is none
    QList<ProviderPtr> all() const; // by key

    // Those that the text may be of, the likeliest first. Generic forms count only when there is no other.
    QList<RecognisedProvider> recognise(const QString& text) const;

    // Checks each setting and secret against its description, refuses unknown ones, then asks the provider itself. The
    // error's `field` is the field's key; a required secret that is missing is NeedsSecret. NotFound: no such provider.
    Status checkAccount(const AccountConfig& config, const QString& key) const;

    // The settings with the default of each field that is missing.
    QJsonObject completeSettings(const QString& key, QJsonObject settings) const;

    // What is wrong with the files of the workspace's folder: a sentence each, with file, line and rule.
    QStringList problems() const;
    void setProblems(const QStringList& problems);

private:
    using Providers = std::map<QString, ProviderPtr>;

    std::shared_ptr<const Providers> snapshot() const;

    mutable std::mutex m_mutex; // guards the two
    std::shared_ptr<const Providers> m_providers = std::make_shared<const Providers>();
    QStringList m_problems;
};

// What ProviderRegistry::checkAccount does, for a provider that is at hand.
Status checkAccount(const Provider& provider, const AccountConfig& config);

} // namespace carillon
