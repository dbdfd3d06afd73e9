// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/ctl/Console.h"
#include "engine/base/Result.h"
#include "engine/liquid/Program.h"

#include <QString>

#include <map>

namespace carillon {

FileProblem placedIn(const QString& file, const liquid::Problem& problem);

// The files NAME.liquid, NAME.html and NAME.txt of a folder as pieces called NAME, compiled once. Immutable after load().
class FolderPartials final : public liquid::Partials {
public:
    static constexpr int maxFiles = 1000;

    // Files that do not compile are problems; the error says that the folder or a file cannot be read, or that two files
    // have one name.
    Status load(const QString& folder, const liquid::Options& options, QList<FileProblem>& problems);

    const liquid::Program* find(std::string_view name) const override;

private:
    std::map<std::string, liquid::Program, std::less<>> m_programs;
};

} // namespace carillon
