// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "RequestComparison.h"

#include <QStringList>

namespace carillon {

// How a fixture wants its requests compared with those of the platform's own library: its member "sdk".
//
//     {"messages": ["a text"], "headers": ["x-priority"], "ignore": ["header:user-agent", "json:/ttl"], "why": "...",
//      "skip": ["^/versions$"], "answer": {"status": 200, "json": {}},
//      "peers": {"slack.other": {"messages": ["a text"], "ignore": ["json:/mrkdwn"], "why": "..."}}}
//
// messages   names of those that are compared; without it all that have requests
// headers    that must be equal besides content-type (without its parameters) and authorization
// ignore     what may be different: "header:<name>", "query:<name>", "json:<pointer>" (of any body), "path"; each needs to
//            be different somewhere, and "why" says the reason
// skip       paths (regular expressions) that the library asks for besides, not compared
// answer     what the library is answered; without it as everything else is
// peers      for one library alone, by the name of its script: messages and answer of its own, and more to ignore
struct SdkTerms {
    QStringList messages;
    QStringList headers;
    QStringList ignore;
    QStringList skip;
    bool explained = true; // whatever is ignored has its reason
    QJsonObject answer;

    static SdkTerms read(const QJsonObject& fixture, const QString& script = {}); // without a script: what holds for each
    bool skips(const QString& path) const;
};

// The first difference between their request and ours, by values: names and values of a query in any order, a form beside
// JSON with the same values, null beside nothing. Empty when there is none. What was ignored although it was different is
// added to `needed`.
QString sdkDifference(const RecordedRequest& theirs, const RecordedRequest& ours, const SdkTerms& terms,
                      QStringList& needed);

} // namespace carillon
