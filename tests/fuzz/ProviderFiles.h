// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/provider/BuiltInProviders.h"
#include "engine/provider/ProviderFile.h"

#include <QDir>

#include <cstdlib>
#include <vector>

// The provider files of the source tree.
inline const std::vector<carillon::ProviderFile>& providerFiles()
{
    static const auto all = [] {
        std::vector<carillon::ProviderFile> files;
        const QDir folder(QStringLiteral(CARILLON_SOURCE_DIR "/resources/providers"));
        const QStringList names = folder.entryList({QStringLiteral("*.json")}, QDir::Files, QDir::Name);
        for (const QString& name : names) {
            QList<carillon::Error> problems;
            const auto json = carillon::readProviderFile(folder.filePath(name));
            auto file = carillon::ProviderFile::parse(json.value_or(QByteArray()), problems);
            if (file)
                files.push_back(std::move(*file));
        }
        if (files.empty())
            std::abort();
        return files;
    }();
    return all;
}
