// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/provider/BuiltInProviders.h"

#include <QMap>
#include <QObject>

class QFileSystemWatcher;

namespace carillon {

// What a look into the folder found that is different from the look before.
struct ProviderNews {
    QStringList changed; // keys of providers that came or changed
    QStringList removed; // keys of those that are gone
    QStringList refused; // what is wrong, where there is something new: a sentence each, with file, line and rule

    bool isEmpty() const { return changed.isEmpty() && removed.isEmpty() && refused.isEmpty(); }
};

// The provider files of a workspace: a folder of *.json (but not *.schema.json), of which the first MaxFiles by name count.
// The registry follows the folder while the engine runs: a file that appears, changes or goes does so there within a second.
//
// A wrong file changes nothing: the last good version stays, and problems() of the registry says what is wrong. A provider
// that is built in, or that another file has, is not replaced. The folder may come into being later.
//
// read() may be called before the object moves to the engine's thread; from watch() on it belongs there.
class ProviderFolder : public QObject {
    Q_OBJECT

public:
    static constexpr qsizetype MaxFiles = 500;
    static constexpr qint64 SettleMs = 200; // an editor writes in several steps

    // The registry must outlive this.
    ProviderFolder(ProviderRegistry& registry, const QString& folder, const ProviderServices& services,
                   QObject* parent = nullptr);

    ProviderNews read();
    // Reads again whenever something changes; call it in the engine's thread.
    void watch();

Q_SIGNALS:
    void changed(const carillon::ProviderNews& news);

private:
    struct File {
        QByteArray content; // as last read
        QString key; // of the provider in use; empty: none
        QStringList problems;
    };

    void look();
    void watchPaths();
    QStringList names() const;
    void forget(const QString& name, ProviderNews& news);
    void take(const QString& name, ProviderNews& news);
    QStringList use(const QString& name, const QByteArray& content, ProviderNews& news);

    ProviderRegistry& m_registry;
    const QString m_folder;
    const ProviderServices m_services;
    QMap<QString, File> m_files; // by name
    QFileSystemWatcher* m_watcher = nullptr;
    bool m_lookComes = false;
};

} // namespace carillon
