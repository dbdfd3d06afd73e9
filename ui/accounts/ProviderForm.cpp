// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/accounts/ProviderForm.h"

#include "ui/accounts/SecretText.h"

#include <QAction>
#include <QCheckBox>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QStyle>

#include <cmath>

namespace carillon::ui {

namespace {

bool isWhole(double number)
{
    return std::floor(number) == number;
}

QDoubleSpinBox* makeNumber(const ProviderField& field, double value, QWidget* parent)
{
    auto* box = new QDoubleSpinBox(parent);
    const bool bounded = field.minimum != 0 || field.maximum != 0;
    box->setDecimals(isWhole(field.minimum) && isWhole(field.maximum) && isWhole(value) ? 0 : 3);
    box->setRange(bounded ? field.minimum : -1e12, bounded ? field.maximum : 1e12);
    box->setValue(value);
    box->setMaximumWidth(160);
    return box;
}

QPlainTextEdit* makeMultiline(const QString& value, QWidget* parent)
{
    auto* text = new QPlainTextEdit(value, parent);
    text->setTabChangesFocus(true);
    text->setFixedHeight(text->fontMetrics().height() * 5);
    return text;
}

} // namespace

ProviderForm::ProviderForm(const ProviderDescription& provider, const QJsonObject& settings, bool saved,
                           const QStringList& missingSecrets, QWidget* parent)
    : FieldForm(parent)
    , m_provider(provider)
    , m_saved(saved)
    , m_missing(missingSecrets)
{
    for (const ProviderField& described : m_provider.fields) {
        QWidget* made = described.secret
            ? makeSecret(described)
            : makeField(described,
                        settings.value(described.key).isUndefined() ? described.defaultValue
                                                                    : settings.value(described.key));
        made->setObjectName(u"field_" + described.key);
        made->setAccessibleName(described.label);
        addField(described.key,
                 described.required && !described.generated ? described.label + QStringLiteral(" *") : described.label, made,
                 described.help);
    }
}

QWidget* ProviderForm::makeField(const ProviderField& field, const QJsonValue& value)
{
    switch (field.type) {
    case FieldType::Multiline: {
        auto* text = makeMultiline(value.toString(), this);
        connect(text, &QPlainTextEdit::textChanged, this, &ProviderForm::edited);
        return text;
    }
    case FieldType::Number: {
        auto* number = makeNumber(field, value.toDouble(), this);
        connect(number, &QDoubleSpinBox::valueChanged, this, &ProviderForm::edited);
        return number;
    }
    case FieldType::Boolean: {
        auto* box = new QCheckBox(tr("Yes"), this);
        box->setChecked(value.toBool());
        connect(box, &QCheckBox::toggled, this, &ProviderForm::edited);
        return box;
    }
    case FieldType::Choice: {
        auto* box = new QComboBox(this);
        box->addItems(field.choices);
        box->setCurrentText(value.toString());
        connect(box, &QComboBox::currentTextChanged, this, &ProviderForm::edited);
        return box;
    }
    case FieldType::Text:
    case FieldType::Url:
    case FieldType::Password: break;
    }
    auto* line = new QLineEdit(value.toString(), this);
    if (field.type == FieldType::Url) {
        line->setInputMethodHints(Qt::ImhUrlCharactersOnly);
        line->setPlaceholderText(QStringLiteral("https://"));
    }
    connect(line, &QLineEdit::textEdited, this, &ProviderForm::edited);
    return line;
}

QWidget* ProviderForm::makeSecret(const ProviderField& field)
{
    QAction* const remove = m_saved && !m_missing.contains(field.label) ? makeRemove(field) : nullptr;
    if (field.type == FieldType::Multiline) {
        auto* text = new SecretText(this);
        text->setPlaceholderText(placeholderOf(field));
        connect(text, &QPlainTextEdit::textChanged, this, &ProviderForm::edited);
        if (remove)
            text->addAtCorner(remove);
        return text;
    }
    auto* line = new QLineEdit(this);
    line->setEchoMode(QLineEdit::Password);
    line->setInputMethodHints(Qt::ImhHiddenText | Qt::ImhSensitiveData | Qt::ImhNoPredictiveText);
    line->setPlaceholderText(placeholderOf(field));
    connect(line, &QLineEdit::textEdited, this, &ProviderForm::edited);
    if (remove)
        line->addAction(remove, QLineEdit::TrailingPosition);
    return line;
}

QAction* ProviderForm::makeRemove(const ProviderField& field)
{
    auto* remove = new QAction(style()->standardIcon(QStyle::SP_LineEditClearButton), tr("Remove"), this);
    remove->setObjectName(u"remove_" + field.key);
    remove->setToolTip(field.generated ? tr("Make a new one when saving: what was made with the old one works no longer")
                                       : tr("Remove it from the keychain when saving"));
    const QString told = field.generated ? tr("A new one will be made") : tr("Will be removed from the keychain");
    connect(remove, &QAction::triggered, this, [this, key = field.key, told] {
        m_removed << key;
        setSecretText(key, {});
        this->field(key)->setProperty("placeholderText", told);
        Q_EMIT edited();
    });
    return remove;
}

QString ProviderForm::secretText(const QString& key) const
{
    if (const auto* text = qobject_cast<QPlainTextEdit*>(field(key)))
        return text->toPlainText();
    return qobject_cast<QLineEdit*>(field(key))->text();
}

void ProviderForm::setSecretText(const QString& key, const QString& value)
{
    if (auto* text = qobject_cast<QPlainTextEdit*>(field(key)))
        text->setPlainText(value); // takes the history of what was typed with it
    else
        qobject_cast<QLineEdit*>(field(key))->setText(value);
}

QString ProviderForm::placeholderOf(const ProviderField& field) const
{
    if (!m_saved)
        return field.generated ? tr("Will be made when you save") : tr("Will be stored in the keychain");
    if (m_missing.contains(field.label) && field.generated)
        return tr("Missing: put it in again, or a new one is made when you save");
    if (m_missing.contains(field.label))
        return tr("Missing: type it here, it will be stored in the keychain");
    return field.required ? tr("Stored in the keychain") : tr("Unchanged unless you type here");
}

QJsonValue ProviderForm::valueOf(const ProviderField& field) const
{
    QWidget* widget = this->field(field.key);
    if (auto* text = qobject_cast<QPlainTextEdit*>(widget))
        return text->toPlainText();
    if (auto* number = qobject_cast<QDoubleSpinBox*>(widget))
        return number->value();
    if (auto* box = qobject_cast<QCheckBox*>(widget))
        return box->isChecked();
    if (auto* box = qobject_cast<QComboBox*>(widget))
        return box->currentText();
    return qobject_cast<QLineEdit*>(widget)->text().trimmed();
}

QJsonObject ProviderForm::settings() const
{
    QJsonObject settings;
    for (const ProviderField& field : m_provider.fields) {
        if (!field.secret)
            settings.insert(field.key, valueOf(field));
    }
    return settings;
}

QHash<QString, Secret> ProviderForm::secrets() const
{
    QHash<QString, Secret> secrets;
    for (const ProviderField& field : m_provider.fields) {
        if (!field.secret)
            continue;
        const QString typed = secretText(field.key);
        if (!typed.isEmpty())
            secrets.insert(field.key, Secret(typed.toUtf8()));
        else if (m_removed.contains(field.key))
            secrets.insert(field.key, Secret());
    }
    return secrets;
}

void ProviderForm::forgetSecrets()
{
    m_removed.clear();
    for (const ProviderField& field : m_provider.fields) {
        if (field.secret)
            setSecretText(field.key, {});
    }
}

} // namespace carillon::ui
