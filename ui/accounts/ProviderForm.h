// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Secret.h"
#include "engine/service/AccountService.h"
#include "ui/forms/FieldForm.h"

class QAction;
class QTimer;

namespace carillon::ui {

// The settings of an account as a form, made from the provider's own description: a new provider needs no code here. What is
// rarely needed is folded away at the end.
//
// Each field's objectName is "field_<key>". Secrets are shown never and given back only when typed. Belongs to its parent.
class ProviderForm : public FieldForm {
    Q_OBJECT

public:
    // What the form is filled with.
    struct Content {
        QJsonObject settings; // the defaults stand where one is missing
        bool saved = false; // the account exists: a required secret that is not kept is missing
        QStringList keptSecrets; // keys of those that the vault has
        QString vaultPlace; // "the system's keychain"
        QJsonObject typed = {}; // over the settings: what edits() of an earlier form gave
    };

    static constexpr int PauseMs = 600; // after the last key, until a field is checked

    ProviderForm(const ProviderDescription& provider, const Content& content, QWidget* parent = nullptr);

    QJsonObject settings() const; // without secrets
    // Of the settings those that are not as they were given; also those of an earlier form that this one has no field for,
    // since its provider's file may still be written.
    QJsonObject edits() const;
    // Those that were typed, and empty ones for those to be removed.
    QHash<QString, Secret> secrets() const;
    void setSecrets(const QHash<QString, Secret>& secrets); // as if they had been typed, or removed
    void forgetSecrets(); // after they were saved

    const ProviderDescription& provider() const { return m_provider; }
    QJsonValue valueOf(const ProviderField& field) const; // of a secret: as typed

Q_SIGNALS:
    void edited();
    // Somebody has typed in this field and paused: check it, and say what is wrong with setErrorOf.
    void fieldToCheck(const carillon::ProviderField& field);

private:
    void addFields(bool advanced);
    QJsonValue givenValue(const ProviderField& field) const;
    QWidget* makeField(const ProviderField& field, const QJsonValue& value);
    QWidget* makeSecret(const ProviderField& field);
    QAction* makeRemove(const ProviderField& field);
    void markRemoved(const ProviderField& field);
    QString secretText(const QString& key) const; // as typed
    void setSecretText(const QString& key, const QString& value);
    QString placeholderOf(const ProviderField& field) const;
    void noteEdit(const ProviderField& field);

    ProviderDescription m_provider;
    Content m_content;
    QStringList m_removed; // keys of secrets to be removed
    QTimer* m_pause;
    ProviderField m_typedIn; // the field that is to be checked after the pause
};

} // namespace carillon::ui
