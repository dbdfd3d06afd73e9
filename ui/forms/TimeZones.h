// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QComboBox;
class QWidget;

namespace carillon::ui {

// A box with every IANA time zone, which can be typed into and finds by any part of the name ("madrid").
QComboBox* makeTimeZoneBox(QWidget* parent);

} // namespace carillon::ui
