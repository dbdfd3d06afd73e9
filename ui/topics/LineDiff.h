// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>

namespace carillon::ui {

// One line of a comparison of two texts.
struct DiffLine {
    enum Kind {
        Same,
        Removed, // in the old text only
        Added, // in the new text only
        Left, // stands for `left` lines that are the same and not shown
    };

    Kind kind = Same;
    int oldLine = 0; // from 1; 0: it is not in the old text
    int newLine = 0;
    QString text;
    int left = 0;

    friend bool operator==(const DiffLine&, const DiffLine&) = default;
};

// What turns one text into another, line by line, with as few changes as there can be (Myers, "An O(ND) Difference Algorithm
// and Its Variations", 1986). Texts that differ in more than 1,000 lines are told apart coarsely: what is between their
// common beginning and end is removed and added whole. Time and memory are bounded by that.
QList<DiffLine> diffLines(const QString& before, const QString& after);

// Leaves out what is the same but for `context` lines around each change; two equal texts give nothing.
QList<DiffLine> foldSame(const QList<DiffLine>& lines, int context);

} // namespace carillon::ui
