// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

namespace carillon::lint {

// The name of `known` that `wrong` was most likely meant to be: at most two letters (a third of a short one) wrong, missing,
// too many or swapped, without regard to case. Empty when none is near.
QString nearestName(const QString& wrong, const QStringList& known);

} // namespace carillon::lint
