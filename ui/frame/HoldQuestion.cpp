// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/frame/HoldQuestion.h"

#include "engine/base/Future.h"
#include "ui/frame/Prompts.h"
#include "ui/widgets/Words.h"

#include <QWidget>

namespace carillon::ui {

HoldQuestion::HoldQuestion(WorkspaceService& workspace, const Caller& caller, Prompts& prompts, QWidget* over)
    : QObject(over)
    , m_workspace(workspace)
    , m_caller(caller)
    , m_prompts(prompts)
    , m_over(over)
{
}

void HoldQuestion::ask()
{
    whenReady(m_workspace.hold(), this, [this](const Result<WorkspaceHold>& hold) {
        if (!hold)
            Q_EMIT problem(hold.error());
        else if (hold->held)
            askAbout(*hold);
    });
}

void HoldQuestion::askAbout(const WorkspaceHold& hold)
{
    const QString detail = tr("%1 deliveries and %2 campaigns wait. The original may have sent them already, and may still "
                              "send: let only one "
                              "of them do so. Until you decide, nothing is sent from here.")
                               .arg(countText(hold.waiting), countText(hold.scheduled));
    const Question question{tr("Send from this copy?"), hold.sentence, detail, tr("&Send from here from now on"), true};
    m_prompts.confirm(m_over, question, [this](bool yes) {
        if (yes)
            release();
    });
}

void HoldQuestion::release()
{
    whenReady(m_workspace.release(m_caller), this, [this](const Status& released) {
        if (released)
            Q_EMIT notice(tr("This workspace sends from here now."));
        else
            Q_EMIT problem(released.error());
    });
}

} // namespace carillon::ui
