// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>

namespace carillon {

// A word of the template language, with what it does in one line ("in capital letters"); translated. `help` is empty where
// there is nothing to say.
struct LiquidWord {
    QString name;
    QString help;
};

// All filters, by name, for those who offer them while a template is written. Thread-safe.
QList<LiquidWord> liquidFilters();

} // namespace carillon
