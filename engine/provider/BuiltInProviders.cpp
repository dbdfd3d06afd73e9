// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/provider/BuiltInProviders.h"

#include "engine/provider/DeclarativeProvider.h"
#include "engine/provider/FileProvider.h"
#include "engine/provider/InAppProvider.h"
#include "engine/provider/SimulatorProvider.h"
#include "engine/provider/WebPushProvider.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>

namespace carillon {

namespace {

constexpr qsizetype MaxFiles = 500;

QString tr(const char* text)
{
    return QCoreApplication::translate("BuiltInProviders", text);
}

} // namespace

Result<QByteArray> readProviderFile(const QString& path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return fail(ErrorCode::Storage, tr("it cannot be read: %1.").arg(file.errorString()));
    const QByteArray content = file.read(ProviderFile::MaxBytes + 1);
    if (content.size() > ProviderFile::MaxBytes)
        return fail(ErrorCode::InvalidInput, tr("it is larger than %1 KiB.").arg(ProviderFile::MaxBytes / 1024));
    return content;
}

QList<Error> addProviderFile(ProviderRegistry& registry, const QString& path, const ProviderServices& services)
{
    const Result<QByteArray> content = readProviderFile(path);
    if (!content)
        return {content.error()};
    QList<Error> problems;
    std::optional<ProviderFile> file = ProviderFile::parse(*content, problems);
    if (!file)
        return problems;
    const Status added
        = registry.add(std::make_unique<DeclarativeProvider>(std::move(*file), services.clock, services.http));
    return added ? QList<Error>() : QList<Error>{added.error()};
}

QList<Error> addProviderFolder(ProviderRegistry& registry, const QString& folder, const ProviderServices& services)
{
    QList<Error> errors;
    const QDir directory(folder);
    const QStringList names = directory.entryList({QStringLiteral("*.json")}, QDir::Files, QDir::Name).mid(0, MaxFiles);
    for (const QString& name : names) {
        if (name.endsWith(QStringLiteral(".schema.json")))
            continue;
        const QList<Error> problems = addProviderFile(registry, directory.filePath(name), services);
        for (const Error& problem : problems)
            errors << Error{problem.code, tr("%1: %2").arg(name, problem.message), name};
    }
    return errors;
}

QList<Error> addNativeProviders(ProviderRegistry& registry, const ProviderServices& services)
{
    QList<Error> errors;
    const auto add = [&](std::unique_ptr<Provider> provider) {
        if (const Status added = registry.add(std::move(provider)); !added)
            errors << added.error();
    };
    add(std::make_unique<SimulatorProvider>(services.clock, services.outbox, services.receipts));
    add(std::make_unique<FileProvider>(services.clock));
    add(std::make_unique<WebPushProvider>(services.clock, services.http, services.timeoutMs));
    if (services.store)
        add(std::make_unique<InAppProvider>(*services.store, services.clock));
    return errors;
}

QList<Error> addBuiltInProviders(ProviderRegistry& registry, const ProviderServices& services)
{
    return addNativeProviders(registry, services) + addProviderFolder(registry, QStringLiteral(":/providers"), services);
}

} // namespace carillon
