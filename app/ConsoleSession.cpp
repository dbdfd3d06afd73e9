// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ConsoleSession.h"

#include "app/Paths.h"
#include "app/SampleWorkspace.h"
#include "ui/frame/Pages.h"
#include "ui/widgets/Theme.h"

#include <QCoreApplication>

namespace carillon {

Status ConsoleSession::start(const EngineOptions& options, bool sample, ui::Theme& theme)
{
    auto engine = Engine::open(options, m_clock, m_random);
    if (!engine)
        return fail(engine.error());
    m_engine = std::move(*engine);
    const Services& services = m_engine->services();
    m_caller = {QStringLiteral("window:") + userName(), Role::Administrator};
    if (sample) {
        if (const Result<qint64> filled = fillSampleWorkspace(services, m_caller); !filled)
            return fail(filled.error());
    }
    m_window = std::make_unique<ui::MainWindow>(services, m_prompts, theme, m_settings);
    ui::addPages(*m_window, services, m_caller, m_prompts, m_clock);
    m_commands = std::make_unique<CommandServer>(*m_engine, m_clock);
    QStringList warnings = m_engine->warnings();
    if (const Status listening = m_commands->listen(options.path); !listening)
        warnings << listening.error().message;
    m_window->showWarnings(warnings);
    QObject::connect(m_window.get(), &ui::MainWindow::closed, qApp, &QCoreApplication::quit);
    m_window->show();
    return {};
}

} // namespace carillon
