// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/Theme.h"

#include <QApplication>
#include <QEvent>
#include <QFile>
#include <QFontDatabase>
#include <QKeyEvent>
#include <QProxyStyle>
#include <QScopedValueRollback>
#include <QStyle>
#include <QStyleFactory>
#include <QWidget>

#include <cmath>

namespace carillon::ui {

namespace {

const ThemeColours Light{.window = 0xf6f7f9,
                         .sidebar = 0xeceef2,
                         .surface = 0xffffff,
                         .raised = 0xf3f4f7,
                         .border = 0xdde0e7,
                         .text = 0x1b1f2a,
                         .muted = 0x5c6475,
                         .accent = 0x4353d8,
                         .onAccent = 0xffffff,
                         .accentSoft = 0xe4e7fb,
                         .good = 0x167c4a,
                         .warning = 0x995800,
                         .bad = 0xc02b37,
                         .info = 0x1f66b8,
                         .neutral = 0x5c6475,
                         .grid = 0xe7e9ee};

const ThemeColours Dark{.window = 0x15171c,
                        .sidebar = 0x101216,
                        .surface = 0x1c1f26,
                        .raised = 0x262a33,
                        .border = 0x30343f,
                        .text = 0xe6e8ee,
                        .muted = 0x9aa2b3,
                        .accent = 0x8b9bff,
                        .onAccent = 0x11131c,
                        .accentSoft = 0x2b3050,
                        .good = 0x4fc48a,
                        .warning = 0xe0a54a,
                        .bad = 0xf5808a,
                        .info = 0x6fb1f5,
                        .neutral = 0x9aa2b3,
                        .grid = 0x2a2e37};

QPalette paletteOf(const ThemeColours& c)
{
    QPalette palette;
    palette.setColor(QPalette::Window, c.window);
    palette.setColor(QPalette::WindowText, c.text);
    palette.setColor(QPalette::Base, c.surface);
    palette.setColor(QPalette::AlternateBase, c.raised);
    palette.setColor(QPalette::Text, c.text);
    palette.setColor(QPalette::PlaceholderText, c.muted);
    palette.setColor(QPalette::Button, c.surface);
    palette.setColor(QPalette::ButtonText, c.text);
    palette.setColor(QPalette::BrightText, c.bad);
    palette.setColor(QPalette::Highlight, c.accent);
    palette.setColor(QPalette::HighlightedText, c.onAccent);
    palette.setColor(QPalette::Link, c.accent);
    palette.setColor(QPalette::LinkVisited, c.accent);
    palette.setColor(QPalette::ToolTipBase, c.raised);
    palette.setColor(QPalette::ToolTipText, c.text);
    palette.setColor(QPalette::Light, c.surface); // tells the two looks apart: see themeColours()
    palette.setColor(QPalette::Midlight, c.raised);
    palette.setColor(QPalette::Mid, c.border);
    palette.setColor(QPalette::Dark, c.border.darker(120));
    palette.setColor(QPalette::Shadow, QColor(0, 0, 0, 90));
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText, QPalette::HighlightedText})
        palette.setColor(QPalette::Disabled, role, c.muted);
    palette.setColor(QPalette::Disabled, QPalette::Highlight, c.border);
    return palette;
}

QString styleSheetOf(const ThemeColours& c)
{
    QFile file(QStringLiteral(":/themes/carillon.qss"));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    QString sheet = QString::fromUtf8(file.readAll());
    const std::pair<const char*, QColor> names[]
        = {{"@window", c.window},  {"@sidebar", c.sidebar},   {"@surface", c.surface}, {"@raised", c.raised},
           {"@border", c.border},  {"@text", c.text},         {"@muted", c.muted},     {"@accentSoft", c.accentSoft},
           {"@accent", c.accent},  {"@onAccent", c.onAccent}, {"@bad", c.bad},         {"@good", c.good},
           {"@warning", c.warning}};
    for (const auto& [name, colour] : names)
        sheet.replace(QLatin1StringView(name), colour.name());
    return sheet.replace(u"@look"_qs, &c == &Dark ? u"dark"_qs : u"light"_qs);
}

