// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ctl/ApplyReading.h"

#include "engine/model/JsonMember.h"
#include "engine/model/Names.h"

#include <QCoreApplication>
#include <QJsonArray>

#include <limits>

namespace carillon {

namespace {

constexpr double mostInt = std::numeric_limits<int>::max();

QString tr(const char* text)
{
    return QCoreApplication::translate("ApplyFile", text);
}

QString within(const QString& place, const QString& field)
{
    return field.isEmpty() ? place : place + u'.' + field;
}

Error noObject()
{
    return {ErrorCode::InvalidInput, tr("This must be an object: {...}."), {}};
}

// Reads an object by a function that gives a Result; unlike JsonMembers::object() it names the member that is wrong in it.
template <typename T, typename Read>
void takeObject(JsonMembers& members, const QString& key, T& value, const Read& read)
{
    const QJsonValue member = members.take(key);
    if (member.isUndefined())
        return;
    if (!member.isObject())
        return members.refuse(key, noObject().message);
    if (auto result = read(member.toObject()))
        value = *std::move(result);
    else
        members.refuse(within(key, result.error().field), result.error().message);
}

// Calls `read` with each value of a list; false when there is no list.
template <typename Read>
bool takeList(JsonMembers& members, const QString& key, const Read& read)
{
    const QJsonValue member = members.take(key);
    if (member.isUndefined())
        return false;
    if (!member.isArray())
        members.refuse(key, tr("This must be a list: [...]."));
    const QJsonArray list = member.toArray();
    for (qsizetype i = 0; i < list.size(); ++i) {
        if (const Status done = read(list.at(i)); !done)
            members.refuse(within(QStringLiteral("%1[%2]").arg(key).arg(i), done.error().field), done.error().message);
    }
    return true;
}

template <typename Enum>
void takeName(JsonMembers& members, const QString& key, Enum& value, const QString& sentence)
{
    const QJsonValue member = members.take(key);
    if (member.isUndefined())
        return;
    if (const auto named = valueOf<Enum>(member.toString()))
        value = *named;
    else
        members.refuse(key, sentence);
}

void takeCategory(JsonMembers& members, Category& category)
{
    takeName(members, QStringLiteral("category"), category, tr("The category is transactional, marketing or system."));
}

Result<QMap<QString, QString>> textsOf(const QJsonObject& object)
{
    QMap<QString, QString> texts;
    for (auto text = object.begin(); text != object.end(); ++text) {
        if (!text.value().isString())
            return fail(ErrorCode::InvalidInput, tr("This must be a text."), text.key());
        texts.insert(text.key(), text.value().toString());
    }
    return texts;
}

Result<QJsonObject> asItIs(const QJsonObject& object)
{
    return object;
}

// What all content has in common.
void takeContent(JsonMembers& members, ReadContent& content)
{
    members.text(QStringLiteral("locale"), content.content.locale);
    members.text(QStringLiteral("variant"), content.content.variant);
    members.text(QStringLiteral("brand"), content.brand);
}

void takeTemplate(JsonMembers& members, ReadContent& content)
{
    takeContent(members, content);
    members.text(QStringLiteral("channel"), content.content.channel);
    takeObject(members, QStringLiteral("parts"), content.content.parts, textsOf);
    takeObject(members, QStringLiteral("settings"), content.content.settings, asItIs);
}

Status readTemplate(const QJsonValue& value, QList<ReadContent>& templates)
{
    if (!value.isObject())
        return fail(noObject());
    JsonMembers members(value.toObject());
    ReadContent content;
    content.content.channel = QStringLiteral("email");
    takeTemplate(members, content);
    templates << content;
    return members.end();
}

// An account's name, or {"account": "Slack", "destination": "#orders"}.
Status readRoute(const QJsonValue& value, QList<ReadTopic::Route>& routes)
{
    ReadTopic::Route route{value.toString(), {}};
    if (!value.isString() && !value.isObject())
        return fail(ErrorCode::InvalidInput, tr("This must be an account's name, or an object: {...}."));
    JsonMembers members(value.toObject());
    members.text(QStringLiteral("account"), route.account);
    members.text(QStringLiteral("destination"), route.destination);
    routes << route;
    return members.end();
}

} // namespace

Status readBrand(const QJsonObject& object, Brand& brand)
{
    JsonMembers members(object);
    members.text(QStringLiteral("name"), brand.name);
    members.text(QStringLiteral("from_name"), brand.fromName);
    members.text(QStringLiteral("from_address"), brand.fromAddress);
    members.text(QStringLiteral("reply_to"), brand.replyTo);
    members.text(QStringLiteral("postal_address"), brand.postalAddress);
    members.text(QStringLiteral("public_url"), brand.publicUrl);
    members.text(QStringLiteral("unsubscribe_mailto"), brand.unsubscribeMailto);
    members.text(QStringLiteral("locale"), brand.locale);
    members.text(QStringLiteral("time_zone"), brand.timeZone);
    return members.end();
}

Status readAccount(const QJsonObject& object, Account& account)
{
    JsonMembers members(object);
    members.text(QStringLiteral("name"), account.name);
    members.text(QStringLiteral("provider"), account.provider);
    takeObject(members, QStringLiteral("settings"), account.settings, asItIs);
    takeObject(members, QStringLiteral("limits"), account.limits, accountLimitsOf);
    members.flag(QStringLiteral("enabled"), account.enabled);
    return members.end();
}

Status readTopic(const QJsonObject& object, ReadTopic& topic)
{
    JsonMembers members(object);
    Topic& own = topic.detail.topic;
    members.text(QStringLiteral("key"), own.key);
    members.text(QStringLiteral("name"), own.name);
    takeCategory(members, own.category);
    members.text(QStringLiteral("brand"), topic.brand);
    QList<ReadTopic::Route> routes;
    if (takeList(members, QStringLiteral("accounts"), [&](const QJsonValue& value) { return readRoute(value, routes); }))
        topic.routes = routes;
    QList<ReadContent> templates;
    if (takeList(members, QStringLiteral("templates"),
                 [&](const QJsonValue& value) { return readTemplate(value, templates); }))
        topic.templates = templates;
    takeObject(members, QStringLiteral("rules"), own.rules, dispatchRulesOf);
    takeName(members, QStringLiteral("uncertain"), own.uncertainPolicy, tr("It is resend or hold."));
    members.number(QStringLiteral("max_attempts"), own.maxAttempts, 0, mostInt);
    members.number(QStringLiteral("lifetime_ms"), own.lifetimeMs, 0, JsonMembers::MostExact);
    return members.end();
}

Status readSnippet(const QJsonObject& object, ReadContent& snippet)
{
    JsonMembers members(object);
    members.text(QStringLiteral("name"), snippet.content.key);
    members.text(QStringLiteral("body"), snippet.content.parts[QStringLiteral("body")]);
    takeContent(members, snippet);
    return members.end();
}

Status readTexts(const QJsonObject& object, ReadContent& texts)
{
    JsonMembers members(object);
    takeObject(members, QStringLiteral("texts"), texts.content.parts, textsOf);
    takeContent(members, texts);
    return members.end();
}

Status readCategoryTemplate(const QJsonObject& object, ReadContent& content)
{
    JsonMembers members(object);
    members.text(QStringLiteral("category"), content.content.key);
    takeTemplate(members, content);
    return members.end();
}

Status readFrequencyCap(const QJsonObject& object, FrequencyCap& cap)
{
    JsonMembers members(object);
    takeCategory(members, cap.category);
    members.number(QStringLiteral("most"), cap.most, 0, mostInt);
    members.number(QStringLiteral("window_ms"), cap.windowMs, 0, JsonMembers::MostExact);
    if (!object.contains(u"category"))
        members.refuse(QStringLiteral("category"), tr("Say of which category."));
    return members.end();
}

void takeObjects(JsonMembers& members, const QString& key, const std::function<Status(const QJsonObject&)>& read)
{
    (void)takeList(members, key, [&](const QJsonValue& value) {
        return value.isObject() ? read(value.toObject()) : Status(fail(noObject()));
    });
}

} // namespace carillon
