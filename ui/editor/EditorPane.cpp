// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/EditorPane.h"

#include "ui/editor/FindBar.h"
#include "ui/widgets/Theme.h"

#include <QAction>
#include <QLabel>
#include <QVBoxLayout>

namespace carillon::ui {

EditorPane::EditorPane(const QString& name, Problems problems, QWidget* parent)
    : QWidget(parent)
    , m_editor(new LiquidEditor(this))
    , m_find(new FindBar(m_editor, this))
{
    m_editor->setObjectName(name + u"Editor");
    setFocusProxy(m_editor);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(2);
    column->addWidget(m_editor, 1);
    column->addWidget(m_find);
    addKey(tr("Find"), QKeySequence::Find, [this] { m_find->open(false); });
    addKey(tr("Find and replace"), QKeySequence(Qt::CTRL | Qt::Key_H), [this] { m_find->open(true); });
    addKey(tr("Find the next match"), QKeySequence(Qt::Key_F3), [this] { m_find->find(false); });
    addKey(tr("Find the previous match"), QKeySequence(Qt::SHIFT | Qt::Key_F3), [this] { m_find->find(true); });
    if (problems == Problems::Line)
        makeProblemLine(name);
}

void EditorPane::addKey(const QString& text, const QKeySequence& key, const std::function<void()>& act)
{
    auto* action = new QAction(text, this);
    action->setShortcut(key);
    action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    addAction(action);
    connect(action, &QAction::triggered, this, act);
}

void EditorPane::makeProblemLine(const QString& name)
{
    m_problem = new QLabel(this);
    m_problem->setObjectName(name + u"Problem");
    m_problem->setToolTip(tr("Go there (F8)"));
    m_problem->setWordWrap(true);
    m_problem->setTextInteractionFlags(Qt::TextBrowserInteraction);
    m_problem->hide();
    layout()->addWidget(m_problem);
    addKey(tr("Next problem"), Qt::Key_F8, [this] { goToProblem(1); });
    addKey(tr("Previous problem"), Qt::SHIFT | Qt::Key_F8, [this] { goToProblem(-1); });
    connect(m_problem, &QLabel::linkActivated, this, [this] { goToProblem(1); });
    connect(m_editor, &LiquidEditor::problemsChanged, this, [this] {
        m_shown = -1;
        showProblem();
    });
}

void EditorPane::showProblem()
{
    const QList<TemplateProblem>& problems = m_editor->problems();
    m_problem->setVisible(!problems.isEmpty());
    if (problems.isEmpty())
        return;
    const int shown = qMax(0, m_shown);
    const TemplateProblem& problem = problems.at(shown);
    const QString place = tr("Line %1, column %2").arg(problem.line).arg(problem.column);
    QString text = QStringLiteral("<a href=\"#\">%1</a>: %2").arg(place, problem.message.toHtmlEscaped());
    if (problems.size() > 1)
        text += u' ' + tr("(%1 of %2)").arg(shown + 1).arg(problems.size());
    m_problem->setText(text);
    m_problem->setAccessibleName(place + u": " + problem.message);
    setRole(m_problem, problem.severity == Severity::Error ? "error" : "muted");
}

// Goes to the next or the previous problem, round at the ends; the first time to the one in the line.
void EditorPane::goToProblem(int step)
{
    const int count = int(m_editor->problems().size());
    if (count == 0)
        return;
    m_shown = m_shown < 0 ? (step > 0 ? 0 : count - 1) : (m_shown + step + count) % count;
    const TemplateProblem& problem = m_editor->problems().at(m_shown);
    m_editor->goTo(problem.line, problem.column);
    showProblem();
}

} // namespace carillon::ui
