// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Error.h"

#include <QHash>
#include <QWidget>

class QFormLayout;
class QLabel;
class QToolButton;

namespace carillon::ui {

// A form whose fields are known by key: each with its label (and mnemonic), a line of help and, in red under it, what the
// service said is wrong with it. Belongs to its parent.
//
//     form->addField(QStringLiteral("name"), tr("&Name"), m_name, tr("As people see it."));
//     ...
//     if (!form->showError(saved.error()))
//         Q_EMIT problem(saved.error());
class FieldForm : public QWidget {
    Q_OBJECT

public:
    explicit FieldForm(QWidget* parent = nullptr);

    // Takes the widget. Its accessible name is the label, unless it has one.
    void addField(const QString& key, const QString& label, QWidget* field, const QString& help = {});
    // The same with the label above it, for a field that needs the form's whole width.
    void addWideField(const QString& key, const QString& label, QWidget* field, const QString& help = {});

    // The fields that are added after this are folded away until the person wants them, or one of them is wrong.
    void beginFold(const QString& title);
    void setUnfolded(bool unfolded);
    bool isUnfolded() const;

    // Of the column of labels, in pixels: forms under each other have one of the same width.
    int labelWidth() const;
    void setLabelWidth(int width);

    QWidget* field(const QString& key) const { return m_fields.value(key).widget; }

    // Puts the error at its field and gives that the focus; false when the form has no such field.
    bool showError(const Error& error);
    // What is wrong with one field while it is typed in; empty: nothing.
    void setErrorOf(const QString& key, const QString& message);
    void clearErrors();
    QString errorOf(const QString& key) const;

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    struct Field {
        QWidget* widget = nullptr;
        QLabel* error = nullptr;
        bool folded = false;
    };

    struct Label {
        QLabel* widget = nullptr;
        int width = 0; // pixels, in one line
        int top = 0; // its margin when it is beside its field
    };

    void fitLabels();
    void addRow(QWidget* label, QWidget* cell);
    QWidget* makeCell(const QString& key, QWidget* field, const QString& help);
    static void setError(const Field& field, const QString& message);

    QFormLayout* m_rows;
    QToolButton* m_fold = nullptr; // opens what is folded away
    QList<QWidget*> m_foldedRows; // the cells, one a row
    QHash<QString, Field> m_fields;
    QList<Label> m_labels; // those beside their fields
    int m_labelWidth = 0; // that was set
    int m_leastWide = 0; // pixels that the form needs when labels stand beside fields
};

} // namespace carillon::ui
