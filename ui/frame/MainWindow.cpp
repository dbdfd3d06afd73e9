// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/frame/MainWindow.h"

#include "ui/frame/CommandSearch.h"
#include "ui/frame/ConsolePage.h"
#include "ui/frame/NavigationBar.h"
#include "ui/frame/NoticeBar.h"
#include "ui/frame/Prompts.h"
#include "ui/frame/StatusLine.h"
#include "ui/widgets/Icon.h"
#include "ui/widgets/Theme.h"
#include "ui/widgets/WheelGuard.h"
#include "ui/widgets/Words.h"

#include <QActionGroup>
#include <QApplication>
#include <QCloseEvent>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QScopedValueRollback>
#include <QScreen>
#include <QSettings>
#include <QShortcut>
#include <QStackedWidget>
#include <QSystemTrayIcon>
#include <QToolButton>

namespace carillon::ui {

namespace {

const QString GeometryKey = QStringLiteral("window/geometry");
const QString PageKey = QStringLiteral("window/page");
const QString ThemeKey = QStringLiteral("window/theme");

} // namespace

MainWindow::MainWindow(const Services& services, Prompts& prompts, Theme& theme, QSettings& settings)
    : m_services(services)
    , m_prompts(prompts)
    , m_theme(theme)
    , m_settings(settings)
    , m_navigation(new NavigationBar(this))
    , m_notices(new NoticeBar(this))
    , m_status(new StatusLine(this))
    , m_pages(new QStackedWidget(this))
    , m_palette(nullptr)
    , m_search(new CommandSearch(services, this))
{
    setWindowTitle(QStringLiteral("Carillon"));
    qApp->installEventFilter(new WheelGuard(this));
    m_theme.setChoice(static_cast<ThemeChoice>(std::clamp(m_settings.value(ThemeKey, 0).toInt(), 0, 2)));
    buildFrame();
    makeThemeMenu();
    makeTray();
    m_palette = new CommandPalette(this);
    connect(m_palette, &CommandPalette::searched, m_search, &CommandSearch::search);
    connect(m_search, &CommandSearch::found, m_palette, &CommandPalette::addFound);
    connect(m_search, &CommandSearch::problem, m_notices, &NoticeBar::showProblem);
    connect(m_search, &CommandSearch::openTopic, this, [this](qint64 id) { openOn(QStringLiteral("topics"), id); });
    connect(m_search, &CommandSearch::openCampaign, this, [this](qint64 id) { openOn(QStringLiteral("campaigns"), id); });
    connect(m_search, &CommandSearch::openContact, this, [this](qint64 id) { openOn(QStringLiteral("contacts"), id); });
    connect(m_navigation, &NavigationBar::chosen, this, &MainWindow::showPage);
    connect(&m_services.live, &LiveService::statusChanged, m_status, &StatusLine::setStatus);
    connect(&m_services.live, &LiveService::digested, this, &MainWindow::takeDigest);
    m_status->setStatus(m_services.live.status());
    if (!restoreGeometry(m_settings.value(GeometryKey).toByteArray()))
        resize(QSize(1280, 800).boundedTo(screen()->availableSize()));
}

MainWindow::~MainWindow() = default;

void MainWindow::buildFrame()
{
    auto* right = new QVBoxLayout;
    right->setSpacing(0);
    right->addWidget(makeTopBar());
    right->addWidget(m_notices);
    right->addWidget(m_pages, 1);
    auto* upper = new QHBoxLayout;
    upper->setSpacing(0);
    upper->addWidget(m_navigation);
    upper->addLayout(right, 1);
    auto* centre = new QWidget(this);
    auto* all = new QVBoxLayout(centre);
    all->setContentsMargins(0, 0, 0, 0);
    all->setSpacing(0);
    all->addLayout(upper, 1);
    all->addWidget(m_status);
    setCentralWidget(centre);
    setMinimumSize(960, 600);
}

QWidget* MainWindow::makeTopBar()
{
    auto* bar = new QFrame(this);
    bar->setObjectName(QStringLiteral("topBar"));
    auto* search = new QPushButton(tr("Search or do anything"), bar);
    search->setObjectName(QStringLiteral("paletteButton"));
    search->setIcon(icon(QStringLiteral("search")));
    search->setToolTip(tr("Finds any topic, contact, campaign, page or action (%1)")
                           .arg(QKeySequence(Qt::CTRL | Qt::Key_K).toString(QKeySequence::NativeText)));
    search->setMinimumWidth(360);
    search->setFocusPolicy(Qt::TabFocus);
    setRole(search, "search");
    auto* hint = new QLabel(QKeySequence(Qt::CTRL | Qt::Key_K).toString(QKeySequence::NativeText), search);
    setRole(hint, "muted");
    hint->setAttribute(Qt::WA_TransparentForMouseEvents);
    auto* within = new QHBoxLayout(search);
    within->setContentsMargins(0, 0, 10, 0);
    within->addStretch();
    within->addWidget(hint);
    connect(search, &QPushButton::clicked, this, &MainWindow::openPalette);
    connect(new QShortcut(Qt::CTRL | Qt::Key_K, this), &QShortcut::activated, this, &MainWindow::openPalette);
    auto* layout = new QHBoxLayout(bar);
    layout->setContentsMargins(Theme::PageMargin, 8, Theme::PageMargin, 8);
    layout->addWidget(search);
    layout->addStretch();
    return bar;
}

void MainWindow::makeThemeMenu()
{
    QToolButton* button = m_navigation->addFootButton(tr("A&ppearance"), QStringLiteral("settings"));
    button->setObjectName(QStringLiteral("themeButton"));
    button->setPopupMode(QToolButton::InstantPopup);
    auto* menu = new QMenu(button);
    auto* group = new QActionGroup(menu);
    const std::pair<ThemeChoice, QString> choices[] = {
        {ThemeChoice::System, tr("As the &system")}, {ThemeChoice::Light, tr("&Light")}, {ThemeChoice::Dark, tr("&Dark")}};
    for (const auto& [choice, title] : choices) {
        QAction* action = menu->addAction(title);
        action->setCheckable(true);
        action->setChecked(choice == m_theme.choice());
        group->addAction(action);
        connect(action, &QAction::triggered, this, [this, chosen = choice] {
            m_theme.setChoice(chosen);
            m_settings.setValue(ThemeKey, static_cast<int>(chosen));
        });
    }
    button->setMenu(menu);
}

void MainWindow::makeTray()
{
    if (!QSystemTrayIcon::isSystemTrayAvailable())
        return;
    m_tray = new QSystemTrayIcon(windowIcon().isNull() ? accentIcon(QStringLiteral("overview")) : windowIcon(), this);
    m_tray->setToolTip(QStringLiteral("Carillon"));
    auto* menu = new QMenu(this);
    connect(menu->addAction(tr("&Open Carillon")), &QAction::triggered, this, &QWidget::showNormal);
    connect(menu->addAction(tr("&Quit")), &QAction::triggered, this, &MainWindow::closeForGood);
    m_tray->setContextMenu(menu);
    connect(m_tray, &QSystemTrayIcon::activated, this, &QWidget::showNormal);
    connect(m_tray, &QSystemTrayIcon::messageClicked, this, &QWidget::showNormal);
    m_tray->show();
}

void MainWindow::addPage(ConsolePage* page)
{
    page->setObjectName(page->id());
    m_pages->addWidget(page);
    page->useSettings(m_settings);
    m_navigation->addPage(page->id(), page->title(), page->iconName());
    connectPage(page);
    const QString last = m_settings.value(PageKey).toString();
    if (m_pages->count() == 1 || page->id() == last)
        showPage(page->id());
}

void MainWindow::connectPage(ConsolePage* page)
{
    connect(page, &ConsolePage::openPage, this, &MainWindow::showPage);
    connect(page, &ConsolePage::openCampaign, this, [this](qint64 id) { openOn(QStringLiteral("campaigns"), id); });
    connect(page, &ConsolePage::openComposer, this, [this](qint64 id) { openOn(QStringLiteral("composer"), id); });
    connect(page, &ConsolePage::openContact, this, [this](qint64 id) { openOn(QStringLiteral("contacts"), id); });
    connect(page, &ConsolePage::openTopic, this, [this](qint64 id) { openOn(QStringLiteral("topics"), id); });
    connect(page, &ConsolePage::openDeliveries, this, [this](const QString& filter) {
        showPage(QStringLiteral("deliveries"));
        if (ConsolePage* deliveries = this->page(QStringLiteral("deliveries")))
            deliveries->showFiltered(filter);
    });
    connect(page, &ConsolePage::notice, m_notices, &NoticeBar::showNotice);
    connect(page, &ConsolePage::problem, m_notices, &NoticeBar::showProblem);
}

ConsolePage* MainWindow::page(const QString& id) const
{
    for (int i = 0; i < m_pages->count(); ++i) {
        auto* page = static_cast<ConsolePage*>(m_pages->widget(i));
        if (page->id() == id)
            return page;
    }
    return nullptr;
}

ConsolePage* MainWindow::currentPage() const
{
    return static_cast<ConsolePage*>(m_pages->currentWidget());
}

void MainWindow::showPage(const QString& id)
{
    ConsolePage* wanted = page(id);
    if (!wanted)
        return;
    m_pages->setCurrentWidget(wanted);
    m_navigation->setCurrent(id);
    m_settings.setValue(PageKey, id);
    wanted->setFocus(Qt::OtherFocusReason); // the next tab goes into the page
    wanted->activate();
}

void MainWindow::showWarnings(const QStringList& sentences)
{
    if (!sentences.isEmpty())
        m_notices->showProblem({ErrorCode::Internal, sentences.join(u'\n'), {}});
}

void MainWindow::openOn(const QString& pageId, qint64 id)
{
    showPage(pageId);
    if (ConsolePage* wanted = page(pageId))
        wanted->open(id);
}

void MainWindow::openPalette()
{
    m_palette->popUp(commands());
}

QList<Command> MainWindow::commands() const
{
    auto* self = const_cast<MainWindow*>(this);
    QList<Command> commands;
    for (int i = 0; i < m_pages->count(); ++i) {
        auto* page = static_cast<ConsolePage*>(m_pages->widget(i));
        const QString title = page->title();
        commands.append({title, tr("Page"), page->iconName(), [self, id = page->id()] { self->showPage(id); }});
        for (QAction* action : page->actions()) {
            const auto run = [self, id = page->id(), guarded = QPointer<QAction>(action)] {
                self->showPage(id);
                if (guarded)
                    guarded->trigger();
            };
            if (action->isEnabled() && action->isVisible())
                commands.append({action->text().remove(u'&'), action->shortcut().toString(QKeySequence::NativeText),
                                 page->iconName(), run});
        }
    }
    return commands;
}

// Tells of what matters while nobody looks.
void MainWindow::takeDigest(const LiveDigest& digest)
{
    if (!m_tray || isActiveWindow() || !digest.byType.contains(QStringLiteral("campaign.finished")))
        return;
    for (const LogEntry& entry : digest.latest) {
        if (entry.type == u"campaign.finished") {
            const QString name = entry.data.value(u"name").toString();
            m_tray->showMessage(tr("Campaign finished"),
                                name.isEmpty() ? tr("Campaign %1 has been sent.").arg(entry.campaignId) : name);
        }
    }
}

void MainWindow::closeEvent(QCloseEvent* event)
{
    if (!m_mayClose) {
        const QScopedValueRollback inside(m_inCloseEvent, true);
        askToClose();
    }
    event->setAccepted(m_mayClose);
    if (!m_mayClose)
        return;
    m_settings.setValue(GeometryKey, saveGeometry());
    Q_EMIT closed();
}

void MainWindow::askToClose()
{
    for (int i = 0; i < m_pages->count(); ++i) {
        auto* page = static_cast<ConsolePage*>(m_pages->widget(i));
        if (!page->hasUnsavedChanges())
            continue;
        showPage(page->id());
        const Question question{tr("Unsaved changes"),
                                tr("Close and lose what has not been saved on this page?"),
                                {},
                                tr("&Lose changes"),
                                true};
        m_prompts.confirm(this, question, [this](bool yes) {
            if (yes)
                askAboutSends();
        });
        return;
    }
    askAboutSends();
}

void MainWindow::askAboutSends()
{
    const EngineStatus status = m_services.live.status();
    if (!status.running || status.queued == 0) {
        closeForGood();
        return;
    }
    const QString text = tr("%1 deliveries are still to be sent.").arg(countText(status.queued));
    if (!m_tray) {
        const Question question{tr("Sending goes on"), text,
                                tr("They wait in the database and go on when Carillon is opened again."),
                                tr("&Stop sending and close"), true};
        m_prompts.confirm(this, question, [this](bool yes) {
            if (yes)
                closeForGood();
        });
        return;
    }
    m_prompts.choose(this, {tr("Sending goes on"), text, {tr("&Go on in the tray"), tr("&Stop sending and close")}},
                     [this](int verb) {
                         if (verb == 1) {
                             closeForGood();
                             return;
                         }
                         hide();
                         Q_EMIT hiddenToTray();
                     });
}

void MainWindow::closeForGood()
{
    m_mayClose = true;
    if (!m_inCloseEvent) // Qt ignores a close within a close
        close();
}

void MainWindow::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape && m_notices->isVisible()) {
        m_notices->hide();
        return;
    }
    QMainWindow::keyPressEvent(event);
}

} // namespace carillon::ui
