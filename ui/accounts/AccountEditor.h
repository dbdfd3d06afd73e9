// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/service/AccountService.h"
#include "engine/service/OverviewService.h"
#include "ui/accounts/ProviderForm.h"
#include "ui/widgets/Theme.h"

#include <QWidget>

class QCheckBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QVBoxLayout;

namespace carillon::ui {

class FieldForm;
class LimitsForm;
class ToneLabel;

// One account: its name, how it fares now and when it was last used, the form made from its provider's description, its
// limits, and beneath them the two ways to try it. It changes nothing itself; the page does what its signals ask. Belongs to
// its parent.
class AccountEditor : public QWidget {
    Q_OBJECT

public:
    explicit AccountEditor(QWidget* parent = nullptr);

    // An account without an id is a new one of this provider; `secrets`: what is filled in of it already.
    // `vaultPlace`: where secrets are kept, for a sentence; `now`: UTC milliseconds.
    void setAccount(const AccountSummary& summary, const ProviderDescription& provider, const QString& vaultPlace,
                    qint64 now, const QHash<QString, Secret>& secrets = {});
    // The same account as the store, the vault and its provider's file have it by now. What somebody typed stays, and so do
    // the place in the form, what is unfolded and the platform's last answer. `anew`: the provider may have other fields.
    void refresh(const AccountSummary& summary, const ProviderDescription& provider, const QString& vaultPlace, qint64 now,
                 bool anew);
    // Its provider's file is gone: everything can be read, nothing be changed until refresh().
    void setLost();

    Account account() const;
    const Account& stored() const { return m_account; } // as it was before anybody typed; of a new one what was recognised
    QHash<QString, Secret> secrets() const;
    bool hasUnsavedChanges() const { return m_dirty; }
    void setSaved(qint64 id); // what is shown is now what is stored
    // What is wrong with a field while it is typed in; empty: nothing.
    void setErrorOf(const QString& field, const QString& message);
    // How the account fares; `now`: UTC milliseconds.
    void setHealth(const AccountHealth& health, qint64 now);

    void focusFirst();
    void clearErrors();
    bool showError(const Error& error); // false when no field is to blame
    // Of a probe or a test send: what came of it, the platform's own words, and what to do.
    void showAnswer(const QString& verdict, Tone tone, const QString& raw = {}, const QString& advice = {});
    void setBusy(bool busy); // while the platform is being asked

Q_SIGNALS:
    void saveAsked();
    void removeAsked();
    void probeAsked();
    void fieldToCheck(const carillon::ProviderField& field, const QJsonValue& value);
    void testAsked(const QString& address);

private:
    QWidget* makeTest();
    QWidget* makeReceipts();
    void describe(const AccountSummary& summary, const ProviderDescription& provider, const QString& vaultPlace, qint64 now);
    void makeForms(const ProviderDescription& provider, const ProviderForm::Content& content, const AccountLimits& limits);
    void makeFormsAnew(const ProviderDescription& provider, ProviderForm::Content content);
    void orderTabs();
    void setUsable(bool usable);
    void showWholeAnswer();
    void setDirty(bool dirty);
    void updateButtons();

    Account m_account;
    QLabel* m_title;
    QLabel* m_help;
    FieldForm* m_general;
    QLineEdit* m_name;
    QCheckBox* m_enabled;
    ToneLabel* m_health;
    QLabel* m_lastUsed;
    QWidget* m_receipts = nullptr; // where the platform may call back
    QLineEdit* m_receiptsUrl = nullptr;
    QVBoxLayout* m_place; // of the provider's form and the limits
    ProviderForm* m_form = nullptr;
    LimitsForm* m_limits = nullptr;
    QLabel* m_limitsTitle = nullptr;
    QPushButton* m_save;
    QPushButton* m_remove;
    QPushButton* m_probe = nullptr;
    QPushButton* m_send = nullptr;
    QLineEdit* m_address = nullptr;
    ToneLabel* m_answer = nullptr;
    QLabel* m_raw = nullptr; // the platform's own words
    QLabel* m_advice = nullptr;
    QStringList m_keptSecrets; // those of the form
    AccountLimits m_givenLimits; // as the form was filled with them
    bool m_dirty = false;
    bool m_lost = false; // its provider is gone
    bool m_busy = false;
};

} // namespace carillon::ui
