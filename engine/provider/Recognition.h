// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Secret.h"
#include "engine/provider/JsonReader.h"
#include "engine/provider/ProviderDescription.h"

#include <QHash>
#include <QRegularExpression>

#include <optional>

namespace carillon {

// What a pasted text says of an account.
struct Recognised {
    QJsonObject settings;
    QHash<QString, Secret> secrets; // by field key
    int weight = 0; // how particular the form is that the text has: the heavier one is the likelier
    bool isGeneric = false; // many kinds have this form: it stands for this one only when nobody else knows the text
};

// Knows a provider's own credentials by their form: a webhook's address, a bot's token, an Apprise-style URL. Reads the
// member "recognise" of a provider file (resources/providers/provider.schema.json):
//
//     "recognise": [ {"pattern": "slack://(?<a>[^/]+)/(?<b>[^/]+)", "fields": {"url": "https://example.org/{a}/{b}"}} ]
//
// A rule that is "generic": true is for what nobody else recognises: any web address may be a webhook's.
//
// The whole text must match. {0} stands for all of it, {name} for a named group, percent-decoded; a field that becomes empty
// is left out. A match that its fields' own checks refuse is none. Patterns are run with limits on their steps and their
// memory: one that would run for ever matches nothing. Immutable, thread-safe.
class Recognition {
public:
    static constexpr qsizetype MaxText = 32 * 1024; // characters; a service account's JSON has some 2,400
    static constexpr qsizetype MaxRules = 32;

    // Notes what is wrong: a bad pattern, an unknown field, a name that the pattern does not have.
    static Recognition read(JsonReader& file, const QList<ProviderField>& fields);

    // What the heaviest rule says that fits; white space around the text does not count.
    std::optional<Recognised> recognise(const QString& text) const;

private:
    struct Value {
        ProviderField field;
        QJsonValue constant; // undefined: `text` decides
        QString text; // with {0} and {name}
    };
    struct Rule {
        QRegularExpression pattern; // anchored and limited
        int weight = 0;
        bool isGeneric = false;
        QList<Value> values;
    };

    static Rule readRule(JsonReader& reader, const QList<ProviderField>& fields);
    static std::optional<Value> readValue(JsonReader& values, const QString& key, const QStringList& groups,
                                          const QList<ProviderField>& fields);
    static std::optional<Recognised> apply(const Rule& rule, const QString& text);

    QList<Rule> m_rules; // heaviest first
};

} // namespace carillon
