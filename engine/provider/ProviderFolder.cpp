// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/provider/ProviderFolder.h"

#include "engine/provider/DeclarativeProvider.h"

#include <QDir>
#include <QFileInfo>
#include <QFileSystemWatcher>
#include <QSet>

#include <algorithm>

namespace carillon {

ProviderFolder::ProviderFolder(ProviderRegistry& registry, const QString& folder, const ProviderServices& services,
                               QObject* parent)
    : QObject(parent)
    , m_registry(registry)
    , m_folder(folder)
    , m_services(services)
{
}

QStringList ProviderFolder::names() const
{
    QStringList names = QDir(m_folder).entryList({QStringLiteral("*.json")}, QDir::Files, QDir::Name);
    names.removeIf([](const QString& name) { return name.endsWith(QStringLiteral(".schema.json")); });
    return names.mid(0, MaxFiles);
}

ProviderNews ProviderFolder::read()
{
    ProviderNews news;
    const QStringList there = names();
    const QStringList known = m_files.keys();
    for (const QString& name : known) {
        if (!there.contains(name))
            forget(name, news);
    }
    for (const QString& name : there)
        take(name, news);
    if (!news.removed.isEmpty()) { // a key that is free now may have been what a file earlier in the list wanted
        for (const QString& name : there)
            take(name, news);
    }
    news.removed.removeIf([&](const QString& key) { return news.changed.contains(key); });
    QStringList problems;
    for (const File& file : std::as_const(m_files))
        problems += file.problems;
    m_registry.setProblems(problems);
    return news;
}

void ProviderFolder::forget(const QString& name, ProviderNews& news)
{
    const File file = m_files.take(name);
    if (file.key.isEmpty())
        return;
    m_registry.remove(file.key);
    news.removed << file.key;
}

// One that had problems is tried again even when it is the same: they may have been another file's key.
void ProviderFolder::take(const QString& name, ProviderNews& news)
{
    const Result<QByteArray> content = readProviderFile(QDir(m_folder).filePath(name));
    const QStringList before = m_files.value(name).problems;
    if (content && m_files.contains(name) && m_files[name].content == *content && before.isEmpty())
        return;
    const QStringList found = content ? use(name, *content, news) : QStringList{content.error().message};
    File& file = m_files[name];
    file.content = content.value_or(QByteArray());
    file.problems.clear();
    for (const QString& problem : found)
        file.problems << tr("%1: %2").arg(name, problem);
    if (file.problems != before)
        news.refused += file.problems;
}

QStringList ProviderFolder::use(const QString& name, const QByteArray& content, ProviderNews& news)
{
    QList<Error> errors;
    std::optional<ProviderFile> read = ProviderFile::parse(content, errors);
    QStringList problems;
    for (const Error& error : std::as_const(errors))
        problems << error.message;
    if (!read)
        return problems;
    const QString key = read->description.key;
    const QString before = m_files.value(name).key;
    auto provider = std::make_unique<DeclarativeProvider>(std::move(*read), m_services.clock, m_services.http);
    if (key == before) {
        m_registry.put(std::move(provider));
    } else if (const Status added = m_registry.add(std::move(provider)); !added) {
        return {added.error().message};
    } else if (!before.isEmpty()) {
        m_registry.remove(before);
        news.removed << before;
    }
    m_files[name].key = key;
    news.changed << key;
    return {};
}

void ProviderFolder::watch()
{
    m_watcher = new QFileSystemWatcher(this);
    const auto soon = [this] {
        if (std::exchange(m_lookComes, true))
            return;
        m_services.clock.after(SettleMs, this, [this] { look(); });
    };
    connect(m_watcher, &QFileSystemWatcher::directoryChanged, this, soon);
    connect(m_watcher, &QFileSystemWatcher::fileChanged, this, soon);
    watchPaths();
    soon(); // for what happened between read() and now
}

void ProviderFolder::look()
{
    m_lookComes = false;
    watchPaths(); // first: what changes while we read is seen again
    const ProviderNews news = read();
    if (!news.isEmpty())
        Q_EMIT changed(news);
}

// The folder and its files; while there is no folder, the one in which it would come into being.
void ProviderFolder::watchPaths()
{
    QStringList wanted;
    if (QFileInfo(m_folder).isDir()) {
        wanted << m_folder;
        for (const QString& name : names())
            wanted << QDir(m_folder).filePath(name);
    } else {
        wanted << QFileInfo(m_folder).path();
    }
    const QStringList watched = m_watcher->directories() + m_watcher->files();
    for (const QString& path : watched) {
        if (!wanted.contains(path))
            m_watcher->removePath(path);
    }
    for (const QString& path : std::as_const(wanted)) {
        if (!watched.contains(path))
            m_watcher->addPath(path);
    }
}

} // namespace carillon
