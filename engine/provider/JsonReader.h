// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Error.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QSet>
#include <QStringList>

namespace carillon {

// Reads a JSON object whose shape is known, and notes every mistake with its JSON pointer (RFC 6901) instead of stopping at
// the first.
//
//     QList<Error> problems;
//     JsonReader reader(object, {}, problems);
//     const QString key = reader.text(u"key"_qs, JsonReader::Required);
//     reader.refuseUnknown();
class JsonReader {
public:
    enum Need { Optional, Required };

    // `problems` must outlive the reader.
    JsonReader(QJsonObject object, QString pointer, QList<Error>& problems)
        : m_object(std::move(object))
        , m_pointer(std::move(pointer))
        , m_problems(problems)
    {
    }

    bool has(const QString& name) const { return m_object.contains(name); }
    QString text(const QString& name, Need need = Optional, const QString& fallback = {});
    // One of `choices`; the first when it is missing.
    QString choice(const QString& name, const QStringList& choices, Need need = Optional);
    double number(const QString& name, double fallback, double minimum, double maximum);
    bool boolean(const QString& name, bool fallback);
    QJsonObject object(const QString& name, Need need = Optional);
    QJsonArray array(const QString& name, Need need = Optional);
    QJsonValue value(const QString& name);

    // A reader of the object `value`, which stands at `pointer`; an empty one, with a problem noted, when it is none.
    JsonReader at(const QJsonValue& value, const QString& pointer);

    const QString& pointer() const { return m_pointer; }
    QString pointerTo(const QString& name) const;
    // To a member of the object at `name`, or an element of the list there.
    QString pointerTo(const QString& name, const QString& member) const { return child(pointerTo(name), member); }
    static QString child(const QString& pointer, QString member);
    QList<Error>& problems() { return m_problems; }
    void note(const QString& pointer, const QString& sentence);

    // Notes each name that nobody asked for: a typing mistake must not pass in silence.
    void refuseUnknown();

private:
    QJsonValue take(const QString& name, Need need, QJsonValue::Type type, const QString& typeName);

    QJsonObject m_object;
    QString m_pointer;
    QList<Error>& m_problems;
    QSet<QString> m_asked;
};

} // namespace carillon
