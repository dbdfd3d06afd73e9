// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/forms/FieldForm.h"

#include "ui/forms/FieldCell.h"
#include "ui/forms/Links.h"
#include "ui/widgets/Theme.h"

#include <QAbstractButton>
#include <QFormLayout>
#include <QLabel>
#include <QStyle>
#include <QToolButton>

#include <algorithm>

namespace carillon::ui {

namespace {

constexpr int WideCharacters = 62; // of a form: below that a field beside its label is too narrow to be typed in
constexpr int LabelCharacters = 30; // longer ones are broken
constexpr int LeastLabel = 110; // pixels

QLabel* makeLines(const QString& text, const char* role, QWidget* parent)
{
    auto* lines = new QLabel(text, parent);
    lines->setWordWrap(true);
    setRole(lines, role);
    return lines;
}

} // namespace

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
    name->setContentsMargins(0, qobject_cast<QAbstractButton*>(field) ? 3 : 7, 0, 0); // level with the words in the field
    m_labels << Label{name, name->sizeHint().width(), name->contentsMargins().top()};
    if (field->accessibleName().isEmpty())
        field->setAccessibleName(QString(label).remove(u'&'));
    addRow(name, makeCell(key, field, help));
}

// In a narrow window, or with large letters, fields stand under their labels. What the form needs at least when they stand
// beside them must not keep it from becoming narrower.
void FieldForm::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    if (m_rows->rowWrapPolicy() == QFormLayout::DontWrapRows)
        m_leastWide = m_rows->minimumSize().width();
    const bool wide = width() > std::max(m_leastWide, fontMetrics().averageCharWidth() * WideCharacters);
    m_rows->setRowWrapPolicy(wide ? QFormLayout::DontWrapRows : QFormLayout::WrapAllRows);
    m_rows->setVerticalSpacing(wide ? Theme::Space : Theme::SmallSpace / 2);
    fitLabels();
}

void FieldForm::fitLabels()
{
    const bool wide = m_rows->rowWrapPolicy() == QFormLayout::DontWrapRows;
    const int room = wide ? std::max(labelWidth(), m_labelWidth) : width();
    for (const Label& label : qAsConst(m_labels)) {
        const bool broken = !wide || label.width > room; // above their fields they must not keep the form wide
        label.widget->setWordWrap(broken);
        label.widget->setMinimumWidth(wide ? room : std::min(label.width, room * 3 / 4));
        label.widget->setContentsMargins(0, wide ? label.top : Theme::Space, 0,
                                         0); // nearer to its own field than to another
        label.widget->setMaximumWidth(room);
        label.widget->setMinimumHeight(broken ? label.widget->heightForWidth(room) : 0);
    }
}

int FieldForm::labelWidth() const
{
    int width = LeastLabel;
    for (const Label& label : m_labels)
        width = std::max(width, std::min(label.width, fontMetrics().averageCharWidth() * LabelCharacters));
    return width;
}

void FieldForm::setLabelWidth(int width)
{
    m_labelWidth = width;
    fitLabels();
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
    auto* cell = new FieldCell(this);
    cell->addLine(field);
    if (!help.isEmpty()) {
        QLabel* line = makeLines(withLinks(help), "muted", cell);
        line->setTextFormat(Qt::RichText);
        line->setOpenExternalLinks(true);
        if (line->text().contains(QStringLiteral("<a ")))
            line->setTextInteractionFlags(Qt::TextBrowserInteraction); // with the keyboard, too
        cell->addLine(line);
        field->setAccessibleDescription(help);
    }
    QLabel* error = makeLines({}, "error", cell);
    error->setObjectName(key + u"Error");
    error->setTextFormat(Qt::PlainText);
    error->hide();
    cell->addLine(error);
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
    field.error->setText(message);
    field.error->setVisible(!message.isEmpty());
    field.widget->setProperty("wrong", !message.isEmpty());
    field.widget->style()->unpolish(field.widget);
    field.widget->style()->polish(field.widget);
}

} // namespace carillon::ui
