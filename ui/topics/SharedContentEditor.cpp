// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/topics/SharedContentEditor.h"

#include "engine/model/Names.h"
#include "ui/forms/Layouts.h"
#include "ui/topics/HistoryDialog.h"
#include "ui/topics/PartWords.h"
#include "ui/topics/TemplateEditor.h"
#include "ui/widgets/Theme.h"
#include "ui/widgets/Words.h"

#include <QComboBox>
#include <QGridLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScopedValueRollback>

namespace carillon::ui {

SharedContentEditor::SharedContentEditor(TemplateScope scope, const ContentTools& tools, QWidget* parent)
    : QWidget(parent)
    , m_scope(scope)
    , m_tools(tools)
    , m_name(new QLineEdit(this))
    , m_category(new QComboBox(this))
    , m_channel(new QComboBox(this))
    , m_locale(new QLineEdit(this))
    , m_brand(new QComboBox(this))
    , m_error(makeLabel({}, "error", this))
    , m_use(makeLabel({}, "muted", this))
{
    m_error->setObjectName(QStringLiteral("sharedError"));
    m_error->hide();
    m_use->setObjectName(QStringLiteral("sharedUse"));
    m_use->hide();
    auto* card = new QFrame(this);
    setRole(card, "card");
    m_place = new QVBoxLayout;
    auto* inside = new QVBoxLayout(card);
    inside->setContentsMargins(Theme::Space, Theme::Space, Theme::Space, Theme::Space);
    inside->setSpacing(Theme::Space);
    inside->addWidget(makePlace());
    inside->addWidget(m_error);
    inside->addLayout(m_place, 1);
    inside->addWidget(m_use);
    inside->addWidget(makeButtons());
    auto* whole = new QVBoxLayout(this);
    whole->setContentsMargins(0, 0, 0, 0);
    whole->addWidget(card);
}

QWidget* SharedContentEditor::makePlace()
{
    m_name->setObjectName(QStringLiteral("snippetName"));
    m_name->setPlaceholderText(QStringLiteral("footer"));
    m_name->setToolTip(tr("Templates put it in by this name: {% render 'footer' %}"));
    m_category->setObjectName(QStringLiteral("sharedCategory"));
    m_channel->setObjectName(QStringLiteral("sharedChannel"));
    m_locale->setObjectName(QStringLiteral("sharedLocale"));
    m_locale->setPlaceholderText(tr("Every language"));
    m_locale->setToolTip(tr("A language tag, for example de or pt-BR; empty: for every language that has no better one"));
    m_brand->setObjectName(QStringLiteral("sharedBrand"));
    for (const Category category : {Category::Transactional, Category::Marketing, Category::System})
        m_category->addItem(categoryTitle(category), nameOf(category));
    auto* place = new QWidget(this);
    auto* grid = new QGridLayout(place);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(Theme::Space);
    grid->setVerticalSpacing(2);
    const bool snippet = m_scope == TemplateScope::Snippet;
    m_name->setVisible(snippet);
    m_category->setVisible(!snippet);
    m_channel->setVisible(!snippet);
    if (snippet) {
        addField(grid, tr("Na&me"), m_name);
    } else {
        addField(grid, tr("Cate&gory"), m_category);
        addField(grid, tr("&Channel"), m_channel);
    }
    addField(grid, tr("&Language"), m_locale);
    addField(grid, tr("&Brand"), m_brand);
    connect(m_channel, &QComboBox::currentIndexChanged, this, [this] {
        if (!m_filling)
            remakeEditor();
    });
    for (QLineEdit* line : {m_name, m_locale})
        connect(line, &QLineEdit::textEdited, this, &SharedContentEditor::placeChanged);
    for (QComboBox* box : {m_category, m_channel, m_brand})
        connect(box, &QComboBox::currentIndexChanged, this, &SharedContentEditor::placeChanged);
    return place;
}

void SharedContentEditor::addField(QGridLayout* grid, const QString& label, QWidget* field)
{
    const int column = grid->columnCount() == 1 && grid->count() == 0 ? 0 : grid->columnCount();
    auto* words = makeLabel(label, "muted", this);
    words->setBuddy(field);
    field->setAccessibleName(QString(label).remove(u'&'));
    grid->addWidget(words, 0, column);
    grid->addWidget(field, 1, column);
    grid->setColumnStretch(column, 1);
}

QWidget* SharedContentEditor::makeButtons()
{
    auto* line = new QWidget(this);
    m_remove = makeButton(tr("&Delete…"), QStringLiteral("removeShared"), line, "danger");
    m_history = makeButton(tr("Histor&y…"), QStringLiteral("sharedHistory"), line);
    m_saveWithNote = makeButton(tr("Save with n&ote…"), QStringLiteral("saveSharedWithNote"), line);
    m_save = makeButton(tr("&Save"), QStringLiteral("saveShared"), line, "primary");
    auto* row = new QHBoxLayout(line);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(Theme::SmallSpace);
    row->addWidget(m_remove);
    row->addStretch(1);
    for (QPushButton* button : {m_history, m_saveWithNote, m_save})
        row->addWidget(button);
    connect(m_remove, &QPushButton::clicked, this, &SharedContentEditor::removeAsked);
    connect(m_history, &QPushButton::clicked, this, &SharedContentEditor::openHistory);
    connect(m_saveWithNote, &QPushButton::clicked, this, [this] { Q_EMIT saveAsked(true); });
    connect(m_save, &QPushButton::clicked, this, [this] { Q_EMIT saveAsked(false); });
    return line;
}

void SharedContentEditor::setChannels(const QStringList& channels)
{
    const QScopedValueRollback<bool> filling(m_filling, true);
    const QString chosen = m_channel->currentData().toString();
    m_channel->clear();
    for (const QString& channel : channels)
        m_channel->addItem(channelTitle(channel), channel);
    m_channel->setCurrentIndex(qMax(0, m_channel->findData(chosen)));
    if (m_editor && m_content.id == 0)
        remakeEditor();
}

void SharedContentEditor::setBrands(const QList<Brand>& brands)
{
    const QScopedValueRollback<bool> filling(m_filling, true);
    const qint64 chosen = m_brand->count() > 0 ? m_brand->currentData().toLongLong() : m_content.brandId;
    m_brand->clear();
    m_brand->addItem(tr("Every brand"), 0);
    for (const Brand& brand : brands)
        m_brand->addItem(brand.name, brand.id);
    m_brand->setCurrentIndex(qMax(0, m_brand->findData(chosen)));
}

void SharedContentEditor::setVocabulary(const LiquidVocabulary& vocabulary)
{
    m_vocabulary = vocabulary;
    if (!m_editor)
        return;
    m_editor->setVocabulary(vocabulary);
    m_editor->checkSoon();
}

void SharedContentEditor::setUse(const QString& sentence)
{
    m_use->setText(sentence);
    m_use->setVisible(!sentence.isEmpty());
}

void SharedContentEditor::setContent(const Template& content)
{
    const QScopedValueRollback<bool> filling(m_filling, true);
    m_content = content;
    m_content.scope = m_scope;
    m_name->setText(content.key);
    if (content.id != 0) {
        m_category->setCurrentIndex(qMax(0, m_category->findData(content.key)));
        if (m_channel->findData(content.channel) < 0 && !content.channel.isEmpty())
            m_channel->addItem(channelTitle(content.channel), content.channel);
        m_channel->setCurrentIndex(qMax(0, m_channel->findData(content.channel)));
    }
    m_locale->setText(content.locale);
    m_brand->setCurrentIndex(qMax(0, m_brand->findData(content.brandId)));
    // Other parts belong to another channel: what is saved keeps its own.
    m_category->setEnabled(content.id == 0);
    m_channel->setEnabled(content.id == 0);
    m_remove->setVisible(content.id != 0);
    m_history->setVisible(content.id != 0);
    m_error->hide();
    remakeEditor();
    setUnsaved(false);
}

void SharedContentEditor::remakeEditor()
{
    Template content = m_content;
    if (m_scope == TemplateScope::Category)
        content.channel = m_channel->currentData().toString();
    if (m_editor) {
        m_place->removeWidget(m_editor);
        m_editor->hide();
        m_editor->deleteLater();
    }
    m_editor = new TemplateEditor(content, m_tools, this);
    m_editor->setVocabulary(m_vocabulary);
    m_editor->setChecker(
        [this](const Template&) { return m_tools.check ? m_tools.check({this->content()}, 0) : QList<TemplateProblem>(); });
    m_place->addWidget(m_editor, 1);
    m_editor->show();
    connect(m_editor, &TemplateEditor::changed, this, [this] { setUnsaved(true); });
}

Template SharedContentEditor::content() const
{
    Template content = m_editor ? m_editor->content() : m_content;
    content.id = m_content.id;
    content.version = m_content.version;
    content.scope = m_scope;
    if (m_scope == TemplateScope::Snippet) {
        content.key = m_name->text().trimmed();
    } else {
        content.key = m_category->currentData().toString();
        content.channel = m_channel->currentData().toString();
    }
    content.locale = m_locale->text().trimmed();
    content.brandId = m_brand->currentData().toLongLong();
    return content;
}

void SharedContentEditor::setSaved(const Template& sent, const Template& stored)
{
    const bool same = content() == sent;
    m_content = stored;
    m_category->setEnabled(false);
    m_channel->setEnabled(false);
    m_remove->show();
    m_history->show();
    m_error->hide();
    setUnsaved(!same);
}

void SharedContentEditor::placeChanged()
{
    if (m_filling)
        return;
    m_error->hide();
    setUnsaved(true);
}

void SharedContentEditor::setUnsaved(bool unsaved)
{
    m_dirty = unsaved;
    m_save->setEnabled(unsaved);
    m_saveWithNote->setEnabled(unsaved);
}

bool SharedContentEditor::showError(const Error& error)
{
    if (m_editor && m_editor->showError(error.field, error.message))
        return true;
    const QHash<QString, QWidget*> fields{
        {QStringLiteral("key"), m_name}, {QStringLiteral("locale"), m_locale}, {QStringLiteral("brand"), m_brand}};
    m_error->setText(error.message);
    m_error->show();
    if (QWidget* field = fields.value(error.field))
        field->setFocus(Qt::OtherFocusReason);
    return !error.field.isEmpty();
}

void SharedContentEditor::focusFirst()
{
    (m_scope == TemplateScope::Snippet ? static_cast<QWidget*>(m_name) : m_category)->setFocus(Qt::OtherFocusReason);
}

void SharedContentEditor::openHistory()
{
    Template typed = content();
    auto* dialog = new HistoryDialog(m_tools, typed,
                                     typed.scope == TemplateScope::Snippet ? typed.key : templateTitle(typed, {}), this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &HistoryDialog::rolledBack, this, [this](const Template& stored) {
        if (stored.id != m_content.id)
            return;
        m_editor->replaceContent(stored);
        m_content = stored;
        setUnsaved(false);
    });
    dialog->open();
}

} // namespace carillon::ui
