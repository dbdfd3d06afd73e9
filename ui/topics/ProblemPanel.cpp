// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/topics/ProblemPanel.h"

#include "ui/topics/ProblemsModel.h"
#include "ui/topics/SilencedRules.h"
#include "ui/widgets/Icon.h"
#include "ui/widgets/Theme.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QMenu>
#include <QSet>
#include <QToolButton>
#include <QTreeView>

#include <algorithm>

namespace carillon::ui {

namespace {

constexpr int listHeight = 130;
constexpr int longestRule = 60; // characters of a sentence in the menu

QToolButton* makeTool(const QString& name, QWidget* parent)
{
    auto* tool = new QToolButton(parent);
    tool->setObjectName(name);
    setRole(tool, "quiet");
    return tool;
}

} // namespace

ProblemPanel::ProblemPanel(SilencedRules& silenced, QWidget* parent)
    : QWidget(parent)
    , m_silenced(silenced)
    , m_model(new ProblemsModel(this))
    , m_summary(makeTool(QStringLiteral("problemSummary"), this))
    , m_more(makeTool(QStringLiteral("problemMenu"), this))
    , m_menu(new QMenu(m_more))
    , m_list(new QTreeView(this))
{
    m_summary->setCheckable(true);
    m_summary->setToolTip(tr("Show all problems (F8 goes to the next one)"));
    m_summary->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_summary->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    m_more->setText(tr("Hints"));
    m_more->setToolTip(tr("Which hints are shown"));
    m_more->setMenu(m_menu);
    m_more->setPopupMode(QToolButton::InstantPopup);
    makeList();
    auto* row = new QHBoxLayout;
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(m_summary, 1);
    row->addWidget(m_more);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(2);
    column->addLayout(row);
    column->addWidget(m_list);
    m_model->setPalette(palette());
    connect(m_summary, &QToolButton::toggled, this, &ProblemPanel::showList);
    connect(m_menu, &QMenu::aboutToShow, this, &ProblemPanel::fillMenu);
    connect(&silenced, &SilencedRules::changed, this, &ProblemPanel::refresh);
    refresh();
}

void ProblemPanel::makeList()
{
    m_list->setObjectName(QStringLiteral("problemList"));
    m_list->setAccessibleName(tr("Problems"));
    m_list->setModel(m_model);
    m_list->setRootIsDecorated(false);
    m_list->setUniformRowHeights(true);
    m_list->setHeaderHidden(true);
    m_list->setTextElideMode(Qt::ElideRight);
    m_list->setFixedHeight(listHeight);
    m_list->header()->setStretchLastSection(false);
    m_list->header()->setSectionResizeMode(ProblemsModel::SeverityColumn, QHeaderView::ResizeToContents);
    m_list->header()->setSectionResizeMode(ProblemsModel::MessageColumn, QHeaderView::Stretch);
    m_list->header()->setSectionResizeMode(ProblemsModel::PlaceColumn, QHeaderView::ResizeToContents);
    m_list->hide();
    connect(m_list, &QTreeView::clicked, this, [this](const QModelIndex& index) { take(index.row()); });
    connect(m_list, &QTreeView::activated, this, [this](const QModelIndex& index) { take(index.row()); });
}

void ProblemPanel::setProblems(const QList<TemplateProblem>& problems)
{
    m_found = problems;
    refresh();
}

const QList<TemplateProblem>& ProblemPanel::shown() const
{
    return m_model->problems();
}

void ProblemPanel::refresh()
{
    const QList<TemplateProblem> before = shown();
    QList<TemplateProblem> wanted = m_silenced.filter(m_found);
    std::stable_sort(wanted.begin(), wanted.end(),
                     [](const TemplateProblem& one, const TemplateProblem& other) { return one.severity > other.severity; });
    m_model->setProblems(wanted);
    if (before != shown())
        m_current = -1;
    bool silenceable = !m_silenced.rules().isEmpty();
    for (const TemplateProblem& problem : qAsConst(m_found))
        silenceable = silenceable || (problem.severity != Severity::Error && !problem.rule.isEmpty());
    m_more->setVisible(silenceable);
    writeSummary();
    Q_EMIT shownChanged();
}

void ProblemPanel::writeSummary()
{
    int counts[3] = {};
    for (const TemplateProblem& problem : shown())
        ++counts[int(problem.severity)];
    QStringList words;
    if (const int errors = counts[int(Severity::Error)])
        words << (errors == 1 ? tr("1 error") : tr("%1 errors").arg(errors));
    if (const int warnings = counts[int(Severity::Warning)])
        words << (warnings == 1 ? tr("1 warning") : tr("%1 warnings").arg(warnings));
    if (const int hints = counts[int(Severity::Hint)])
        words << (hints == 1 ? tr("1 hint") : tr("%1 hints").arg(hints));
    m_summary->setEnabled(!words.isEmpty());
    m_summary->setIcon(words.isEmpty() ? icon(QStringLiteral("check")) : icon(QStringLiteral("warning")));
    if (words.isEmpty()) {
        m_text = tr("No problems");
        m_summary->setChecked(false);
    } else {
        const TemplateProblem& first = shown().at(qMax(0, m_current));
        m_text = words.join(QStringLiteral(", ")) + u"  –  " + placeOf(first) + u": " + first.message;
    }
    m_summary->setAccessibleName(m_text);
    const int room = m_summary->width() - m_summary->iconSize().width() - 3 * Theme::Space;
    m_summary->setText(m_summary->fontMetrics().elidedText(m_text, Qt::ElideRight, qMax(room, 100)));
}

void ProblemPanel::showList(bool show)
{
    m_list->setVisible(show && !shown().isEmpty());
}

void ProblemPanel::take(int row)
{
    if (row < 0 || row >= shown().size())
        return;
    m_current = row;
    m_list->setCurrentIndex(m_model->index(row, 0));
    writeSummary();
    Q_EMIT goTo(shown().at(row));
}

void ProblemPanel::walk(int step)
{
    const int count = int(shown().size());
    if (count > 0)
        take(m_current < 0 ? (step > 0 ? 0 : count - 1) : (m_current + step + count) % count);
}

void ProblemPanel::addSwitch(const QString& rule, const QString& text, bool silenced)
{
    QAction* action = m_menu->addAction(text);
    action->setObjectName(u"hint_" + rule);
    action->setCheckable(true);
    action->setChecked(!silenced);
    connect(action, &QAction::triggered, this, [this, rule](bool shown) { m_silenced.set(rule, !shown); });
}

// One switch for each rule that has found something here or is silenced.
void ProblemPanel::fillMenu()
{
    m_menu->clear();
    QSet<QString> seen;
    for (const TemplateProblem& problem : qAsConst(m_found)) {
        if (problem.severity == Severity::Error || problem.rule.isEmpty() || seen.contains(problem.rule))
            continue;
        seen.insert(problem.rule);
        QString sentence = problem.message.left(longestRule);
        if (sentence.size() < problem.message.size())
            sentence += u'…';
        addSwitch(problem.rule, tr("%1: %2").arg(problem.rule, sentence.replace(u'&', QStringLiteral("&&"))),
                  m_silenced.contains(problem.rule));
    }
    for (const QString& rule : m_silenced.rules()) {
        if (!seen.contains(rule))
            addSwitch(rule, rule, true);
    }
}

void ProblemPanel::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        m_model->setPalette(palette());
}

void ProblemPanel::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    writeSummary();
}

} // namespace carillon::ui