QFont fontOf()
{
    QFont font = QFontDatabase::systemFont(QFontDatabase::GeneralFont);
    if (QFontDatabase::hasFamily(QStringLiteral("Inter")))
        font.setFamily(QStringLiteral("Inter"));
    font.setPointSizeF(9.75); // 13 pixels at 96 dots per inch
    return font;
}

// Fusion, but mnemonics are underlined only while Alt is held.
class QuietStyle : public QProxyStyle {
public:
    QuietStyle()
        : QProxyStyle(QStyleFactory::create(QStringLiteral("Fusion")))
    {
    }

    int styleHint(StyleHint hint, const QStyleOption* option, const QWidget* widget, QStyleHintReturn* result) const override
    {
        if (hint == SH_UnderlineShortcut)
            return QGuiApplication::queryKeyboardModifiers().testFlag(Qt::AltModifier) ? 1 : 0;
        return QProxyStyle::styleHint(hint, option, widget, result);
    }
};

double channelLuminance(double value)
{
    return value <= 0.03928 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
}

double luminance(const QColor& colour)
{
    return 0.2126 * channelLuminance(colour.redF()) + 0.7152 * channelLuminance(colour.greenF())
        + 0.0722 * channelLuminance(colour.blueF());
}

} // namespace

Theme::Theme(QApplication& application)
    : QObject(&application)
    , m_application(application)
{
    m_application.setStyle(new QuietStyle);
    m_application.setFont(fontOf());
    m_dark = systemIsDark();
    apply();
    m_application.installEventFilter(this);
}

void Theme::setChoice(ThemeChoice choice)
{
    m_choice = choice;
    m_dark = choice == ThemeChoice::System ? systemIsDark() : choice == ThemeChoice::Dark;
    apply();
}

// Without a palette of our own the application shows the desktop's: the only way that Qt 6.4 tells of dark mode.
bool Theme::systemIsDark()
{
    const QScopedValueRollback guard(m_applying, true);
    m_application.setPalette(QPalette());
    return m_application.palette().color(QPalette::Window).lightness() < 128;
}

void Theme::apply()
{
    const QScopedValueRollback guard(m_applying, true);
    const ThemeColours& colours = m_dark ? Dark : Light;
    m_application.setPalette(paletteOf(colours));
    m_application.setStyleSheet(styleSheetOf(colours));
    Q_EMIT changed();
}

bool Theme::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::ThemeChange && !m_applying && m_choice == ThemeChoice::System && systemIsDark() != m_dark)
        setChoice(ThemeChoice::System);
    else if (event->type() == QEvent::ThemeChange && !m_applying)
        apply();
    const bool isKey = event->type() == QEvent::KeyPress || event->type() == QEvent::KeyRelease;
    if (isKey && static_cast<QKeyEvent*>(event)->key() == Qt::Key_Alt) {
        for (QWidget* window : QApplication::topLevelWidgets())
            window->update();
    }
    return QObject::eventFilter(watched, event);
}

const ThemeColours& themeColours(const QPalette& palette)
{
    return palette.color(QPalette::Light).lightness() < 128 ? Dark : Light;
}

QColor toneColour(const QPalette& palette, Tone tone)
{
    const ThemeColours& colours = themeColours(palette);
    switch (tone) {
    case Tone::Neutral: return colours.neutral;
    case Tone::Info: return colours.info;
    case Tone::Good: return colours.good;
    case Tone::Warning: return colours.warning;
    case Tone::Bad: return colours.bad;
    }
    return colours.neutral;
}

double contrastRatio(const QColor& one, const QColor& other)
{
    const double a = luminance(one);
    const double b = luminance(other);
    return (std::max(a, b) + 0.05) / (std::min(a, b) + 0.05);
}

void setRole(QWidget* widget, const char* role)
{
    widget->setProperty("role", QString::fromLatin1(role));
    widget->style()->unpolish(widget);
    widget->style()->polish(widget);
}

} // namespace carillon::ui
