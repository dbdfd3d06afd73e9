// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <optional>

namespace carillon::lint {

// Reads JSON (RFC 8259) in which a wildcard may stand for anything: a value, a comma, a row of members, or nothing. Bounded
// in depth; any text is taken.
class TolerantJson {
public:
    static constexpr int maxDepth = 200;

    TolerantJson(QStringView text, QChar wildcard)
        : m_text(text)
        , m_wildcard(wildcard)
    {
    }

    struct Fault {
        qsizetype position = 0;
        QString sentence;
    };

    // The first thing that is wrong; nothing when the text is one JSON value.
    std::optional<Fault> check();

private:
    bool fail(const QString& sentence);
    void skipBlanks();
    bool at(QChar c) const { return m_at < m_text.size() && m_text[m_at] == c; }
    bool takeWildcards();
    bool value();
    bool object();
    bool array();
    bool member();
    bool string();
    bool escape();
    bool number();
    bool word();
    bool next(QChar closing, bool& isDone);

    QStringView m_text;
    QChar m_wildcard;
    qsizetype m_at = 0;
    int m_depth = 0;
    std::optional<Fault> m_fault;
};

} // namespace carillon::lint
