// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/service/DeliveryService.h"

#include <QFrame>

class QFormLayout;
class QLabel;
class QPushButton;

namespace carillon::ui {

class DataTable;
class LogModel;
class StateBadge;

// One delivery beside the log: what is known of it, and its entries in the log: each attempt with the provider's answer.
class DeliveryPanel : public QFrame {
    Q_OBJECT

public:
    explicit DeliveryPanel(const DeliveryService& deliveries, QWidget* parent = nullptr);

    void setDelivery(qint64 id);
    void refresh();

Q_SIGNALS:
    void closed(); // by its close button
    void openContact(qint64 id);
    void openCampaign(qint64 id);
    void problem(const carillon::Error& error);

private:
    QLabel* addFact(QFormLayout* form, const QString& name);
    void showFollows(qint64 deliveryId);
    void show(const DeliveryDetail& detail);

    const DeliveryService& m_deliveries;
    qint64 m_id = 0;
    qint64 m_contactId = 0;
    qint64 m_campaignId = 0;
    qint64 m_follows = 0;
    QPushButton* m_contact;
    QPushButton* m_campaign;
    StateBadge* m_state;
    QLabel* m_address;
    QFormLayout* m_facts;
    QPushButton* m_followed;
    QLabel* m_topic;
    QLabel* m_trigger;
    QLabel* m_account;
    QLabel* m_attempts;
    QLabel* m_due;
    QLabel* m_messageId;
    QLabel* m_providerId;
    QLabel* m_error;
    LogModel* m_log;
    DataTable* m_logTable;
};

} // namespace carillon::ui
