// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/fuzz/Parts.h"
#include "tests/unit/liquid/Json.h"

#include "engine/liquid/Program.h"

#include <array>
#include <cstdlib>

using namespace carillon::liquid;

namespace {

// The snippets "a" and "b", which may name each other.
class TwoPartials final : public Partials {
public:
    TwoPartials(std::string_view a, std::string_view b)
        : m_programs{Program::compile(a), Program::compile(b)}
    {
    }

    const Program* find(std::string_view name) const override
    {
        if (name != "a" && name != "b")
            return nullptr;
        const auto& program = m_programs[name == "b"];
        return program ? &*program : nullptr;
    }

private:
    std::array<tl::expected<Program, std::vector<Problem>>, 2> m_programs;
};

class EchoTexts final : public Texts {
public:
    std::optional<std::string_view> find(std::string_view key) const override
    {
        return key.empty() ? std::nullopt : std::optional(key);
    }
};

} // namespace

// Template, data (JSON) and two snippets, with lines of four dashes between: rendering gives text within the limits, or a
// problem.
extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size)
{
    static constexpr std::string_view locales[] = {"", "de", "ar-EG", "ja-JP", "pl"};
    static constexpr std::string_view zones[] = {"", "Europe/Berlin", "America/St_Johns"};
    static constexpr std::size_t modes = std::size_t(Escape::Markdown) + 1;
    std::string_view rest(reinterpret_cast<const char*>(data), size);
    const std::string_view source = takePart(rest);
    const Value root = test::JsonReader::read(takePart(rest)).value_or(Value(Object()));
    const std::string_view a = takePart(rest);
    const Options options{.escape = Escape(size % modes),
                          .strict = size / modes % 2 == 1,
                          .partials = std::make_shared<TwoPartials>(a, takePart(rest))};
    const auto program = Program::compile(source, options);
    if (!program)
        return 0;
    std::vector<MissingVariable> missing;
    const EchoTexts texts;
    const RenderOptions renderOptions{
        .limits = {.steps = 20'000, .outputBytes = 100'000, .workBytes = 1'000'000, .loopLength = 1'000},
        .now = 1'700'000'000'000,
        .locale = locales[size % std::size(locales)],
        .timeZone = zones[size % std::size(zones)],
        .texts = &texts,
        .missing = &missing};
    const auto text = program->render(root, renderOptions);
    if (text ? text->size() > renderOptions.limits.outputBytes : text.error().sentence.empty())
        std::abort();
    if (missing.size() > RenderOptions::maxMissing)
        std::abort();
    return 0;
}
