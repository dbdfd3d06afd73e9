// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/contacts/DevicesTab.h"

#include "engine/service/DeviceService.h"
#include "ui/forms/Layouts.h"
#include "ui/widgets/Theme.h"
#include "ui/widgets/Words.h"

#include <QHeaderView>
#include <QLabel>
#include <QTableWidget>
#include <QVBoxLayout>

namespace carillon::ui {

namespace {

constexpr int firstFigure = 3;

QString orUnknown(const QString& text)
{
    return text.isEmpty() ? DevicesTab::tr("not known") : text;
}

} // namespace

DevicesTab::DevicesTab(DeviceService& devices, QWidget* parent)
    : QWidget(parent)
    , m_devices(devices)
    , m_table(new QTableWidget(0, 7, this))
    , m_note(makeLabel({}, "muted", this))
{
    m_note->setObjectName(QStringLiteral("deviceNote"));
    m_table->setObjectName(QStringLiteral("deviceTable"));
    m_table->setAccessibleName(tr("Devices by kind"));
    m_table->setHorizontalHeaderLabels({tr("Channel"), tr("Platform"), tr("Browser"), tr("In use"), tr("Retired"),
                                        tr("Reached in 30 days"), tr("Clicked in 30 days")});
    m_table->verticalHeader()->hide();
    m_table->setShowGrid(false);
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setTabKeyNavigation(false);
    m_table->horizontalHeader()->setHighlightSections(false);
    m_table->horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
    m_table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    for (int column = firstFigure; column < m_table->columnCount(); ++column)
        m_table->horizontalHeaderItem(column)->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, Theme::Space, 0, 0);
    column->setSpacing(Theme::Space);
    column->addWidget(m_note);
    column->addWidget(m_table, 1);
}

void DevicesTab::refresh()
{
    whenReady(m_devices.statistics(), this, [this](const Result<QList<DeviceStatistic>>& statistics) {
        if (statistics)
            show(*statistics);
        else
            Q_EMIT problem(statistics.error());
    });
}

void DevicesTab::show(const QList<DeviceStatistic>& statistics)
{
    qint64 inUse = 0;
    m_table->setRowCount(int(statistics.size()));
    for (int row = 0; row < m_table->rowCount(); ++row) {
        const DeviceStatistic& one = statistics.at(row);
        inUse += one.inUse;
        const QStringList texts{channelTitle(one.channel),
                                orUnknown(one.platform),
                                orUnknown(one.browser),
                                countText(one.inUse),
                                countText(one.retired),
                                percentText(double(one.reached), double(one.inUse)),
                                percentText(double(one.clicked), double(one.inUse))};
        for (int column = 0; column < int(texts.size()); ++column) {
            auto* item = new QTableWidgetItem(texts.at(column));
            item->setTextAlignment(column < firstFigure ? Qt::AlignLeft | Qt::AlignVCenter
                                                        : Qt::AlignRight | Qt::AlignVCenter);
            m_table->setItem(row, column, item);
        }
    }
    m_note->setText(
        statistics.isEmpty()
            ? tr("No devices yet. A site subscribes its visitors' browsers, an app registers itself: the README says how.")
            : inUse == 1 ? tr("1 device gets push messages.")
                         : tr("%1 devices get push messages.").arg(countText(inUse)));
}

} // namespace carillon::ui
