// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/ctl/CommandServer.h"
#include "engine/Engine.h"
#include "engine/base/Random.h"
#include "engine/base/SystemClock.h"
#include "ui/frame/DialogPrompts.h"
#include "ui/frame/MainWindow.h"

#include <QSettings>

#include <memory>

namespace carillon {

// One workspace, its engine, and the window over it. Lives in the window's thread.
class ConsoleSession {
public:
    // Opens the workspace and shows the window; `sample` fills it first when it is empty.
    Status start(const EngineOptions& options, bool sample, ui::Theme& theme);

private:
    SystemClock m_clock;
    SystemRandom m_random;
    std::unique_ptr<Engine> m_engine;
    std::unique_ptr<CommandServer> m_commands; // of carillonctl, for this engine
    Caller m_caller; // the pages refer to it
    ui::DialogPrompts m_prompts;
    QSettings m_settings{QStringLiteral("carillon"), QStringLiteral("console")}; // ~/.config/carillon/console.conf
    std::unique_ptr<ui::MainWindow> m_window; // goes before the engine
};

} // namespace carillon
