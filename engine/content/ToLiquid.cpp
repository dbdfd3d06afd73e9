// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/content/ToLiquid.h"

#include <QJsonArray>

namespace carillon {

namespace {

// Qt keeps whole numbers of JSON as such: a number of an order has more digits than a double.
liquid::Value fromNumber(const QJsonValue& number)
{
    const std::int64_t whole = number.toInteger();
    if (double(whole) == number.toDouble())
        return whole;
    return number.toDouble();
}

liquid::Value fromArray(const QJsonArray& array)
{
    liquid::Array result;
    result.reserve(std::size_t(array.size()));
    for (const QJsonValue element : array)
        result.push_back(toLiquid(element));
    return result;
}

liquid::Value fromObject(const QJsonObject& object)
{
    std::vector<liquid::Object::Entry> entries;
    entries.reserve(std::size_t(object.size()));
    for (auto it = object.begin(); it != object.end(); ++it)
        entries.emplace_back(it.key().toStdString(), toLiquid(it.value()));
    return liquid::Object(std::move(entries));
}

} // namespace

liquid::Value toLiquid(const QString& text)
{
    return text.toStdString();
}

liquid::Value toLiquid(const QJsonValue& json)
{
    switch (json.type()) {
    case QJsonValue::Bool: return json.toBool();
    case QJsonValue::Double: return fromNumber(json);
    case QJsonValue::String: return toLiquid(json.toString());
    case QJsonValue::Array: return fromArray(json.toArray());
    case QJsonValue::Object: return fromObject(json.toObject());
    case QJsonValue::Null:
    case QJsonValue::Undefined: break;
    }
    return {};
}

} // namespace carillon
