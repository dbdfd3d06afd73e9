// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ctl/Console.h"

#include <QJsonDocument>

#include <cstdio>
#include <unistd.h>

namespace carillon {

namespace {

void write(std::FILE* out, const QByteArray& line, const char* end = "\n")
{
    std::fwrite(line.constData(), 1, size_t(line.size()), out);
    std::fputs(end, out);
    std::fflush(out);
}

} // namespace

void Console::result(const QJsonObject& object, const QString& text) const
{
    write(stdout, m_json ? QJsonDocument(object).toJson(QJsonDocument::Compact) : text.toUtf8());
}

void Console::note(const QString& text) const
{
    if (!m_json)
        write(stderr, text.toUtf8());
}

void Console::progress(const QString& text) const
{
    if (!m_json && isatty(STDERR_FILENO) == 1)
        write(stderr, "\r\033[K" + text.toUtf8(), "");
}

int Console::fail(const Error& error) const
{
    if (m_json) {
        QJsonObject problem{{QStringLiteral("code"), codeName(error.code)}, {QStringLiteral("message"), error.message}};
        if (!error.field.isEmpty())
            problem.insert(QStringLiteral("field"), error.field);
        write(stderr, QJsonDocument(QJsonObject{{QStringLiteral("error"), problem}}).toJson(QJsonDocument::Compact));
    } else {
        write(stderr, "carillonctl: " + error.message.toUtf8());
    }
    return ExitCode::Failed;
}

void Console::text(const QByteArray& bytes) const
{
    if (m_json)
        write(stdout,
              QJsonDocument(QJsonObject{{QStringLiteral("text"), QString::fromUtf8(bytes)}}).toJson(QJsonDocument::Compact));
    else
        write(stdout, bytes, "");
}

int Console::fail(const FileProblem& problem) const
{
    const QString place = QStringLiteral("%1:%2:%3: ").arg(problem.file).arg(problem.line).arg(problem.column);
    if (m_json) {
        const QJsonObject object{{QStringLiteral("code"), codeName(ErrorCode::InvalidInput)},
                                 {QStringLiteral("message"), problem.sentence},
                                 {QStringLiteral("file"), problem.file},
                                 {QStringLiteral("line"), problem.line},
                                 {QStringLiteral("column"), problem.column},
                                 {QStringLiteral("text"), problem.text}};
        write(stderr, QJsonDocument(QJsonObject{{QStringLiteral("error"), object}}).toJson(QJsonDocument::Compact));
    } else {
        write(stderr, (place + problem.sentence).toUtf8());
        if (!problem.text.isEmpty())
            write(stderr, "    " + problem.text.toUtf8());
    }
    return ExitCode::Failed;
}

int Console::failUsage(const QString& text) const
{
    fail({ErrorCode::InvalidInput, text, {}});
    return ExitCode::Usage;
}

} // namespace carillon
