// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/topics/ContentEditor.h"

#include "ui/forms/Layouts.h"
#include "ui/frame/Prompts.h"
#include "ui/topics/AddContentDialog.h"
#include "ui/topics/HistoryDialog.h"
#include "ui/topics/PartWords.h"
#include "ui/widgets/EmptyState.h"
#include "ui/widgets/Theme.h"
#include "ui/widgets/Words.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QMenu>
#include <QPushButton>
#include <QScopedValueRollback>
#include <QStackedWidget>

namespace carillon::ui {

ContentEditor::ContentEditor(ContentTools tools, QWidget* parent)
    : QWidget(parent)
    , m_tools(std::move(tools))
    , m_choice(new QComboBox(this))
    , m_history(makeButton(tr("Histor&y…"), QStringLiteral("contentHistory"), this))
    , m_add(makeButton(tr("&Add content"), QStringLiteral("addContent"), this))
    , m_remove(makeButton(tr("Remo&ve…"), QStringLiteral("removeContent"), this))
    , m_menu(new QMenu(m_add))
    , m_editors(new QStackedWidget(this))
{
    m_choice->setObjectName(QStringLiteral("contentChoice"));
    m_choice->setAccessibleName(tr("Channel and language"));
    m_choice->setMinimumWidth(200);
    m_history->setToolTip(tr("What was saved before: compare it, go back to it"));
    m_add->setMenu(m_menu);
    auto* row = new QHBoxLayout;
    row->setSpacing(Theme::SmallSpace);
    row->addWidget(m_choice);
    row->addStretch(1);
    for (QPushButton* button : {m_history, m_remove, m_add})
        row->addWidget(button);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(Theme::Space);
    column->addLayout(row);
    column->addWidget(m_editors, 1);
    m_editors->addWidget(new EmptyState(QStringLiteral("topics"), tr("No content yet"),
                                        tr("Add what this topic says on a channel: a mail with subject and HTML, a text, "
                                           "or the body of a webhook."),
                                        {}, m_editors));
    connect(m_choice, &QComboBox::currentIndexChanged, this, &ContentEditor::updateControls);
    connect(m_history, &QPushButton::clicked, this, &ContentEditor::openHistory);
    connect(m_remove, &QPushButton::clicked, this, &ContentEditor::removeCurrent);
    connect(m_menu, &QMenu::aboutToShow, this, &ContentEditor::fillMenu);
    updateControls();
}

void ContentEditor::setChannels(const QStringList& channels)
{
    m_channels = channels;
    fillMenu();
}

void ContentEditor::setBrands(const QList<Brand>& brands)
{
    const QScopedValueRollback<bool> filling(m_filling, true);
    m_brands = brands;
    for (int n = 0; n < count(); ++n)
        m_choice->setItemText(n, templateTitle(editorAt(n)->content(), m_brands));
    fillMenu();
}

void ContentEditor::setVocabulary(const LiquidVocabulary& vocabulary)
{
    m_vocabulary = vocabulary;
    for (int n = 0; n < count(); ++n)
        editorAt(n)->setVocabulary(vocabulary);
}

void ContentEditor::recheck()
{
    for (int n = 0; n < count(); ++n)
        editorAt(n)->checkSoon();
}

// The same content again, for example after it was saved elsewhere: the editors stay as they are, with their undo.
void ContentEditor::setTemplates(const QList<Template>& templates)
{
    const QScopedValueRollback<bool> filling(m_filling, true);
    if (!templates.isEmpty() && templates == this->templates())
        return adopt(templates);
    m_choice->clear();
    while (m_editors->count() > 1) {
        QWidget* editor = m_editors->widget(1);
        m_editors->removeWidget(editor);
        editor->deleteLater();
    }
    for (const Template& content : templates)
        append(content);
    m_choice->setCurrentIndex(0);
    updateControls();
    fillMenu();
}

QList<Template> ContentEditor::templates() const
{
    QList<Template> all;
    for (int n = 0; n < count(); ++n)
        all << editorAt(n)->content();
    return all;
}

// What is stored is what was there: nothing has changed that would have to be saved again.
void ContentEditor::adopt(const QList<Template>& stored)
{
    const QScopedValueRollback<bool> filling(m_filling, true);
    for (int n = 0; n < count(); ++n) {
        for (const Template& content : stored)
            editorAt(n)->adopt(content);
    }
    updateControls();
}

QString ContentEditor::currentChannel() const
{
    const int current = m_choice->currentIndex();
    return current < 0 ? QString() : editorAt(current)->content().channel;
}

int ContentEditor::count() const
{
    return m_choice->count();
}

// The first page of the stack is the one for no content.
TemplateEditor* ContentEditor::editorAt(int index) const
{
    return qobject_cast<TemplateEditor*>(m_editors->widget(index + 1));
}

void ContentEditor::append(const Template& content)
{
    auto* editor = new TemplateEditor(content, m_tools, m_editors);
    editor->setVocabulary(m_vocabulary);
    m_editors->addWidget(editor);
    m_choice->addItem(templateTitle(content, m_brands));
    editor->setChecker([this, editor](const Template&) {
        const int index = m_editors->indexOf(editor) - 1;
        return m_tools.check && index >= 0 ? m_tools.check(templates(), index) : QList<TemplateProblem>();
    });
    connect(editor, &TemplateEditor::changed, this, &ContentEditor::changed);
}

void ContentEditor::fillMenu()
{
    m_menu->clear();
    for (const QString& channel : qAsConst(m_channels)) {
        Template place;
        place.channel = channel;
        const QString title = channelTitle(channel);
        QAction* action = nullptr;
        if (!has(place)) {
            action = m_menu->addAction(tr("%1, every language").arg(title), this, [this, channel] { add(channel, {}); });
            action->setObjectName(u"add_" + channel);
        } else {
            action
                = m_menu->addAction(tr("%1, another language…").arg(title), this, [this, channel] { askLocale(channel); });
            action->setObjectName(u"addLocale_" + channel);
        }
    }
    m_add->setEnabled(!m_menu->isEmpty());
    if (m_menu->isEmpty())
        return;
    m_menu->addSeparator();
    m_menu->addAction(tr("For a brand or a variant…"), this, &ContentEditor::askPlace)
        ->setObjectName(QStringLiteral("addPlace"));
}

void ContentEditor::askLocale(const QString& channel)
{
    TextRequest request{tr("Another language"), tr("Language tag, for example de or pt-BR"), {}, tr("Add content"), {}};
    request.check = [this, channel](const QString& text) {
        Template place;
        place.channel = channel;
        place.locale = text.trimmed();
        if (const QString problem = localeProblem(place.locale); !problem.isEmpty())
            return problem;
        return has(place) ? tr("There is content for this language already.") : QString();
    };
    m_tools.prompts.askText(this, request, [this, channel](const QString& locale) { add(channel, locale.trimmed()); });
}

void ContentEditor::askPlace()
{
    auto* dialog = new AddContentDialog(
        m_channels, m_brands, [this](const Template& place) { return has(place); }, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &AddContentDialog::chosen, this, &ContentEditor::addAt);
    dialog->open();
}

bool ContentEditor::has(const Template& place) const
{
    for (int n = 0; n < count(); ++n) {
        if (isSamePlace(editorAt(n)->content(), place))
            return true;
    }
    return false;
}

void ContentEditor::add(const QString& channel, const QString& locale)
{
    Template place;
    place.channel = channel;
    place.locale = locale;
    addAt(place);
}

// Content for another language, brand or variant begins as what it is to differ from.
void ContentEditor::addAt(const Template& place)
{
    Template content = place;
    for (int n = 0; n < count(); ++n) {
        if (const Template other = editorAt(n)->content(); other.channel == place.channel) {
            content.parts = other.parts;
            content.settings = other.settings;
            break;
        }
    }
    append(content);
    m_choice->setCurrentIndex(count() - 1);
    fillMenu();
    Q_EMIT changed();
}

void ContentEditor::removeCurrent()
{
    const int current = m_choice->currentIndex();
    if (current < 0)
        return;
    const Question question{
        tr("Remove content"), tr("Remove the content for %1?").arg(m_choice->currentText()), {}, tr("Remove content"), true};
    m_tools.prompts.confirm(this, question, [this, current](bool yes) {
        if (!yes)
            return;
        QWidget* editor = editorAt(current);
        m_editors->removeWidget(editor);
        editor->deleteLater();
        m_choice->removeItem(current);
        fillMenu();
        Q_EMIT changed();
    });
}

void ContentEditor::openHistory()
{
    TemplateEditor* editor = editorAt(m_choice->currentIndex());
    if (!editor)
        return;
    auto* dialog = new HistoryDialog(m_tools, editor->content(), m_choice->currentText(), this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &HistoryDialog::rolledBack, editor, [editor](const Template& stored) {
        editor->adopt(stored);
        editor->replaceContent(stored);
    });
    dialog->open();
}

void ContentEditor::updateControls()
{
    const int current = m_choice->currentIndex();
    m_editors->setCurrentIndex(qMin(current + 1, m_editors->count() - 1));
    m_choice->setVisible(current >= 0);
    m_remove->setVisible(current >= 0);
    m_history->setVisible(current >= 0);
    m_history->setEnabled(current >= 0 && editorAt(current) && editorAt(current)->content().version > 0);
    if (!m_filling)
        Q_EMIT changed();
}

void ContentEditor::goTo(const QString& part, int line, int column)
{
    if (m_choice->currentIndex() >= 0)
        editorAt(m_choice->currentIndex())->goTo(part, line, column);
}

bool ContentEditor::showError(const Error& error)
{
    const QString channel = error.field.section(u'.', 0, 0);
    const QString part = error.field.section(u'.', 1);
    for (int n = 0; n < count(); ++n) {
        if (editorAt(n)->content().channel != channel)
            continue;
        m_choice->setCurrentIndex(n);
        return editorAt(n)->showError(part, error.message);
    }
    return false;
}

} // namespace carillon::ui
