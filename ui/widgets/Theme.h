// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QObject>
#include <QPalette>

class QApplication;
class QWidget;

namespace carillon::ui {

// Every colour of the window, for one of its two looks.
struct ThemeColours {
    QColor window; // behind everything
    QColor sidebar;
    QColor surface; // cards, tables, fields
    QColor raised; // headers, hovered rows
    QColor border;
    QColor text;
    QColor muted; // secondary text: still at least 4.5:1 on window and surface
    QColor accent; // of controls, links and the first series of a chart
    QColor onAccent;
    QColor accentSoft; // background of what is selected
    QColor good; // state colours: as text on surface at least 4.5:1
    QColor warning;
    QColor bad;
    QColor info;
    QColor neutral;
    QColor grid; // lines of charts
};

// The meaning of a state, which gives it its colour.
enum class Tone { Neutral, Info, Good, Warning, Bad };

enum class ThemeChoice { System, Light, Dark };

// Dresses the application: style, palette, font (Inter where it is installed) and the one style sheet, in light or dark as
// the system says or as chosen, and again when the system changes its mind. One lives beside the QApplication.
//
// Widgets that paint ask for colours by their own palette and need no Theme:
//
//     painter.setPen(themeColours(palette()).muted);
//
// Controls take part in the style sheet by a role: setRole(button, "primary"). Roles there are: for labels "title",
// "heading", "muted", "figure", "error", "code"; for buttons "primary", "danger", "quiet"; for frames "card", "panel",
// "separator".
class Theme : public QObject {
    Q_OBJECT

public:
    explicit Theme(QApplication& application);

    ThemeChoice choice() const { return m_choice; }
    void setChoice(ThemeChoice choice);
    bool isDark() const { return m_dark; }

    // Distances in pixels: between things that belong together, between groups, and around a page.
    static constexpr int SmallSpace = 6;
    static constexpr int Space = 12;
    static constexpr int PageMargin = 20;

Q_SIGNALS:
    void changed();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    bool systemIsDark();
    void apply();

    QApplication& m_application;
    ThemeChoice m_choice = ThemeChoice::System;
    bool m_dark = false;
    bool m_applying = false;
};

// The colours that go with a palette (that is: its light or its dark look).
const ThemeColours& themeColours(const QPalette& palette);
QColor toneColour(const QPalette& palette, Tone tone);

// WCAG 2 contrast of two opaque colours: 1 to 21.
double contrastRatio(const QColor& one, const QColor& other);

// Gives a control its role in the style sheet.
void setRole(QWidget* widget, const char* role);

} // namespace carillon::ui
