// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/service/LiveService.h"

#include <QFrame>

class QLabel;

namespace carillon::ui {

class StateBadge;

// The engine at a glance, at the bottom of the window.
class StatusLine : public QFrame {
    Q_OBJECT

public:
    explicit StatusLine(QWidget* parent = nullptr);

    void setStatus(const EngineStatus& status);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void showDatabase();

    StateBadge* m_state;
    QLabel* m_queue;
    QLabel* m_rate;
    QLabel* m_errors;
    QLabel* m_clients;
    QLabel* m_problem;
    QLabel* m_database;
    QString m_databaseName;
};

} // namespace carillon::ui
