// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/topics/TopicsPage.h"

#include "engine/base/Future.h"
#include "engine/service/AccountService.h"
#include "engine/service/ContactService.h"
#include "ui/forms/Layouts.h"
#include "ui/forms/Unsaved.h"
#include "ui/frame/Prompts.h"
#include "ui/topics/BrandsDialog.h"
#include "ui/topics/TopicEditor.h"
#include "ui/widgets/DataTable.h"
#include "ui/widgets/EmptyState.h"
#include "ui/widgets/SearchField.h"
#include "ui/widgets/Words.h"

#include <QPushButton>
#include <QSortFilterProxyModel>
#include <QSplitter>
#include <QStackedWidget>
#include <QStandardItemModel>
#include <QVBoxLayout>

namespace carillon::ui {

namespace {

constexpr int idRole = Qt::UserRole;

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
    , m_model(new QStandardItemModel(this))
    , m_filtered(new QSortFilterProxyModel(this))
    , m_table(new DataTable(this))
    , m_detail(new QStackedWidget(this))
    , m_editor(new TopicEditor([this](const QString& channel, const QString& part,
                                      const QString& source) { return check(channel, part, source); },
                               prompts, this))
{
    setObjectName(id());
    auto* brands = makeButton(tr("&Brands…"), QStringLiteral("openBrands"), this);
    auto* add = makeButton(tr("&New topic"), QStringLiteral("newTopic"), this, "primary");
    m_detail->addWidget(
        new EmptyState(QStringLiteral("topics"), tr("No topic chosen"),
                       tr("A topic is what a notification is about: its content, and the accounts it goes out "
                          "through. Choose one at the left, or make a new one."),
                       {}, m_detail));
    m_detail->addWidget(m_editor);
    auto* whole = new QVBoxLayout(this);
    whole->setContentsMargins(Theme::PageMargin, Theme::PageMargin, Theme::PageMargin, Theme::PageMargin);
    whole->setSpacing(Theme::Space);
    whole->addWidget(makePageHeader(title(), {brands, add}, this));
    whole->addWidget(makeListAndDetail(makeList(), m_detail, {2, 3}, this), 1);
    QStringList channels;
    for (const ProviderDescription& provider : services.accounts.providers())
        channels << provider.channel;
    channels.removeDuplicates();
    m_editor->setChannels(channels);
    connect(brands, &QPushButton::clicked, this, &TopicsPage::openBrands);
    connect(add, &QPushButton::clicked, this, &TopicsPage::beginNew);
    connect(m_table, &DataTable::currentRowChanged, this, &TopicsPage::showRow);
    connect(m_editor, &TopicEditor::saveAsked, this, &TopicsPage::save);
    connect(m_editor, &TopicEditor::removeAsked, this, &TopicsPage::remove);
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
    return left;
}

QList<TemplateProblem> TopicsPage::check(const QString& channel, const QString& part, const QString& source) const
{
    return services().topics.check(channel, part, source, m_attributes);
}

void TopicsPage::activate()
{
    loadBrands();
    loadAccounts();
    loadVocabulary();
    whenReady(services().topics.list(), this, [this](const Result<QList<TopicSummary>>& topics) {
        if (topics)
            takeList(*topics);
        else
            Q_EMIT problem(topics.error());
    });
}

void TopicsPage::loadBrands()
{
    whenReady(services().topics.brands(), this, [this](const Result<QList<Brand>>& brands) {
        if (brands)
            m_editor->setBrands(*brands);
        else
            Q_EMIT problem(brands.error());
    });
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

void TopicsPage::loadVocabulary()
{
    whenReady(services().contacts.attributeKeys(), this, [this](const Result<QStringList>& keys) {
        if (!keys) {
            Q_EMIT problem(keys.error());
            return;
        }
        m_attributes = *keys;
        m_editor->setVocabulary(LiquidVocabulary::standard(*keys));
    });
}

void TopicsPage::open(qint64 id)
{
    if (id == 0)
        beginNew();
    else
        askToDiscard(prompts(), this, hasUnsavedChanges(), tr("this topic"), [this, id](bool discard) {
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
    m_table->setColumnWidths({150, 0, 80, 110});
    m_list->setCurrentIndex(topics.isEmpty() ? 1 : 0);
    m_detail->setVisible(!topics.isEmpty() || m_detail->currentWidget() == m_editor);
}

void TopicsPage::showRow(int row)
{
    const qint64 id = m_filtered->index(row, 0).data(idRole).toLongLong();
    if (id != 0 && id != m_shown)
        open(id);
}

void TopicsPage::load(qint64 id)
{
    m_shown = id;
    whenReady(services().topics.get(id), this, [this, id](const Result<TopicDetail>& topic) {
        if (id != m_shown)
            return;
        if (!topic) {
            Q_EMIT problem(topic.error());
            return;
        }
        m_editor->setTopic(*topic);
        m_detail->setCurrentWidget(m_editor);
    });
}

void TopicsPage::beginNew()
{
    askToDiscard(prompts(), this, hasUnsavedChanges(), tr("this topic"), [this](bool discard) {
        if (!discard)
            return;
        m_shown = 0;
        m_table->clearSelection();
        m_editor->setTopic({});
        m_detail->setCurrentWidget(m_editor);
        m_detail->show();
        m_editor->focusFirst();
    });
}

void TopicsPage::save()
{
    m_editor->clearErrors();
    const TopicDetail topic = m_editor->topic();
    whenReady(services().topics.save(caller(), topic), this, [this, topic](const Result<qint64>& saved) {
        if (!saved) {
            if (!m_editor->showError(saved.error()))
                Q_EMIT problem(saved.error());
            return;
        }
        Q_EMIT notice(tr("Topic \"%1\" saved.").arg(topic.topic.name));
        if (m_shown == topic.topic.id)
            takeSaved(*saved, topic);
    });
}

// New routes and templates have their ids now.
void TopicsPage::takeSaved(qint64 id, const TopicDetail& sent)
{
    m_shown = id;
    whenReady(services().topics.get(id), this, [this, id, sent](const Result<TopicDetail>& stored) {
        if (!stored)
            Q_EMIT problem(stored.error());
        else if (m_shown == id)
            m_editor->setSaved(sent, *stored);
        activate();
    });
}

void TopicsPage::remove()
{
    const Topic topic = m_editor->topic().topic;
    const Question question{tr("Delete topic"), tr("Delete the topic \"%1\"?").arg(topic.name),
                            tr("Its content and its routes go, too. This cannot be undone."), tr("Delete topic"), true};
    prompts().confirm(this, question, [this, topic](bool yes) {
        if (!yes)
            return;
        whenReady(services().topics.remove(caller(), topic.id), this, [this, topic](const Status& removed) {
            if (!removed) {
                Q_EMIT problem(removed.error());
                return;
            }
            m_shown = 0;
            m_editor->setTopic({});
            m_detail->setCurrentIndex(0);
            Q_EMIT notice(tr("Topic \"%1\" deleted.").arg(topic.name));
            activate();
        });
    });
}

void TopicsPage::openBrands()
{
    auto* dialog = new BrandsDialog(services().topics, caller(), prompts(), this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &BrandsDialog::saved, this, &TopicsPage::loadBrands);
    dialog->open();
}

} // namespace carillon::ui
