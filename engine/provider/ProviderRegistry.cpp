// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/provider/ProviderRegistry.h"

#include "engine/provider/FieldCheck.h"

#include <QCoreApplication>

#include <algorithm>

namespace carillon {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("ProviderRegistry", text);
}

bool describes(const ProviderDescription& description, const QString& key, bool secret)
{
    return std::any_of(description.fields.begin(), description.fields.end(),
                       [&](const ProviderField& field) { return field.key == key && field.secret == secret; });
}

Status refuseUnknown(const ProviderDescription& description, const QStringList& keys, bool secret)
{
    for (const QString& key : keys) {
        if (!describes(description, key, secret))
            return fail(
                ErrorCode::InvalidInput,
                tr("%1 has no setting \"%2\". Remove it, or look for a spelling mistake.").arg(description.name, key), key);
    }
    return {};
}

} // namespace

Status ProviderRegistry::add(std::unique_ptr<Provider> provider)
{
    const QString key = provider->description().key;
    if (find(key))
        return fail(ErrorCode::Conflict, tr("There is a provider \"%1\" already. Give this one another key.").arg(key),
                    QStringLiteral("key"));
    put(std::move(provider));
    return {};
}

void ProviderRegistry::put(ProviderPtr provider)
{
    const std::lock_guard lock(m_mutex);
    Providers changed = *m_providers;
    changed[provider->description().key] = std::move(provider);
    m_providers = std::make_shared<const Providers>(std::move(changed));
}

void ProviderRegistry::remove(const QString& key)
{
    const std::lock_guard lock(m_mutex);
    Providers changed = *m_providers;
    changed.erase(key);
    m_providers = std::make_shared<const Providers>(std::move(changed));
}

std::shared_ptr<const ProviderRegistry::Providers> ProviderRegistry::snapshot() const
{
    const std::lock_guard lock(m_mutex);
    return m_providers;
}

ProviderPtr ProviderRegistry::find(const QString& key) const
{
    const auto providers = snapshot();
    const auto found = providers->find(key);
    return found == providers->end() ? nullptr : found->second;
}

QList<ProviderPtr> ProviderRegistry::all() const
{
    const auto providers = snapshot();
    QList<ProviderPtr> list;
    for (const auto& [key, provider] : *providers)
        list << provider;
    return list;
}

QList<RecognisedProvider> ProviderRegistry::recognise(const QString& text) const
{
    QList<RecognisedProvider> found;
    for (const ProviderPtr& provider : all()) {
        if (const std::optional<Recognised> recognised = provider->recognise(text))
            found.append({provider, *recognised});
    }
    const auto isGeneric = [](const RecognisedProvider& one) { return one.recognised.isGeneric; };
    if (!std::all_of(found.cbegin(), found.cend(), isGeneric))
        found.removeIf(isGeneric);
    std::stable_sort(found.begin(), found.end(), [](const RecognisedProvider& one, const RecognisedProvider& other) {
        return one.recognised.weight > other.recognised.weight;
    });
    return found;
}

QStringList ProviderRegistry::problems() const
{
    const std::lock_guard lock(m_mutex);
    return m_problems;
}

void ProviderRegistry::setProblems(const QStringList& problems)
{
    const std::lock_guard lock(m_mutex);
    m_problems = problems;
}

Status ProviderRegistry::checkAccount(const AccountConfig& config, const QString& key) const
{
    const ProviderPtr provider = find(key);
    if (!provider)
        return fail(ErrorCode::NotFound,
                    tr("There is no provider \"%1\" any more. Put its file back into the folder \"providers\" beside the "
                       "workspace, or give the account another platform.")
                        .arg(key),
                    QStringLiteral("provider"));
    return carillon::checkAccount(*provider, config);
}

Status checkAccount(const Provider& provider, const AccountConfig& config)
{
    const ProviderDescription& description = provider.description();
    if (const Status known = refuseUnknown(description, config.settings.keys(), false); !known)
        return known;
    if (const Status known = refuseUnknown(description, config.secrets.keys(), true); !known)
        return known;
    for (const ProviderField& field : description.fields) {
        const Status good = field.secret ? checkSecretField(field, config.secrets.value(field.key))
                                         : checkField(field, config.settings.value(field.key));
        if (!good)
            return good;
    }
    return provider.check(config);
}

QJsonObject ProviderRegistry::completeSettings(const QString& key, QJsonObject settings) const
{
    const ProviderPtr provider = find(key);
    if (!provider)
        return settings;
    for (const ProviderField& field : provider->description().fields) {
        const bool hasDefault = !field.defaultValue.isNull() && !field.defaultValue.isUndefined();
        if (!field.secret && hasDefault && !settings.contains(field.key))
            settings.insert(field.key, field.defaultValue);
    }
    return settings;
}

} // namespace carillon
