// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QLabel;

namespace carillon::ui {

// What an empty page or list shows instead: what belongs here, and the first step.
class EmptyState : public QWidget {
    Q_OBJECT

public:
    // Without `step` there is no button.
    EmptyState(const QString& iconName, const QString& title, const QString& sentence, const QString& step,
               QWidget* parent = nullptr);

    void setTexts(const QString& title, const QString& sentence);

    QSize minimumSizeHint() const override;

Q_SIGNALS:
    void stepTaken();

protected:
    void changeEvent(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void dress();
    void fitSentence();

    QString m_iconName;
    QLabel* m_icon;
    QLabel* m_title;
    QLabel* m_sentence;
};

} // namespace carillon::ui
