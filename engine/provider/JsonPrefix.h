// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

namespace carillon {

// The beginning of a JSON text made whole: what is incomplete at its end is left out, and what is open is closed. What the
// beginning has said stays as it was said.
//
//     {"id":7,"message":"Hel         {"id":7}
//
// Nothing is checked: of what is no JSON comes no JSON.
QByteArray closedJson(const QByteArray& beginning);

} // namespace carillon
