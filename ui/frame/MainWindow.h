// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/service/LiveService.h"
#include "engine/service/Services.h"
#include "ui/widgets/CommandPalette.h"

#include <QMainWindow>

class QSettings;
class QStackedWidget;
class QSystemTrayIcon;

namespace carillon::ui {

class CommandSearch;
class ConsolePage;
class NavigationBar;
class NoticeBar;
class Prompts;
class StatusLine;
class Theme;

// The window: pages at the left, search and command palette above, the engine's state below. It owns the pages that are
// added and leads from one to the other; what they do is theirs.
//
// Services, prompts, theme and settings outlive it. Closing asks while something is being sent: sends can go on behind the
// tray icon (hiddenToTray), otherwise the window closes and `closed` is said.
class MainWindow : public QMainWindow {
    Q_OBJECT

public:
    MainWindow(const Services& services, Prompts& prompts, Theme& theme, QSettings& settings);
    ~MainWindow() override;

    // In the order of the navigation; the first one is shown.
    void addPage(ConsolePage* page);
    ConsolePage* page(const QString& id) const; // null when there is none
    ConsolePage* currentPage() const;
    void showPage(const QString& id);
    // What does not work though the engine runs: sentences, shown until they are closed.
    void showWarnings(const QStringList& sentences);

Q_SIGNALS:
    void hiddenToTray();
    void closed();

protected:
    void closeEvent(QCloseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    void buildFrame();
    QWidget* makeTopBar();
    void makeThemeMenu();
    void makeTray();
    void connectPage(ConsolePage* page);
    void openOn(const QString& pageId, qint64 id);
    void openPalette();
    QList<Command> commands() const;
    void takeDigest(const LiveDigest& digest);
    void askToClose();
    void askAboutSends();
    void closeForGood();

    const Services& m_services;
    Prompts& m_prompts;
    Theme& m_theme;
    QSettings& m_settings;
    NavigationBar* m_navigation;
    NoticeBar* m_notices;
    StatusLine* m_status;
    QStackedWidget* m_pages;
    CommandPalette* m_palette;
    CommandSearch* m_search;
    QSystemTrayIcon* m_tray = nullptr;
    bool m_mayClose = false; // asked, or nothing to ask
    bool m_inCloseEvent = false;
};

} // namespace carillon::ui
