// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/topics/TemplateEditor.h"

#include "ui/editor/EditorPane.h"
#include "ui/forms/Layouts.h"
#include "ui/widgets/Theme.h"

#include <QFormLayout>
#include <QLabel>
#include <QTabWidget>

namespace carillon::ui {

namespace {

bool isLine(const QString& part)
{
    return part == u"subject" || part == u"preheader" || part == u"title";
}

HostLanguage languageOf(const QString& channel, const QString& part)
{
    if (part == u"html")
        return HostLanguage::Html;
    if (part == u"body")
        return HostLanguage::Json;
    return channel == u"chat" && part == u"text" ? HostLanguage::Markdown : HostLanguage::Text;
}

QString partTitle(const QString& part)
{
    if (part == u"subject")
        return TemplateEditor::tr("Subject");
    if (part == u"preheader")
        return TemplateEditor::tr("Preheader");
    if (part == u"title")
        return TemplateEditor::tr("Title");
    if (part == u"html")
        return TemplateEditor::tr("HTML");
    if (part == u"text")
        return TemplateEditor::tr("Text");
    return part == u"body" ? TemplateEditor::tr("Body (JSON)") : part;
}

QString hintOf(const QString& channel, const QString& part)
{
    if (part == u"preheader")
        return TemplateEditor::tr("What mail programs show after the subject");
    if (channel == u"email" && part == u"text")
        return TemplateEditor::tr("Left empty, the text is made from the HTML");
    return part == u"subject" ? TemplateEditor::tr("For example: Your order {{ data.number }} is on its way") : QString();
}

} // namespace

TemplateEditor::TemplateEditor(const Template& content, const QStringList& parts, const PartChecker& checker,
                               QWidget* parent)
    : QWidget(parent)
    , m_content(content)
    , m_tabs(new QTabWidget(this))
{
    m_tabs->setObjectName(QStringLiteral("partTabs"));
    m_tabs->setDocumentMode(true);
    auto* lines = new QFormLayout;
    lines->setHorizontalSpacing(Theme::Space);
    lines->setVerticalSpacing(Theme::SmallSpace);
    for (const QString& part : parts) {
        addPart(part, checker);
        EditorPane* pane = m_panes.value(part);
        if (isLine(part))
            lines->addRow(makeLabel(partTitle(part), "muted", this), pane);
        else
            m_tabs->addTab(pane, partTitle(part));
    }
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(Theme::Space);
    column->addLayout(lines);
    column->addWidget(m_tabs, 1);
    m_tabs->tabBar()->setVisible(m_tabs->count() > 1);
}

void TemplateEditor::addPart(const QString& part, const PartChecker& checker)
{
    auto* pane = new EditorPane(part, this);
    LiquidEditor* editor = pane->editor();
    editor->setAccessibleName(partTitle(part));
    editor->setSingleLine(isLine(part));
    editor->setLanguage(languageOf(m_content.channel, part));
    editor->setPlaceholderText(hintOf(m_content.channel, part));
    editor->setPlainText(m_content.parts.value(part));
    editor->setChecker(
        [checker, channel = m_content.channel, part](const QString& source) { return checker(channel, part, source); });
    m_panes.insert(part, pane);
    connect(editor, &LiquidEditor::edited, this, &TemplateEditor::changed);
}

Template TemplateEditor::content() const
{
    Template content = m_content;
    for (auto pane = m_panes.cbegin(); pane != m_panes.cend(); ++pane)
        content.parts.insert(pane.key(), pane.value()->editor()->toPlainText());
    return content;
}

void TemplateEditor::adopt(const Template& stored)
{
    if (stored.channel != m_content.channel || stored.locale != m_content.locale)
        return;
    m_content = stored;
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
    // The check knows the place; when it has found nothing, the service's own words stand at the beginning.
    if (pane->editor()->problems().isEmpty())
        pane->editor()->setProblems({{Severity::Error, part, 1, 1, 1, message, 0, {}}});
    const TemplateProblem& first = pane->editor()->problems().first();
    goTo(part, first.line, first.column);
    return true;
}

} // namespace carillon::ui
