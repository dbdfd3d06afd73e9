// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/liquid/Program.h"

#include <cstdlib>

using namespace carillon::liquid;

// Any bytes compile, or give problems that are placed within them; in every mode the same ones.
extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size)
{
    static constexpr Escape modes[] = {
        Escape::None, Escape::Html, Escape::Json, Escape::Header, Escape::Slack, Escape::TelegramMarkdown, Escape::Markdown};
    const std::string_view source(reinterpret_cast<const char*>(data), size);
    const bool compiles = Program::compile(source).has_value();
    for (const Escape mode : modes) {
        for (const bool strict : {false, true}) {
            const auto program = Program::compile(source, {.escape = mode, .strict = strict});
            if (program.has_value() != compiles)
                std::abort();
            if (program)
                continue;
            for (const Problem& problem : program.error()) {
                if (problem.sentence.empty() || problem.line < 1 || problem.place.offset > size)
                    std::abort();
            }
        }
    }
    return 0;
}
