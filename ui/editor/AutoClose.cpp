// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/AutoClose.h"

#include <QStringView>

namespace carillon::ui {

namespace {

// The delimiter that closes the Liquid that is open at the end of a line; empty when none is.
QString openDelimiter(QStringView before)
{
    const qsizetype output = before.lastIndexOf(u"{{");
    const qsizetype tag = before.lastIndexOf(u"{%");
    const qsizetype start = qMax(output, tag);
    if (start < 0)
        return {};
    const QString close = output > tag ? QStringLiteral("}}") : QStringLiteral("%}");
    return before.sliced(start + 2).contains(close) ? QString() : close;
}

std::optional<ClosingEdit> opening(const QString& before, const QString& after, QChar typed)
{
    if ((typed != u'{' && typed != u'%') || !before.endsWith(u'{') || before.endsWith(u"{{"))
        return {};
    if (!after.isEmpty() && (after.at(0).isLetterOrNumber() || after.at(0) == u'{' || after.at(0) == u'}'))
        return {};
    return ClosingEdit{QString(typed), typed == u'{' ? QStringLiteral("}}") : QStringLiteral("%}"), 0, 0};
}

std::optional<ClosingEdit> goingOver(const QString& before, const QString& after, QChar typed)
{
    // The second character of what closes: the first one has been gone over.
    if (typed == u'}' && after.startsWith(u'}') && (before.endsWith(u'}') || before.endsWith(u'%'))
        && openDelimiter(QStringView(before).chopped(1)).startsWith(before.back()))
        return ClosingEdit{{}, {}, 1, 0};
    const QString close = openDelimiter(before);
    const int blank = after.startsWith(u' ') ? 1 : 0;
    if (!close.isEmpty() && typed == close.at(0) && QStringView(after).sliced(blank).startsWith(close))
        // The blank before what closes stands there once, also when it was typed.
        return before.endsWith(u' ') ? ClosingEdit{{}, {}, 1, blank} : ClosingEdit{{}, {}, blank + 1, 0};
    return {};
}

} // namespace

std::optional<ClosingEdit> closingEdit(const QString& before, const QString& after, QChar typed)
{
    if (typed == u' ' && betweenDelimiters(before, after))
        return ClosingEdit{QStringLiteral(" "), QStringLiteral(" "), 0, 0};
    if (const auto edit = opening(before, after, typed))
        return edit;
    return goingOver(before, after, typed);
}

bool betweenDelimiters(const QString& before, const QString& after)
{
    return (before.endsWith(u"{{") && after.startsWith(u"}}")) || (before.endsWith(u"{%") && after.startsWith(u"%}"));
}

} // namespace carillon::ui
