// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/composer/DraftKeeper.h"

#include "engine/base/Future.h"

#include <QTimer>

namespace carillon::ui {

namespace {

constexpr int pauseMs = 500;

}

DraftKeeper::DraftKeeper(TopicService& topics, CampaignService& campaigns, const Caller& caller, QObject* parent)
    : QObject(parent)
    , m_topics(topics)
    , m_campaigns(campaigns)
    , m_caller(caller)
    , m_pause(new QTimer(this))
{
    m_pause->setSingleShot(true);
    m_pause->setInterval(pauseMs);
    connect(m_pause, &QTimer::timeout, this, &DraftKeeper::save);
}

void DraftKeeper::begin(const Campaign& campaign, const TopicDetail& topic)
{
    ++m_draft;
    m_pause->stop();
    m_campaign = campaign;
    m_topic = topic;
    m_campaignChanged = m_topicChanged = m_saving = false;
    Q_EMIT stateChanged();
}

// The id is the keeper's own affair: a campaign that was new when the page last looked may have one by now.
void DraftKeeper::changeCampaign(const Campaign& campaign)
{
    const qint64 id = m_campaign.id;
    m_campaign = campaign;
    m_campaign.id = id;
    m_campaignChanged = true;
    touch();
}

void DraftKeeper::changeTopic(const TopicDetail& topic)
{
    m_topic = topic;
    m_topicChanged = true;
    touch();
}

void DraftKeeper::touch()
{
    m_pause->start();
    Q_EMIT stateChanged();
}

void DraftKeeper::flush(std::function<void(bool saved)> done)
{
    m_waiting << std::move(done);
    m_pause->stop();
    save();
}

void DraftKeeper::save()
{
    if (m_saving)
        return;
    m_saving = true;
    m_failed = false;
    if (m_topicChanged)
        saveTopic();
    else
        saveCampaign();
}

void DraftKeeper::saveTopic()
{
    m_topicChanged = false;
    m_topic.autosaved = true;
    whenReady(m_topics.save(m_caller, m_topic), this, [this, draft = m_draft](const Result<qint64>& id) {
        if (draft != m_draft)
            return;
        if (id)
            return readTopicBack(*id, draft);
        m_topicChanged = m_failed = true;
        Q_EMIT failed(id.error());
        saveCampaign();
    });
}

// New routes and templates have got their ids.
void DraftKeeper::readTopicBack(qint64 id, quint64 draft)
{
    whenReady(m_topics.get(id), this, [this, draft](const Result<TopicDetail>& stored) {
        if (draft != m_draft)
            return;
        if (stored)
            Q_EMIT topicSaved(*stored);
        else
            Q_EMIT failed(stored.error());
        saveCampaign();
    });
}

void DraftKeeper::saveCampaign()
{
    if (!m_campaignChanged || m_campaign.topicId == 0)
        return finish();
    m_campaignChanged = false;
    whenReady(m_campaigns.save(m_caller, m_campaign), this, [this, draft = m_draft](const Result<qint64>& id) {
        if (draft != m_draft)
            return;
        if (id) {
            m_campaign.id = *id;
            Q_EMIT campaignSaved(*id);
        } else {
            m_campaignChanged = m_failed = true;
            Q_EMIT failed(id.error());
        }
        finish();
    });
}

void DraftKeeper::finish()
{
    m_saving = false;
    // Something was typed while this was being saved, and somebody waits until all of it is.
    if (!m_waiting.isEmpty() && hasUnsavedChanges() && !m_failed && m_campaign.topicId != 0)
        return save();
    const bool saved = !hasUnsavedChanges();
    for (const auto& done : std::exchange(m_waiting, {}))
        done(saved);
    if (m_failed)
        m_pause->stop();
    Q_EMIT stateChanged();
}

} // namespace carillon::ui
