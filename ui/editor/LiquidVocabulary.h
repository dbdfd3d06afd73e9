// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QList>
#include <QString>
#include <QStringList>

#include <optional>

namespace carillon::ui {

// A word that an editor offers, with what a person is told about it: an example of its value, or what it does.
struct Word {
    QString text;
    QString detail;

    friend bool operator==(const Word&, const Word&) = default;
};

// The words of an editor of Liquid.
struct LiquidVocabulary {
    QList<Word> variables; // "contact.name"; members of a list's elements as "data.items[].name"
    QList<Word> filters;
    QList<Word> tags;
    QList<Word> snippets; // after render and include
    QList<Word> texts; // keys of translations, for {{ "key" | t }}

    // What every template may use: the roots, the filters and the tags. `attributes` are those that contacts have, each with
    // an example of its value (null: none is known); `data` is the campaign's.
    static LiquidVocabulary standard(const QJsonObject& attributes = {}, const QJsonObject& data = {});
};

// What is being typed at the cursor, and which words fit there.
struct Completion {
    enum Kind { Variable, Filter, Tag, Snippet, Text };

    Kind kind = Variable;
    QString prefix; // what is typed of it so far
    QList<Word> words; // that begin with it, without regard to case
    bool inLines = false; // Tag: a line of {% liquid %}, which nothing closes
    QString quote; // Snippet: to be put around the word; empty when it is in quotes already
};

// Nothing when the cursor is not inside Liquid, or inside a string that nothing is known about. `before` is the text before
// the cursor; what an assign, capture or increment in it introduces is offered too, and the variable of a loop while in it.
std::optional<Completion> completionAt(const QString& before, const LiquidVocabulary& vocabulary);

} // namespace carillon::ui
