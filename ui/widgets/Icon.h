// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QIcon>
#include <QString>

namespace carillon::ui {

// The drawing ":/icons/<name>.svg" in the colour of the text around it: it follows light, dark, disabled and selected by
// itself, because it is tinted when it is painted. A null icon when there is no such drawing: the control then shows its
// word alone.
//
// Drawings are strokes of one colour, whichever, on a square of 24.
QIcon icon(const QString& name);

// The same in the accent colour, for things that are active or ask to be done first.
QIcon accentIcon(const QString& name);

// The same for a ground in the accent colour (a button of role "primary"), and for what destroys (role "danger").
QIcon onAccentIcon(const QString& name);
QIcon dangerIcon(const QString& name);

} // namespace carillon::ui
