// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/provider/RefusalLimitReader.h"

#include <QCoreApplication>

namespace carillon {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("RefusalLimitReader", text);
}

// Nothing is no number within bounds.
int readWhole(JsonReader& reader, const QString& name, int minimum, int maximum)
{
    const double number = reader.number(name, 0, minimum, maximum);
    if (number != static_cast<int>(number))
        reader.note(reader.pointerTo(name), tr("this must be a whole number."));
    return static_cast<int>(number);
}

} // namespace

RefusalLimit readRefusalLimit(JsonReader& rule)
{
    const QString name = QStringLiteral("suppressAfter");
    if (!rule.has(name))
        return {};
    JsonReader reader = rule.at(rule.object(name), rule.pointerTo(name));
    RefusalLimit limit;
    limit.times = readWhole(reader, QStringLiteral("times"), 2, RefusalLimit::MostTimes);
    limit.days = readWhole(reader, QStringLiteral("withinDays"), 1, RefusalLimit::MostDays);
    reader.refuseUnknown();
    if (rule.boolean(QStringLiteral("suppress"), false))
        rule.note(rule.pointerTo(name), tr("\"suppress\" suppresses the address at once: one of the two."));
    return limit;
}

} // namespace carillon
