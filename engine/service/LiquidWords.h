// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>

namespace carillon {

// A word of the template language, with what it does in one line, translated, and Liquid that uses it.
struct LiquidWord {
    QString name;
    QString help;
    QString usage; // "{{ price | money: 'EUR' }}"
};

// All filters, by name, for those who offer them while a template is written. Thread-safe.
QList<LiquidWord> liquidFilters();

} // namespace carillon
