// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dashboards/DashboardsPage.h"

#include "engine/service/DashboardService.h"
#include "engine/service/LiveService.h"
#include "ui/dashboards/TokenDialog.h"
#include "ui/widgets/Icon.h"
#include "ui/widgets/KeyFigure.h"
#include "ui/widgets/Words.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace carillon::ui {

namespace {

QPushButton* makeButton(QWidget* parent, const char* name, const QString& text, const QString& toolTip)
{
    auto* button = new QPushButton(text, parent);
    button->setObjectName(QString::fromLatin1(name));
    button->setToolTip(toolTip);
    return button;
}

} // namespace

DashboardsPage::DashboardsPage(const Services& services, const Caller& caller, Prompts& prompts, QWidget* parent)
    : ConsolePage(services, caller, prompts, parent)
    , m_address(new QLabel(this))
    , m_open(makeButton(this, "openDashboard", tr("&Open dashboard"),
                        tr("Open the dashboard in the browser, signed in for a day")))
    , m_copyAddress(makeButton(this, "copyAddress", tr("Copy &address"), tr("Copy the address without a token")))
    , m_copyToken(
          makeButton(this, "copyToken", tr("Copy &token"), tr("Copy a token that may read the live feed for 24 hours")))
    , m_application(makeButton(this, "applicationToken", tr("Token for an appl&ication…"),
                               tr("Make a token with which a program of yours may send triggers")))
    , m_clients(new KeyFigure(tr("Connected now"), this))
{
    auto* heading = new QLabel(tr("Dashboards"), this);
    setRole(heading, "title");
    auto* about = new QLabel(
        tr("A dashboard is a web page that shows what is being sent, live, on any screen that can reach this machine."),
        this);
    setRole(about, "muted");
    m_clients->setObjectName(QStringLiteral("dashboardClients"));
    m_clients->setMaximumWidth(240);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(Theme::PageMargin, Theme::Space, Theme::PageMargin, Theme::PageMargin);
    layout->setSpacing(Theme::Space);
    layout->addWidget(heading);
    layout->addWidget(about);
    layout->addWidget(makeAccess());
    layout->addWidget(m_clients);
    layout->addStretch();
    connect(m_open, &QPushButton::clicked, this, &DashboardsPage::openDashboard);
    connect(m_copyToken, &QPushButton::clicked, this, &DashboardsPage::copyToken);
    connect(m_application, &QPushButton::clicked, this, &DashboardsPage::makeToken);
    connect(m_copyAddress, &QPushButton::clicked, this, [this] {
        QGuiApplication::clipboard()->setText(m_address->text());
        Q_EMIT notice(tr("The address is on the clipboard."));
    });
    connect(&services.live, &LiveService::statusChanged, this, &DashboardsPage::setStatus);
}

QWidget* DashboardsPage::makeAccess()
{
    auto* card = new QFrame(this);
    setRole(card, "card");
    auto* heading = new QLabel(tr("Address"), card);
    setRole(heading, "heading");
    m_address->setObjectName(QStringLiteral("dashboardAddress"));
    m_address->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_address->setAccessibleName(tr("Address of the dashboard"));
    setRole(m_address, "code");
    setRole(m_open, "primary");
    auto* note = new QLabel(
        tr("Whoever has a dashboard's token can see the live feed until it expires, and cannot change anything."), card);
    setRole(note, "muted");
    note->setWordWrap(true);
    auto* buttons = new QHBoxLayout;
    for (QPushButton* button : {m_open, m_copyAddress, m_copyToken, m_application})
        buttons->addWidget(button);
    buttons->addStretch();
    auto* layout = new QVBoxLayout(card);
    layout->setContentsMargins(16, 14, 16, 14);
    layout->setSpacing(Theme::Space);
    layout->addWidget(heading);
    layout->addWidget(m_address);
    layout->addLayout(buttons);
    layout->addWidget(note);
    return card;
}

void DashboardsPage::activate()
{
    const QUrl address = services().dashboards.address();
    const bool on = !address.isEmpty();
    m_address->setText(on ? address.toString() : tr("The web server is off: start Carillon with it to use dashboards."));
    m_open->setEnabled(on);
    m_copyAddress->setEnabled(on);
    m_copyToken->setEnabled(on && caller().require(Role::Administrator));
    m_application->setEnabled(on && caller().require(Role::Administrator));
    setStatus(services().live.status());
}

void DashboardsPage::openDashboard()
{
    const Result<QUrl> address = services().dashboards.signedAddress(caller());
    if (address)
        Q_EMIT openAddress(*address);
    else
        Q_EMIT problem(address.error());
}

void DashboardsPage::copyToken()
{
    const Result<QString> token = services().dashboards.issueToken(caller(), caller().actor, TokenMs);
    if (!token) {
        Q_EMIT problem(token.error());
        return;
    }
    QGuiApplication::clipboard()->setText(*token);
    Q_EMIT notice(tr("A token for 24 hours is on the clipboard."));
}

void DashboardsPage::makeToken()
{
    auto* dialog = new TokenDialog(
        [this](const QString& subject, qint64 validMs, const QStringList& scopes) {
            return services().dashboards.issueToken(caller(), subject, validMs, scopes);
        },
        this);
    dialog->open();
}

void DashboardsPage::setStatus(const EngineStatus& status)
{
    m_clients->setValue(countText(status.clients), tr("browsers and screens"));
}

} // namespace carillon::ui
