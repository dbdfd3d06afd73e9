// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Random.h"
#include "engine/base/SystemClock.h"
#include "tests/integration/ui/TestEngine.h"
#include "tests/unit/ui/ScriptedPrompts.h"
#include "ui/frame/MainWindow.h"
#include "ui/widgets/Theme.h"

#include <QAction>
#include <QApplication>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QScrollArea>
#include <QSettings>
#include <QTemporaryDir>
#include <QTest>

namespace carillon::ui {

// What every test of the window begins with: an engine on a new workspace, the window over it, and a person's ways to find,
// click and type. A test class inherits it, opens the engine, fills the workspace, then makes the window and its pages.
class WindowRoom {
protected:
    explicit WindowRoom(const QString& caller = QStringLiteral("window:test"))
        : m_caller{caller, Role::Administrator}
    {
    }

    bool openEngine()
    {
        m_engine = openTestEngine(m_folder, m_clock, m_random);
        return m_engine != nullptr;
    }

    // Without pages; not yet shown.
    void makeWindow()
    {
        m_theme = std::make_unique<Theme>(*qApp);
        m_settings = std::make_unique<QSettings>(m_folder.filePath(QStringLiteral("settings.ini")), QSettings::IniFormat);
        m_window = std::make_unique<MainWindow>(m_engine->services(), m_prompts, *m_theme, *m_settings);
    }

    void closeAll()
    {
        m_window.reset();
        m_theme.reset();
        m_engine.reset();
    }

    // Of several of one name (pages that are hidden have theirs, too) the one that is on screen.
    template <typename Widget>
    Widget* find(const char* name) const
    {
        const QList<Widget*> all = m_window->findChildren<Widget*>(QString::fromLatin1(name));
        for (Widget* widget : all) {
            if (widget->isVisible())
                return widget;
        }
        if (all.isEmpty())
            qFatal("There is no widget %s", name);
        return all.last();
    }

    // As a person does: scrolls it into view, and waits until it is there to be hit.
    void click(const char* name)
    {
        auto* widget = find<QWidget>(name);
        for (QWidget* around = widget->parentWidget(); around; around = around->parentWidget()) {
            if (auto* area = qobject_cast<QScrollArea*>(around))
                area->ensureWidgetVisible(widget);
        }
        QTRY_VERIFY2(widget->isEnabled() && widget->visibleRegion().contains(widget->rect().center()), name);
        QTest::mouseClick(widget, Qt::LeftButton);
    }

    void type(const char* name, const QString& text) { QTest::keyClicks(find<QLineEdit>(name), text); }

    // Takes one entry of a button's menu.
    void choose(const char* button, const char* action, const QWidget* within = nullptr)
    {
        const QWidget* around = within ? within : m_window.get();
        const auto* menu = around->findChild<QPushButton*>(QString::fromLatin1(button))->menu();
        auto* entry = menu->findChild<QAction*>(QString::fromLatin1(action));
        QVERIFY(entry);
        entry->trigger();
    }

    QTemporaryDir m_folder;
    SystemClock m_clock;
    SystemRandom m_random;
    const Caller m_caller;
    ScriptedPrompts m_prompts;
    std::unique_ptr<Engine> m_engine;
    std::unique_ptr<Theme> m_theme;
    std::unique_ptr<QSettings> m_settings;
    std::unique_ptr<MainWindow> m_window; // goes before the engine
};

} // namespace carillon::ui
