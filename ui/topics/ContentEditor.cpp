// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/topics/ContentEditor.h"

#include "engine/service/TopicService.h"
#include "ui/forms/Layouts.h"
#include "ui/frame/Prompts.h"
#include "ui/widgets/EmptyState.h"
#include "ui/widgets/Words.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLocale>
#include <QMenu>
#include <QPushButton>
#include <QScopedValueRollback>
#include <QStackedWidget>

namespace carillon::ui {

namespace {

QString titleOf(const Template& content)
{
    return ContentEditor::tr("%1, %2").arg(channelTitle(content.channel),
                                           content.locale.isEmpty() ? ContentEditor::tr("every language") : content.locale);
}

} // namespace

ContentEditor::ContentEditor(PartChecker checker, Prompts& prompts, QWidget* parent)
    : QWidget(parent)
    , m_checker(std::move(checker))
    , m_prompts(prompts)
    , m_choice(new QComboBox(this))
    , m_add(makeButton(tr("&Add content"), QStringLiteral("addContent"), this))
    , m_remove(makeButton(tr("Remo&ve…"), QStringLiteral("removeContent"), this))
    , m_menu(new QMenu(m_add))
    , m_editors(new QStackedWidget(this))
{
    m_choice->setObjectName(QStringLiteral("contentChoice"));
    m_choice->setAccessibleName(tr("Channel and language"));
    m_choice->setMinimumWidth(200);
    m_add->setMenu(m_menu);
    auto* row = new QHBoxLayout;
    row->setSpacing(Theme::SmallSpace);
    row->addWidget(m_choice);
    row->addStretch(1);
    row->addWidget(m_remove);
    row->addWidget(m_add);
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
    connect(m_remove, &QPushButton::clicked, this, &ContentEditor::removeCurrent);
    connect(m_menu, &QMenu::aboutToShow, this, &ContentEditor::fillMenu);
    updateControls();
}

void ContentEditor::setChannels(const QStringList& channels)
{
    m_channels = channels;
    fillMenu();
}

void ContentEditor::setVocabulary(const LiquidVocabulary& vocabulary)
{
    m_vocabulary = vocabulary;
    for (int n = 0; n < m_choice->count(); ++n)
        editorAt(n)->setVocabulary(vocabulary);
}

void ContentEditor::setTemplates(const QList<Template>& templates)
{
    const QScopedValueRollback<bool> filling(m_filling, true);
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
    for (int n = 0; n < m_choice->count(); ++n)
        all << editorAt(n)->content();
    return all;
}

void ContentEditor::adopt(const QList<Template>& stored)
{
    for (int n = 0; n < m_choice->count(); ++n) {
        for (const Template& content : stored)
            editorAt(n)->adopt(content);
    }
}

QString ContentEditor::currentChannel() const
{
    const int current = m_choice->currentIndex();
    return current < 0 ? QString() : editorAt(current)->content().channel;
}

// The first page of the stack is the one for no content.
TemplateEditor* ContentEditor::editorAt(int index) const
{
    return qobject_cast<TemplateEditor*>(m_editors->widget(index + 1));
}

void ContentEditor::append(const Template& content)
{
    auto* editor = new TemplateEditor(content, TopicService::partsOf(content.channel), m_checker, m_editors);
    editor->setVocabulary(m_vocabulary);
    m_editors->addWidget(editor);
    m_choice->addItem(titleOf(content));
    connect(editor, &TemplateEditor::changed, this, &ContentEditor::changed);
}

void ContentEditor::fillMenu()
{
    m_menu->clear();
    for (const QString& channel : qAsConst(m_channels)) {
        if (!has(channel, {}))
            m_menu
                ->addAction(tr("%1, every language").arg(channelTitle(channel)), this, [this, channel] { add(channel, {}); })
                ->setObjectName(u"add_" + channel);
        else
            m_menu
                ->addAction(tr("%1, another language…").arg(channelTitle(channel)), this,
                            [this, channel] { askLocale(channel); })
                ->setObjectName(u"addLocale_" + channel);
    }
    m_add->setEnabled(!m_menu->isEmpty());
}

void ContentEditor::askLocale(const QString& channel)
{
    TextRequest request{tr("Another language"), tr("Language tag, for example de or pt-BR"), {}, tr("Add content"), {}};
    request.check = [this, channel](const QString& text) {
        if (QLocale(text.trimmed()).language() == QLocale::C)
            return tr("This is no language tag.");
        return has(channel, text.trimmed()) ? tr("There is content for this language already.") : QString();
    };
    m_prompts.askText(this, request, [this, channel](const QString& locale) { add(channel, locale.trimmed()); });
}

bool ContentEditor::has(const QString& channel, const QString& locale) const
{
    for (int n = 0; n < m_choice->count(); ++n) {
        const Template content = editorAt(n)->content();
        if (content.channel == channel && content.locale.compare(locale, Qt::CaseInsensitive) == 0)
            return true;
    }
    return false;
}

// Content in another language begins as what it is to be translated from.
void ContentEditor::add(const QString& channel, const QString& locale)
{
    Template content;
    content.channel = channel;
    content.locale = locale;
    for (int n = 0; n < m_choice->count() && !locale.isEmpty(); ++n) {
        if (editorAt(n)->content().channel == channel) {
            content.parts = editorAt(n)->content().parts;
            break;
        }
    }
    append(content);
    m_choice->setCurrentIndex(m_choice->count() - 1);
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
    m_prompts.confirm(this, question, [this, current](bool yes) {
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

void ContentEditor::updateControls()
{
    const int current = m_choice->currentIndex();
    m_editors->setCurrentIndex(qMin(current + 1, m_editors->count() - 1));
    m_choice->setVisible(current >= 0);
    m_remove->setVisible(current >= 0);
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
    for (int n = 0; n < m_choice->count(); ++n) {
        if (editorAt(n)->content().channel != channel)
            continue;
        m_choice->setCurrentIndex(n);
        return editorAt(n)->showError(part, error.message);
    }
    return false;
}

} // namespace carillon::ui
