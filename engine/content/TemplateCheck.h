// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/liquid/Problem.h"
#include "engine/model/TemplateProblem.h"

#include <QList>
#include <QString>

namespace carillon {

// Every problem of one part, in order: what does not compile (unknown tags and filters included), and else variables that no
// message will have. `attributes` are the names of the contacts' attributes; empty: unknown, contact.<anything> is taken as
// right.
QList<TemplateProblem> checkTemplate(const QString& source, const QString& channel, const QString& part,
                                     const QStringList& attributes = {});

// A problem of the engine placed for an editor.
TemplateProblem toTemplateProblem(const liquid::Problem& problem, const QByteArray& source);

} // namespace carillon
