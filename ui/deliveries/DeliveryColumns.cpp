// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/deliveries/DeliveryColumns.h"

#include "engine/model/EmailAddress.h"
#include "engine/service/DeliveryService.h"
#include "ui/widgets/DataTable.h"
#include "ui/widgets/StateBadge.h"
#include "ui/widgets/Words.h"

#include <QCoreApplication>

namespace carillon::ui {

namespace {

using Column = PagedTableModel::Column;

const QList<int> FullWidths{104, 122, 150, 210, 170, 120, 62, 0};

struct DeliveryColumnWords {
    Q_DECLARE_TR_FUNCTIONS(DeliveryColumnWords)
};

Column timeColumn()
{
    return PagedTableModel::column<DeliveryRow>(DeliveryColumnWords::tr("Changed"),
                                                [](const DeliveryRow& row) { return timeText(row.delivery.updatedAt); });
}

Column stateColumn()
{
    return PagedTableModel::richColumn<DeliveryRow>(
        DeliveryColumnWords::tr("State"), [](const DeliveryRow& row, int role) -> QVariant {
            if (role == Qt::DisplayRole)
                return titleOf(row.delivery.state);
            if (role == Qt::ToolTipRole)
                return row.delivery.lastError;
            return role == ToneRole ? QVariant(static_cast<int>(toneOf(row.delivery.state))) : QVariant();
        });
}

// A text that may be longer than its column: the tooltip has all of it.
template <typename Text>
Column longColumn(const QString& title, Text text)
{
    return PagedTableModel::richColumn<DeliveryRow>(title, [text](const DeliveryRow& row, int role) -> QVariant {
        return role == Qt::DisplayRole || role == Qt::ToolTipRole ? QVariant(text(row)) : QVariant();
    });
}

Column addressColumn()
{
    return longColumn(DeliveryColumnWords::tr("Address"),
                      [](const DeliveryRow& row) { return shownAddress(row.delivery.channel, row.delivery.address); });
}

Column errorColumn()
{
    return longColumn(DeliveryColumnWords::tr("Last error"),
                      [](const DeliveryRow& row) { return row.delivery.lastError.simplified(); });
}

void setUp(PagedTableModel* model, DataTable* table, const QList<Column>& columns, const QList<int>& widths)
{
    model->setColumns(columns);
    model->setKey<DeliveryRow>([](const DeliveryRow& row) { return row.delivery.id; });
    table->setModel(model);
    table->setItemDelegateForColumn(1, new StateBadgeDelegate(table));
    table->setColumnWidths(widths);
}

} // namespace

void DeliveryColumns::setUpFull(PagedTableModel* model, DataTable* table)
{
    const auto about = [](const DeliveryRow& row) {
        if (row.delivery.triggerId > 0)
            return DeliveryColumnWords::tr("%1 (trigger %2)").arg(row.topicKey).arg(row.delivery.triggerId);
        return row.campaignName.isEmpty() ? row.topicKey : row.campaignName;
    };
    const auto attempts = PagedTableModel::column<DeliveryRow>(
        DeliveryColumnWords::tr("Tries"), [](const DeliveryRow& row) { return countText(row.delivery.attempts); },
        Qt::AlignRight | Qt::AlignVCenter);
    const QList<Column> columns{
        timeColumn(),
        stateColumn(),
        longColumn(DeliveryColumnWords::tr("Contact"), [](const DeliveryRow& row) { return row.contactName; }),
        addressColumn(),
        longColumn(DeliveryColumnWords::tr("Campaign or topic"), about),
        PagedTableModel::column<DeliveryRow>(DeliveryColumnWords::tr("Account"),
                                             [](const DeliveryRow& row) { return row.accountName; }),
        attempts,
        errorColumn()};
    setUp(model, table, columns, FullWidths);
}

void DeliveryColumns::setNarrow(DataTable* table, bool narrow)
{
    for (int column = 4; column < table->model()->columnCount(); ++column)
        table->setColumnHidden(column, narrow);
    table->setColumnWidths(narrow ? QList<int>{104, 122, 170, 0} : FullWidths);
}

void DeliveryColumns::setUpShort(PagedTableModel* model, DataTable* table,
                                 std::function<QString(const DeliveryRow& row)> remark)
{
    setUp(model, table,
          {timeColumn(), stateColumn(), addressColumn(), longColumn(DeliveryColumnWords::tr("Remark"), std::move(remark))},
          {104, 122, 200, 0});
}

} // namespace carillon::ui
