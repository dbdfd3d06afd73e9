// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Error.h"
#include "engine/model/Device.h"

#include <QWidget>

class QLabel;
class QTableWidget;

namespace carillon {
class DeviceService;
}

namespace carillon::ui {

// What devices the contacts have, counted by channel, platform and browser, and how they are doing. Belongs to its parent.
class DevicesTab : public QWidget {
    Q_OBJECT

public:
    explicit DevicesTab(DeviceService& devices, QWidget* parent = nullptr);

    void refresh();

Q_SIGNALS:
    void problem(const carillon::Error& error);

private:
    void show(const QList<DeviceStatistic>& statistics);

    DeviceService& m_devices;
    QTableWidget* m_table;
    QLabel* m_note;
};

} // namespace carillon::ui
