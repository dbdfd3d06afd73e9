// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Result.h"

#include <QList>
#include <QStringList>

namespace carillon::ui {

class TextsModel;

// Translations as a file for translators: "key", then a column for each locale ("en", "pt-BR"; "*" is every language), in
// UTF-8, with a header line. Cells that a spreadsheet would take for formulas are written with an apostrophe, and read back
// without it.
QByteArray textsToCsv(const TextsModel& texts);

// Puts what a file says into the table; an empty cell leaves a text as it is. Gives how many texts it changed, or what is
// wrong with the file and where: then nothing is changed.
Result<int> textsFromCsv(const QByteArray& file, TextsModel& texts);

// The records of RFC 4180. Quoted cells hold commas, quotes and line ends; a quote that is never closed ends with the file.
QList<QStringList> csvRecords(const QString& text);

} // namespace carillon::ui
