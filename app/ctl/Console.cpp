// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ctl/Console.h"

#include <QJsonDocument>

#include <cstdio>
#include <unistd.h>

namespace carillon {

namespace {

// What platforms and strangers wrote is in it, and must not steer the terminal.
QByteArray printable(QString text)
{
    for (QChar& letter : text) {
        if (letter.category() == QChar::Other_Control && letter != u'\n' && letter != u'\t')
            letter = QChar::ReplacementCharacter;
    }
    return text.toUtf8();
}

} // namespace

void Console::write(Stream stream, const QByteArray& line, const char* end) const
{
    if (m_sink)
        return m_sink(stream, line + end);
    std::FILE* out = stream == Stream::Out ? stdout : stderr;
    std::fwrite(line.constData(), 1, size_t(line.size()), out);
    std::fputs(end, out);
    std::fflush(out);
}

void Console::result(const QJsonObject& object, const QString& text) const
{
    write(Stream::Out, m_json ? QJsonDocument(object).toJson(QJsonDocument::Compact) : printable(text));
}

void Console::note(const QString& text) const
{
    if (!m_json)
        write(Stream::Error, printable(text));
}

void Console::progress(const QString& text) const
{
    if (!m_json && !m_sink && isatty(STDERR_FILENO) == 1)
        write(Stream::Error, "\r\033[K" + printable(text), "");
}

int Console::fail(const Error& error) const
{
    if (m_json) {
        QJsonObject problem{{QStringLiteral("code"), codeName(error.code)}, {QStringLiteral("message"), error.message}};
        if (!error.field.isEmpty())
            problem.insert(QStringLiteral("field"), error.field);
        write(Stream::Error, QJsonDocument(QJsonObject{{QStringLiteral("error"), problem}}).toJson(QJsonDocument::Compact));
    } else {
        write(Stream::Error, "carillonctl: " + printable(error.message));
    }
    return ExitCode::Failed;
}

void Console::text(const QByteArray& bytes) const
{
    if (m_json)
        write(Stream::Out,
              QJsonDocument(QJsonObject{{QStringLiteral("text"), QString::fromUtf8(bytes)}}).toJson(QJsonDocument::Compact));
    else
        write(Stream::Out, bytes, "");
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
        write(Stream::Error, QJsonDocument(QJsonObject{{QStringLiteral("error"), object}}).toJson(QJsonDocument::Compact));
    } else {
        write(Stream::Error, printable(place + problem.sentence));
        if (!problem.text.isEmpty())
            write(Stream::Error, "    " + printable(problem.text));
    }
    return ExitCode::Failed;
}

int Console::failUsage(const QString& text) const
{
    fail({ErrorCode::InvalidInput, text, {}});
    return ExitCode::Usage;
}

} // namespace carillon
