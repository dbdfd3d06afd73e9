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
    , m_table(new QTableWidget(0, 4, this))
{
    m_table->setObjectName(QStringLiteral("contactDevices"));
    m_table->setAccessibleName(tr("Devices"));
    m_table->setHorizontalHeaderLabels({tr("Device"), tr("Channel"), tr("State"), tr("Last sent")});
    m_table->verticalHeader()->hide();
    m_table->setShowGrid(false);
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setTabKeyNavigation(false);
    m_table->setMinimumHeight(110);
    m_table->horizontalHeader()->setHighlightSections(false);
    m_table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    // What a device is called and why it is gone may be long: it is wrapped, not cut off.
    for (int column = 0; column < m_table->columnCount(); ++column)
        m_table->horizontalHeader()->setSectionResizeMode(
            column, column % 2 == 0 ? QHeaderView::Stretch : QHeaderView::ResizeToContents);
    connect(m_table->horizontalHeader(), &QHeaderView::sectionResized, this, &DeviceList::fitRows);
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
                                timeText(device.sentAt)};
        const QString about = tr("Seen %1").arg(timeText(device.seenAt)) + u'\n' + device.info.userAgent;
        for (int column = 0; column < int(texts.size()); ++column) {
            auto* item = new QTableWidgetItem(texts.at(column));
            item->setToolTip(column == 0 ? about.trimmed() : texts.at(column));
            m_table->setItem(row, column, item);
        }
    }
    fitRows();
    setVisible(!devices.isEmpty());
}

// Qt's own fitting forgets the theme's padding of the cells.
void DeviceList::fitRows()
{
    constexpr int Padding = 24;
    constexpr int Spacing = 12;
    for (int row = 0; row < m_table->rowCount(); ++row) {
        int height = 0;
        for (int column = 0; column < m_table->columnCount(); ++column) {
            const QRect room(0, 0, m_table->columnWidth(column) - Padding, QWIDGETSIZE_MAX);
            const QString text = m_table->item(row, column)->text();
            height = qMax(height, m_table->fontMetrics().boundingRect(room, Qt::TextWordWrap, text).height());
        }
        m_table->setRowHeight(row, height + Spacing);
    }
}

} // namespace carillon::ui
