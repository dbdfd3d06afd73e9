// SPDX-License-Identifier: GPL-3.0-or-later

// What the composer does: begins and keeps a draft, has it previewed and counted.

#include "engine/base/Future.h"
#include "engine/service/AccountService.h"
#include "engine/service/ContactService.h"
#include "ui/composer/AudienceStep.h"
#include "ui/composer/ComposerPage.h"
#include "ui/composer/ContentStep.h"
#include "ui/composer/DraftKeeper.h"
#include "ui/composer/ReviewStep.h"
#include "ui/composer/ScheduleStep.h"
#include "ui/forms/Unsaved.h"
#include "ui/frame/Prompts.h"
#include "ui/preview/PreviewPane.h"
#include "ui/preview/PreviewSource.h"
#include "ui/topics/ContentFacts.h"
#include "ui/topics/SilencedRules.h"
#include "ui/topics/TopicKey.h"

#include <QLabel>
#include <QLineEdit>
#include <QScopedValueRollback>
#include <QTimer>

namespace carillon::ui {

namespace {

constexpr int shownDates = 5;

} // namespace

void ComposerPage::activate()
{
    whenReady(services().topics.list(), this, [this](const Result<QList<TopicSummary>>& topics) {
        topics ? m_content->setTopics(*topics) : problem(topics.error());
    });
    whenReady(services().contacts.lists(), this, [this](const Result<QList<ContactList>>& lists) {
        lists ? m_audience->setLists(*lists) : problem(lists.error());
    });
    whenReady(services().contacts.page({}, {0, 1}), this, [this](const Result<Page<Contact>>& contacts) {
        contacts ? m_audience->setEveryoneCount(contacts->total) : problem(contacts.error());
    });
    whenReady(services().accounts.list(), this, [this](const Result<QList<AccountSummary>>& accounts) {
        for (const AccountSummary& summary : accounts ? *accounts : QList<AccountSummary>())
            m_accountChannels.insert(summary.account.id, summary.account.channel);
    });
    m_facts->load();
    m_preview->picker()->chooseFirst();
    if (!m_begun)
        begin({}, {});
    updatePreview();
    countSoon();
}

void ComposerPage::open(qint64 id)
{
    m_keeper->flush([this, id](bool saved) {
        askToDiscard(prompts(), this, !saved, tr("the draft \"%1\"").arg(m_name->text()), [this, id](bool discard) {
            if (discard)
                id == 0 ? begin({}, {}) : load(id);
        });
    });
}

// Whoever leaves the page finds the draft as he left it, however soon he comes back.
void ComposerPage::hideEvent(QHideEvent* event)
{
    ConsolePage::hideEvent(event);
    m_review->stopRehearsing();
    if (m_keeper->hasUnsavedChanges())
        m_keeper->flush([](bool) {});
}

bool ComposerPage::hasUnsavedChanges() const
{
    return m_keeper->hasUnsavedChanges();
}

void ComposerPage::useSettings(QSettings& settings)
{
    m_silenced->useSettings(settings);
}

void ComposerPage::load(qint64 id)
{
    whenReady(services().campaigns.get(id), this, [this](const Result<CampaignSummary>& summary) {
        if (!summary)
            Q_EMIT problem(summary.error());
        else if (summary->campaign.state != CampaignState::Draft)
            Q_EMIT openCampaign(summary->campaign.id);
        else
            loadTopic(summary->campaign);
    });
}

void ComposerPage::loadTopic(const Campaign& campaign)
{
    if (campaign.topicId == 0)
        return begin(campaign, {});
    whenReady(services().topics.get(campaign.topicId), this, [this, campaign](const Result<TopicDetail>& topic) {
        if (!topic)
            Q_EMIT problem(topic.error());
        begin(campaign, topic ? *topic : TopicDetail());
    });
}

void ComposerPage::begin(const Campaign& campaign, const TopicDetail& topic)
{
    const QScopedValueRollback<bool> filling(m_filling, true);
    m_begun = true;
    m_campaign = campaign;
    m_name->setText(campaign.name);
    m_content->setTopic(topic);
    m_content->setData(campaign.data);
    m_audience->setAudience(campaign.audience);
    m_schedule->setCampaign(campaign);
    m_review->setScheduled(!m_schedule->isNow());
    m_review->setCampaign(campaign);
    m_review->setBusy(false);
    m_preview->setWorstCases({});
    m_keeper->begin(campaign, topic);
    showStep(Content);
    updatePreview();
    countSoon();
    if (campaign.id == 0)
        m_name->setFocus(Qt::OtherFocusReason);
}

// The content of the topic that is left is saved first; the campaign goes on with the other one.
void ComposerPage::chooseTopic(qint64 id)
{
    m_keeper->flush([this, id](bool) {
        askToDiscard(prompts(), this, m_keeper->hasUnsavedContent(), tr("this topic's content"), [this, id](bool discard) {
            if (discard)
                adoptTopic(id);
            else
                m_content->showTopicAgain();
        });
    });
}

void ComposerPage::adoptTopic(qint64 id)
{
    whenReady(services().topics.get(id), this, [this](const Result<TopicDetail>& topic) {
        if (!topic) {
            Q_EMIT problem(topic.error());
            return;
        }
        const QString name = m_name->text().trimmed();
        const bool isOurs = name.isEmpty() || name == m_content->topic().topic.name; // nobody gave it another
        m_content->setTopic(*topic);
        m_campaign.topicId = topic->topic.id;
        if (isOurs)
            m_name->setText(topic->topic.name);
        m_keeper->begin(campaign(), *topic);
        campaignChanged();
        updatePreview();
    });
}

void ComposerPage::askNewTopic()
{
    TextRequest request{tr("New topic"), tr("What is it about?"), m_name->text().trimmed(), tr("Create topic"), {}};
    request.check
        = [](const QString& name) { return topicKeyFor(name).isEmpty() ? tr("Give the topic a name.") : QString(); };
    prompts().askText(this, request, [this](const QString& name) { createTopic(name.trimmed()); });
}

// A new topic begins with the first brand, a mail, and every account that is in use, in their order: ready to be sent.
void ComposerPage::createTopic(const QString& name)
{
    whenReady(services().topics.brands(), this, [this, name](const Result<QList<Brand>>& brands) {
        if (!brands) {
            Q_EMIT problem(brands.error());
            return;
        }
        const qint64 brandId = brands->isEmpty() ? 0 : brands->first().id;
        whenReady(services().accounts.list(), this, [this, name, brandId](const Result<QList<AccountSummary>>& accounts) {
            TopicDetail topic;
            topic.topic.name = name;
            topic.topic.key = topicKeyFor(name);
            topic.topic.category = Category::Marketing;
            topic.topic.brandId = brandId;
            topic.templates << Template{0, 0, QStringLiteral("email"), {}, {}, 0, 0};
            for (const AccountSummary& summary : accounts ? *accounts : QList<AccountSummary>()) {
                if (summary.account.enabled && summary.account.channel == u"email")
                    topic.routes << Route{0, 0, summary.account.id, int(topic.routes.size()), {}};
            }
            whenReady(services().topics.save(caller(), topic), this, [this](const Result<qint64>& id) {
                if (!id) {
                    if (!m_content->showError(id.error()))
                        Q_EMIT problem(id.error());
                    return;
                }
                adoptTopic(*id);
                activate();
            });
        });
    });
}

Campaign ComposerPage::campaign() const
{
    Campaign campaign = m_campaign;
    campaign.name = m_name->text().trimmed();
    campaign.topicId = m_content->topic().topic.id;
    campaign.audience = m_audience->audience();
    campaign.data = m_content->data();
    m_schedule->fill(campaign);
    return campaign;
}

void ComposerPage::campaignChanged()
{
    if (m_filling)
        return;
    const Campaign now = campaign();
    m_keeper->changeCampaign(now);
    m_review->setCampaign(now);
    m_review->setScheduled(!m_schedule->isNow());
    updateProblems();
    updatePreview();
    countSoon();
}

void ComposerPage::contentChanged()
{
    if (m_filling)
        return;
    m_keeper->changeTopic(m_content->topic());
    updateProblems();
    updatePreview();
    countSoon();
}

void ComposerPage::showSaveState()
{
    if (m_keeper->hasUnsavedChanges())
        m_saveState->setText(m_content->topic().topic.id == 0 ? tr("Choose a topic to save this draft") : tr("Saving…"));
    else
        m_saveState->setText(m_campaign.id == 0 ? QString() : tr("Draft saved"));
}

void ComposerPage::showSaveError(const Error& error)
{
    m_saveState->setText(tr("Not saved: %1").arg(error.message));
    if (error.field.startsWith(u"topic"))
        m_content->showError(error);
}

PreviewRequest ComposerPage::previewRequest() const
{
    return {m_content->topic(), m_content->data(), m_preview->picker()->contactId(), m_preview->channel()};
}

void ComposerPage::updatePreview()
{
    m_preview->setChannels(previewChannels(m_content->topic(), m_accountChannels), m_content->channel());
    const PreviewRequest request = previewRequest();
    if (request.topic.topic.id == 0)
        m_preview->showNothing(tr("Choose a topic or make a new one: what it says to a contact is shown here."));
    else if (request.channel.isEmpty())
        m_preview->showNothing(tr("This topic has no content yet."));
    else
        m_previews->request(request);
}

void ComposerPage::countSoon()
{
    m_audience->showCount(-1);
    m_review->showCounting();
    m_countPause->start();
}

void ComposerPage::count()
{
    const Campaign now = campaign();
    showDates(now);
    if (now.topicId == 0) {
        m_audience->showNotice(tr("Choose a topic under Content: then the contacts are counted here."));
        return m_review->showDryRun({});
    }
    whenReady(services().campaigns.dryRun(now), this, [this, now, number = ++m_count](const Result<DryRun>& run) {
        if (number != m_count)
            return;
        if (!run) {
            m_audience->showNotice(run.error().message);
            m_review->showDryRunError(run.error());
            return;
        }
        m_audience->showCount(run->audience);
        m_review->showDryRun(*run);
        updateProblems();
        if (m_review->isVisible() && run->willSend > 0)
            m_review->rehearse({now, m_content->topic()});
    });
}

void ComposerPage::showDates(const Campaign& campaign)
{
    if (m_schedule->isNow())
        return;
    whenReady(services().campaigns.occurrences(campaign, shownDates), this,
              [this, number = ++m_dates](const Result<QList<qint64>>& dates) {
                  if (number != m_dates)
                      return;
                  m_schedule->showNextDates(dates);
                  updateProblems();
              });
}

} // namespace carillon::ui
