// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/forms/FieldForm.h"

#include "ui/widgets/Theme.h"

#include <QAbstractButton>
#include <QFormLayout>
#include <QLabel>
#include <QStyle>
#include <QVBoxLayout>

namespace carillon::ui {

FieldForm::FieldForm(QWidget* parent)
    : QWidget(parent)
    , m_rows(new QFormLayout(this))
{
    m_rows->setContentsMargins(0, 0, 0, 0);
    m_rows->setHorizontalSpacing(Theme::Space);
    m_rows->setVerticalSpacing(Theme::Space);
    m_rows->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    m_rows->setLabelAlignment(Qt::AlignLeft);
    m_rows->setFormAlignment(Qt::AlignLeft | Qt::AlignTop);
}

void FieldForm::addField(const QString& key, const QString& label, QWidget* field, const QString& help)
{
    auto* name = new QLabel(label, this);
    name->setBuddy(field);
    name->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    name->setContentsMargins(0, qobject_cast<QAbstractButton*>(field) ? 1 : 7, 0, 0); // level with the words in the field
    name->setMinimumWidth(110);
    if (field->accessibleName().isEmpty())
        field->setAccessibleName(QString(label).remove(u'&'));
    m_rows->addRow(name, makeCell(key, field, help));
}

void FieldForm::addWideField(const QString& key, const QString& label, QWidget* field, const QString& help)
{
    auto* name = new QLabel(label, this);
    name->setBuddy(field);
    name->setContentsMargins(0, Theme::SmallSpace, 0, 0);
    setRole(name, "heading");
    m_rows->addRow(name);
    m_rows->addRow(makeCell(key, field, help));
}

// The field with its help and its error under it.
QWidget* FieldForm::makeCell(const QString& key, QWidget* field, const QString& help)
{
    auto* cell = new QWidget(this);
    auto* column = new QVBoxLayout(cell);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(3);
    column->addWidget(field);
    if (!help.isEmpty()) {
        auto* line = new QLabel(help, cell);
        line->setWordWrap(true);
        setRole(line, "muted");
        column->addWidget(line);
        field->setAccessibleDescription(help);
    }
    auto* error = new QLabel(cell);
    error->setObjectName(key + u"Error");
    error->setTextFormat(Qt::PlainText);
    error->setWordWrap(true);
    error->hide();
    setRole(error, "error");
    column->addWidget(error);
    m_fields.insert(key, {field, error});
    return cell;
}

bool FieldForm::showError(const Error& error)
{
    clearErrors();
    const auto field = m_fields.constFind(error.field);
    if (field == m_fields.cend())
        return false;
    setError(*field, error.message);
    field->widget->setFocus(Qt::OtherFocusReason);
    return true;
}

void FieldForm::clearErrors()
{
    for (const Field& field : qAsConst(m_fields))
        setError(field, {});
}

QString FieldForm::errorOf(const QString& key) const
{
    const QLabel* error = m_fields.value(key).error;
    return error ? error->text() : QString();
}

void FieldForm::setError(const Field& field, const QString& message)
{
    field.error->setText(message);
    field.error->setVisible(!message.isEmpty());
    field.widget->setProperty("wrong", !message.isEmpty());
    field.widget->style()->unpolish(field.widget);
    field.widget->style()->polish(field.widget);
}

} // namespace carillon::ui
