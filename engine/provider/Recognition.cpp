// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/provider/Recognition.h"

#include "engine/provider/FieldCheck.h"

#include <QCoreApplication>
#include <QUrl>

#include <algorithm>

namespace carillon {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("Recognition", text);
}

// PCRE's own limits, in front of everything else: steps, depth, and KiB of memory. No credential needs a tenth of them.
QRegularExpression limited(const QString& pattern)
{
    return QRegularExpression(QStringLiteral("(*LIMIT_MATCH=200000)(*LIMIT_DEPTH=10000)(*LIMIT_HEAP=4096)")
                              + QRegularExpression::anchoredPattern(pattern));
}

// What of a pattern stands for something else than itself: escapes of classes, sets, counts, and the beginnings of groups.
const QRegularExpression& syntax()
{
    static const QRegularExpression expression(QStringLiteral(
        R"(\\[A-Za-z0-9]|\[\^?\]?(?:\\.|[^\]])*\]|\{[0-9,]*\}|\(\?(?:<[A-Za-z_]\w*>|[a-z:=!<-]+[:)]?)|[.*+?^$|()\\])"));
    return expression;
}

// How many characters a pattern asks for by name.
int literals(QString pattern)
{
    return static_cast<int>(pattern.remove(syntax()).size());
}

const QRegularExpression& placeholder()
{
    static const QRegularExpression expression(QStringLiteral(R"(\{(0|[A-Za-z_]\w*)\})"));
    return expression;
}

QString decoded(const QString& text)
{
    return QUrl::fromPercentEncoding(text.toUtf8());
}

QString filled(const QString& text, const QRegularExpressionMatch& match)
{
    QString result;
    qsizetype end = 0;
    for (auto each = placeholder().globalMatch(text); each.hasNext();) {
        const QRegularExpressionMatch place = each.next();
        const QString name = place.captured(1);
        result += text.mid(end, place.capturedStart() - end)
            + (name == u'0' ? match.captured(0) : decoded(match.captured(name)));
        end = place.capturedEnd();
    }
    return result + text.mid(end);
}

// A text as a setting of this type; one that is none stays text, which the field's check refuses.
QJsonValue typed(FieldType type, const QString& text)
{
    static const QStringList yes{QStringLiteral("yes"), QStringLiteral("true"), QStringLiteral("on"), QStringLiteral("1")};
    static const QStringList no{QStringLiteral("no"), QStringLiteral("false"), QStringLiteral("off"), QStringLiteral("0")};
    bool isNumber = false;
    const double number = text.toDouble(&isNumber);
    if (type == FieldType::Number && isNumber)
        return number;
    if (type == FieldType::Boolean && (yes + no).contains(text.toLower()))
        return yes.contains(text.toLower());
    return text;
}

} // namespace

std::optional<Recognition::Value> Recognition::readValue(JsonReader& values, const QString& key, const QStringList& groups,
                                                         const QList<ProviderField>& fields)
{
    const QJsonValue given = values.value(key);
    const auto field = std::find_if(fields.begin(), fields.end(), [&](const ProviderField& one) { return one.key == key; });
    if (field == fields.end()) {
        values.note(values.pointerTo(key), tr("there is no field \"%1\".").arg(key));
        return std::nullopt;
    }
    if (!given.isString()) {
        if (field->secret || !checkField(*field, given))
            values.note(values.pointerTo(key), tr("this does not pass the field's own checks."));
        return Value{*field, given, {}};
    }
    for (auto each = placeholder().globalMatch(given.toString()); each.hasNext();) {
        const QString name = each.next().captured(1);
        if (name != u'0' && !groups.contains(name))
            values.note(values.pointerTo(key), tr("the pattern has no group \"%1\".").arg(name));
    }
    return Value{*field, QJsonValue(QJsonValue::Undefined), given.toString()};
}

Recognition::Rule Recognition::readRule(JsonReader& reader, const QList<ProviderField>& fields)
{
    Rule rule;
    const QString pattern = reader.text(QStringLiteral("pattern"), JsonReader::Required);
    rule.pattern = limited(pattern);
    rule.weight = literals(pattern);
    rule.isGeneric = reader.boolean(QStringLiteral("generic"), false);
    if (!rule.pattern.isValid())
        reader.note(reader.pointerTo(QStringLiteral("pattern")), rule.pattern.errorString());
    const QStringList groups = rule.pattern.namedCaptureGroups();
    const QString name = QStringLiteral("fields");
    const QJsonObject object = reader.object(name, JsonReader::Required);
    JsonReader values = reader.at(object, reader.pointerTo(name));
    const QStringList keys = object.keys();
    for (const QString& key : keys) {
        if (const std::optional<Value> value = readValue(values, key, groups, fields))
            rule.values << *value;
    }
    reader.refuseUnknown();
    return rule;
}

Recognition Recognition::read(JsonReader& file, const QList<ProviderField>& fields)
{
    Recognition recognition;
    const QString name = QStringLiteral("recognise");
    const QJsonArray list = file.array(name);
    if (list.size() > MaxRules)
        file.note(file.pointerTo(name), tr("these are more than %1.").arg(MaxRules));
    for (qsizetype i = 0; i < qMin(list.size(), MaxRules); ++i) {
        JsonReader reader = file.at(list[i], file.pointerTo(name) + u'/' + QString::number(i));
        recognition.m_rules << readRule(reader, fields);
    }
    std::stable_sort(recognition.m_rules.begin(), recognition.m_rules.end(),
                     [](const Rule& one, const Rule& other) { return one.weight > other.weight; });
    return recognition;
}

std::optional<Recognised> Recognition::apply(const Rule& rule, const QString& text)
{
    const QRegularExpressionMatch match = rule.pattern.match(text);
    if (!match.hasMatch())
        return std::nullopt;
    Recognised recognised{{}, {}, rule.weight, rule.isGeneric};
    for (const Value& value : rule.values) {
        const QString found = value.constant.isUndefined() ? filled(value.text, match) : QString();
        const Secret secret(found.toUtf8());
        const QJsonValue setting = value.constant.isUndefined() ? typed(value.field.type, found) : value.constant;
        if (value.constant.isUndefined() && found.isEmpty())
            continue;
        if (!(value.field.secret ? checkSecretField(value.field, secret) : checkField(value.field, setting)))
            return std::nullopt;
        if (value.field.secret)
            recognised.secrets.insert(value.field.key, secret);
        else
            recognised.settings.insert(value.field.key, setting);
    }
    return recognised;
}

std::optional<Recognised> Recognition::recognise(const QString& text) const
{
    if (text.size() > MaxText)
        return std::nullopt;
    const QString pasted = text.trimmed();
    for (const Rule& rule : m_rules) {
        if (std::optional<Recognised> recognised = apply(rule, pasted))
            return recognised;
    }
    return std::nullopt;
}

} // namespace carillon
