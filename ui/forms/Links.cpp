// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/forms/Links.h"

#include <QRegularExpression>

namespace carillon::ui {

namespace {

bool canBeOpened(const QString& address)
{
    return !address.contains(QStringLiteral("..")) && !address.contains(QStringLiteral("example."))
        && !address.contains(QStringLiteral("localhost")) && !address.contains(QStringLiteral("127."));
}

} // namespace

QString withLinks(const QString& sentence)
{
    static const QRegularExpression address(
        QStringLiteral(R"((?:https?://|\b(?:[a-z0-9-]+\.)+(?:com|org|net|io|im|dev)\b)[^\s<>"',;()]*)"));
    QString result;
    qsizetype end = 0;
    for (auto each = address.globalMatch(sentence); each.hasNext();) {
        const QRegularExpressionMatch match = each.next();
        QString found = match.captured();
        while (found.endsWith(u':') || (found.endsWith(u'.') && !found.endsWith(QStringLiteral(".."))))
            found.chop(1); // the sentence's own
        const bool partOfMore = match.capturedStart() > 0 && sentence.at(match.capturedStart() - 1) == u'@';
        if (partOfMore || !canBeOpened(found))
            continue;
        const QString target = found.contains(QStringLiteral("://")) ? found : QStringLiteral("https://") + found;
        result += sentence.mid(end, match.capturedStart() - end).toHtmlEscaped()
            + QStringLiteral("<a href=\"%1\">%2</a>").arg(target.toHtmlEscaped(), found.toHtmlEscaped());
        end = match.capturedStart() + found.size();
    }
    return result + sentence.mid(end).toHtmlEscaped();
}

} // namespace carillon::ui
