// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/service/AccountService.h"
#include "engine/service/OverviewService.h"
#include "ui/frame/ConsolePage.h"

class QStackedWidget;
class QStandardItem;
class QStandardItemModel;
class QTimer;

namespace carillon {
class Clock;
}

namespace carillon::ui {

class AccountEditor;
class DataTable;
class NewAccountView;

// The accounts, by channel, with how they fare; the form of the chosen one at the right.
class AccountsPage : public ConsolePage {
    Q_OBJECT

public:
    AccountsPage(const Services& services, const Caller& caller, Prompts& prompts, const Clock& clock,
                 QWidget* parent = nullptr);

    QString id() const override { return QStringLiteral("accounts"); }
    QString title() const override { return tr("Accounts"); }
    QString iconName() const override { return QStringLiteral("accounts"); }
    void activate() override;
    void open(qint64 id) override;
    bool hasUnsavedChanges() const override;

protected:
    void hideEvent(QHideEvent* event) override;

private:
    void takeProviders();
    void askHealth();
    void takeHealth(const QList<AccountHealth>& accounts);
    QStandardItem* stateItem(const AccountSummary& summary) const;
    void takeList(const QList<AccountSummary>& accounts);
    void showRow(int row);
    void showAccount(const AccountSummary& summary);
    void refreshAccount(const AccountSummary& summary);
    void showPlatforms();
    void beginNew(const RecognisedAccount& account);
    void checkField(const ProviderField& field, const QJsonValue& value);
    int rowOf(qint64 id) const;
    void save();
    void remove();
    void probe();
    void testSend(const QString& address);
    const ProviderDescription* providerOf(const QString& key) const;

    const Clock& m_clock;
    QList<ProviderDescription> m_providers;
    QHash<qint64, AccountHealth> m_health; // by account
    QTimer* m_beat; // waiting ends by itself
    bool m_asked = false;
    QList<AccountSummary> m_accounts;
    QStandardItemModel* m_model;
    DataTable* m_table;
    QStackedWidget* m_detail;
    AccountEditor* m_editor;
    NewAccountView* m_platforms;
    qint64 m_shown = 0; // the account in the editor; 0: a new one or none
    qint64 m_wanted = 0; // to be shown once the list is there; 0: none
    bool m_new = false;
    bool m_otherProviders = false; // since the editor's forms were made
};

} // namespace carillon::ui
