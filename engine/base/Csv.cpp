// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/base/Csv.h"

#include <algorithm>

namespace carillon {

namespace {

bool isFormula(const QString& cell)
{
    if (cell.isEmpty())
        return false;
    const QChar first = cell.front();
    if (first == u'=' || first == u'@' || first == u'\t' || first == u'\r')
        return true;
    if (first != u'+' && first != u'-')
        return false;
    const QStringView rest = QStringView(cell).mid(1);
    return !std::all_of(rest.begin(), rest.end(), [](QChar c) { return c.isDigit() || c == u'.' || c == u' '; });
}

QString csvCell(const QString& cell)
{
    QString text = isFormula(cell) ? u'\'' + cell : cell;
    const bool quoted
        = std::any_of(text.begin(), text.end(), [](QChar c) { return c == u',' || c == u'"' || c == u'\n' || c == u'\r'; });
    return quoted ? u'"' + text.replace(u'"', QStringLiteral("\"\"")) + u'"' : text;
}

} // namespace

QByteArray csvRecord(const QStringList& cells)
{
    QStringList record;
    for (const QString& cell : cells)
        record.append(csvCell(cell));
    return record.join(u',').toUtf8() + "\r\n";
}

} // namespace carillon
