// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/accounts/ProviderForm.h"

#include "ui/accounts/SecretText.h"
#include "ui/forms/NumberBox.h"

#include <QAction>
#include <QCheckBox>
#include <QComboBox>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QStyle>
#include <QTimer>

#include <algorithm>
#include <cmath>

namespace carillon::ui {

namespace {

bool isWhole(double number)
{
    return std::floor(number) == number;
}

QDoubleSpinBox* makeNumber(const ProviderField& field, double value, QWidget* parent)
{
    auto* box = new NumberBox(parent);
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

ProviderForm::ProviderForm(const ProviderDescription& provider, const Content& content, QWidget* parent)
    : FieldForm(parent)
    , m_provider(provider)
    , m_content(content)
    , m_pause(new QTimer(this))
{
    m_pause->setSingleShot(true);
    m_pause->setInterval(PauseMs);
    connect(m_pause, &QTimer::timeout, this, [this] { Q_EMIT fieldToCheck(m_typedIn); });
    addFields(false);
    const auto advanced = std::count_if(m_provider.fields.cbegin(), m_provider.fields.cend(),
                                        [](const ProviderField& field) { return field.advanced; });
    if (advanced == 0)
        return;
    beginFold(tr("More settings (%1)").arg(advanced));
    addFields(true);
}

void ProviderForm::addFields(bool advanced)
{
    for (const ProviderField& described : qAsConst(m_provider.fields)) {
        if (described.advanced != advanced)
            continue;
        const QJsonValue typed = m_content.typed.value(described.key);
        QWidget* made = described.secret ? makeSecret(described)
                                         : makeField(described, typed.isUndefined() ? givenValue(described) : typed);
        made->setObjectName(u"field_" + described.key);
        made->setAccessibleName(described.label);
        if (described.secret)
            made->setToolTip(tr("Kept in %1, never shown again").arg(m_content.vaultPlace));
        const bool isAsked = described.required && !described.generated;
        addField(described.key, isAsked ? described.label + QStringLiteral(" *") : described.label, made, described.help);
    }
}

QJsonValue ProviderForm::givenValue(const ProviderField& field) const
{
    const QJsonValue given = m_content.settings.value(field.key);
    return given.isUndefined() ? field.defaultValue : given;
}

// What was wrong may be right now; what is right is said after a pause.
void ProviderForm::noteEdit(const ProviderField& field)
{
    setErrorOf(field.key, {});
    m_typedIn = field;
    m_pause->start();
    Q_EMIT edited();
}

// The value may be of another type than the field, which was another one when it was typed.
QWidget* ProviderForm::makeField(const ProviderField& field, const QJsonValue& value)
{
    switch (field.type) {
    case FieldType::Multiline: {
        auto* text = makeMultiline(value.toVariant().toString(), this);
        connect(text, &QPlainTextEdit::textChanged, this, [this, field] { noteEdit(field); });
        return text;
    }
    case FieldType::Number: {
        auto* number = makeNumber(field, value.toVariant().toDouble(), this);
        connect(number, &QDoubleSpinBox::valueChanged, this, [this, field] { noteEdit(field); });
        return number;
    }
    case FieldType::Boolean: {
        auto* box = new QCheckBox(tr("Yes"), this);
        box->setChecked(value.toVariant().toBool());
        connect(box, &QCheckBox::toggled, this, [this, field] { noteEdit(field); });
        return box;
    }
    case FieldType::Choice: {
        auto* box = new QComboBox(this);
        box->addItems(field.choices);
        box->setCurrentText(value.toVariant().toString());
        connect(box, &QComboBox::currentTextChanged, this, [this, field] { noteEdit(field); });
        return box;
    }
    case FieldType::Text:
    case FieldType::Url:
    case FieldType::Password: break;
    }
    auto* line = new QLineEdit(value.toVariant().toString(), this);
    if (field.type == FieldType::Url) {
        line->setInputMethodHints(Qt::ImhUrlCharactersOnly);
        line->setPlaceholderText(QStringLiteral("https://"));
    }
    connect(line, &QLineEdit::textEdited, this, [this, field] { noteEdit(field); });
    return line;
}

QWidget* ProviderForm::makeSecret(const ProviderField& field)
{
    QAction* const remove = m_content.keptSecrets.contains(field.key) ? makeRemove(field) : nullptr;
    if (field.type == FieldType::Multiline) {
        auto* text = new SecretText(this);
        text->setPlaceholderText(placeholderOf(field));
        connect(text, &QPlainTextEdit::textChanged, this, [this, field] { noteEdit(field); });
        if (remove) {
            text->addAction(remove);
            text->addAtCorner(remove);
        }
        return text;
    }
    auto* line = new QLineEdit(this);
    line->setEchoMode(QLineEdit::Password);
    line->setInputMethodHints(Qt::ImhHiddenText | Qt::ImhSensitiveData | Qt::ImhNoPredictiveText);
    line->setPlaceholderText(placeholderOf(field));
    connect(line, &QLineEdit::textEdited, this, [this, field] { noteEdit(field); });
    if (remove)
        line->addAction(remove, QLineEdit::TrailingPosition);
    return line;
}

QAction* ProviderForm::makeRemove(const ProviderField& field)
{
    auto* remove = new QAction(style()->standardIcon(QStyle::SP_LineEditClearButton), tr("Remove"), this);
    remove->setObjectName(u"remove_" + field.key);
    remove->setShortcut(Qt::ALT | Qt::Key_Delete); // in the field; its button is for the mouse alone
    remove->setShortcutContext(Qt::WidgetShortcut);
    const QString what = field.generated ? tr("Make a new one when saving: what was made with the old one works no longer")
                                         : tr("Remove it from %1 when saving").arg(m_content.vaultPlace);
    remove->setToolTip(QStringLiteral("%1 (%2)").arg(what, remove->shortcut().toString(QKeySequence::NativeText)));
    connect(remove, &QAction::triggered, this, [this, field] {
        markRemoved(field);
        Q_EMIT edited();
    });
    return remove;
}

void ProviderForm::markRemoved(const ProviderField& field)
{
    m_removed << field.key;
    setSecretText(field.key, {});
    const QString told = field.generated ? tr("A new one will be made") : tr("Will be removed");
    this->field(field.key)->setProperty("placeholderText", told);
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

// Short, since it must fit into a narrow window; where it is kept is said beside the form and in the tooltip.
QString ProviderForm::placeholderOf(const ProviderField& field) const
{
    if (m_content.keptSecrets.contains(field.key))
        return tr("Kept \u00b7 type to replace");
    if (field.generated)
        return tr("Made when you save");
    return m_content.saved && field.required ? tr("Missing \u00b7 type it here") : QString();
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

QJsonObject ProviderForm::edits() const
{
    QJsonObject edits = m_content.typed;
    for (const ProviderField& field : m_provider.fields) {
        if (field.secret)
            continue;
        const QJsonValue now = valueOf(field);
        if (now.toVariant().toString() == givenValue(field).toVariant().toString())
            edits.remove(field.key);
        else
            edits.insert(field.key, now);
    }
    return edits;
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

void ProviderForm::setSecrets(const QHash<QString, Secret>& secrets)
{
    for (const ProviderField& field : m_provider.fields) {
        const auto secret = secrets.constFind(field.key);
        if (!field.secret || secret == secrets.cend())
            continue;
        if (secret->isEmpty() && m_content.keptSecrets.contains(field.key))
            markRemoved(field);
        else
            setSecretText(field.key, QString::fromUtf8(secret->reveal()));
    }
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
