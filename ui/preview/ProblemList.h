// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/TemplateProblem.h"

#include <QFrame>
#include <QList>

class QLabel;

namespace carillon::ui {

// What is wrong with a message, above what can be shown of it: each problem with a link to its place. Belongs to its parent.
class ProblemList : public QFrame {
    Q_OBJECT

public:
    explicit ProblemList(QWidget* parent = nullptr);

    // `headline` says what the problems mean for what is shown below them. Hidden while there is neither.
    void setProblems(const QString& headline, const QList<TemplateProblem>& problems);

Q_SIGNALS:
    void activated(const QString& part, int line, int column);

private:
    void goTo(const QString& link);

    QLabel* m_text;
};

} // namespace carillon::ui
