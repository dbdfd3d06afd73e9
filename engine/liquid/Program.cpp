// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/liquid/Program.h"

#include "engine/liquid/Compiler.h"
#include "engine/liquid/ProgramData.h"
#include "engine/liquid/Renderer.h"

namespace carillon::liquid {

tl::expected<Program, std::vector<Problem>> Program::compile(std::string_view source, const Options& options)
{
    if (source.size() > maxSourceBytes) {
        const std::string megabytes = std::to_string(maxSourceBytes >> 20);
        return tl::unexpected(std::vector{makeProblem(source, {}, tr("The template is larger than %1 MiB.", {megabytes}))});
    }
    auto data = std::make_shared<Data>();
    data->source = source;
    data->options = options;
    Compiler compiler(data->source, options);
    data->block = compiler.run();
    if (std::vector<Problem> problems = compiler.takeProblems(); !problems.empty())
        return tl::unexpected(std::move(problems));
    data->names = compiler.takeNames();
    data->variables = compiler.takeVariables();
    data->partials = compiler.takePartials();
    return Program(std::move(data));
}

tl::expected<std::string, Problem> Program::render(const Value& root, const RenderOptions& options) const
{
    return Renderer(*m_data, root, options).run();
}

const std::vector<VariableUse>& Program::variables() const
{
    return m_data->variables;
}

const std::vector<PartialUse>& Program::partials() const
{
    return m_data->partials;
}

} // namespace carillon::liquid
