// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/composer/ComposerPage.h"

#include "engine/service/AccountService.h"
#include "engine/service/ContactService.h"
#include "ui/composer/AudienceStep.h"
#include "ui/composer/ContentStep.h"
#include "ui/composer/DraftKeeper.h"
#include "ui/composer/ReviewStep.h"
#include "ui/composer/ScheduleStep.h"
#include "ui/forms/Layouts.h"
#include "ui/preview/PreviewPane.h"
#include "ui/preview/PreviewSource.h"
#include "ui/topics/ContentFacts.h"
#include "ui/topics/SilencedRules.h"
#include "ui/widgets/Theme.h"

#include <QButtonGroup>
#include <QFrame>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSplitter>
#include <QStackedWidget>
#include <QTimer>
#include <QToolButton>

namespace carillon::ui {

namespace {

constexpr int countPauseMs = 150;

QFrame* card(QWidget* content, QWidget* parent)
{
    auto* frame = new QFrame(parent);
    setRole(frame, "card");
    auto* inside = new QVBoxLayout(frame);
    inside->setContentsMargins(1, 1, 1, 1);
    inside->addWidget(content);
    return frame;
}

} // namespace

ComposerPage::ComposerPage(const Services& services, const Caller& caller, Prompts& prompts, QWidget* parent)
    : ConsolePage(services, caller, prompts, parent)
    , m_silenced(new SilencedRules(this))
    , m_facts(new ContentFacts(services, this))
    , m_keeper(new DraftKeeper(services.topics, services.campaigns, caller, this))
    , m_previews(new PreviewSource(
          [this](const PreviewRequest& request) { return this->services().campaigns.preview(request); }, this))
    , m_countPause(new QTimer(this))
    , m_steps(new QStackedWidget(this))
    , m_back(makeButton(tr("&Back"), QStringLiteral("stepBack"), this))
    , m_next(makeButton(tr("Ne&xt"), QStringLiteral("stepNext"), this, "primary"))
    , m_content(new ContentStep(makeContentTools(services, caller, prompts, *m_silenced,
                                                 [this](const QList<Template>& all, int index) {
                                                     TopicDetail topic = m_content->topic();
                                                     topic.templates = all;
                                                     return m_facts->check(topic, index, m_content->data());
                                                 }),
                                this))
    , m_audience(new AudienceStep(this))
    , m_schedule(new ScheduleStep(this))
    , m_review(new ReviewStep(services.campaigns, services.contacts, this))
    , m_preview(new PreviewPane(
          [this](const QString& text, const PageRequest& request) {
              return this->services().contacts.page({text, 0}, request);
          },
          this))
{
    setObjectName(id());
    m_countPause->setSingleShot(true);
    m_countPause->setInterval(countPauseMs);
    auto* body = makeListAndDetail(makeSteps(), card(m_preview, this), {11, 10}, this);
    auto* whole = new QVBoxLayout(this);
    whole->setContentsMargins(Theme::PageMargin, Theme::PageMargin, Theme::PageMargin, Theme::PageMargin);
    whole->setSpacing(Theme::Space);
    whole->addWidget(makeHeader());
    whole->addWidget(body, 1);
    m_content->setChannels(contentChannels(services));
    connectSteps();
    m_content->setVocabulary([this](const QJsonObject& data) { return m_facts->vocabulary(data); });
    connect(m_facts, &ContentFacts::changed, this, [this] {
        m_content->setBrands(m_facts->brands());
        m_content->updateVocabulary();
    });
    connect(m_facts, &ContentFacts::problem, this, &ComposerPage::problem);
    showStep(Content);
}

QWidget* ComposerPage::makeHeader()
{
    auto* header = new QWidget(this);
    m_name = new QLineEdit(header);
    m_name->setObjectName(QStringLiteral("campaignName"));
    m_name->setAccessibleName(tr("Name of the campaign"));
    m_name->setPlaceholderText(tr("Name of the campaign"));
    m_name->setToolTip(tr("For yourself: nobody who gets the message sees it"));
    m_name->setMaximumWidth(460);
    QFont large = m_name->font();
    large.setPointSizeF(large.pointSizeF() * 1.3);
    m_name->setFont(large);
    m_saveState = makeLabel({}, "muted", header);
    m_saveState->setObjectName(QStringLiteral("saveState"));
    m_saveState->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    auto* fresh = makeButton(tr("New campai&gn"), QStringLiteral("newCampaign"), header);
    auto* row = new QHBoxLayout(header);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(Theme::Space);
    row->addWidget(m_name, 2);
    row->addWidget(m_saveState, 1);
    row->addWidget(fresh);
    connect(fresh, &QPushButton::clicked, this, [this] { open(0); });
    return header;
}

QWidget* ComposerPage::makeSteps()
{
    auto* box = new QWidget(this);
    m_stepButtons = new QButtonGroup(this);
    auto* row = new QHBoxLayout;
    row->setSpacing(2);
    const QList<std::pair<QString, QString>> steps{{QStringLiteral("stepContent"), tr("1  Content")},
                                                   {QStringLiteral("stepAudience"), tr("2  Audience")},
                                                   {QStringLiteral("stepSchedule"), tr("3  Schedule")},
                                                   {QStringLiteral("stepReview"), tr("4  Review")}};
    for (int n = 0; n < steps.size(); ++n) {
        auto* button = new QToolButton(box);
        button->setObjectName(steps.at(n).first);
        button->setText(steps.at(n).second);
        button->setCheckable(true);
        button->setShortcut(QKeySequence(Qt::ALT | Qt::Key(Qt::Key_1 + n)));
        button->setToolTip(button->shortcut().toString(QKeySequence::NativeText));
        setRole(button, "quiet");
        m_stepButtons->addButton(button, n);
        row->addWidget(button);
    }
    row->addStretch(1);
    for (QWidget* step : {static_cast<QWidget*>(m_content), static_cast<QWidget*>(m_audience),
                          static_cast<QWidget*>(m_schedule), static_cast<QWidget*>(m_review)})
        m_steps->addWidget(step);
    auto* buttons = new QHBoxLayout;
    buttons->addWidget(m_back);
    buttons->addStretch(1);
    buttons->addWidget(m_next);
    buttons->addWidget(m_review->sendButton());
    auto* inside = new QVBoxLayout(box);
    inside->setContentsMargins(Theme::Space, Theme::Space, Theme::Space, Theme::Space);
    inside->setSpacing(Theme::Space);
    inside->addLayout(row);
    inside->addWidget(m_steps, 1);
    inside->addLayout(buttons);
    return card(box, this);
}

void ComposerPage::connectSteps()
{
    connect(m_stepButtons, &QButtonGroup::idClicked, this, &ComposerPage::showStep);
    connect(m_back, &QPushButton::clicked, this, [this] { showStep(m_steps->currentIndex() - 1); });
    connect(m_next, &QPushButton::clicked, this, [this] { showStep(m_steps->currentIndex() + 1); });
    connect(m_name, &QLineEdit::textEdited, this, &ComposerPage::campaignChanged);
    connect(m_content, &ContentStep::contentChanged, this, &ComposerPage::contentChanged);
    connect(m_content, &ContentStep::dataChanged, this, &ComposerPage::campaignChanged);
    connect(m_content, &ContentStep::topicChosen, this, &ComposerPage::chooseTopic);
    connect(m_content, &ContentStep::newTopicAsked, this, &ComposerPage::askNewTopic);
    connect(m_audience, &AudienceStep::changed, this, &ComposerPage::campaignChanged);
    connect(m_schedule, &ScheduleStep::changed, this, &ComposerPage::campaignChanged);
    connect(m_preview->picker(), &ContactPicker::chosen, this, &ComposerPage::updatePreview);
    connect(m_preview->picker(), &ContactPicker::failed, this, &ComposerPage::problem);
    connect(m_preview, &PreviewPane::channelChosen, this, &ComposerPage::updatePreview);
    connect(m_preview, &PreviewPane::problemActivated, this, [this](const QString& part, int line, int column) {
        showStep(Content);
        m_content->goTo(part, line, column);
    });
    connect(m_previews, &PreviewSource::arrived, m_preview, &PreviewPane::showPreview);
    connect(m_previews, &PreviewSource::failed, m_preview, &PreviewPane::showError);
    connect(m_countPause, &QTimer::timeout, this, &ComposerPage::count);
    connect(m_review, &ReviewStep::testAsked, this, &ComposerPage::testSend);
    connect(m_review, &ReviewStep::sendAsked, this, &ComposerPage::askToSend);
    connect(m_review, &ReviewStep::openContact, this, &ComposerPage::openContact);
    connect(m_review, &ReviewStep::rehearsed, m_preview,
            [this](const RehearsalReport& report) { m_preview->setWorstCases(report.worstCases); });
    connect(m_review, &ReviewStep::openPreview, m_preview->picker(), &ContactPicker::setContact);
    connect(m_review, &ReviewStep::rehearsed, this,
            [this](const RehearsalReport& report) { m_preview->setWorstCases(report.worstCases); });
    connect(m_review, &ReviewStep::failed, this, &ComposerPage::problem);
    connect(m_keeper, &DraftKeeper::stateChanged, this, &ComposerPage::showSaveState);
    connect(m_keeper, &DraftKeeper::failed, this, &ComposerPage::showSaveError);
    connect(m_keeper, &DraftKeeper::topicSaved, m_content, &ContentStep::adopt);
    connect(m_keeper, &DraftKeeper::campaignSaved, this, [this](qint64 saved) {
        m_campaign.id = saved;
        m_review->setCampaign(campaign());
    });
}

void ComposerPage::showStep(int step)
{
    m_stepButtons->button(step)->setChecked(true);
    m_steps->setCurrentIndex(step);
    m_back->setVisible(step != Content);
    m_next->setVisible(step != Review);
    m_review->sendButton()->setVisible(step == Review);
    if (step == Review) {
        m_review->showCounting();
        updateProblems();
    } else {
        m_review->stopRehearsing();
    }
    if (step == Review || step == Audience)
        count();
}

} // namespace carillon::ui
