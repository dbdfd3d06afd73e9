// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/topics/DiffView.h"

#include "ui/topics/LineDiff.h"
#include "ui/topics/PartWords.h"
#include "ui/widgets/Theme.h"

#include <QEvent>
#include <QFontDatabase>
#include <QJsonDocument>

namespace carillon::ui {

namespace {

constexpr int context = 3; // lines around a change
constexpr qsizetype longestLine = 2'000; // characters that are shown

QString settingsText(const QJsonObject& settings)
{
    return settings.isEmpty() ? QString() : QString::fromUtf8(QJsonDocument(settings).toJson()).trimmed();
}

// The ground behind removed and added lines: the tone's colour, thinned out over the surface.
QString groundOf(const ThemeColours& colours, const QColor& tone)
{
    const auto mix = [](int one, int other) { return (one * 15 + other * 85) / 100; };
    return QColor(mix(tone.red(), colours.surface.red()), mix(tone.green(), colours.surface.green()),
                  mix(tone.blue(), colours.surface.blue()))
        .name();
}

QString cell(const QString& text, const QString& style, const char* width)
{
    return u"<td width=\"" + QString::fromLatin1(width) + u"\" style=\"" + style + u"\">" + text + u"</td>";
}

QString row(const DiffLine& line, const ThemeColours& colours)
{
    if (line.kind == DiffLine::Left)
        return u"<tr><td colspan=\"4\" style=\"color:" + colours.muted.name() + u"; padding:4px 8px\">"
            + (line.left == 1 ? DiffView::tr("1 line is the same") : DiffView::tr("%1 lines are the same").arg(line.left))
            + u"</td></tr>";
    const bool removed = line.kind == DiffLine::Removed;
    const QString ground
        = line.kind == DiffLine::Same ? colours.surface.name() : groundOf(colours, removed ? colours.bad : colours.good);
    const QString base = u"background-color:" + ground + u"; white-space:pre-wrap;";
    const QString number = base + u"color:" + colours.muted.name() + u"; padding:0 6px";
    const QString sign = line.kind == DiffLine::Same ? QString() : removed ? QStringLiteral("−") : QStringLiteral("+");
    const QString text = line.text.size() > longestLine ? line.text.left(longestLine) + u'…' : line.text;
    return u"<tr>" + cell(line.oldLine > 0 ? QString::number(line.oldLine) : QString(), number, "36")
        + cell(line.newLine > 0 ? QString::number(line.newLine) : QString(), number, "36")
        + cell(sign, base + u"padding:0 4px", "16")
        + cell(text.toHtmlEscaped() + u' ', base + u"color:" + colours.text.name(), "100%") + u"</tr>";
}

} // namespace

DiffView::DiffView(QWidget* parent)
    : QTextBrowser(parent)
{
    setObjectName(QStringLiteral("diffView"));
    setAccessibleName(tr("What differs"));
    setOpenLinks(false);
    setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
}

void DiffView::compare(const ContentState& before, const ContentState& after, const QStringList& order)
{
    m_before = before;
    m_after = after;
    m_order = order;
    for (const QString& part : m_before.parts.keys() + m_after.parts.keys()) {
        if (!m_order.contains(part))
            m_order << part;
    }
    refresh();
}

void DiffView::refresh()
{
    QString html;
    for (const QString& part : qAsConst(m_order))
        html += section(partTitle(part), m_before.parts.value(part), m_after.parts.value(part));
    html += section(tr("Options"), settingsText(m_before.settings), settingsText(m_after.settings));
    if (html.isEmpty())
        html = u"<p style=\"color:" + themeColours(palette()).muted.name() + u"\">" + tr("They are the same.") + u"</p>";
    setHtml(html);
}

QString DiffView::section(const QString& title, const QString& before, const QString& after) const
{
    const ThemeColours& colours = themeColours(palette());
    QString rows;
    for (const DiffLine& line : foldSame(diffLines(before, after), context))
        rows += row(line, colours);
    if (rows.isEmpty())
        return {};
    return u"<p style=\"font-weight:600; margin-top:10px; margin-bottom:4px\">" + title.toHtmlEscaped()
        + u"</p><table width=\"100%\" cellspacing=\"0\" cellpadding=\"0\">" + rows + u"</table>";
}

void DiffView::changeEvent(QEvent* event)
{
    QTextBrowser::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        refresh();
}

} // namespace carillon::ui
