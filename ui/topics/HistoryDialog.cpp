// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/topics/HistoryDialog.h"

#include "ui/forms/Layouts.h"
#include "ui/frame/Prompts.h"
#include "ui/topics/DiffView.h"
#include "ui/topics/PartWords.h"
#include "ui/widgets/DataTable.h"
#include "ui/widgets/Theme.h"
#include "ui/widgets/Words.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSplitter>
#include <QStandardItemModel>

namespace carillon::ui {

namespace {

// What a version is compared with, besides another version by its number.
constexpr int before = -1;
constexpr int typedNow = -2;

QString versionTitle(const TemplateVersion& version)
{
    return HistoryDialog::tr("version %1 of %2").arg(version.number).arg(timeText(version.createdAt));
}

ContentState stateOf(const TemplateVersion& version)
{
    return {version.parts, version.settings};
}

} // namespace

HistoryDialog::HistoryDialog(const ContentTools& tools, const Template& typed, const QString& title, QWidget* parent)
    : QDialog(parent)
    , m_tools(tools)
    , m_typed(typed)
    , m_model(new QStandardItemModel(this))
    , m_table(new DataTable(this))
    , m_other(new QComboBox(this))
    , m_diff(new DiffView(this))
    , m_problem(makeLabel({}, "error", this))
    , m_rollBack(makeButton(tr("&Go back to this version…"), QStringLiteral("rollBack"), this, "primary"))
{
    setObjectName(QStringLiteral("historyDialog"));
    setWindowTitle(tr("History of %1").arg(title));
    resize(1080, 660);
    m_table->setObjectName(QStringLiteral("versionTable"));
    m_table->setAccessibleName(tr("Versions"));
    m_table->setModel(m_model);
    m_other->setObjectName(QStringLiteral("compareWith"));
    m_problem->hide();
    auto* label = makeLabel(tr("&Compared with"), "muted", this);
    label->setWordWrap(false);
    label->setBuddy(m_other);
    auto* right = new QWidget(this);
    auto* choice = new QHBoxLayout;
    choice->addWidget(label);
    choice->addWidget(m_other, 1);
    auto* side = new QVBoxLayout(right);
    side->setContentsMargins(0, 0, 0, 0);
    side->setSpacing(Theme::Space);
    side->addLayout(choice);
    side->addWidget(m_diff, 1);
    auto* closing = makeButton(tr("Close"), QStringLiteral("closeHistory"), this);
    auto* bottom = new QHBoxLayout;
    bottom->addWidget(m_problem, 1);
    bottom->addStretch();
    bottom->addWidget(m_rollBack);
    bottom->addWidget(closing);
    auto* whole = new QVBoxLayout(this);
    whole->setContentsMargins(Theme::PageMargin, Theme::PageMargin, Theme::PageMargin, Theme::PageMargin);
    whole->setSpacing(Theme::Space);
    whole->addWidget(makeListAndDetail(m_table, right, {2, 3}, this), 1);
    whole->addLayout(bottom);
    connect(m_table, &DataTable::currentRowChanged, this, [this] {
        fillOthers();
        compare();
    });
    connect(m_other, &QComboBox::currentIndexChanged, this, &HistoryDialog::compare);
    connect(m_rollBack, &QPushButton::clicked, this, &HistoryDialog::askRollBack);
    connect(closing, &QPushButton::clicked, this, &QDialog::close);
    load();
}

void HistoryDialog::load()
{
    whenReady(m_tools.versions(m_typed.id), this, [this](const Result<QList<TemplateVersion>>& versions) {
        m_problem->setVisible(!versions);
        if (versions)
            take(*versions);
        else
            m_problem->setText(versions.error().message);
    });
}

void HistoryDialog::take(const QList<TemplateVersion>& versions)
{
    m_versions = versions;
    m_model->clear();
    m_model->setHorizontalHeaderLabels({tr("No."), tr("Saved"), tr("By"), tr("Note")});
    for (const TemplateVersion& version : versions) {
        auto* note = new QStandardItem(version.note);
        note->setToolTip(version.note);
        const QString author = version.author.section(u':', 1);
        m_model->appendRow({new QStandardItem(QString::number(version.number)),
                            new QStandardItem(timeText(version.createdAt)),
                            new QStandardItem(author.isEmpty() ? version.author : author), note});
    }
    m_table->setColumnWidths({50, 110, 90, 0});
    if (!versions.isEmpty())
        m_table->selectRow(0);
    fillOthers();
    compare();
}

const TemplateVersion* HistoryDialog::chosen() const
{
    const int row = m_table->currentRow();
    return row >= 0 && row < m_versions.size() ? &m_versions.at(row) : nullptr;
}

void HistoryDialog::fillOthers()
{
    const QSignalBlocker quiet(m_other);
    const QVariant last = m_other->currentData();
    m_other->clear();
    const TemplateVersion* version = chosen();
    if (!version)
        return;
    m_other->addItem(version->number > 1 ? tr("the version before it") : tr("nothing: it is the first one"), before);
    m_other->addItem(tr("what stands in the editor"), typedNow);
    for (const TemplateVersion& other : qAsConst(m_versions)) {
        if (other.number != version->number)
            m_other->addItem(versionTitle(other), other.number);
    }
    m_other->setCurrentIndex(qMax(0, m_other->findData(last)));
}

// The older one is at the left of the change, whichever way round they were chosen; the editor is the newest.
void HistoryDialog::compare()
{
    const TemplateVersion* version = chosen();
    m_rollBack->setEnabled(version && version->number != m_typed.version);
    if (!version)
        return;
    int number = m_other->currentData().toInt();
    QStringList order;
    for (const ChannelPart& part : partsOf(m_typed))
        order << part.name;
    if (number == typedNow)
        return m_diff->compare(stateOf(*version), {m_typed.parts, m_typed.settings}, order);
    if (number == before)
        number = version->number - 1;
    ContentState other;
    for (const TemplateVersion& one : qAsConst(m_versions)) {
        if (one.number == number)
            other = stateOf(one);
    }
    if (number > version->number)
        m_diff->compare(stateOf(*version), other, order);
    else
        m_diff->compare(other, stateOf(*version), order);
}

void HistoryDialog::askRollBack()
{
    const TemplateVersion* version = chosen();
    if (!version)
        return;
    const Question question{tr("Go back"), tr("Go back to %1?").arg(versionTitle(*version)),
                            tr("Its content is saved as a new version and is used from now on; no version is lost. What is "
                               "typed in the editor and not saved is replaced, and can be brought back with Undo. "
                               "Campaigns that were approved keep the version they were approved with."),
                            tr("Go back")};
    m_tools.prompts.confirm(this, question, [this, number = version->number](bool yes) {
        if (yes)
            rollBack(number);
    });
}

void HistoryDialog::rollBack(int number)
{
    m_rollBack->setEnabled(false);
    whenReady(m_tools.rollBack(m_typed.id, number), this, [this](const Result<Template>& stored) {
        m_problem->setVisible(!stored);
        if (!stored) {
            m_problem->setText(stored.error().message);
            return compare();
        }
        m_typed = *stored;
        Q_EMIT rolledBack(*stored);
        load();
    });
}

} // namespace carillon::ui
