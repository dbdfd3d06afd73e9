// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/contacts/ImportMapping.h"

#include "ui/forms/Layouts.h"
#include "ui/widgets/Theme.h"

#include <QCheckBox>
#include <QComboBox>
#include <QHeaderView>
#include <QLabel>
#include <QLocale>
#include <QSet>
#include <QTableWidget>
#include <QVBoxLayout>

namespace carillon::ui {

namespace {

constexpr int shownRows = 6;

QString delimiterTitle(char16_t delimiter)
{
    switch (delimiter) {
    case u',': return ImportMapping::tr("separated by commas");
    case u';': return ImportMapping::tr("separated by semicolons");
    case u'\t': return ImportMapping::tr("separated by tabs");
    default: return ImportMapping::tr("separated by \"%1\"").arg(QChar(delimiter));
    }
}

// "Signed up" -> "signed_up": a name that a template can write.
QString attributeKey(const QString& header)
{
    QString key;
    for (const QChar c : header.trimmed().toLower())
        key += c.isLetterOrNumber() ? c : QChar(u'_');
    return key;
}

} // namespace

ImportMapping::ImportMapping(QWidget* parent)
    : QWidget(parent)
    , m_facts(makeLabel({}, "muted", this))
    , m_header(new QCheckBox(tr("The first &row names the columns"), this))
    , m_table(new QTableWidget(this))
    , m_problem(makeLabel({}, "error", this))
{
    m_facts->setObjectName(QStringLiteral("importFacts"));
    m_header->setObjectName(QStringLiteral("importHeader"));
    m_problem->setObjectName(QStringLiteral("importMappingProblem"));
    m_table->setObjectName(QStringLiteral("importTable"));
    m_table->setAccessibleName(tr("The first rows of the file"));
    m_table->verticalHeader()->hide();
    m_table->setShowGrid(false);
    m_table->setSelectionMode(QAbstractItemView::NoSelection);
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(Theme::SmallSpace);
    column->addWidget(m_facts);
    column->addWidget(m_header);
    column->addWidget(m_table, 1);
    column->addWidget(m_problem);
    connect(m_header, &QCheckBox::toggled, this, &ImportMapping::fill);
}

void ImportMapping::setInspection(const ImportInspection& inspection)
{
    m_inspection = inspection;
    const ImportOptions& found = inspection.suggested;
    m_facts->setText(
        tr("%1, %2, %3")
            .arg(found.encoding, delimiterTitle(found.delimiter), QLocale().formattedDataSize(inspection.fileBytes)));
    m_targets.clear();
    m_table->clear();
    m_table->setColumnCount(int(inspection.header.size()));
    m_table->setRowCount(1);
    for (int n = 0; n < m_table->columnCount(); ++n) {
        m_targets << makeTarget(n);
        m_table->setCellWidget(0, n, m_targets.last());
        m_table->setColumnWidth(n, 150);
    }
    const QSignalBlocker quiet(m_header);
    m_header->setChecked(found.hasHeader);
    fill();
}

QComboBox* ImportMapping::makeTarget(int column)
{
    auto* box = new QComboBox(m_table);
    const QString header = m_inspection.header.value(column);
    const QString suggested = m_inspection.suggested.mapping.value(column);
    box->setObjectName(QStringLiteral("map_%1").arg(column));
    box->setAccessibleName(tr("What column \"%1\" is").arg(header));
    box->addItem(tr("Leave out"), QString());
    box->addItem(tr("Email address"), QStringLiteral("email"));
    box->addItem(tr("Phone number"), QStringLiteral("phone"));
    box->addItem(tr("External id"), QStringLiteral("external_id"));
    box->addItem(tr("Name"), QStringLiteral("name"));
    box->addItem(tr("First name"), QStringLiteral("first_name"));
    box->addItem(tr("Last name"), QStringLiteral("last_name"));
    box->addItem(tr("Language"), QStringLiteral("locale"));
    box->addItem(tr("Time zone"), QStringLiteral("time_zone"));
    const QString attribute = suggested.startsWith(u"attribute:") ? suggested : u"attribute:" + attributeKey(header);
    box->addItem(tr("Attribute \"%1\"").arg(attribute.mid(int(qstrlen("attribute:")))), attribute);
    box->setCurrentIndex(qMax(0, box->findData(suggested)));
    connect(box, &QComboBox::currentIndexChanged, this, &ImportMapping::showProblem);
    return box;
}

// Shows names and rows as they are with or without a header: the file's first row is either the one or the other.
void ImportMapping::fill()
{
    QStringList names = m_inspection.header;
    QList<QStringList> rows = m_inspection.firstRows;
    if (m_header->isChecked() != m_inspection.suggested.hasHeader) {
        if (m_header->isChecked() && !rows.isEmpty()) {
            names = rows.takeFirst();
        } else if (!m_header->isChecked()) {
            rows.prepend(names);
            for (int n = 0; n < names.size(); ++n)
                names[n] = tr("Column %1").arg(n + 1);
        }
    }
    m_table->setHorizontalHeaderLabels(names);
    m_table->setRowCount(1 + int(qMin<qsizetype>(shownRows, rows.size())));
    for (int row = 1; row < m_table->rowCount(); ++row) {
        for (int n = 0; n < m_table->columnCount(); ++n)
            m_table->setItem(row, n, new QTableWidgetItem(rows.at(row - 1).value(n)));
    }
    m_table->setRowHeight(0, 40);
    showProblem();
}

ImportOptions ImportMapping::options() const
{
    ImportOptions options = m_inspection.suggested;
    options.hasHeader = m_header->isChecked();
    options.mapping.clear();
    for (const QComboBox* target : m_targets)
        options.mapping << target->currentData().toString();
    return options;
}

QString ImportMapping::problem() const
{
    QSet<QString> seen;
    for (const QComboBox* target : m_targets) {
        const QString value = target->currentData().toString();
        if (!value.isEmpty() && seen.contains(value))
            return tr("Two columns are mapped to \"%1\": choose one of them.").arg(target->currentText());
        seen.insert(value);
    }
    if (!seen.contains(QStringLiteral("email")))
        return tr("Choose the column that holds the email address.");
    return {};
}

void ImportMapping::showProblem()
{
    m_problem->setText(problem());
    Q_EMIT changed();
}

} // namespace carillon::ui
