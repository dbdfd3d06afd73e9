// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/frame/ConsolePage.h"

class QLabel;
class QPushButton;

namespace carillon {
struct EngineStatus;
}

namespace carillon::ui {

class KeyFigure;

// Web dashboards: where the page is, how to open it, and how many are connected.
class DashboardsPage : public ConsolePage {
    Q_OBJECT

public:
    static constexpr qint64 TokenMs = 24LL * 3'600 * 1'000;

    DashboardsPage(const Services& services, const Caller& caller, Prompts& prompts, QWidget* parent = nullptr);

    QString id() const override { return QStringLiteral("dashboards"); }
    QString title() const override { return tr("Dashboards"); }
    QString iconName() const override { return QStringLiteral("dashboards"); }
    void activate() override;

Q_SIGNALS:
    void openAddress(const QUrl& address); // in the person's browser

private:
    QWidget* makeAccess();
    void openDashboard();
    void copyToken();
    void makeToken();
    void setStatus(const EngineStatus& status);

    QLabel* m_address;
    QPushButton* m_open;
    QPushButton* m_copyAddress;
    QPushButton* m_copyToken;
    QPushButton* m_application;
    KeyFigure* m_clients;
};

} // namespace carillon::ui
