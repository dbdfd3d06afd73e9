// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/service/CampaignService.h"
#include "ui/frame/ConsolePage.h"

class QButtonGroup;
class QLabel;
class QLineEdit;
class QPushButton;
class QStackedWidget;
class QTimer;

namespace carillon::ui {

class AudienceStep;
class ContentFacts;
class ContentStep;
class DraftKeeper;
class PreviewPane;
class PreviewSource;
class ReviewStep;
class ScheduleStep;
class SilencedRules;

// A new or a draft campaign: Content, Audience, Schedule and Review as four steps (Alt+1 to Alt+4) beside one live
// preview. The draft is saved by itself.
class ComposerPage : public ConsolePage {
    Q_OBJECT

public:
    ComposerPage(const Services& services, const Caller& caller, Prompts& prompts, QWidget* parent = nullptr);

    QString id() const override { return QStringLiteral("composer"); }
    QString title() const override { return tr("Composer"); }
    QString iconName() const override { return QStringLiteral("composer"); }
    void activate() override;
    void open(qint64 id) override;
    bool hasUnsavedChanges() const override;
    void useSettings(QSettings& settings) override;

protected:
    void hideEvent(QHideEvent* event) override;

private:
    enum Step { Content, Audience, Schedule, Review };

    QWidget* makeHeader();
    QWidget* makeSteps();
    void connectSteps();
    void showStep(int step);

    void begin(const Campaign& campaign, const TopicDetail& topic);
    void load(qint64 id);
    void loadTopic(const Campaign& campaign);
    void chooseTopic(qint64 id);
    void askNewTopic();
    void createTopic(const QString& name);
    void adoptTopic(qint64 id);

    Campaign campaign() const;
    void campaignChanged();
    void contentChanged();
    void showSaveState();
    void showSaveError(const Error& error);

    PreviewRequest previewRequest() const;
    void updatePreview();
    void countSoon();
    void count();
    void showDates(const Campaign& campaign);
    void updateProblems();
    QStringList problems() const;

    void testSend(const QString& address);
    void askToSend();
    void send();

    Campaign m_campaign; // as begun; the steps hold what is typed
    bool m_begun = false;
    bool m_filling = false;
    quint64 m_count = 0; // answers to an older dry run are dropped
    quint64 m_dates = 0; // and to an older question for dates
    QHash<qint64, QString> m_accountChannels;
    SilencedRules* m_silenced;
    ContentFacts* m_facts;
    DraftKeeper* m_keeper;
    PreviewSource* m_previews;
    QTimer* m_countPause;
    QLineEdit* m_name = nullptr;
    QLabel* m_saveState = nullptr;
    QButtonGroup* m_stepButtons = nullptr;
    QStackedWidget* m_steps;
    QPushButton* m_back;
    QPushButton* m_next;
    ContentStep* m_content;
    AudienceStep* m_audience;
    ScheduleStep* m_schedule;
    ReviewStep* m_review;
    PreviewPane* m_preview;
};

} // namespace carillon::ui
