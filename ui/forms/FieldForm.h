// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Error.h"

#include <QHash>
#include <QWidget>

class QFormLayout;
class QLabel;

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

    QWidget* field(const QString& key) const { return m_fields.value(key).widget; }

    // Puts the error at its field and gives that the focus; false when the form has no such field.
    bool showError(const Error& error);
    void clearErrors();
    QString errorOf(const QString& key) const;

private:
    struct Field {
        QWidget* widget = nullptr;
        QLabel* error = nullptr;
    };

    QWidget* makeCell(const QString& key, QWidget* field, const QString& help);
    static void setError(const Field& field, const QString& message);

    QFormLayout* m_rows;
    QHash<QString, Field> m_fields;
};

} // namespace carillon::ui
