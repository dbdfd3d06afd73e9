// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/security/LayeredVault.h"

#include <QCoreApplication>

#include <algorithm>

namespace carillon {

namespace {

using SharedLayers = std::shared_ptr<const LayeredVault::Layers>;

// The secret from the layers in [from, to); `problem` is what to say when none has it.
QFuture<Result<Secret>> readFrom(SharedLayers layers, size_t from, size_t to, QString key, Error problem)
{
    if (from == to)
        return QtFuture::makeReadyFuture(Result<Secret>(fail(std::move(problem))));
    return (*layers)[from]
        ->read(key)
        .then([=](const Result<Secret>& found) {
            if (found)
                return QtFuture::makeReadyFuture(found);
            const bool outOfOrder = found.error().code != ErrorCode::NeedsSecret;
            return readFrom(layers, from + 1, to, key, outOfOrder ? found.error() : problem);
        })
        .unwrap();
}

Error shadowed()
{
    return {ErrorCode::Conflict,
            QCoreApplication::translate("Vault",
                                        "This secret is given by the environment, which goes first. Change it where "
                                        "the service is configured, or remove it there."),
            {}};
}

} // namespace

LayeredVault::LayeredVault(Layers layers)
    : m_layers(std::make_shared<const Layers>(std::move(layers)))
{
    const auto writable
        = std::find_if(m_layers->begin(), m_layers->end(), [](const auto& layer) { return !layer->isReadOnly(); });
    m_writable = static_cast<size_t>(writable - m_layers->begin());
}

QString LayeredVault::place() const
{
    return (*m_layers)[isReadOnly() ? 0 : m_writable]->place();
}

QFuture<Status> LayeredVault::probe()
{
    return isReadOnly() ? QtFuture::makeReadyFuture(Status()) : (*m_layers)[m_writable]->probe();
}

QFuture<Result<Secret>> LayeredVault::read(const QString& key)
{
    return readFrom(m_layers, 0, m_layers->size(), key, missingSecret());
}

QFuture<Status> LayeredVault::write(const QString& key, const Secret& secret)
{
    if (isReadOnly())
        return QtFuture::makeReadyFuture(Status(fail(readOnlyVault())));
    return readFrom(m_layers, 0, m_writable, key, missingSecret())
        .then([layers = m_layers, at = m_writable, key, secret](const Result<Secret>& before) {
            return before ? QtFuture::makeReadyFuture(Status(fail(shadowed()))) : (*layers)[at]->write(key, secret);
        })
        .unwrap();
}

QFuture<Status> LayeredVault::remove(const QString& key)
{
    return isReadOnly() ? QtFuture::makeReadyFuture(Status(fail(readOnlyVault()))) : (*m_layers)[m_writable]->remove(key);
}

} // namespace carillon
