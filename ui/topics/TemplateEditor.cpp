// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/topics/TemplateEditor.h"

#include "ui/editor/EditorPane.h"
#include "ui/forms/Layouts.h"
#include "ui/topics/AttachmentsEditor.h"
#include "ui/topics/PartWords.h"
#include "ui/topics/ProblemPanel.h"
#include "ui/topics/TemplateOptions.h"
#include "ui/widgets/Theme.h"

#include <QAction>
#include <QFormLayout>
#include <QLabel>
#include <QScopedValueRollback>
#include <QTabBar>
#include <QTabWidget>
#include <QTimer>

namespace carillon::ui {

namespace {

const QString attachmentsKey = QStringLiteral("attachments");

} // namespace

TemplateEditor::TemplateEditor(const Template& content, const ContentTools& tools, QWidget* parent)
    : QWidget(parent)
    , m_content(content)
    , m_tools(tools)
    , m_parts(partsOf(content))
    , m_tabs(new QTabWidget(this))
    , m_options(new TemplateOptions(content, this))
    , m_problems(new ProblemPanel(tools.silenced, this))
    , m_checkTimer(new QTimer(this))
{
    m_tabs->setObjectName(QStringLiteral("partTabs"));
    m_tabs->setDocumentMode(true);
    m_checkTimer->setSingleShot(true);
    for (const ChannelPart& part : qAsConst(m_parts))
        addPart(part);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(Theme::SmallSpace);
    column->addWidget(makeLines());
    column->addWidget(m_tabs, 1);
    column->addWidget(m_problems);
    addOptions();
    m_tabs->tabBar()->setVisible(m_tabs->count() > 1);
    showLanguages();
    showTabsWithContent();
    addKey(tr("Next problem"), Qt::Key_F8, 1);
    addKey(tr("Previous problem"), Qt::SHIFT | Qt::Key_F8, -1);
    connect(m_checkTimer, &QTimer::timeout, this, &TemplateEditor::checkNow);
    connect(m_problems, &ProblemPanel::shownChanged, this, &TemplateEditor::spreadProblems);
    connect(m_problems, &ProblemPanel::goTo, this,
            [this](const TemplateProblem& problem) { goTo(problem.part, problem.line, problem.column); });
}

void TemplateEditor::addPart(const ChannelPart& part)
{
    auto* pane = new EditorPane(part.name, EditorPane::Problems::Elsewhere, this);
    LiquidEditor* editor = pane->editor();
    editor->setAccessibleName(partTitle(part.name));
    editor->setSingleLine(isLine(part.format));
    editor->setPlaceholderText(partHint(m_content, part.name));
    editor->setPlainText(m_content.parts.value(part.name));
    m_panes.insert(part.name, pane);
    connect(editor, &LiquidEditor::edited, this, &TemplateEditor::noteChange);
}

QWidget* TemplateEditor::makeLines()
{
    auto* lines = new QWidget(this);
    auto* rows = new QFormLayout(lines);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setHorizontalSpacing(Theme::Space);
    rows->setVerticalSpacing(Theme::SmallSpace);
    for (const ChannelPart& part : qAsConst(m_parts)) {
        EditorPane* pane = m_panes.value(part.name);
        if (isLine(part.format))
            rows->addRow(makeLabel(partTitle(part.name), "muted", lines), pane);
        else
            m_tabs->addTab(pane, partTitle(part.name));
    }
    lines->setVisible(rows->rowCount() > 0);
    return lines;
}

// Tabs of their own after the parts: most templates need none of them.
void TemplateEditor::addOptions()
{
    if (m_content.channel == u"email" && m_content.scope != TemplateScope::Snippet) {
        m_attachments = new AttachmentsEditor(m_tools, this);
        m_attachments->setAttachments(m_content.settings.value(attachmentsKey).toArray());
        addTab(m_attachments);
        connect(m_attachments, &AttachmentsEditor::changed, this, &TemplateEditor::noteChange);
        connect(m_attachments, &AttachmentsEditor::tagWanted, this, &TemplateEditor::insertIntoHtml);
    }
    m_options->setVisible(!m_options->isEmpty());
    if (!m_options->isEmpty())
        addTab(m_options);
    connect(m_options, &TemplateOptions::changed, this, [this] {
        showLanguages();
        noteChange();
    });
    describeOptions();
}

void TemplateEditor::addTab(QWidget* content)
{
    auto* page = new QWidget(m_tabs);
    auto* inside = new QVBoxLayout(page);
    inside->setContentsMargins(0, Theme::Space, 0, 0);
    inside->addWidget(content, content == m_attachments ? 1 : 0);
    if (content != m_attachments)
        inside->addStretch(1);
    m_tabs->addTab(page, {});
}

void TemplateEditor::insertIntoHtml(const QString& tag)
{
    EditorPane* pane = m_panes.value(QStringLiteral("html"));
    if (!pane)
        return;
    m_tabs->setCurrentWidget(pane);
    pane->editor()->insertPlainText(tag);
    pane->editor()->setFocus();
}

void TemplateEditor::addKey(const QString& text, const QKeySequence& key, int step)
{
    auto* action = new QAction(text, this);
    action->setShortcut(key);
    action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    addAction(action);
    connect(action, &QAction::triggered, this, [this, step] { m_problems->walk(step); });
}

void TemplateEditor::showLanguages()
{
    const QJsonObject settings = m_options->settings();
    for (const ChannelPart& part : qAsConst(m_parts))
        m_panes.value(part.name)->editor()->setLanguage(languageOf(part.format, settings));
}

// The tabs say whether there is something behind them.
void TemplateEditor::describeOptions()
{
    int tab = m_tabs->count() - 1;
    if (!m_options->isEmpty()) {
        const QString summary = m_options->summary();
        m_tabs->setTabText(tab, summary.isEmpty() ? tr("Options") : tr("Options •"));
        m_tabs->setTabToolTip(tab, summary.isEmpty() ? tr("How the message is made of this content") : summary);
        --tab;
    }
    if (m_attachments) {
        const auto count = m_attachments->attachments().size();
        m_tabs->setTabText(tab, count == 0 ? tr("Attachments") : tr("Attachments (%1)").arg(count));
        m_tabs->setTabToolTip(tab, m_attachments->summary());
    }
}

// The tab to begin with is the first one that says something.
void TemplateEditor::showTabsWithContent()
{
    for (int tab = 0; tab < m_tabs->count(); ++tab) {
        const auto* pane = qobject_cast<EditorPane*>(m_tabs->widget(tab));
        if (pane && !pane->editor()->text().isEmpty())
            return m_tabs->setCurrentIndex(tab);
    }
}

void TemplateEditor::noteChange()
{
    describeOptions();
    checkSoon();
    if (!m_replacing)
        Q_EMIT changed();
}

Template TemplateEditor::content() const
{
    Template content = m_content;
    for (auto pane = m_panes.cbegin(); pane != m_panes.cend(); ++pane) {
        const QString& text = pane.value()->editor()->text();
        if (text.isEmpty() && content.scope != TemplateScope::Snippet)
            content.parts.remove(pane.key());
        else
            content.parts.insert(pane.key(), text);
    }
    content.settings = m_options->settings();
    if (m_attachments) {
        if (m_attachments->attachments().isEmpty())
            content.settings.remove(attachmentsKey);
        else
            content.settings.insert(attachmentsKey, m_attachments->attachments());
    }
    return content;
}

void TemplateEditor::setChecker(Checker checker)
{
    m_checker = std::move(checker);
    checkSoon();
}

void TemplateEditor::checkSoon()
{
    if (!m_checker)
        return;
    qsizetype length = 0;
    for (const EditorPane* pane : qAsConst(m_panes))
        length += pane->editor()->text().size();
    m_checkTimer->start(LiquidEditor::checkDelay(length));
}

void TemplateEditor::checkNow()
{
    m_checkTimer->stop();
    if (m_checker)
        m_problems->setProblems(m_checker(content()));
}

// What is not silenced, each to its editor.
void TemplateEditor::spreadProblems()
{
    for (const ChannelPart& part : qAsConst(m_parts)) {
        QList<TemplateProblem> own;
        for (const TemplateProblem& problem : m_problems->shown()) {
            if (problem.part == part.name)
                own << problem;
        }
        if (own != m_panes.value(part.name)->editor()->problems())
            m_panes.value(part.name)->editor()->setProblems(own);
    }
}

void TemplateEditor::adopt(const Template& stored)
{
    if (!isSamePlace(stored, m_content))
        return;
    m_content.id = stored.id;
    m_content.topicId = stored.topicId;
    m_content.version = stored.version;
    m_content.createdAt = stored.createdAt;
    m_content.updatedAt = stored.updatedAt;
}

void TemplateEditor::replaceContent(const Template& content)
{
    {
        const QScopedValueRollback<bool> replacing(m_replacing, true);
        m_content.settings = content.settings;
        m_options->setSettings(content.settings);
        if (m_attachments)
            m_attachments->setAttachments(content.settings.value(attachmentsKey).toArray());
        for (auto pane = m_panes.cbegin(); pane != m_panes.cend(); ++pane)
            pane.value()->editor()->replaceText(content.parts.value(pane.key()));
        showLanguages();
        noteChange();
    }
    Q_EMIT changed();
}

void TemplateEditor::setVocabulary(const LiquidVocabulary& vocabulary)
{
    for (EditorPane* pane : qAsConst(m_panes))
        pane->editor()->setVocabulary(vocabulary);
}

void TemplateEditor::goTo(const QString& part, int line, int column)
{
    EditorPane* pane = m_panes.value(part);
    if (!pane)
        return;
    if (m_tabs->indexOf(pane) >= 0)
        m_tabs->setCurrentWidget(pane);
    pane->editor()->goTo(line, column);
}

bool TemplateEditor::showError(const QString& part, const QString& message)
{
    EditorPane* pane = m_panes.value(part);
    if (!pane)
        return false;
    checkNow();
    // The check knows the place; when it has found nothing, the service's own words stand at the beginning.
    if (pane->editor()->problems().isEmpty()) {
        TemplateProblem problem;
        problem.part = part;
        problem.message = message;
        m_problems->setProblems(m_problems->shown() + QList<TemplateProblem>{problem});
    }
    const TemplateProblem& first = pane->editor()->problems().first();
    goTo(part, first.line, first.column);
    return true;
}

} // namespace carillon::ui
