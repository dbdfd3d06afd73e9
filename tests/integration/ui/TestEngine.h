// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/Engine.h"

#include <QTemporaryDir>
#include <QTest>

// A whole engine on a new workspace in `folder`, its secrets in memory, its port any free one. nullptr, with a warning, when
// it cannot be opened.
inline std::unique_ptr<carillon::Engine> openTestEngine(const QTemporaryDir& folder, carillon::Clock& clock,
                                                        carillon::Random& random)
{
    carillon::EngineOptions options;
    options.path = folder.filePath(QStringLiteral("test.carillon"));
    options.vault = carillon::VaultKind::Memory;
    options.port = 0;
    auto engine = carillon::Engine::open(options, clock, random);
    if (engine)
        return std::move(*engine);
    qWarning("%s", qPrintable(engine.error().message));
    return nullptr;
}
