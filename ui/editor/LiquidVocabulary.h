// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

#include <optional>

namespace carillon::ui {

// The words an editor of Liquid offers.
struct LiquidVocabulary {
    QStringList variables; // "contact.name", "brand.from_name"
    QStringList filters;
    QStringList tags;

    // What every template may use; `attributes` are those that contacts have, `dataKeys` the keys of the campaign's data.
    static LiquidVocabulary standard(const QStringList& attributes = {}, const QStringList& dataKeys = {});
};

// What is being typed at the cursor, and which words fit there.
struct Completion {
    QString prefix; // what is typed of it so far
    QStringList words; // that begin with it, without regard to case
};

// Nothing when the cursor is not inside Liquid, or inside a string of it. `before` is the text before the cursor; variables
// that a `for`, `assign` or `capture` in it introduces are offered too.
std::optional<Completion> completionAt(const QString& before, const LiquidVocabulary& vocabulary);

} // namespace carillon::ui
