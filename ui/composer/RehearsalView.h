// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/service/Rehearsal.h"
#include "ui/composer/RehearsalKeeper.h"

#include <QWidget>

class QLabel;
class QProgressBar;
class QPushButton;
class QToolButton;
class QVBoxLayout;

namespace carillon::ui {

class ToneLabel;

// A rehearsal as the review shows it: how far it is, how many messages can be made, and what was found, each finding with
// the contacts behind it to be chosen. Shows what a keeper knows; belongs to its parent.
class RehearsalView : public QWidget {
    Q_OBJECT

public:
    static constexpr int maxLines = 30; // findings shown; the rest is counted

    explicit RehearsalView(RehearsalKeeper& keeper, QWidget* parent = nullptr);

Q_SIGNALS:
    void findingChosen(const carillon::RehearsalFinding& finding);

private:
    QWidget* makeProgress();
    void refresh();
    void updateProgress();
    void showFindings(const QList<RehearsalFinding>& findings);
    void showFigures(const RehearsalReport& report);
    struct Line {
        RehearsalFinding finding;
        QWidget* widget = nullptr;
        QToolButton* count = nullptr;
    };
    bool areShown(const QList<RehearsalFinding>& findings) const;
    void clearLines();
    Line makeLine(const RehearsalFinding& finding, int number);

    RehearsalKeeper& m_keeper;
    QPushButton* m_again;
    QProgressBar* m_bar = nullptr;
    QLabel* m_progress = nullptr;
    QWidget* m_running;
    ToneLabel* m_summary;
    QWidget* m_findings;
    QVBoxLayout* m_column; // of m_findings
    QList<Line> m_lines;
    QLabel* m_more; // how many are not shown
    QLabel* m_figures;
};

} // namespace carillon::ui
