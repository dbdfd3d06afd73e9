// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/provider/CallbackPlace.h"

#include "engine/provider/JsonPointer.h"

#include <QCoreApplication>

#include <algorithm>

namespace carillon {

namespace {

constexpr qsizetype MaxMatched = 4'096; // characters that an expression looks at

QString tr(const char* text)
{
    return QCoreApplication::translate("CallbackPlace", text);
}

QJsonValue queryValue(const QByteArray& query, const QString& name)
{
    const auto pairs = formPairs(query);
    for (const auto& [key, value] : pairs) {
        if (QString::fromUtf8(key) == name)
            return QString::fromUtf8(value);
    }
    return QJsonValue::Undefined;
}

QJsonValue headerValue(const Callback& callback, const QString& name)
{
    const QByteArray value = callback.header(name.toLatin1());
    return value.isNull() ? QJsonValue(QJsonValue::Undefined) : QJsonValue(QString::fromUtf8(value));
}

} // namespace

CallbackPlace CallbackPlace::read(JsonReader& reader)
{
    static const QList<QPair<QString, Kind>> kinds{{QStringLiteral("pointer"), Kind::Item},
                                                   {QStringLiteral("callback"), Kind::Body},
                                                   {QStringLiteral("header"), Kind::Header},
                                                   {QStringLiteral("query"), Kind::Query}};
    CallbackPlace place;
    int given = 0;
    for (const auto& [name, kind] : kinds) {
        if (!reader.has(name))
            continue;
        ++given;
        place.m_kind = kind;
        place.m_name = reader.text(name);
        const bool isPointer = kind == Kind::Item || kind == Kind::Body;
        if (isPointer && !place.m_name.isEmpty() && !place.m_name.startsWith(u'/'))
            reader.note(reader.pointerTo(name), tr("a JSON pointer starts with a slash."));
    }
    if (given != 1)
        reader.note(reader.pointerTo({}).chopped(1),
                    tr("one of \"pointer\", \"callback\", \"header\" and \"query\" is needed."));
    return place;
}

QList<CallbackPlace> CallbackPlace::readList(JsonReader& rule, const QString& name)
{
    QList<CallbackPlace> places;
    const QJsonArray list = rule.array(name);
    for (qsizetype i = 0; i < list.size(); ++i) {
        JsonReader one = rule.at(list[i], rule.pointerTo(name) + u'/' + QString::number(i));
        places << read(one);
        one.refuseUnknown();
    }
    return places;
}

QJsonValue CallbackPlace::in(const CallbackDocument& document, const QJsonValue& item) const
{
    switch (m_kind) {
    case Kind::Item: return jsonAt(item, m_name);
    case Kind::Body: return jsonAt(document.body, m_name);
    case Kind::Header: return headerValue(document.callback, m_name);
    case Kind::Query: return queryValue(document.callback.query, m_name);
    }
    return QJsonValue::Undefined;
}

QList<CallbackCondition> CallbackCondition::readList(JsonReader& rule, const QString& name)
{
    QList<CallbackCondition> conditions;
    const QJsonArray list = rule.array(name);
    for (qsizetype i = 0; i < list.size(); ++i) {
        JsonReader one = rule.at(list[i], rule.pointerTo(name) + u'/' + QString::number(i));
        CallbackCondition condition;
        condition.m_place = CallbackPlace::read(one);
        condition.m_equals = one.value(QStringLiteral("equals"));
        condition.m_matches.setPattern(one.text(QStringLiteral("matches")));
        condition.m_absent = one.boolean(QStringLiteral("absent"), false);
        if (!condition.m_matches.isValid())
            one.note(one.pointerTo(QStringLiteral("matches")), condition.m_matches.errorString());
        one.refuseUnknown();
        conditions << condition;
    }
    return conditions;
}

bool CallbackCondition::holds(const CallbackDocument& document, const QJsonValue& item) const
{
    const QJsonValue found = m_place.in(document, item);
    const bool isThere = !found.isUndefined() && !found.isNull();
    if (m_absent)
        return !isThere;
    if (!m_equals.isUndefined())
        return found == m_equals;
    return isThere && (m_matches.pattern().isEmpty() || m_matches.match(jsonText(found).left(MaxMatched)).hasMatch());
}

bool allHold(const QList<CallbackCondition>& conditions, const CallbackDocument& document, const QJsonValue& item)
{
    return std::all_of(conditions.begin(), conditions.end(), [&](const auto& c) { return c.holds(document, item); });
}

QString firstText(const QList<CallbackPlace>& places, const CallbackDocument& document, const QJsonValue& item)
{
    for (const CallbackPlace& place : places) {
        if (const QString text = jsonText(place.in(document, item)); !text.isEmpty())
            return text;
    }
    return {};
}

} // namespace carillon
