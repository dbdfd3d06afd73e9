// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Error.h"
#include "engine/model/Caller.h"
#include "engine/service/CampaignService.h"
#include "engine/service/TopicService.h"

#include <QObject>

#include <functional>

class QTimer;

namespace carillon::ui {

// Saves a draft by itself: half a second after the last change, first the topic's content, then the campaign, one save at a
// time. What could not be saved stays unsaved, is said once, and is tried again with the next change or flush(). Window
// thread.
class DraftKeeper : public QObject {
    Q_OBJECT

public:
    DraftKeeper(TopicService& topics, CampaignService& campaigns, const Caller& caller, QObject* parent);

    // Begins with what is stored; nothing is unsaved then.
    void begin(const Campaign& campaign, const TopicDetail& topic);
    void changeCampaign(const Campaign& campaign);
    void changeTopic(const TopicDetail& topic);

    bool hasUnsavedChanges() const { return m_campaignChanged || m_topicChanged || m_saving; }
    bool hasUnsavedContent() const { return m_topicChanged; }
    // Saves what is unsaved now and says whether all of it is.
    void flush(std::function<void(bool saved)> done);

Q_SIGNALS:
    void campaignSaved(qint64 id);
    void topicSaved(const carillon::TopicDetail& stored);
    void stateChanged(); // of hasUnsavedChanges
    void failed(const carillon::Error& error);

private:
    void touch();
    void save();
    void saveTopic();
    void readTopicBack(qint64 id, quint64 draft);
    void saveCampaign();
    void finish();

    TopicService& m_topics;
    CampaignService& m_campaigns;
    const Caller m_caller;
    QTimer* m_pause;
    Campaign m_campaign;
    TopicDetail m_topic;
    quint64 m_draft = 0; // answers about an older draft are dropped
    bool m_campaignChanged = false;
    bool m_topicChanged = false;
    bool m_saving = false;
    bool m_failed = false;
    QList<std::function<void(bool)>> m_waiting;
};

} // namespace carillon::ui
