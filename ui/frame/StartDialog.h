// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

class QPushButton;
class QVBoxLayout;

namespace carillon::ui {

// The first start: a sample to play with, a new workspace, or one that exists. Not modal to anything, for there is no window
// yet.
class StartDialog : public QDialog {
    Q_OBJECT

public:
    // `suggestedPath`: where a new workspace goes when nobody says otherwise.
    explicit StartDialog(QString suggestedPath, QWidget* parent = nullptr);

Q_SIGNALS:
    void sampleChosen();
    void workspaceChosen(const QString& path); // made when it does not exist

private:
    QPushButton* addChoice(QVBoxLayout* column, const QString& name, const QString& title, const QString& explanation);
    void chooseExisting();

    QString m_suggestedPath;
};

} // namespace carillon::ui
