// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/provider/Provider.h"

#include <map>
#include <memory>

namespace carillon {

// All kinds of accounts that there are; owns them. Filled once at start, then only read, from any thread.
//
//     ProviderRegistry registry;
//     addBuiltInProviders(registry, services);
//     if (Status good = registry.checkAccount(config, u"webhook"_qs); good)
//         sender = registry.find(u"webhook"_qs)->makeSender(config);
class ProviderRegistry {
public:
    // Conflict when there is one with the same key already.
    Status add(std::unique_ptr<Provider> provider);

    const Provider* find(const QString& key) const; // nullptr when there is none
    QList<const Provider*> all() const; // by key

    // Checks each setting and secret against its description, refuses unknown ones, then asks the provider itself. The
    // error's `field` is the field's key; a required secret that is missing is NeedsSecret.
    Status checkAccount(const AccountConfig& config, const QString& key) const;

    // The settings with the default of each field that is missing.
    QJsonObject completeSettings(const QString& key, QJsonObject settings) const;

private:
    std::map<QString, std::unique_ptr<Provider>> m_providers;
};

} // namespace carillon
