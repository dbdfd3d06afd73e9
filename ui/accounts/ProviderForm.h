// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Secret.h"
#include "engine/service/AccountService.h"
#include "ui/forms/FieldForm.h"

class QAction;

namespace carillon::ui {

// The settings of an account as a form, made from the provider's own description: a new provider needs no code here.
//
// Each field's objectName is "field_<key>". Secrets are shown never and given back only when typed. Belongs to its parent.
class ProviderForm : public FieldForm {
    Q_OBJECT

public:
    // `saved`: the account exists, so that a secret that is not among the missing ones (by label) is in the keychain.
    ProviderForm(const ProviderDescription& provider, const QJsonObject& settings, bool saved,
                 const QStringList& missingSecrets, QWidget* parent = nullptr);

    QJsonObject settings() const; // without secrets
    // Those that were typed, and empty ones for those to be removed.
    QHash<QString, Secret> secrets() const;
    void forgetSecrets(); // after they were saved

Q_SIGNALS:
    void edited();

private:
    QWidget* makeField(const ProviderField& field, const QJsonValue& value);
    QWidget* makeSecret(const ProviderField& field);
    QAction* makeRemove(const ProviderField& field);
    QString secretText(const QString& key) const; // as typed
    void setSecretText(const QString& key, const QString& value);
    QString placeholderOf(const ProviderField& field) const;
    QJsonValue valueOf(const ProviderField& field) const;

    ProviderDescription m_provider;
    bool m_saved;
    QStringList m_missing;
    QStringList m_removed; // keys of secrets to be removed
};

} // namespace carillon::ui
