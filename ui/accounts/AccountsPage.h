// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/service/AccountService.h"
#include "ui/frame/ConsolePage.h"

class QStackedWidget;
class QStandardItemModel;

namespace carillon::ui {

class AccountEditor;
class DataTable;

// The accounts, by channel, with their state; the form of the chosen one at the right.
class AccountsPage : public ConsolePage {
    Q_OBJECT

public:
    AccountsPage(const Services& services, const Caller& caller, Prompts& prompts, QWidget* parent = nullptr);

    QString id() const override { return QStringLiteral("accounts"); }
    QString title() const override { return tr("Acc&ounts"); }
    QString iconName() const override { return QStringLiteral("accounts"); }
    void activate() override;
    void open(qint64 id) override;
    bool hasUnsavedChanges() const override;

private:
    QWidget* makeNewButton();
    void takeList(const QList<AccountSummary>& accounts);
    void showRow(int row);
    void showAccount(const AccountSummary& summary);
    void beginNew(const ProviderDescription& provider);
    int rowOf(qint64 id) const;
    void save();
    void remove();
    void probe();
    void testSend(const QString& address);
    const ProviderDescription* providerOf(const QString& key) const;

    QList<ProviderDescription> m_providers;
    QList<AccountSummary> m_accounts;
    QStandardItemModel* m_model;
    DataTable* m_table;
    QStackedWidget* m_detail;
    AccountEditor* m_editor;
    qint64 m_shown = 0; // the account in the editor; 0: a new one or none
    bool m_new = false;
};

} // namespace carillon::ui
