// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/content/ContentSet.h"
#include "engine/model/TemplateProblem.h"

#include <QJsonObject>

namespace carillon {

// What a template is looked at with.
struct LintInput {
    const ContentSet& content; // the topic with all its templates as they stand, and the snippets and texts
    const Template& source; // the one that is looked at
    QStringList attributes; // names of the contacts' attributes; empty: unknown, contact.<anything> is taken as right
    QStringList contactLocales; // locales that contacts have, most frequent first; empty: unknown
    QJsonObject data; // the campaign's; null members: unknown
};

// Every finding in one template, in the order of its parts and places: what does not compile first; of one rule at most 20
// in a part. Of a snippet only what concerns its Liquid: what surrounds it is known to nobody. Takes any text, in time that
// grows with its length alone; fast enough for every key press: a mail of 100 KB in a few milliseconds. Thread-safe.
QList<TemplateProblem> lintTemplate(const LintInput& input);

// Every template of `content` that belongs to its topic; the problems name channel and locale.
QList<TemplateProblem> lintContent(const ContentSet& content, const QStringList& attributes,
                                   const QStringList& contactLocales, const QJsonObject& data);

// A rule as help shows it.
struct LintRule {
    QString id; // "image-without-alt": for ever the same
    Severity severity = Severity::Warning;
    QString sentence; // what it looks for, and why
};
QList<LintRule> lintRules();

} // namespace carillon
