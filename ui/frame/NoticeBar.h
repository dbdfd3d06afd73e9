// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Error.h"

#include <QFrame>

class QLabel;
class QTimer;

namespace carillon::ui {

// One line above the page: what worked, for some seconds, or what did not, until it is closed. Screen readers are told.
class NoticeBar : public QFrame {
    Q_OBJECT

public:
    static constexpr int NoticeMs = 6'000;

    explicit NoticeBar(QWidget* parent = nullptr);

    void showNotice(const QString& sentence);
    void showProblem(const Error& error);
    QString text() const;

protected:
    void changeEvent(QEvent* event) override;

private:
    void showIcon();
    void show(const QString& text, bool problem);

    QLabel* m_icon;
    QLabel* m_text;
    QTimer* m_timer;
};

} // namespace carillon::ui
