// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/topics/TopicsPage.h"

#include "engine/base/Future.h"
#include "engine/model/Names.h"
#include "engine/service/AccountService.h"
#include "ui/forms/Layouts.h"
#include "ui/forms/Unsaved.h"
#include "ui/frame/Prompts.h"
#include "ui/topics/ContentFacts.h"
#include "ui/topics/SharedContentTab.h"
#include "ui/topics/SilencedRules.h"
#include "ui/topics/TopicEditor.h"
#include "ui/topics/TranslationsTab.h"
#include "ui/widgets/DataTable.h"
#include "ui/widgets/EmptyState.h"
#include "ui/widgets/Icon.h"
#include "ui/widgets/SearchField.h"
#include "ui/widgets/Words.h"

#include <QAction>
#include <QButtonGroup>
#include <QPushButton>
#include <QSortFilterProxyModel>
#include <QSplitter>
#include <QStackedWidget>
#include <QStandardItemModel>
#include <QVBoxLayout>

namespace carillon::ui {

namespace {

constexpr int idRole = Qt::UserRole;

enum Column { NameColumn, KeyColumn, ChannelsColumn, AccountsColumn };

constexpr int LeastName = 130;

QString channelTitles(const QStringList& channels)
{
    QStringList titles;
    for (const QString& channel : channels)
        titles << channelTitle(channel);
    return titles.join(QStringLiteral(", "));
}

} // namespace

TopicsPage::TopicsPage(const Services& services, const Caller& caller, Prompts& prompts, QWidget* parent)
    : ConsolePage(services, caller, prompts, parent)
    , m_silenced(new SilencedRules(this))
    , m_facts(new ContentFacts(services, this))
    , m_tools(
          makeContentTools(services, caller, prompts, *m_silenced,
                           [this](const QList<Template>& all, int index) { return m_facts->check(topicOf(all), index); }))
    , m_snippets(new SharedContentTab(TemplateScope::Snippet, services, caller, m_tools, *m_facts, this))
    , m_categories(new SharedContentTab(TemplateScope::Category, services, caller, m_tools, *m_facts, this))
    , m_translations(new TranslationsTab(services, caller, prompts, this))
    , m_model(new QStandardItemModel(this))
    , m_filtered(new QSortFilterProxyModel(this))
    , m_table(new DataTable(this))
    , m_detail(new QStackedWidget(this))
    , m_editor(new TopicEditor(m_tools, this))
    , m_sendNow(new QAction(icon(QStringLiteral("send")), tr("Send a topic to someone…"), this))
{
    setObjectName(id());
    auto* whole = new QVBoxLayout(this);
    whole->setContentsMargins(Theme::PageMargin, Theme::PageMargin, Theme::PageMargin, Theme::PageMargin);
    whole->setSpacing(Theme::Space);
    whole->addWidget(makeHeader());
    whole->addWidget(makeViews(), 1);
    m_editor->setChannels(contentChannels(services));
    m_categories->setChannels(contentChannels(services));
    connect(m_table, &DataTable::currentRowChanged, this, &TopicsPage::showRow);
    connect(m_editor, &TopicEditor::saveAsked, this, [this] { save({}); });
    connect(m_editor, &TopicEditor::saveWithNoteAsked, this, &TopicsPage::askToSave);
    connect(m_editor, &TopicEditor::removeAsked, this, &TopicsPage::remove);
    connect(m_facts, &ContentFacts::problem, this, &TopicsPage::problem);
    connect(m_facts, &ContentFacts::changed, this, [this] {
        takeBrands();
        m_editor->setCategoryContent(m_facts->categoryContent());
        m_editor->setVocabulary(m_facts->vocabulary());
        m_editor->recheck();
    });
    showView(Topics);
}

// What is looked at together: the topic's own content, or one snippet or content of a category by itself.
TopicDetail TopicsPage::topicOf(const QList<Template>& all) const
{
    TopicDetail topic;
    if (!all.isEmpty() && all.first().scope == TemplateScope::Topic)
        topic = m_editor->topic();
    else if (!all.isEmpty())
        topic.topic.category = valueOf<Category>(all.first().key).value_or(Category::Transactional);
    topic.templates = all;
    return topic;
}

QWidget* TopicsPage::makeHeader()
{
    auto* brands = makeButton(tr("&Brands…"), QStringLiteral("openBrands"), this);
    auto* add = makeButton(tr("&New topic"), QStringLiteral("newTopic"), this, "primary");
    m_sendNow->setObjectName(QStringLiteral("sendToSomeone"));
    m_sendNow->setToolTip(tr("Send a topic to one contact or address now"));
    m_sendNow->setEnabled(caller().require(Role::Operator).has_value());
    addAction(m_sendNow);
    connect(m_sendNow, &QAction::triggered, this, &TopicsPage::sendNow);
    // The palette has the whole sentence; there is little room up here.
    auto* send = makeButton(tr("Send…"), QStringLiteral("sendToSomeoneButton"), this);
    send->setToolTip(m_sendNow->toolTip());
    send->setEnabled(m_sendNow->isEnabled());
    connect(send, &QPushButton::clicked, m_sendNow, &QAction::trigger);
    m_topicButtons = {send, brands, add};
    connect(brands, &QPushButton::clicked, this, &TopicsPage::openBrands);
    connect(add, &QPushButton::clicked, this, &TopicsPage::beginNew);
    m_viewButtons = new QButtonGroup(this);
    QList<QWidget*> controls;
    const std::pair<QString, QString> views[] = {{tr("Topics"), QStringLiteral("viewTopics")},
                                                 {tr("Snippets"), QStringLiteral("viewSnippets")},
                                                 {tr("Category content"), QStringLiteral("viewCategories")},
                                                 {tr("Translations"), QStringLiteral("viewTranslations")}};
    for (int view = 0; view < ViewCount; ++view) {
        QPushButton* button = makeButton(views[view].first, views[view].second, this);
        button->setCheckable(true);
        button->setShortcut(QKeySequence(Qt::ALT | Qt::Key(Qt::Key_1 + view)));
        button->setToolTip(tr("%1 (Alt+%2)").arg(views[view].first).arg(view + 1));
        m_viewButtons->addButton(button, view);
        controls << button;
    }
    auto* gap = new QWidget(this);
    gap->setFixedWidth(2 * Theme::Space);
    m_topicButtons.prepend(gap);
    connect(m_viewButtons, &QButtonGroup::idClicked, this, &TopicsPage::showView);
    return makePageHeader(title(), controls + m_topicButtons, this);
}

QWidget* TopicsPage::makeViews()
{
    m_detail->addWidget(
        new EmptyState(QStringLiteral("topics"), tr("No topic chosen"),
                       tr("A topic is what a notification is about: its content, and the accounts it goes out "
                          "through. Choose one at the left, or make a new one."),
                       {}, m_detail));
    m_detail->addWidget(m_editor);
    m_views = new QStackedWidget(this);
    m_views->addWidget(makeListAndDetail(makeList(), m_detail, {2, 3}, this));
    for (LibraryTab* tab : std::initializer_list<LibraryTab*>{m_snippets, m_categories, m_translations})
        addLibrary(tab);
    return m_views;
}

void TopicsPage::addLibrary(LibraryTab* tab)
{
    m_views->addWidget(tab);
    connect(tab, &LibraryTab::notice, this, &TopicsPage::notice);
    connect(tab, &LibraryTab::problem, this, &TopicsPage::problem);
    connect(tab, &LibraryTab::saved, m_facts, &ContentFacts::load);
}

void TopicsPage::showView(int view)
{
    m_viewButtons->button(view)->setChecked(true);
    m_views->setCurrentIndex(view);
    for (QWidget* button : qAsConst(m_topicButtons))
        button->setVisible(view == Topics);
    if (auto* tab = qobject_cast<LibraryTab*>(m_views->currentWidget()))
        tab->activate();
}

void TopicsPage::useSettings(QSettings& settings)
{
    m_silenced->useSettings(settings);
}

QWidget* TopicsPage::makeList()
{
    m_filtered->setSourceModel(m_model);
    m_filtered->setFilterCaseSensitivity(Qt::CaseInsensitive);
    m_filtered->setFilterKeyColumn(-1);
    m_table->setObjectName(QStringLiteral("topicTable"));
    m_table->setAccessibleName(tr("Topics"));
    m_table->setModel(m_filtered);
    auto* nothing
        = new EmptyState(QStringLiteral("topics"), tr("No topics yet"),
                         tr("Make a topic for each thing people are told about: an order, an incident, a newsletter."),
                         tr("New topic"), this);
    connect(nothing, &EmptyState::stepTaken, this, &TopicsPage::beginNew);
    m_list = new QStackedWidget(this);
    m_list->addWidget(m_table);
    m_list->addWidget(nothing);
    auto* search = new SearchField(tr("Search name, key or channel"), this);
    search->setObjectName(QStringLiteral("topicSearch"));
    search->setAccessibleName(tr("Search topics"));
    connect(search, &SearchField::searched, m_filtered, &QSortFilterProxyModel::setFilterFixedString);
    auto* left = new QWidget(this);
    auto* column = new QVBoxLayout(left);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(Theme::Space);
    column->addWidget(search);
    column->addWidget(m_list, 1);
    auto* caps = makeButton(tr("&Frequency caps…"), QStringLiteral("openCaps"), this);
    caps->setToolTip(tr("How many notifications of a category a contact gets at the most"));
    connect(caps, &QPushButton::clicked, this, &TopicsPage::openCaps);
    column->addWidget(caps, 0, Qt::AlignLeft);
    return left;
}

void TopicsPage::activate()
{
    loadAccounts();
    m_facts->load();
    whenReady(services().topics.list(), this, [this](const Result<QList<TopicSummary>>& topics) {
        if (topics)
            takeList(*topics);
        else
            Q_EMIT problem(topics.error());
    });
    if (auto* tab = qobject_cast<LibraryTab*>(m_views->currentWidget()))
        tab->activate();
}

// Filling the boxes of brands anew moves what a person has open: only when there are others.
void TopicsPage::takeBrands()
{
    if (m_brands == m_facts->brands())
        return;
    m_brands = m_facts->brands();
    m_editor->setBrands(m_brands);
    m_snippets->setBrands(m_brands);
    m_categories->setBrands(m_brands);
    m_translations->setBrands(m_brands);
}

void TopicsPage::loadAccounts()
{
    whenReady(services().accounts.list(), this, [this](const Result<QList<AccountSummary>>& summaries) {
        if (!summaries) {
            Q_EMIT problem(summaries.error());
            return;
        }
        QList<Account> accounts;
        for (const AccountSummary& summary : *summaries)
            accounts << summary.account;
        m_editor->setAccounts(accounts);
    });
}

void TopicsPage::open(qint64 id)
{
    showView(Topics);
    if (id == 0)
        beginNew();
    else
        askToDiscard(prompts(), this, isTopicUnsaved(), tr("this topic"), [this, id](bool discard) {
            if (discard)
                load(id);
        });
}

void TopicsPage::showFiltered(const QString& filter)
{
    m_filtered->setFilterFixedString(filter);
}

bool TopicsPage::hasUnsavedChanges() const
{
    return isTopicUnsaved() || m_snippets->hasUnsavedChanges() || m_categories->hasUnsavedChanges()
        || m_translations->hasUnsavedChanges();
}

bool TopicsPage::isTopicUnsaved() const
{
    return m_detail->currentWidget() == m_editor && m_editor->hasUnsavedChanges();
}

void TopicsPage::takeList(const QList<TopicSummary>& topics)
{
    const QSignalBlocker quiet(m_table);
    m_model->clear();
    m_model->setHorizontalHeaderLabels({tr("Name"), tr("Key"), tr("Channels"), tr("Goes out through")});
    for (const TopicSummary& summary : topics) {
        auto* name = new QStandardItem(summary.topic.name);
        name->setData(summary.topic.id, idRole);
        m_model->appendRow({name, new QStandardItem(summary.topic.key), new QStandardItem(channelTitles(summary.channels)),
                            new QStandardItem(summary.accounts.join(QStringLiteral(", ")))});
        if (summary.topic.id == m_shown)
            m_table->selectRow(m_filtered->mapFromSource(name->index()).row());
    }
    m_table->setColumnWidths({0, 130, 100, 130});
    m_table->setExpendable({AccountsColumn, ChannelsColumn}, LeastName);
    m_list->setCurrentIndex(topics.isEmpty() ? 1 : 0);
    m_detail->setVisible(!topics.isEmpty() || m_detail->currentWidget() == m_editor);
}

void TopicsPage::showRow(int row)
{
    const qint64 id = m_filtered->index(row, 0).data(idRole).toLongLong();
    if (id != 0 && id != m_shown)
        open(id);
}

} // namespace carillon::ui
