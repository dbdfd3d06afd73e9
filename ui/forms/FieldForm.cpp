// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/forms/FieldForm.h"

#include "ui/forms/Links.h"
#include "ui/widgets/Theme.h"

#include <QAbstractButton>
#include <QFormLayout>
#include <QLabel>
#include <QStyle>
#include <QToolButton>
#include <QVBoxLayout>

namespace carillon::ui {

namespace {

// Words that wrap and are always whole: QFormLayout shares out heights for another width than a row's own when labels
// differ.
class WholeLines final : public QLabel {
public:
    WholeLines(const QString& text, QWidget* parent)
        : QLabel(text, parent)
    {
        setWordWrap(true);
    }

    void say(const QString& text)
    {
        setText(text);
        fit();
    }

protected:
    void resizeEvent(QResizeEvent* event) override
    {
        QLabel::resizeEvent(event);
        fit();
    }

private:
    void fit() { setMinimumHeight(text().isEmpty() ? 0 : heightForWidth(width())); }
};

} // namespace

FieldForm::FieldForm(QWidget* parent)
    : QWidget(parent)
    , m_rows(new QFormLayout(this))
{
    m_rows->setContentsMargins(0, 0, 0, 0);
    m_rows->setHorizontalSpacing(Theme::Space);
    m_rows->setVerticalSpacing(Theme::Space);
    m_rows->setRowWrapPolicy(QFormLayout::WrapLongRows); // in a narrow window a wide field stands under its label
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
    addRow(name, makeCell(key, field, help));
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

void FieldForm::addRow(QWidget* label, QWidget* cell)
{
    m_rows->addRow(label, cell);
    if (!m_fold)
        return;
    m_foldedRows << cell;
    m_rows->setRowVisible(cell, m_fold->isChecked());
}

void FieldForm::beginFold(const QString& title)
{
    m_fold = new QToolButton(this);
    m_fold->setObjectName(QStringLiteral("formFold"));
    m_fold->setText(title);
    m_fold->setCheckable(true);
    m_fold->setAutoRaise(true);
    m_fold->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_fold->setArrowType(Qt::RightArrow);
    m_rows->addRow(m_fold);
    connect(m_fold, &QToolButton::toggled, this, &FieldForm::setUnfolded);
}

void FieldForm::setUnfolded(bool unfolded)
{
    if (!m_fold)
        return;
    m_fold->setChecked(unfolded);
    m_fold->setArrowType(unfolded ? Qt::DownArrow : Qt::RightArrow);
    for (QWidget* row : qAsConst(m_foldedRows))
        m_rows->setRowVisible(row, unfolded);
}

bool FieldForm::isUnfolded() const
{
    return m_fold && m_fold->isChecked();
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
        auto* line = new WholeLines(withLinks(help), cell);
        line->setTextFormat(Qt::RichText);
        line->setOpenExternalLinks(true);
        if (line->text().contains(QStringLiteral("<a ")))
            line->setTextInteractionFlags(Qt::TextBrowserInteraction); // with the keyboard, too
        setRole(line, "muted");
        column->addWidget(line);
        field->setAccessibleDescription(help);
    }
    auto* error = new WholeLines({}, cell);
    error->setObjectName(key + u"Error");
    error->setTextFormat(Qt::PlainText);
    error->hide();
    setRole(error, "error");
    column->addWidget(error);
    m_fields.insert(key, {field, error, m_fold != nullptr});
    return cell;
}

bool FieldForm::showError(const Error& error)
{
    clearErrors();
    const auto field = m_fields.constFind(error.field);
    if (field == m_fields.cend())
        return false;
    if (field->folded)
        setUnfolded(true);
    setError(*field, error.message);
    field->widget->setFocus(Qt::OtherFocusReason);
    return true;
}

void FieldForm::setErrorOf(const QString& key, const QString& message)
{
    if (const auto field = m_fields.constFind(key); field != m_fields.cend())
        setError(*field, message);
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
    static_cast<WholeLines*>(field.error)->say(message);
    field.error->setVisible(!message.isEmpty());
    field.widget->setProperty("wrong", !message.isEmpty());
    field.widget->style()->unpolish(field.widget);
    field.widget->style()->polish(field.widget);
}

} // namespace carillon::ui
