// SPDX-License-Identifier: GPL-3.0-or-later

// The composer's last step: what stands in the way, the test message, and sending the campaign off.

#include "engine/base/Future.h"
#include "ui/accounts/OutcomeText.h"
#include "ui/composer/ComposerPage.h"
#include "ui/composer/ContentStep.h"
#include "ui/composer/DraftKeeper.h"
#include "ui/composer/ReviewStep.h"
#include "ui/composer/ScheduleStep.h"
#include "ui/composer/SendQuestion.h"
#include "ui/frame/Prompts.h"
#include "ui/preview/PreviewPane.h"
#include "ui/topics/ContentFacts.h"

#include <QLabel>
#include <QLineEdit>

namespace carillon::ui {

QStringList ComposerPage::problems() const
{
    const Campaign now = campaign();
    QStringList problems;
    if (now.name.isEmpty())
        problems << tr("The campaign has no name.");
    if (now.topicId == 0)
        problems << tr("No topic is chosen.");
    if (!now.audience.everyone && now.audience.listIds.isEmpty() && !now.audience.missed)
        problems << tr("Nobody is chosen under Audience.");
    if (const QString wrong = m_content->dataProblem(); !wrong.isEmpty())
        problems << tr("The campaign's data: %1").arg(wrong);
    if (const QString wrong = m_schedule->problem(); !wrong.isEmpty())
        problems << wrong;
    for (const Template& content : m_content->topic().templates) {
        for (auto part = content.parts.cbegin(); part != content.parts.cend(); ++part) {
            for (const TemplateProblem& found :
                 services().topics.check(content.channel, part.key(), part.value(), m_facts->attributes())) {
                if (found.severity == Severity::Error)
                    problems << tr("%1, line %2, column %3: %4")
                                    .arg(part.key())
                                    .arg(found.line)
                                    .arg(found.column)
                                    .arg(found.message);
            }
        }
    }
    return problems;
}

// Looked for only where they are seen: while somebody types, the editor shows its own.
void ComposerPage::updateProblems()
{
    if (m_review->isVisibleTo(this))
        m_review->setProblems(problems());
}

void ComposerPage::testSend(const QString& address)
{
    m_review->showTestAnswer(tr("Sending…"), Tone::Neutral);
    whenReady(services().campaigns.testSend(caller(), previewRequest(), address), this,
              [this](const Result<Outcome>& outcome) {
                  if (outcome)
                      m_review->showTestAnswer(outcomeText(*outcome), toneOf(outcome->kind));
                  else
                      m_review->showTestAnswer(outcome.error().message, Tone::Bad);
              });
}

void ComposerPage::askToSend()
{
    const SendFacts facts{m_name->text().trimmed(), m_review->dryRun().willSend, m_review->failing(),
                          m_review->isRehearsed(),  m_schedule->nextDate(),      campaign().schedule.kind};
    prompts().confirm(this, sendQuestion(facts), [this](bool yes) {
        if (yes)
            send();
    });
}

void ComposerPage::send()
{
    m_review->setBusy(true);
    m_keeper->flush([this](bool saved) {
        if (!saved) {
            m_review->setBusy(false);
            Q_EMIT problem(
                {ErrorCode::Conflict,
                 tr("The campaign was not sent, because the draft could not be saved: %1").arg(m_saveState->text()),
                 {}});
            return;
        }
        const Campaign now = campaign();
        whenReady(
            services().campaigns.schedule(caller(), now.id, now.scheduledAt), this, [this, now](const Status& scheduled) {
                m_review->setBusy(false);
                if (!scheduled) {
                    Q_EMIT problem(scheduled.error());
                    return;
                }
                const bool later = now.scheduledAt > 0 || now.schedule.kind != ScheduleKind::At;
                Q_EMIT notice(later ? tr("\"%1\" is scheduled.").arg(now.name) : tr("\"%1\" is being sent.").arg(now.name));
                begin({}, {});
                Q_EMIT openCampaign(now.id);
            });
    });
}

} // namespace carillon::ui
