// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/realtime/SocketProtocol.h"

#include "engine/base/Json.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QtEndian>

#include <algorithm>

namespace carillon::protocol {

namespace {

constexpr qint64 MaxExact = 1LL << 53; // beyond, a JSON number is not exact
constexpr qsizetype MaxTypeLength = 64;

QString tr(const char* text)
{
    return QCoreApplication::translate("Socket", text);
}

bool isTypePattern(const QString& type)
{
    const QStringView body = type.endsWith(u'*') ? QStringView(type).chopped(1) : QStringView(type);
    return !type.isEmpty() && type.size() <= MaxTypeLength && std::all_of(body.begin(), body.end(), [](QChar c) {
        return (c >= u'a' && c <= u'z') || (c >= u'0' && c <= u'9') || c == u'.' || c == u'_' || c == u'-';
    });
}

Status parseTypes(const QJsonValue& value, LogFilter& filter)
{
    const QJsonArray types = value.toArray();
    if (types.isEmpty())
        return fail(ErrorCode::InvalidInput, tr("Give a list of types, for example [\"delivery.*\"]."),
                    QStringLiteral("types"));
    for (const QJsonValue& type : types) {
        if (!isTypePattern(type.toString()))
            return fail(ErrorCode::InvalidInput,
                        tr("A type is like \"delivery.sent\" or, with a star at its end, \"delivery.*\"."),
                        QStringLiteral("types"));
        filter.types << type.toString();
    }
    return {};
}

Status parseCondition(const QString& key, const QJsonValue& value, LogFilter& filter)
{
    if (key == u"channel") {
        filter.channel = value.toString();
        return !filter.channel.isEmpty() && filter.channel.size() <= MaxTypeLength
            ? Status()
            : fail(ErrorCode::InvalidInput, tr("A channel is a name like \"email\"."), QStringLiteral("filter.channel"));
    }
    qint64* id = key == u"campaign" ? &filter.campaignId
        : key == u"delivery"        ? &filter.deliveryId
        : key == u"contact"         ? &filter.contactId
        : key == u"account"         ? &filter.accountId
                                    : nullptr;
    if (!id)
        return fail(ErrorCode::InvalidInput,
                    tr("A filter knows campaign, delivery, contact, account and channel, not \"%1\".").arg(key.left(64)),
                    QStringLiteral("filter"));
    *id = value.toInteger();
    return *id > 0 ? Status() : fail(ErrorCode::InvalidInput, tr("An id is a positive number."), u"filter."_qs + key);
}

void addId(QJsonObject& object, const char* key, qint64 id)
{
    if (id != 0)
        object.insert(QLatin1String(key), id);
}

} // namespace

Result<Command> parseCommand(const QString& text)
{
    const auto object = parseJsonObject(text.toUtf8());
    if (!object)
        return fail(object.error());
    Command command{object->value(u"id").toInteger(), object->value(u"op").toString(), *object};
    if (command.op.isEmpty())
        return fail(ErrorCode::InvalidInput, tr("A command needs an \"op\"."), QStringLiteral("op"));
    if ((command.id < 1 || command.id >= MaxExact) && command.op != u"pong")
        return fail(ErrorCode::InvalidInput, tr("A command needs an \"id\": a positive number."), QStringLiteral("id"));
    return command;
}

Result<LogFilter> parseFilter(const QJsonObject& body)
{
    LogFilter filter;
    if (const Status types = parseTypes(body.value(u"types"), filter); !types)
        return fail(types.error());
    const QJsonValue conditions = body.value(u"filter");
    if (!conditions.isUndefined() && !conditions.isObject())
        return fail(ErrorCode::InvalidInput, tr("A filter is an object like {\"campaign\":7}."), QStringLiteral("filter"));
    const QJsonObject wanted = conditions.toObject();
    for (auto it = wanted.begin(); it != wanted.end(); ++it) {
        if (const Status taken = parseCondition(it.key(), it.value(), filter); !taken)
            return fail(taken.error());
    }
    return filter;
}

Result<QList<LogFilter>> parseSubscriptions(const QJsonObject& body)
{
    if (!body.contains(u"subscriptions")) {
        auto filter = parseFilter(body);
        return filter ? Result<QList<LogFilter>>(QList<LogFilter>{*filter}) : fail(filter.error());
    }
    const QJsonArray several = body.value(u"subscriptions").toArray();
    if (several.isEmpty() || several.size() > MaxTypes)
        return fail(ErrorCode::InvalidInput, tr("Give 1 to %1 subscriptions.").arg(MaxTypes),
                    QStringLiteral("subscriptions"));
    QList<LogFilter> filters;
    for (const QJsonValue& one : several) {
        const auto filter = parseFilter(one.toObject());
        if (!filter)
            return fail(filter.error());
        filters << *filter;
    }
    return filters;
}

QByteArray reply(qint64 id)
{
    return "{\"id\":" + QByteArray::number(id) + ",\"ok\":true}";
}

QByteArray refusal(qint64 id, const QString& code, const QString& message, bool temporary, int retryAfter)
{
    QJsonObject error{
        {QStringLiteral("code"), code}, {QStringLiteral("message"), message}, {QStringLiteral("temporary"), temporary}};
    if (retryAfter > 0)
        error.insert(u"retry_after", retryAfter);
    return compactJson({{QStringLiteral("id"), id}, {QStringLiteral("error"), error}});
}

QString isoTime(qint64 time)
{
    return QDateTime::fromMSecsSinceEpoch(time, Qt::UTC).toString(Qt::ISODateWithMs);
}

QByteArray event(const LogEntry& entry)
{
    QJsonObject object{{QStringLiteral("op"), QStringLiteral("event")},
                       {QStringLiteral("seq"), entry.seq},
                       {QStringLiteral("type"), entry.type},
                       {QStringLiteral("time"), isoTime(entry.time)},
                       {QStringLiteral("data"), entry.data}};
    addId(object, "campaign", entry.campaignId);
    addId(object, "delivery", entry.deliveryId);
    addId(object, "contact", entry.contactId);
    addId(object, "account", entry.accountId);
    if (!entry.channel.isEmpty())
        object.insert(u"channel", entry.channel);
    if (!entry.actor.isEmpty())
        object.insert(u"actor", entry.actor);
    return compactJson(object);
}

QByteArray stats(const QJsonObject& data, qint64 time)
{
    return compactJson({{QStringLiteral("op"), QStringLiteral("event")},
                        {QStringLiteral("type"), QLatin1String(StatsType)},
                        {QStringLiteral("time"), isoTime(time)},
                        {QStringLiteral("data"), data}});
}

QByteArray frame(const QByteArray& payload)
{
    constexpr char FinalText = '\x81';
    QByteArray out;
    out.reserve(payload.size() + 10);
    out += FinalText;
    if (payload.size() < 126) {
        out += char(payload.size());
    } else if (payload.size() <= 0xffff) {
        out += char(126);
        const quint16 size = qToBigEndian(quint16(payload.size()));
        out.append(reinterpret_cast<const char*>(&size), sizeof size);
    } else {
        out += char(127);
        const quint64 size = qToBigEndian(quint64(payload.size()));
        out.append(reinterpret_cast<const char*>(&size), sizeof size);
    }
    out += payload;
    return out;
}

} // namespace carillon::protocol
