// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/liquid/Problem.h"

#include <QList>
#include <QString>

namespace carillon {

// Something wrong in the source of a template part, placed for an editor.
struct TemplateProblem {
    enum Severity { Wrong, Doubtful }; // it cannot be sent; it can, but most likely something is missing

    Severity severity = Wrong;
    int line = 1; // from 1
    int column = 1; // from 1, in UTF-16 units, as QTextCursor counts
    int position = 0; // from the start of the source, in UTF-16 units
    int length = 0; // in UTF-16 units; at least 1 unless the source is empty
    QString text; // the offending text, shortened
    QString sentence; // for people, translated

    friend bool operator==(const TemplateProblem&, const TemplateProblem&) = default;
};

// Every problem of one part, in order: what does not compile (unknown tags and filters included), and else variables that no message
// will have. `attributes` are the names of the contacts' attributes; empty: unknown, contact.<anything> is taken as right.
QList<TemplateProblem> checkTemplate(const QString& source, const QString& channel, const QString& part, const QStringList& attributes = {});

// A problem of the engine placed for an editor.
TemplateProblem toTemplateProblem(const liquid::Problem& problem, const QByteArray& source);

} // namespace carillon
