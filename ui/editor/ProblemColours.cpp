// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/ProblemColours.h"

#include "ui/widgets/Theme.h"

namespace carillon::ui {

QColor severityColour(const QPalette& palette, Severity severity)
{
    const ThemeColours& colours = themeColours(palette);
    switch (severity) {
    case Severity::Error: return colours.bad;
    case Severity::Warning: return colours.warning;
    case Severity::Hint: return colours.info;
    }
    return colours.info;
}

QColor foundColour(const QPalette& palette)
{
    const bool dark = palette.color(QPalette::Base).lightness() < 128;
    return dark ? QColor(0x5a, 0x4a, 0x14) : QColor(0xff, 0xec, 0xa8);
}

QColor bracketColour(const QPalette& palette)
{
    const bool dark = palette.color(QPalette::Base).lightness() < 128;
    return dark ? QColor(0x3d, 0x4a, 0x6c) : QColor(0xcf, 0xdc, 0xf7);
}

QColor currentLineColour(const QPalette& palette)
{
    return themeColours(palette).raised;
}

} // namespace carillon::ui
