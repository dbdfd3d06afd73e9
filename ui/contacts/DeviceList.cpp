// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/contacts/DeviceList.h"

#include "ui/forms/Layouts.h"
#include "ui/widgets/Theme.h"
#include "ui/widgets/Words.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QHeaderView>
#include <QLabel>
#include <QLocale>
#include <QTableWidget>
#include <QVBoxLayout>

namespace carillon::ui {

namespace {

QString dateText(qint64 time)
{
    return QLocale().toString(QDateTime::fromMSecsSinceEpoch(time).date(), QLocale::ShortFormat);
}

} // namespace

QString deviceTitle(const DeviceInfo& info)
{
    const QString browser = info.browser.isEmpty() ? DeviceList::tr("An app") : info.browser;
    const QString kind = info.platform.isEmpty() && info.browser.isEmpty() ? DeviceList::tr("Not known")
        : info.platform.isEmpty()                                          ? browser
                                  : DeviceList::tr("%1 on %2").arg(browser, info.platform);
    return info.label.isEmpty() ? kind : DeviceList::tr("%1 (%2)").arg(info.label, kind);
}

QString deviceState(const Device& device)
{
    if (device.retiredAt != 0)
        return DeviceList::tr("Retired %1: %2").arg(dateText(device.retiredAt), device.retiredWhy);
    switch (device.address.state) {
    case AddressState::Active: return DeviceList::tr("In use");
    case AddressState::Unconfirmed: return DeviceList::tr("Unconfirmed");
    case AddressState::Disabled: return DeviceList::tr("Disabled");
    case AddressState::Bounced: return DeviceList::tr("Bounced");
    }
    return {};
}

DeviceList::DeviceList(QWidget* parent)
    : QWidget(parent)
    , m_table(new QTableWidget(0, 5, this))
{
    m_table->setObjectName(QStringLiteral("contactDevices"));
    m_table->setAccessibleName(tr("Devices"));
    m_table->setHorizontalHeaderLabels({tr("Device"), tr("Channel"), tr("State"), tr("Seen"), tr("Last sent")});
    m_table->verticalHeader()->hide();
    m_table->setShowGrid(false);
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setTabKeyNavigation(false);
    m_table->setMinimumHeight(110);
    m_table->horizontalHeader()->setHighlightSections(false);
    m_table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    m_table->horizontalHeader()->setSectionResizeMode(2, QHeaderView::Stretch);
    m_table->setColumnWidth(0, 170);
    auto* whole = new QVBoxLayout(this);
    whole->setContentsMargins(0, 0, 0, 0);
    whole->setSpacing(Theme::SmallSpace);
    whole->addWidget(makeLabel(tr("Devices"), "heading", this));
    whole->addWidget(m_table);
    setDevices({});
}

void DeviceList::setDevices(const QList<Device>& devices)
{
    m_table->setRowCount(int(devices.size()));
    for (int row = 0; row < m_table->rowCount(); ++row) {
        const Device& device = devices.at(row);
        const QStringList texts{deviceTitle(device.info), channelTitle(device.address.channel), deviceState(device),
                                timeText(device.seenAt), timeText(device.sentAt)};
        for (int column = 0; column < int(texts.size()); ++column) {
            auto* item = new QTableWidgetItem(texts.at(column));
            item->setToolTip(column == 0 ? device.info.userAgent : texts.at(column));
            m_table->setItem(row, column, item);
        }
    }
    setVisible(!devices.isEmpty());
}

} // namespace carillon::ui
