// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/service/AccountService.h"
#include "engine/service/OverviewService.h"
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
class ProviderForm;
class ToneLabel;

// One account: its name, how it fares now, the form made from its provider's description, its limits, and beneath them the
// two ways to try it. It changes
// nothing itself; the page does what its signals ask. Belongs to its parent.
class AccountEditor : public QWidget {
    Q_OBJECT

public:
    explicit AccountEditor(QWidget* parent = nullptr);

    // An account without an id is a new one of this provider.
    void setAccount(const AccountSummary& summary, const ProviderDescription& provider);

    Account account() const;
    QHash<QString, Secret> secrets() const;
    bool hasUnsavedChanges() const { return m_dirty; }
    void setSaved(qint64 id); // what is shown is now what is stored
    // How the account fares; `now`: UTC milliseconds.
    void setHealth(const AccountHealth& health, qint64 now);

    void focusFirst();
    void clearErrors();
    bool showError(const Error& error); // false when no field is to blame
    void showAnswer(const QString& text, Tone tone); // of a probe or a test send
    void setBusy(bool busy); // while the platform is being asked

Q_SIGNALS:
    void saveAsked();
    void removeAsked();
    void probeAsked();
    void testAsked(const QString& address);

private:
    QWidget* makeTest();
    void makeForms(const AccountSummary& summary, const ProviderDescription& provider);
    void setDirty(bool dirty);
    void updateButtons();

    Account m_account;
    QLabel* m_title;
    QLabel* m_help;
    FieldForm* m_general;
    QLineEdit* m_name;
    QCheckBox* m_enabled;
    ToneLabel* m_health;
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
    bool m_dirty = false;
    bool m_busy = false;
};

} // namespace carillon::ui
