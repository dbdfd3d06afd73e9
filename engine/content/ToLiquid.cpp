// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/content/ToLiquid.h"

#include <QJsonArray>

#include <cmath>

namespace carillon {

namespace {

liquid::Value fromNumber(double number)
{
    constexpr double exactLimit
        = 9'007'199'254'740'992.0; // 2^53: beyond it a double has no fraction to lose and is shown as it is
    if (std::floor(number) == number && std::fabs(number) <= exactLimit)
        return std::int64_t(number);
    return number;
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
    case QJsonValue::Double: return fromNumber(json.toDouble());
    case QJsonValue::String: return toLiquid(json.toString());
    case QJsonValue::Array: return fromArray(json.toArray());
    case QJsonValue::Object: return fromObject(json.toObject());
    case QJsonValue::Null:
    case QJsonValue::Undefined: break;
    }
    return {};
}

} // namespace carillon
