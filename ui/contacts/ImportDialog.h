// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/service/ContactService.h"

#include <QDialog>

#include <memory>

class QComboBox;
class QLabel;
class QLineEdit;
class QProgressBar;
class QPushButton;
class QRadioButton;
class QStackedWidget;
class QTableWidget;

namespace carillon::ui {

class ImportMapping;
class Prompts;

// Brings a file of contacts in, in three steps: what its columns are and what to do with them; the reading, with progress,
// which can be cancelled; and what came of it, with the refused rows to be saved. Closing it while it reads cancels. Belongs
// to its parent.
class ImportDialog : public QDialog {
    Q_OBJECT

public:
    ImportDialog(ContactService& contacts, const Caller& caller, Prompts& prompts, const QString& path, QWidget* parent);
    ~ImportDialog() override;

Q_SIGNALS:
    void imported(); // contacts were added or changed

private:
    QWidget* makeOptions();
    QWidget* makeProgress();
    QWidget* makeReport();
    void inspect();
    void takeInspection(const Result<ImportInspection>& inspection);
    void loadLists();
    void begin();
    void start(qint64 listId);
    void showProgress(const ImportProgress& progress);
    void showReport(const ImportProgress& progress);
    void saveReport();
    void cancelOrClose();
    void showError(const QString& message);
    void updateButtons();

    ContactService& m_contacts;
    const Caller m_caller;
    Prompts& m_prompts;
    QString m_path;
    std::unique_ptr<ImportRun> m_run;
    QStackedWidget* m_steps;
    ImportMapping* m_mapping = nullptr;
    QRadioButton* m_skip = nullptr;
    QRadioButton* m_update = nullptr;
    QComboBox* m_list = nullptr;
    QLineEdit* m_newList = nullptr;
    QLabel* m_error;
    QProgressBar* m_bar = nullptr;
    QLabel* m_counts = nullptr;
    QLabel* m_summary = nullptr;
    QTableWidget* m_refused = nullptr;
    QPushButton* m_saveReport = nullptr;
    QPushButton* m_import;
    QPushButton* m_close;
    bool m_inspected = false;
    bool m_starting = false;
};

} // namespace carillon::ui
