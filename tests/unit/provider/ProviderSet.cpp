// SPDX-License-Identifier: GPL-3.0-or-later
#include "ProviderSet.h"

#include "engine/base/Json.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>

#include <QDebug>

namespace carillon {

namespace {

constexpr double ImpatientSeconds = 0.2;

std::shared_ptr<HttpTransport> transport(bool allowPrivateNetworks)
{
    HttpTransport::Options options;
    options.allowPrivateNetworks = allowPrivateNetworks;
    return std::make_shared<HttpTransport>(options);
}

QStringList keysOf(const QString& folder)
{
    QStringList keys;
    const QFileInfoList files = QDir(folder).entryInfoList({u"*.json"_qs}, QDir::Files, QDir::Name);
    for (const QFileInfo& file : files) {
        if (!file.fileName().endsWith(u".schema.json"))
            keys << file.completeBaseName();
    }
    return keys;
}

QString sourcePath(const QString& path)
{
    return QStringLiteral(CARILLON_SOURCE_DIR "/") + path;
}

QStringList sentences(const QList<Error>& errors)
{
    QStringList list;
    for (const Error& error : errors)
        list << error.message;
    return list;
}

} // namespace

QString ProviderSet::providerPath(const QString& key)
{
    return sourcePath(u"resources/providers/%1.json"_qs.arg(key));
}

QString ProviderSet::fixturePath(const QString& key)
{
    return sourcePath(u"tests/providers/%1.json"_qs.arg(key));
}

bool ProviderSet::isKey(const QString& name)
{
    return keysOf(sourcePath(u"resources/providers"_qs)).contains(name)
        || keysOf(sourcePath(u"tests/providers"_qs)).contains(name);
}

ProviderSet::ProviderSet(const QStringList& chosen)
    : m_usual{{m_clock, transport(true), nullptr}, {}}
    , m_impatient{{m_clock, m_usual.services.http, nullptr, qint64(ImpatientSeconds * 1000)}, {}}
    , m_strict{{m_clock, transport(false), nullptr}, {}}
{
    for (Registered* one : {&m_usual, &m_impatient, &m_strict})
        m_problems += sentences(addNativeProviders(one->registry, one->services));
    QStringList keys = keysOf(sourcePath(u"resources/providers"_qs)) + keysOf(sourcePath(u"tests/providers"_qs));
    keys.removeDuplicates();
    keys.sort();
    for (const QString& key : std::as_const(keys)) {
        if (chosen.isEmpty() || chosen.contains(key))
            load(key);
    }
}

void ProviderSet::load(const QString& key)
{
    if (QFile::exists(providerPath(key))) {
        m_problems += sentences(addProviderFile(m_usual.registry, providerPath(key), m_usual.services));
        addProviderFile(m_strict.registry, providerPath(key), m_strict.services);
        loadImpatient(key);
    }
    if (!m_usual.registry.find(key)) {
        m_problems << u"There is no provider \"%1\", as its file's name promises."_qs.arg(key);
        return;
    }
    if (const auto read = fixture(key, {}); !read)
        m_problems << read.error().message;
    else
        m_keys << key;
}

// The same file with other limits.
void ProviderSet::loadImpatient(const QString& key)
{
    QFile original(providerPath(key));
    QTemporaryDir folder;
    QFile copy(folder.filePath(key + u".json"_qs));
    const auto file = original.open(QIODevice::ReadOnly) ? parseJsonObject(original.readAll()) : Result<QJsonObject>();
    if (!file || !copy.open(QIODevice::WriteOnly))
        return; // the original's problems say why
    QJsonObject changed = *file;
    QJsonObject limits = changed.value(u"limits").toObject();
    limits.insert(u"timeoutSeconds"_qs, ImpatientSeconds);
    changed.insert(u"limits"_qs, limits);
    copy.write(compactJson(changed));
    copy.close();
    addProviderFile(m_impatient.registry, copy.fileName(), m_impatient.services);
}

Result<ProviderFixture> ProviderSet::fixture(const QString& key, const QString& server) const
{
    return ProviderFixture::read(fixturePath(key), server);
}

const ProviderRegistry& ProviderSet::registry() const
{
    switch (m_manner) {
    case Manner::Usual: break;
    case Manner::Impatient: return m_impatient.registry;
    case Manner::Strict: return m_strict.registry;
    }
    return m_usual.registry;
}

std::optional<AccountConfig> ProviderSet::account(const ProviderFixture& fixture, const QJsonObject& differences) const
{
    AccountConfig config = fixture.config(differences);
    config.settings = registry().completeSettings(fixture.key, config.settings);
    const Status good = registry().checkAccount(config, fixture.key);
    if (!good)
        qWarning().noquote() << "the account:" << good.error().field << good.error().message;
    return good ? std::optional(config) : std::nullopt;
}

std::unique_ptr<Sender> ProviderSet::makeSender(const ProviderFixture& fixture, const QJsonObject& differences)
{
    const std::optional<AccountConfig> config = account(fixture, differences);
    return config ? registry().find(fixture.key)->makeSender(*config) : nullptr;
}

} // namespace carillon
