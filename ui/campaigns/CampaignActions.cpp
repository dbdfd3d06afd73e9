// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/campaigns/CampaignActions.h"

#include "engine/base/Future.h"
#include "ui/campaigns/CampaignFigures.h"
#include "ui/campaigns/CampaignWords.h"
#include "ui/campaigns/MissedDialog.h"
#include "ui/frame/Prompts.h"
#include "ui/widgets/Icon.h"
#include "ui/widgets/Words.h"

#include <QAction>
#include <QWidget>

namespace carillon::ui {

CampaignActions::CampaignActions(CampaignService& campaigns, const Caller& caller, Prompts& prompts, QWidget* over)
    : QObject(over)
    , m_campaigns(campaigns)
    , m_caller(caller)
    , m_prompts(prompts)
    , m_over(over)
    , m_pause(make("pauseCampaign", tr("Pa&use"), QStringLiteral("pause"), tr("Stop sending until it is resumed"),
                   &CampaignActions::doPause))
    , m_resume(make("resumeCampaign", tr("&Resume"), QStringLiteral("play"), tr("Go on where it was paused"),
                    &CampaignActions::doResume))
    , m_cancel(make("cancelCampaign", tr("C&ancel\u2026"), QStringLiteral("stop"),
                    tr("End it: what is still queued is not sent"), &CampaignActions::askToCancel))
    , m_unschedule(make("unscheduleCampaign", tr("&Unschedule"), QStringLiteral("stop"), tr("Make it a draft again"),
                        &CampaignActions::doUnschedule))
    , m_edit(make("editCampaign", tr("&Edit"), QStringLiteral("edit"), tr("Open the draft in the composer"),
                  &CampaignActions::doEdit))
    , m_duplicate(make("duplicateCampaign", tr("&Duplicate"), QStringLiteral("add"),
                       tr("Make a draft with the same content and audience"), &CampaignActions::doDuplicate))
    , m_missed(make("sendToMissed", tr("Send to the &missed\u2026"), QStringLiteral("send"),
                    tr("Make a draft for those who failed or were left out"), &CampaignActions::askWhomMissed))
    , m_remove(make("removeCampaign", tr("De&lete\u2026"), QStringLiteral("delete"), tr("Delete the draft"),
                    &CampaignActions::askToRemove))
{
    setCampaign({}, 0);
}

QAction* CampaignActions::make(const char* name, const QString& text, const QString& iconName, const QString& toolTip,
                               void (CampaignActions::*run)())
{
    auto* action = new QAction(icon(iconName), text, this);
    action->setObjectName(QString::fromLatin1(name));
    action->setToolTip(toolTip);
    connect(action, &QAction::triggered, this, run);
    return action;
}

namespace {

// Somebody can have been missed once it is planned: left out, or with a delivery that did not go out.
bool mayHaveMissed(const CampaignSummary& campaign)
{
    const CampaignFigures figures = CampaignFigures::of(campaign);
    return campaign.leftOut > 0 || figures.done > figures.accepted;
}

} // namespace

bool CampaignActions::may(CampaignVerb verb) const
{
    return m_campaign && m_caller.require(Role::Operator)
        && campaignTransition(m_campaign->campaign.state, verb, m_campaign->campaign.resumeState);
}

void CampaignActions::setCampaign(const std::optional<CampaignSummary>& campaign, qint64 now)
{
    m_campaign = campaign;
    const bool mayWrite = m_campaign && m_caller.require(Role::Operator);
    const bool draft = mayWrite && m_campaign->campaign.state == CampaignState::Draft;
    m_pause->setEnabled(may(CampaignVerb::Pause));
    m_resume->setEnabled(may(CampaignVerb::Resume));
    m_cancel->setEnabled(may(CampaignVerb::Cancel));
    m_unschedule->setEnabled(may(CampaignVerb::Unschedule));
    m_edit->setEnabled(draft);
    m_remove->setEnabled(draft);
    m_duplicate->setEnabled(mayWrite);
    m_missed->setEnabled(mayWrite && mayHaveMissed(*m_campaign));
    if (m_campaign)
        nameActions(now);
}

// What a verb means depends on why the campaign stands where it does.
void CampaignActions::nameActions(qint64 now)
{
    const QString& reason = m_campaign->campaign.pauseReason;
    const bool paused = m_campaign->campaign.state == CampaignState::Paused;
    const bool missed = paused && reason == PauseReason::Missed;
    const bool canary = paused && reason == PauseReason::Canary;
    m_resume->setText(missed ? tr("&Send now") : canary ? tr("&Let the rest go") : tr("&Resume"));
    m_resume->setToolTip(missed       ? tr("Send it, although its hour has passed")
                             : canary ? tr("Send the rest, although too many of the first ones failed")
                                      : tr("Go on where it was paused"));
    m_cancel->setText(missed ? tr("S&kip\u2026") : tr("C&ancel\u2026"));
    const bool held = isHeld(m_campaign->campaign, now);
    m_unschedule->setText(held ? tr("&Undo") : tr("&Unschedule"));
    m_unschedule->setToolTip(held ? tr("Take it back: nothing has been sent, it is a draft again")
                                  : tr("Make it a draft again"));
}

void CampaignActions::take(const Future<void>& future, const QString& done)
{
    whenReady(future, this, [this, done](const Status& status) {
        if (status)
            Q_EMIT notice(done);
        else
            Q_EMIT problem(status.error());
        Q_EMIT changed();
    });
}

void CampaignActions::doPause()
{
    take(m_campaigns.pause(m_caller, m_campaign->campaign.id),
         tr("\u201c%1\u201d is paused.").arg(m_campaign->campaign.name));
}

void CampaignActions::doResume()
{
    take(m_campaigns.resume(m_caller, m_campaign->campaign.id),
         tr("\u201c%1\u201d goes on.").arg(m_campaign->campaign.name));
}

void CampaignActions::askToCancel()
{
    const CampaignSummary campaign = *m_campaign;
    const qint64 open = CampaignFigures::of(campaign).open;
    Question question{campaign.campaign.name,
                      open > 0 ? tr("Cancel %1 queued deliveries?").arg(countText(open)) : tr("Cancel this campaign?"),
                      tr("What has gone out stays sent. A cancelled campaign cannot be resumed; it can be duplicated."),
                      tr("&Cancel campaign"), true};
    if (campaign.campaign.pauseReason == PauseReason::Missed) {
        question.text = tr("Skip what missed its hour?");
        question.detail
            = tr("Nothing of it is sent: it is cancelled. It can be duplicated; a series goes on with its next.");
        question.verb = tr("S&kip it");
    }
    m_prompts.confirm(m_over, question, [this, campaign](bool yes) {
        if (yes)
            take(m_campaigns.cancel(m_caller, campaign.campaign.id),
                 tr("\u201c%1\u201d is cancelled.").arg(campaign.campaign.name));
    });
}

void CampaignActions::doUnschedule()
{
    take(m_campaigns.unschedule(m_caller, m_campaign->campaign.id),
         tr("\u201c%1\u201d is a draft again.").arg(m_campaign->campaign.name));
}

void CampaignActions::doEdit()
{
    Q_EMIT openComposer(m_campaign->campaign.id);
}

void CampaignActions::doDuplicate()
{
    const QString name = m_campaign->campaign.name;
    whenReady(m_campaigns.duplicate(m_caller, m_campaign->campaign.id), this, [this, name](const Result<qint64>& id) {
        if (!id) {
            Q_EMIT problem(id.error());
            return;
        }
        Q_EMIT notice(tr("\u201c%1\u201d has been duplicated as a draft.").arg(name));
        Q_EMIT changed();
        Q_EMIT openCampaign(*id);
    });
}

void CampaignActions::askWhomMissed()
{
    const Campaign campaign = m_campaign->campaign;
    whenReady(m_campaigns.missed(campaign.id), this, [this, campaign](const Result<QList<MissedGroup>>& groups) {
        if (groups)
            showMissed(campaign, *groups);
        else
            Q_EMIT problem(groups.error());
    });
}

void CampaignActions::showMissed(const Campaign& campaign, const QList<MissedGroup>& groups)
{
    auto* dialog = new MissedDialog(campaign, groups, m_over);
    connect(dialog, &MissedDialog::draftAsked, this, &CampaignActions::sendToMissed);
    dialog->open();
}

void CampaignActions::sendToMissed(const MissedAudience& missed)
{
    whenReady(m_campaigns.sendToMissed(m_caller, missed), this, [this](const Result<qint64>& id) {
        if (!id) {
            Q_EMIT problem(id.error());
            return;
        }
        Q_EMIT notice(tr("The draft is made: look at it, then send it."));
        Q_EMIT changed();
        Q_EMIT openComposer(*id);
    });
}

void CampaignActions::askToRemove()
{
    const Campaign campaign = m_campaign->campaign;
    m_prompts.confirm(
        m_over, {campaign.name, tr("Delete this draft?"), tr("It cannot be brought back."), tr("&Delete"), true},
        [this, campaign](bool yes) {
            if (yes)
                take(m_campaigns.remove(m_caller, campaign.id), tr("\u201c%1\u201d has been deleted.").arg(campaign.name));
        });
}

} // namespace carillon::ui
