// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/realtime/SocketSubscriptions.h"

#include "engine/realtime/SocketProtocol.h"

#include <QCoreApplication>

#include <algorithm>

namespace carillon {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("SocketSubscriptions", text);
}

SocketSubscriptions::Refusal refusalFor(const Error& error)
{
    return {codeName(error.code), error.message};
}

// What a client may see of what it asks for.
Result<LogFilter> permitted(LogFilter filter, const std::optional<InboxHolder>& holder)
{
    if (!holder)
        return filter;
    const bool ofInbox = std::all_of(filter.types.begin(), filter.types.end(),
                                     [](const QString& type) { return type.startsWith(u"notification."); });
    if (!ofInbox || (filter.contactId != 0 && filter.contactId != holder->contactId))
        return fail(ErrorCode::Forbidden, tr("This token is for one inbox: subscribe to \"notification.*\" alone."));
    filter.contactId = holder->contactId;
    return filter;
}

LogFilter conditionOf(LogFilter filter)
{
    filter.types.clear();
    return filter;
}

qsizetype typesOf(const QList<LogFilter>& filters)
{
    qsizetype types = 0;
    for (const LogFilter& filter : filters)
        types += filter.types.size();
    return types;
}

} // namespace

std::optional<SocketSubscriptions::Refusal> SocketSubscriptions::add(const QJsonObject& body,
                                                                     const std::optional<InboxHolder>& holder)
{
    const auto wanted = protocol::parseSubscriptions(body);
    if (!wanted)
        return refusalFor(wanted.error());
    QList<LogFilter> filters = m_filters;
    for (const LogFilter& one : *wanted) {
        const auto filter = permitted(one, holder);
        if (!filter)
            return refusalFor(filter.error());
        if (!filters.contains(*filter))
            filters << *filter;
    }
    if (typesOf(filters) > protocol::MaxTypes)
        return Refusal{QStringLiteral("limit_exceeded"), tr("More than %1 types are not allowed.").arg(protocol::MaxTypes)};
    m_filters = filters;
    return std::nullopt;
}

std::optional<SocketSubscriptions::Refusal> SocketSubscriptions::remove(const QJsonObject& body,
                                                                        const std::optional<InboxHolder>& holder)
{
    const auto asked = protocol::parseFilter(body);
    const auto what = asked ? permitted(*asked, holder) : asked;
    if (!what)
        return refusalFor(what.error());
    const LogFilter condition = conditionOf(*what);
    const bool any = conditionOf(*asked) == LogFilter();
    for (LogFilter& filter : m_filters) {
        if (any || conditionOf(filter) == condition)
            filter.types.removeIf([&](const QString& type) { return what->types.contains(type); });
    }
    m_filters.removeIf([](const LogFilter& filter) { return filter.types.isEmpty(); });
    return std::nullopt;
}

bool SocketSubscriptions::haveStats() const
{
    LogEntry snapshot;
    snapshot.type = QLatin1String(protocol::StatsType);
    return std::any_of(m_filters.begin(), m_filters.end(),
                       [&](const LogFilter& filter) { return filter.matches(snapshot); });
}

} // namespace carillon
