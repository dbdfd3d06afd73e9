// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Error.h"

#include <QJsonObject>

#include <functional>

namespace carillon {

// A problem in a file that somebody wrote, and where.
struct FileProblem {
    QString file; // as it was named
    int line = 1;
    int column = 1;
    QString text; // the offending text, shortened; may be empty
    QString sentence;
};

// Exit codes, as scripts expect them.
namespace ExitCode {
inline constexpr int Done = 0;
inline constexpr int Failed = 1; // the operation was refused or failed
inline constexpr int Usage = 2; // the command line is wrong
inline constexpr int Incomplete = 3; // it was carried out, but not for all: rows refused, deliveries failed
} // namespace ExitCode

// Where a command writes: results to standard output (as text, or with --json one JSON object a line), everything else to
// standard error. Nothing else of the program writes to either. A command that another process asked for writes to a sink in
// place of them.
class Console {
public:
    enum class Stream { Out, Error };
    // Whole lines, or a text as it is.
    using Sink = std::function<void(Stream stream, const QByteArray& bytes)>;

    explicit Console(bool json, Sink sink = {})
        : m_json(json)
        , m_sink(std::move(sink))
    {
    }

    bool isJson() const { return m_json; }
    // A result; `text` is what people read.
    void result(const QJsonObject& object, const QString& text) const;
    // Something on the way, for people only; not with --json.
    void note(const QString& text) const;
    // A line that the next one overwrites, when standard error is a terminal.
    void progress(const QString& text) const;
    // Exactly these bytes as the result, or with --json as the member "text".
    void text(const QByteArray& bytes) const;
    int fail(const Error& error) const;
    // "FILE:line:column: sentence", as compilers say it, and under it the offending text.
    int fail(const FileProblem& problem) const;
    int failUsage(const QString& text) const;

private:
    void write(Stream stream, const QByteArray& line, const char* end = "\n") const;

    bool m_json;
    Sink m_sink; // empty: standard output and error
};

} // namespace carillon
