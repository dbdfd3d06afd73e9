// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ctl/FolderPartials.h"

#include "app/ctl/Command.h"

#include <QDir>
#include <QFile>

namespace carillon {

FileProblem placedIn(const QString& file, const liquid::Problem& problem)
{
    return {file, problem.line, problem.column, QString::fromStdString(problem.text),
            QString::fromStdString(problem.sentence)};
}

Result<QByteArray> readTextFile(const QString& path, qint64 limit)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return fail(ErrorCode::InvalidInput, Command::tr("%1 cannot be read: %2.").arg(path, file.errorString()));
    const QByteArray content = file.read(limit + 1); // bounded, whatever kind of file it is
    if (file.error() != QFileDevice::NoError)
        return fail(ErrorCode::InvalidInput, Command::tr("%1 cannot be read: %2.").arg(path, file.errorString()));
    if (content.size() > limit)
        return fail(ErrorCode::InvalidInput, Command::tr("%1 is longer than %2 KiB.").arg(path).arg(limit / 1024));
    return content;
}

Status FolderPartials::load(const QString& folder, const liquid::Options& options, QList<FileProblem>& problems)
{
    const QDir dir(folder);
    if (!dir.exists())
        return fail(ErrorCode::InvalidInput, Command::tr("There is no folder %1.").arg(folder), QStringLiteral("partials"));
    const QStringList patterns{QStringLiteral("*.liquid"), QStringLiteral("*.html"), QStringLiteral("*.txt")};
    const QFileInfoList files = dir.entryInfoList(patterns, QDir::Files, QDir::Name);
    if (files.size() > maxFiles)
        return fail(ErrorCode::InvalidInput, Command::tr("The folder %1 has more than %2 pieces.").arg(folder).arg(maxFiles),
                    QStringLiteral("partials"));
    for (const QFileInfo& file : files) {
        const Result<QByteArray> source = readTextFile(file.filePath(), qint64(liquid::Program::maxSourceBytes));
        if (!source)
            return fail(source.error());
        auto program = liquid::Program::compile({source->constData(), size_t(source->size())}, options);
        if (!program) {
            for (const liquid::Problem& problem : program.error())
                problems << placedIn(file.filePath(), problem);
        } else if (!m_programs.emplace(file.completeBaseName().toStdString(), *std::move(program)).second) {
            return fail(
                ErrorCode::InvalidInput,
                Command::tr("%1: there is another piece called \"%2\".").arg(file.filePath(), file.completeBaseName()),
                QStringLiteral("partials"));
        }
    }
    return {};
}

const liquid::Program* FolderPartials::find(std::string_view name) const
{
    const auto found = m_programs.find(name);
    return found == m_programs.end() ? nullptr : &found->second;
}

} // namespace carillon
