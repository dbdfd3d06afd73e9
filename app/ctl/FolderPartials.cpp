// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ctl/FolderPartials.h"

#include "app/ctl/Command.h"
#include "app/ctl/InputFile.h"

#include <QDir>

namespace carillon {

FileProblem placedIn(const QString& file, const liquid::Problem& problem)
{
    return {file, problem.line, problem.column, QString::fromStdString(problem.text),
            QString::fromStdString(problem.sentence)};
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
