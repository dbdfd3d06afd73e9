// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/EditorPane.h"

#include "ui/editor/FindBar.h"
#include "ui/widgets/Theme.h"

#include <QAction>
#include <QLabel>
#include <QVBoxLayout>

namespace carillon::ui {

EditorPane::EditorPane(const QString& name, QWidget* parent)
    : QWidget(parent)
    , m_editor(new LiquidEditor(this))
    , m_find(new FindBar(m_editor, this))
    , m_problem(new QLabel(this))
{
    m_editor->setObjectName(name + u"Editor");
    m_problem->setObjectName(name + u"Problem");
    m_problem->setToolTip(tr("Go there (F8)"));
    m_problem->setWordWrap(true);
    m_problem->setTextInteractionFlags(Qt::TextBrowserInteraction);
    m_problem->hide();
    setFocusProxy(m_editor);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(2);
    column->addWidget(m_editor, 1);
    column->addWidget(m_find);
    column->addWidget(m_problem);
    auto* find = new QAction(tr("Find"), this);
    find->setShortcut(QKeySequence::Find);
    auto* next = new QAction(tr("Next problem"), this);
    next->setShortcut(Qt::Key_F8);
    for (QAction* action : {find, next})
        action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    addActions({find, next});
    connect(find, &QAction::triggered, m_find, &FindBar::open);
    connect(next, &QAction::triggered, this, &EditorPane::goToProblem);
    connect(m_problem, &QLabel::linkActivated, this, &EditorPane::goToProblem);
    connect(m_editor, &LiquidEditor::problemsChanged, this, [this] {
        m_shown = 0;
        showProblem();
    });
}

void EditorPane::showProblem()
{
    const QList<TemplateProblem>& problems = m_editor->problems();
    m_problem->setVisible(!problems.isEmpty());
    if (problems.isEmpty())
        return;
    const TemplateProblem& problem = problems.at(m_shown % problems.size());
    const QString place = tr("Line %1, column %2").arg(problem.line).arg(problem.column);
    QString text = QStringLiteral("<a href=\"#\">%1</a>: %2").arg(place, problem.message.toHtmlEscaped());
    if (problems.size() > 1)
        text += u' ' + tr("(%1 of %2)").arg(m_shown % problems.size() + 1).arg(problems.size());
    m_problem->setText(text);
    m_problem->setAccessibleName(place + u": " + problem.message);
    setRole(m_problem, problem.severity == Severity::Error ? "error" : "muted");
}

// Goes to the problem in the line; the next one comes up for the next time.
void EditorPane::goToProblem()
{
    const QList<TemplateProblem>& problems = m_editor->problems();
    if (problems.isEmpty())
        return;
    const TemplateProblem& problem = problems.at(m_shown % problems.size());
    m_editor->goTo(problem.line, problem.column);
    showProblem();
    m_shown = int((m_shown + 1) % problems.size());
}

} // namespace carillon::ui
