// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

namespace carillon::ui {

// Whoever scrolls a form with the wheel changes nothing in it: a number, a choice or a slider under the pointer turns only
// when it has the focus, which the wheel does not give it. An event filter for the application.
class WheelGuard : public QObject {
public:
    using QObject::QObject;

    bool eventFilter(QObject* watched, QEvent* event) override;
};

} // namespace carillon::ui
