// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/Device.h"

#include <QWidget>

class QTableWidget;

namespace carillon::ui {

// The devices of one contact that get push messages, each with its state: those that a push service said are gone stay to be
// seen. Hidden while there are none. Belongs to its parent.
class DeviceList : public QWidget {
    Q_OBJECT

public:
    explicit DeviceList(QWidget* parent = nullptr);

    void setDevices(const QList<Device>& devices);

private:
    void fitRows();

    QTableWidget* m_table;
};

// "Anna's laptop (Chrome on Linux)", "Firefox on Windows"; what is known of it.
QString deviceTitle(const DeviceInfo& info);

// "In use", "Retired 3 May 2026: The push service said gone (410) ..."
QString deviceState(const Device& device);

} // namespace carillon::ui
