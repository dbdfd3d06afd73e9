// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/contacts/ImportDialog.h"

#include "engine/base/Future.h"
#include "ui/contacts/ImportMapping.h"
#include "ui/contacts/ImportWords.h"
#include "ui/forms/Layouts.h"
#include "ui/frame/Prompts.h"
#include "ui/widgets/Words.h"

#include <QButtonGroup>
#include <QComboBox>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QRadioButton>
#include <QStackedWidget>
#include <QTableWidget>

namespace carillon::ui {

namespace {

constexpr qint64 newListChoice = -1;

enum Step { OptionsStep, ProgressStep, ReportStep };

} // namespace

ImportDialog::ImportDialog(ContactService& contacts, const Caller& caller, Prompts& prompts, const QString& path,
                           QWidget* parent)
    : QDialog(parent)
    , m_contacts(contacts)
    , m_caller(caller)
    , m_prompts(prompts)
    , m_path(path)
    , m_steps(new QStackedWidget(this))
    , m_error(makeLabel({}, "error", this))
    , m_import(makeButton(tr("&Import"), QStringLiteral("startImport"), this, "primary"))
    , m_close(makeButton(tr("Cancel"), QStringLiteral("closeImport"), this))
{
    setObjectName(QStringLiteral("importDialog"));
    setWindowTitle(tr("Import %1").arg(QFileInfo(path).fileName()));
    resize(880, 560);
    m_error->setObjectName(QStringLiteral("importError"));
    m_error->hide();
    m_steps->addWidget(makeOptions());
    m_steps->addWidget(makeProgress());
    m_steps->addWidget(makeReport());
    auto* buttons = new QHBoxLayout;
    buttons->addWidget(m_saveReport);
    buttons->addStretch(1);
    buttons->addWidget(m_close);
    buttons->addWidget(m_import);
    auto* whole = new QVBoxLayout(this);
    whole->setContentsMargins(Theme::PageMargin, Theme::PageMargin, Theme::PageMargin, Theme::PageMargin);
    whole->setSpacing(Theme::Space);
    whole->addWidget(m_steps, 1);
    whole->addWidget(m_error);
    whole->addLayout(buttons);
    connect(m_import, &QPushButton::clicked, this, &ImportDialog::begin);
    connect(m_close, &QPushButton::clicked, this, &ImportDialog::cancelOrClose);
    connect(m_mapping, &ImportMapping::changed, this, &ImportDialog::updateButtons);
    updateButtons();
    loadLists();
    inspect();
}

ImportDialog::~ImportDialog() = default;

QWidget* ImportDialog::makeOptions()
{
    auto* step = new QWidget(this);
    m_mapping = new ImportMapping(step);
    m_skip = new QRadioButton(tr("&Keep the contact as it is"), step);
    m_skip->setObjectName(QStringLiteral("importSkip"));
    m_skip->setChecked(true);
    m_update = new QRadioButton(tr("&Update it from the file"), step);
    m_update->setObjectName(QStringLiteral("importUpdate"));
    m_list = new QComboBox(step);
    m_list->setObjectName(QStringLiteral("importList"));
    m_list->setAccessibleName(tr("List to put them on"));
    m_newList = new QLineEdit(QFileInfo(m_path).completeBaseName(), step);
    m_newList->setObjectName(QStringLiteral("importNewList"));
    m_newList->setAccessibleName(tr("Name of the new list"));
    auto* policy = new QHBoxLayout;
    policy->setSpacing(Theme::Space);
    auto* when = makeLabel(tr("When a contact exists already"), "muted", step);
    when->setWordWrap(false);
    policy->addWidget(when);
    policy->addWidget(m_skip);
    policy->addWidget(m_update);
    policy->addStretch(1);
    auto* lists = new QHBoxLayout;
    lists->setSpacing(Theme::Space);
    lists->addWidget(makeLabel(tr("Put them on"), "muted", step));
    lists->addWidget(m_list);
    lists->addWidget(m_newList, 1);
    lists->addStretch(1);
    auto* column = new QVBoxLayout(step);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(Theme::Space);
    column->addWidget(makeLabel(tr("What are the columns?"), "heading", step));
    column->addWidget(m_mapping, 1);
    column->addLayout(policy);
    column->addLayout(lists);
    connect(m_list, &QComboBox::currentIndexChanged, this, &ImportDialog::updateButtons);
    connect(m_newList, &QLineEdit::textChanged, this, &ImportDialog::updateButtons);
    return step;
}

QWidget* ImportDialog::makeProgress()
{
    auto* step = new QWidget(this);
    m_bar = new QProgressBar(step);
    m_bar->setObjectName(QStringLiteral("importProgress"));
    m_bar->setAccessibleName(tr("Progress of the import"));
    m_bar->setTextVisible(false);
    m_counts = makeLabel({}, "muted", step);
    m_counts->setObjectName(QStringLiteral("importCounts"));
    auto* column = new QVBoxLayout(step);
    column->setContentsMargins(0, 0, 0, 0);
    column->addStretch(1);
    column->addWidget(makeLabel(tr("Importing…"), "heading", step));
    column->addWidget(m_bar);
    column->addWidget(m_counts);
    column->addStretch(2);
    return step;
}

QWidget* ImportDialog::makeReport()
{
    auto* step = new QWidget(this);
    m_summary = makeLabel({}, "heading", step);
    m_summary->setObjectName(QStringLiteral("importSummary"));
    m_refused = new QTableWidget(0, 2, step);
    m_refused->setObjectName(QStringLiteral("importRefused"));
    m_refused->setAccessibleName(tr("Refused rows by reason"));
    m_refused->setHorizontalHeaderLabels({tr("Reason"), tr("Rows")});
    m_refused->horizontalHeader()->setSectionResizeMode(0, QHeaderView::Stretch);
    m_refused->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    m_refused->verticalHeader()->hide();
    m_refused->setShowGrid(false);
    m_refused->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_saveReport = makeButton(tr("&Save report of refused rows…"), QStringLiteral("saveImportReport"), this);
    auto* column = new QVBoxLayout(step);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(Theme::Space);
    column->addWidget(m_summary);
    column->addWidget(m_refused, 1);
    connect(m_saveReport, &QPushButton::clicked, this, &ImportDialog::saveReport);
    return step;
}

void ImportDialog::inspect()
{
    whenReady(m_contacts.inspect(m_path), this, [this](const Result<ImportInspection>& found) { takeInspection(found); });
}

void ImportDialog::takeInspection(const Result<ImportInspection>& inspection)
{
    if (!inspection)
        return showError(inspection.error().message);
    m_mapping->setInspection(*inspection);
    (inspection->suggested.duplicatePolicy == DuplicatePolicy::Update ? m_update : m_skip)->setChecked(true);
    m_inspected = true;
    updateButtons();
}

void ImportDialog::loadLists()
{
    m_list->addItem(tr("no list"), 0);
    m_list->addItem(tr("a new list"), newListChoice);
    whenReady(m_contacts.lists(), this, [this](const Result<QList<ContactList>>& lists) {
        if (!lists)
            return showError(lists.error().message);
        for (const ContactList& list : *lists)
            m_list->addItem(list.name, list.id);
    });
}

void ImportDialog::begin()
{
    m_error->hide();
    m_starting = true;
    updateButtons();
    if (m_list->currentData().toLongLong() != newListChoice)
        return start(m_list->currentData().toLongLong());
    whenReady(m_contacts.saveList(m_caller, {0, m_newList->text().trimmed(), 0, 0}), this, [this](const Result<qint64>& id) {
        if (!id) {
            showError(id.error().message);
            return m_newList->setFocus();
        }
        m_list->addItem(m_newList->text().trimmed(), *id);
        m_list->setCurrentIndex(m_list->count() - 1); // it is there now, should the import have to be started again
        start(*id);
    });
}

void ImportDialog::start(qint64 listId)
{
    ImportOptions options = m_mapping->options();
    options.duplicatePolicy = m_update->isChecked() ? DuplicatePolicy::Update : DuplicatePolicy::Skip;
    options.listId = listId;
    auto run = m_contacts.startImport(m_caller, m_path, options);
    if (!run)
        return showError(run.error().message);
    m_run = std::move(*run);
    connect(m_run.get(), &ImportRun::progressed, this, &ImportDialog::showProgress);
    connect(m_run.get(), &ImportRun::finished, this, &ImportDialog::showReport);
    m_steps->setCurrentIndex(ProgressStep);
    showProgress(m_run->progress());
    updateButtons();
}

void ImportDialog::showProgress(const ImportProgress& progress)
{
    // In thousandths: a file may have more bytes than a progress bar can count.
    m_bar->setRange(0, progress.bytesTotal > 0 ? 1000 : 0);
    if (progress.bytesTotal > 0)
        m_bar->setValue(int(progress.bytesDone * 1000 / progress.bytesTotal));
    m_counts->setText(importCounts(progress));
}

void ImportDialog::showReport(const ImportProgress& progress)
{
    m_steps->setCurrentIndex(ReportStep);
    m_summary->setText(importSummary(progress));
    m_refused->setRowCount(0);
    for (auto it = progress.refused.cbegin(); it != progress.refused.cend(); ++it) {
        const int row = m_refused->rowCount();
        m_refused->insertRow(row);
        m_refused->setItem(row, 0, new QTableWidgetItem(refusalSentence(it.key())));
        m_refused->setItem(row, 1, new QTableWidgetItem(countText(it.value())));
    }
    m_refused->setVisible(!progress.refused.isEmpty());
    updateButtons();
    if (progress.inserted + progress.updated > 0)
        Q_EMIT imported();
}

void ImportDialog::cancelOrClose()
{
    if (m_run && m_steps->currentIndex() == ProgressStep)
        m_run->cancel();
    else
        close();
}

void ImportDialog::saveReport()
{
    const FileRequest request{tr("Save report of refused rows"), tr("CSV files (*.csv)"),
                              QFileInfo(m_path).completeBaseName() + QStringLiteral("-refused.csv")};
    m_prompts.saveFile(this, request, [this](const QString& path) {
        const Status saved = m_run->saveReport(path);
        m_error->setVisible(!saved);
        if (!saved)
            m_error->setText(saved.error().message);
        else
            m_saveReport->setText(tr("Report saved"));
    });
}

void ImportDialog::showError(const QString& message)
{
    m_starting = false;
    m_error->setText(message);
    m_error->show();
    updateButtons();
}

void ImportDialog::updateButtons()
{
    const int step = m_steps->currentIndex();
    const bool newList = m_list->currentData().toLongLong() == newListChoice;
    m_newList->setVisible(newList);
    m_import->setVisible(step == OptionsStep);
    m_import->setEnabled(m_inspected && !m_starting && m_mapping->problem().isEmpty()
                         && (!newList || !m_newList->text().trimmed().isEmpty()));
    m_saveReport->setVisible(step == ReportStep && !m_refused->isHidden());
    m_close->setText(step == ReportStep ? tr("Close") : tr("Cancel"));
}

} // namespace carillon::ui
