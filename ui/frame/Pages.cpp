// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/frame/Pages.h"

#include "ui/accounts/AccountsPage.h"
#include "ui/campaigns/CampaignsPage.h"
#include "ui/composer/ComposerPage.h"
#include "ui/contacts/ContactsPage.h"
#include "ui/dashboards/DashboardsPage.h"
#include "ui/deliveries/DeliveriesPage.h"
#include "ui/frame/HoldQuestion.h"
#include "ui/frame/MainWindow.h"
#include "ui/overview/OverviewPage.h"
#include "ui/topics/TopicsPage.h"

#include <QCoreApplication>
#include <QDesktopServices>
#include <QUrl>

namespace carillon::ui {

namespace {

// The browser is another program: when none starts, the person gets the address to open by hand.
void openInBrowser(DashboardsPage* page, const QUrl& address)
{
    if (QDesktopServices::openUrl(address))
        return;
    const QString plain = address.adjusted(QUrl::RemoveFragment).toString();
    Q_EMIT page->problem(
        {ErrorCode::NotFound,
         QCoreApplication::translate("Pages", "No browser could be opened. Open %1 by hand and sign in with a token.")
             .arg(plain),
         {}});
}

// What it says goes the way of what the overview says: to the bar above the pages.
void askAboutHold(MainWindow& window, const Services& services, const Caller& caller, Prompts& prompts)
{
    auto* question = new HoldQuestion(services.workspace, caller, prompts, &window);
    ConsolePage* first = window.page(QStringLiteral("overview"));
    QObject::connect(question, &HoldQuestion::notice, first, &ConsolePage::notice);
    QObject::connect(question, &HoldQuestion::problem, first, &ConsolePage::problem);
    question->ask();
}

} // namespace

void addPages(MainWindow& window, const Services& services, const Caller& caller, Prompts& prompts, const Clock& clock)
{
    window.addPage(new OverviewPage(services, caller, prompts, clock));
    window.addPage(new CampaignsPage(services, caller, prompts, clock));
    window.addPage(new ComposerPage(services, caller, prompts));
    window.addPage(new TopicsPage(services, caller, prompts));
    window.addPage(new ContactsPage(services, caller, prompts));
    window.addPage(new DeliveriesPage(services, caller, prompts));
    window.addPage(new AccountsPage(services, caller, prompts, clock));
    auto* dashboards = new DashboardsPage(services, caller, prompts);
    window.addPage(dashboards);
    askAboutHold(window, services, caller, prompts);
    QObject::connect(dashboards, &DashboardsPage::openAddress, dashboards,
                     [dashboards](const QUrl& url) { openInBrowser(dashboards, url); });
}

} // namespace carillon::ui
