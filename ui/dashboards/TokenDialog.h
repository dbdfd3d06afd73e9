// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Result.h"

#include <QDialog>

#include <functional>

class QCheckBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QSpinBox;

namespace carillon::ui {

class FieldForm;

// Makes a token for an application: its name, what the token allows and how long. The token is shown once, to be copied.
// Belongs to its parent; deletes itself when closed.
class TokenDialog : public QDialog {
    Q_OBJECT

public:
    using Issue = std::function<Result<QString>(const QString& subject, qint64 validMs, const QStringList& scopes)>;

    TokenDialog(Issue issue, QWidget* parent);

private:
    QWidget* makeScopes();
    void make();
    void copy();

    const Issue m_issue;
    FieldForm* m_form;
    QLineEdit* m_name;
    QSpinBox* m_days;
    QList<QPair<QCheckBox*, QString>> m_scopes;
    QLineEdit* m_token;
    QLabel* m_note;
    QPushButton* m_make;
    QPushButton* m_copy;
};

} // namespace carillon::ui
