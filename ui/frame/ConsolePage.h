// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Error.h"
#include "engine/model/Caller.h"
#include "engine/service/Services.h"

#include <QWidget>

class QSettings;

namespace carillon::ui {

class Pacer;
class Prompts;

// One page of the window. A page shows and translates; it decides nothing: every change is an operation of a service, taken
// up with whenReady(future, this, ...). It asks people only through Prompts and goes to other pages only by the signals
// below, so that it knows neither dialogs nor the window, and is tested alone.
//
// Services, caller and prompts outlive the page.
class ConsolePage : public QWidget {
    Q_OBJECT

public:
    ConsolePage(const Services& services, const Caller& caller, Prompts& prompts, QWidget* parent = nullptr);

    virtual QString id() const = 0; // "campaigns": also its objectName and where its settings are kept
    virtual QString title() const = 0; // translated: "Campaigns"; Ctrl and a digit lead to it
    virtual QString iconName() const = 0;

    // The page has come into view: bring it up to date. When it is hidden it need not follow what happens until the next
    // call. A page with a pacer is told by that.
    virtual void activate();
    // Shows one thing of those the page is about (a campaign on the campaigns page); 0 begins a new one where that makes
    // sense.
    virtual void open(qint64 id) { Q_UNUSED(id) }
    // Narrows the page to what is typed, in the page's own filter language, where it has one.
    virtual void showFiltered(const QString& filter) { Q_UNUSED(filter) }
    // True when closing the window would lose something that was typed.
    virtual bool hasUnsavedChanges() const { return false; }
    // The window's settings, for what this person likes on this page: given once, before the page is shown; they outlive it.
    virtual void useSettings(QSettings& settings) { Q_UNUSED(settings) }
    // Actions (QWidget::actions()) of the page are offered by the command palette, too, with their shortcuts.

Q_SIGNALS:
    void openPage(const QString& id);
    void openCampaign(qint64 campaignId);
    void openComposer(qint64 campaignId); // 0: a new campaign
    void openContact(qint64 contactId);
    void openTopic(qint64 topicId);
    void openDeliveries(const QString& filter); // "campaign:12 status:failed"
    void notice(const QString& sentence); // something worked: shown for some seconds
    void problem(const carillon::Error& error); // something did not: shown until it is closed

protected:
    const Services& services() const { return m_services; }
    const Caller& caller() const { return m_caller; }
    Prompts& prompts() const { return m_prompts; }

    // For a page that follows what happens: says due() when the page comes into view, and after each nudge() at most once an
    // interval while it is in view.
    Pacer* makePacer(int intervalMs);

    void hideEvent(QHideEvent* event) override;

private:
    const Services& m_services;
    const Caller m_caller;
    Prompts& m_prompts;
    Pacer* m_pacer = nullptr;
};

} // namespace carillon::ui
