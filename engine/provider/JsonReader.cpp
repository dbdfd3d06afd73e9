// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/provider/JsonReader.h"

#include "engine/content/NearestName.h"

#include <QCoreApplication>

namespace carillon {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("JsonReader", text);
}

} // namespace

QString JsonReader::child(const QString& pointer, QString member)
{
    return pointer + u'/' + member.replace(u'~', QStringLiteral("~0")).replace(u'/', QStringLiteral("~1"));
}

QString JsonReader::pointerTo(const QString& name) const
{
    return child(m_pointer, name);
}

void JsonReader::note(const QString& pointer, const QString& sentence)
{
    m_problems << Error{ErrorCode::InvalidInput,
                        tr("%1: %2").arg(pointer.isEmpty() ? QStringLiteral("/") : pointer, sentence), pointer};
}

QJsonValue JsonReader::take(const QString& name, Need need, QJsonValue::Type type, const QString& typeName)
{
    m_asked.insert(name);
    const QJsonValue value = m_object.value(name);
    if (value.isUndefined() && need == Required)
        note(pointerTo(name), tr("this is missing; it must be %1.").arg(typeName));
    else if (!value.isUndefined() && value.type() != type)
        note(pointerTo(name), tr("this must be %1.").arg(typeName));
    return value.type() == type ? value : QJsonValue(QJsonValue::Undefined);
}

QString JsonReader::text(const QString& name, Need need, const QString& fallback)
{
    return take(name, need, QJsonValue::String, tr("text")).toString(fallback);
}

QString JsonReader::choice(const QString& name, const QStringList& choices, Need need)
{
    const QString chosen = text(name, need, choices.first());
    if (choices.contains(chosen))
        return chosen;
    note(pointerTo(name), tr("this must be one of: %1.").arg(choices.join(QStringLiteral(", "))));
    return choices.first();
}

double JsonReader::number(const QString& name, double fallback, double minimum, double maximum)
{
    const double number = take(name, Optional, QJsonValue::Double, tr("a number")).toDouble(fallback);
    if (number >= minimum && number <= maximum)
        return number;
    note(pointerTo(name), tr("this must be between %1 and %2.").arg(minimum).arg(maximum));
    return fallback;
}

bool JsonReader::boolean(const QString& name, bool fallback)
{
    return take(name, Optional, QJsonValue::Bool, tr("true or false")).toBool(fallback);
}

QJsonObject JsonReader::object(const QString& name, Need need)
{
    return take(name, need, QJsonValue::Object, tr("an object")).toObject();
}

QJsonArray JsonReader::array(const QString& name, Need need)
{
    return take(name, need, QJsonValue::Array, tr("a list")).toArray();
}

QJsonValue JsonReader::value(const QString& name)
{
    m_asked.insert(name);
    return m_object.value(name);
}

JsonReader JsonReader::at(const QJsonValue& value, const QString& pointer)
{
    if (!value.isObject())
        note(pointer, tr("this must be an object."));
    return JsonReader(value.toObject(), pointer, m_problems);
}

void JsonReader::refuseUnknown()
{
    const QStringList names = m_object.keys();
    for (const QString& name : names) {
        if (m_asked.contains(name))
            continue;
        const QString meant = lint::nearestName(name, m_asked.values());
        note(pointerTo(name),
             meant.isEmpty() ? tr("this is not known here. Remove it, or look for a spelling mistake.")
                             : tr("this is not known here. Did you mean \"%1\"?").arg(meant));
    }
}

} // namespace carillon
