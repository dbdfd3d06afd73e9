// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/editor/LiquidTags.h"

#include <QRegularExpression>

#include <optional>

namespace carillon::ui {

struct SearchOptions {
    bool matchCase = false;
    bool wholeWord = false;
    bool regular = false; // the pattern is a regular expression (PCRE); ^ and $ are the ends of lines

    friend bool operator==(const SearchOptions&, const SearchOptions&) = default;
};

// Finds a pattern in texts. A value. An expression that tries too many ways is given up with an error, so that no pattern
// hangs the window.
class TextSearch {
public:
    static constexpr int MostMatches = 10'000; // that matches() gives

    TextSearch() = default;
    TextSearch(const QString& pattern, const SearchOptions& options);

    bool isEmpty() const { return m_pattern.isEmpty(); }
    QString error() const { return m_error; } // a sentence; empty: the pattern can be searched for

    // Every match in order, none empty, none within another; sets `failure` to a sentence when it was given up.
    QList<TextRange> matches(const QString& text, QString* failure = nullptr) const;
    // The text with every match replaced, and how many there were (all of them, also beyond MostMatches).
    QString replaceAll(const QString& text, const QString& with, int* count) const;
    // What one match becomes: in a regular search \1 to \9 are its groups, \n and \t a line end and a tab.
    std::optional<QString> replacement(const QString& text, const TextRange& match, const QString& with) const;

private:
    QString expand(const QRegularExpressionMatch& match, const QString& with) const;

    QString m_pattern;
    bool m_regular = false;
    QString m_error;
    QRegularExpression m_expression;
};

} // namespace carillon::ui
