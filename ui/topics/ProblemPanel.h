// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/TemplateProblem.h"

#include <QWidget>

class QMenu;
class QToolButton;
class QTreeView;

namespace carillon::ui {

class ProblemsModel;
class SilencedRules;

// What is wrong with a template, under its editors, the worst first: one line that counts and names one problem, and on a
// click the list of all of them. A row, or F8 and Shift+F8, goes to its place. A menu silences the hints of a rule and
// brings them back. Belongs to its parent.
class ProblemPanel : public QWidget {
    Q_OBJECT

public:
    // `silenced` outlives it.
    explicit ProblemPanel(SilencedRules& silenced, QWidget* parent = nullptr);

    // All that was found, in the order of parts and places; what is silenced is left out here.
    void setProblems(const QList<TemplateProblem>& problems);
    const QList<TemplateProblem>& shown() const;
    // Goes to the next (1) or the previous (-1) problem, round at the ends.
    void walk(int step);

Q_SIGNALS:
    void shownChanged();
    void goTo(const carillon::TemplateProblem& problem);

protected:
    void changeEvent(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void makeList();
    void refresh();
    void writeSummary();
    void fillMenu();
    void addSwitch(const QString& rule, const QString& text, bool silenced);
    void showList(bool show);
    void take(int row);

    SilencedRules& m_silenced;
    QList<TemplateProblem> m_found;
    ProblemsModel* m_model;
    QToolButton* m_summary;
    QToolButton* m_more;
    QMenu* m_menu;
    QTreeView* m_list;
    QString m_text;
    int m_current = -1;
};

} // namespace carillon::ui
