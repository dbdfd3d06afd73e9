// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/topics/SharedContentTab.h"

#include "engine/base/Future.h"
#include "engine/model/Names.h"
#include "engine/service/TemplateService.h"
#include "ui/forms/Layouts.h"
#include "ui/forms/Unsaved.h"
#include "ui/frame/Prompts.h"
#include "ui/topics/ContentFacts.h"
#include "ui/topics/PartWords.h"
#include "ui/topics/SharedContentEditor.h"
#include "ui/widgets/DataTable.h"
#include "ui/widgets/EmptyState.h"
#include "ui/widgets/SearchField.h"
#include "ui/widgets/Theme.h"
#include "ui/widgets/Words.h"

#include <QHBoxLayout>
#include <QPushButton>
#include <QRegularExpression>
#include <QSignalBlocker>
#include <QSortFilterProxyModel>
#include <QSplitter>
#include <QStackedWidget>
#include <QStandardItemModel>

namespace carillon::ui {

namespace {

constexpr int idRole = Qt::UserRole;
constexpr int mostTopics = 500; // that are looked into for what they put in

} // namespace

QStringList snippetsIn(const Template& content)
{
    static const QRegularExpression puts(
        QStringLiteral("(?:\\{%-?|\\n)\\s*(?:liquid\\s+)?(?:render|include)\\s+(['\"])(.*?)\\1"));
    QStringList names;
    for (const QString& part : content.parts) {
        auto all = puts.globalMatch(part);
        while (all.hasNext())
            names << all.next().captured(2);
    }
    names.removeDuplicates();
    return names;
}

SharedContentTab::SharedContentTab(TemplateScope scope, const Services& services, const Caller& caller,
                                   const ContentTools& tools, ContentFacts& facts, QWidget* parent)
    : LibraryTab(parent)
    , m_scope(scope)
    , m_services(services)
    , m_caller(caller)
    , m_tools(tools)
    , m_facts(facts)
    , m_model(new QStandardItemModel(this))
    , m_filtered(new QSortFilterProxyModel(this))
    , m_table(new DataTable(this))
    , m_detail(new QStackedWidget(this))
    , m_editor(new SharedContentEditor(scope, tools, this))
{
    const bool snippet = scope == TemplateScope::Snippet;
    setObjectName(snippet ? QStringLiteral("snippetTab") : QStringLiteral("categoryTab"));
    m_detail->addWidget(new EmptyState(
        QStringLiteral("topics"), snippet ? tr("No snippet chosen") : tr("No content chosen"),
        snippet ? tr("A snippet is a piece that many templates put in by its name: a footer, a button, a greeting. Choose "
                     "one at the left, or make a new one.")
                : tr("What a category says on a channel is sent for every topic of it that has no content of its own "
                     "there. Choose one at the left, or make a new one."),
        {}, m_detail));
    m_detail->addWidget(m_editor);
    auto* whole = new QVBoxLayout(this);
    whole->setContentsMargins(0, 0, 0, 0);
    whole->addWidget(makeListAndDetail(makeList(), m_detail, {2, 5}, this));
    connect(m_table, &DataTable::currentRowChanged, this, &SharedContentTab::showRow);
    connect(m_editor, &SharedContentEditor::saveAsked, this, &SharedContentTab::askToSave);
    connect(m_editor, &SharedContentEditor::removeAsked, this, &SharedContentTab::askToRemove);
    connect(&facts, &ContentFacts::changed, this, [this] { m_editor->setVocabulary(m_facts.vocabulary()); });
}

QWidget* SharedContentTab::makeList()
{
    const bool snippet = m_scope == TemplateScope::Snippet;
    m_filtered->setSourceModel(m_model);
    m_filtered->setFilterCaseSensitivity(Qt::CaseInsensitive);
    m_filtered->setFilterKeyColumn(-1);
    m_table->setObjectName(snippet ? QStringLiteral("snippetTable") : QStringLiteral("categoryTable"));
    m_table->setAccessibleName(snippet ? tr("Snippets") : tr("Content of categories"));
    m_table->setModel(m_filtered);
    auto* nothing
        = new EmptyState(QStringLiteral("topics"), snippet ? tr("No snippets yet") : tr("No content of categories yet"),
                         snippet ? tr("Write once what many templates share, and put it in with {% render 'footer' %}.")
                                 : tr("Say once what is sent when a topic has no content of its own for a channel."),
                         snippet ? tr("New snippet") : tr("New content"), this);
    connect(nothing, &EmptyState::stepTaken, this, &SharedContentTab::beginNew);
    m_list = new QStackedWidget(this);
    m_list->addWidget(m_table);
    m_list->addWidget(nothing);
    auto* search = new SearchField(tr("Search"), this);
    search->setAccessibleName(tr("Search the list"));
    connect(search, &SearchField::searched, m_filtered, &QSortFilterProxyModel::setFilterFixedString);
    auto* add = makeButton(snippet ? tr("&New snippet") : tr("&New content"),
                           snippet ? QStringLiteral("newSnippet") : QStringLiteral("newCategoryContent"), this, "primary");
    connect(add, &QPushButton::clicked, this, &SharedContentTab::beginNew);
    auto* top = new QHBoxLayout;
    top->setSpacing(Theme::SmallSpace);
    top->addWidget(search, 1);
    top->addWidget(add);
    auto* left = new QWidget(this);
    auto* column = new QVBoxLayout(left);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(Theme::Space);
    column->addLayout(top);
    column->addWidget(m_list, 1);
    return left;
}

void SharedContentTab::setBrands(const QList<Brand>& brands)
{
    m_brands = brands;
    m_editor->setBrands(brands);
    take(m_templates);
}

void SharedContentTab::setChannels(const QStringList& channels)
{
    m_editor->setChannels(channels);
}

void SharedContentTab::activate()
{
    load();
    if (m_scope == TemplateScope::Snippet)
        findUses();
}

bool SharedContentTab::hasUnsavedChanges() const
{
    return m_detail->currentWidget() == m_editor && m_editor->hasUnsavedChanges();
}

void SharedContentTab::load()
{
    whenReady(m_services.templates.shared(m_scope), this, [this](const Result<QList<Template>>& templates) {
        if (templates)
            take(*templates);
        else
            Q_EMIT problem(templates.error());
    });
}

QString SharedContentTab::nameOfRow(const Template& content) const
{
    if (m_scope == TemplateScope::Snippet)
        return content.key;
    const auto category = valueOf<Category>(content.key);
    return tr("%1, %2").arg(category ? categoryTitle(*category) : content.key, channelTitle(content.channel));
}

void SharedContentTab::take(const QList<Template>& templates)
{
    const QSignalBlocker quiet(m_table);
    m_templates = templates;
    m_model->clear();
    m_model->setHorizontalHeaderLabels(
        {m_scope == TemplateScope::Snippet ? tr("Name") : tr("For"), tr("Language"), tr("Brand")});
    for (const Template& content : templates) {
        QString brandName = tr("every");
        for (const Brand& brand : qAsConst(m_brands)) {
            if (brand.id == content.brandId)
                brandName = brand.name;
        }
        auto* name = new QStandardItem(nameOfRow(content));
        name->setData(content.id, idRole);
        m_model->appendRow({name, new QStandardItem(content.locale.isEmpty() ? tr("every") : content.locale),
                            new QStandardItem(brandName)});
        if (content.id == m_shown)
            m_table->selectRow(m_filtered->mapFromSource(name->index()).row());
    }
    m_table->setColumnWidths({0, 90, 90});
    m_list->setCurrentIndex(templates.isEmpty() ? 1 : 0);
}

void SharedContentTab::showRow(int row)
{
    const qint64 id = m_filtered->index(row, 0).data(idRole).toLongLong();
    if (id == 0 || id == m_shown)
        return;
    for (const Template& content : qAsConst(m_templates)) {
        if (content.id == id)
            return askToDiscard(m_tools.prompts, this, hasUnsavedChanges(), tr("this content"),
                                [this, content](bool discard) { discard ? show(content) : take(m_templates); });
    }
}

void SharedContentTab::show(const Template& content)
{
    m_shown = content.id;
    m_editor->setContent(content);
    m_detail->setCurrentWidget(m_editor);
    showUse();
}

void SharedContentTab::beginNew()
{
    askToDiscard(m_tools.prompts, this, hasUnsavedChanges(), tr("this content"), [this](bool discard) {
        if (!discard)
            return;
        m_table->clearSelection();
        show({});
        m_editor->focusFirst();
    });
}

void SharedContentTab::askToSave(bool withNote)
{
    if (!withNote)
        return save({});
    const TextRequest request{tr("Save with a note"), tr("What has changed, and why?"), {}, tr("Save"), {}};
    m_tools.prompts.askText(this, request, [this](const QString& note) { save(note); });
}

void SharedContentTab::save(const QString& note)
{
    const Template sent = m_editor->content();
    whenReady(m_services.templates.save(m_caller, sent, note), this, [this, sent](const Result<Template>& stored) {
        if (!stored) {
            if (!m_editor->showError(stored.error()))
                Q_EMIT problem(stored.error());
            return;
        }
        if (m_shown == sent.id) {
            m_shown = stored->id;
            m_editor->setSaved(sent, *stored);
        }
        Q_EMIT notice(tr("%1 saved as version %2.").arg(nameOfRow(*stored)).arg(stored->version));
        Q_EMIT saved();
        activate();
    });
}

void SharedContentTab::askToRemove()
{
    const Template content = m_editor->content();
    const QString name = nameOfRow(content);
    const QStringList uses = m_uses.value(content.key);
    Question question{tr("Delete content"), tr("Delete %1?").arg(name),
                      tr("Campaigns that were approved with it keep it. This cannot be undone."), tr("Delete"), true};
    if (m_scope == TemplateScope::Snippet && !uses.isEmpty())
        question.detail = tr("It is used by %1: they will not work without it.").arg(uses.join(QStringLiteral(", ")));
    m_tools.prompts.confirm(this, question, [this, id = content.id, name](bool yes) {
        if (!yes)
            return;
        whenReady(m_services.templates.remove(m_caller, id), this, [this, name](const Status& removed) {
            if (!removed) {
                Q_EMIT problem(removed.error());
                return;
            }
            m_shown = -1;
            m_editor->setContent({});
            m_detail->setCurrentIndex(0);
            Q_EMIT notice(tr("%1 deleted.").arg(name));
            Q_EMIT saved();
            activate();
        });
    });
}

// Looks through topics, categories and the snippets themselves.
void SharedContentTab::findUses()
{
    m_uses.clear();
    m_usesKnown = false;
    const auto note = [this](const Template& content, const QString& user) {
        for (const QString& name : snippetsIn(content)) {
            if (!m_uses.value(name).contains(user))
                m_uses[name] << user;
        }
    };
    for (const TemplateScope scope : {TemplateScope::Snippet, TemplateScope::Category}) {
        whenReady(m_services.templates.shared(scope), this, [note, this](const Result<QList<Template>>& templates) {
            for (const Template& content : templates.value_or(QList<Template>()))
                note(content,
                     content.scope == TemplateScope::Snippet ? tr("the snippet %1").arg(content.key)
                                                             : tr("the category %1").arg(content.key));
            showUse();
        });
    }
    whenReady(m_services.topics.list(), this, [note, this](const Result<QList<TopicSummary>>& topics) {
        for (const TopicSummary& summary : topics.value_or(QList<TopicSummary>()).mid(0, mostTopics)) {
            whenReady(m_services.topics.get(summary.topic.id), this, [note, this](const Result<TopicDetail>& topic) {
                for (const Template& content : topic ? topic->templates : QList<Template>())
                    note(content, topic->topic.name);
                showUse();
            });
        }
        m_usesKnown = topics.has_value() && topics->size() <= mostTopics;
        showUse();
    });
}

void SharedContentTab::showUse()
{
    if (m_scope != TemplateScope::Snippet || m_shown <= 0)
        return m_editor->setUse({});
    const QStringList uses = m_uses.value(m_editor->content().key);
    if (!uses.isEmpty())
        m_editor->setUse(tr("Used by %1").arg(uses.join(QStringLiteral(", "))));
    else
        m_editor->setUse(m_usesKnown ? tr("Not used anywhere") : QString());
}

} // namespace carillon::ui
