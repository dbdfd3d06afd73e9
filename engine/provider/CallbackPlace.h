// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/provider/Callback.h"
#include "engine/provider/JsonReader.h"

#include <QRegularExpression>

namespace carillon {

// A callback with its body read: JSON as it is, a form or the query of a GET as an object of texts.
struct CallbackDocument {
    const Callback& callback;
    QJsonValue body; // undefined: neither JSON nor a form
};

// A place in a callback. Immutable, thread-safe.
//
//     {"pointer": "/status"}        a JSON pointer into the item
//     {"callback": "/entry/0/id"}   the same into the whole body
//     {"header": "X-Name"}  {"query": "name"}
class CallbackPlace {
public:
    // Notes what is wrong with it. Members of other readers ("equals") are theirs to ask for.
    static CallbackPlace read(JsonReader& reader);
    // The list `name` of a rule; each entry is a place and nothing else.
    static QList<CallbackPlace> readList(JsonReader& rule, const QString& name);

    // Undefined when there is nothing.
    QJsonValue in(const CallbackDocument& document, const QJsonValue& item) const;

private:
    enum class Kind { Item, Body, Header, Query };

    Kind m_kind = Kind::Item;
    QString m_name;
};

// What must be so for a rule to be used: the place "equals" a value, its text "matches" an expression (anywhere in it), it
// is "absent", or, with none of these, it is there. Immutable, thread-safe.
class CallbackCondition {
public:
    static QList<CallbackCondition> readList(JsonReader& rule, const QString& name);

    bool holds(const CallbackDocument& document, const QJsonValue& item) const;

private:
    CallbackPlace m_place;
    QJsonValue m_equals; // undefined: not asked for
    QRegularExpression m_matches;
    bool m_absent = false;
};

bool allHold(const QList<CallbackCondition>& conditions, const CallbackDocument& document, const QJsonValue& item);

// The first place that has a text.
QString firstText(const QList<CallbackPlace>& places, const CallbackDocument& document, const QJsonValue& item);

} // namespace carillon
