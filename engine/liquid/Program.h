// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/liquid/Escape.h"
#include "engine/liquid/Problem.h"
#include "engine/liquid/Value.h"

#include <tl/expected.hpp>

#include <memory>
#include <optional>
#include <vector>

namespace carillon::liquid {

class Program;

// Named pieces that templates render or include. Compiled once, immutable, shared by any number of programs and threads.
class Partials {
public:
    virtual ~Partials() = default;

    // nullptr when there is no piece of that name.
    virtual const Program* find(std::string_view name) const = 0;
};

// Translations for the filter `t`, in the locale of one rendering. Immutable.
class Texts {
public:
    virtual ~Texts() = default;

    // Nothing when there is no text of that key.
    virtual std::optional<std::string_view> find(std::string_view key) const = 0;
};

struct Options {
    Escape escape = Escape::None;
    bool strict = false; // a variable that does not exist is an error where it is used, unless `default` follows or it is
                         // only tested
    std::shared_ptr<const Partials> partials = nullptr; // null: there are none
};

// What one rendering may use up; crossing a line is a problem, never a hang. A program and its data may come from anybody.
struct Limits {
    std::size_t steps = 500'000; // nodes rendered and filters run
    std::size_t outputBytes = 4u << 20;
    std::size_t workBytes = 32u << 20; // made by filters and kept in variables, all together
    std::size_t loopLength = 20'000; // elements of one loop
};

// A variable that was put out or tested, and was not there.
struct MissingVariable {
    std::string path; // "contact.first_name"
    Place place; // where it was asked for first
};

struct RenderOptions {
    static constexpr std::size_t maxMissing = 100;

    Limits limits = {};
    std::int64_t now = 0; // UTC milliseconds: what "now" is for the date filter; 0: unknown
    std::string_view locale = {}; // BCP 47: notation of date, money and number; empty: English
    std::string_view timeZone = {}; // IANA: in which date shows a moment; empty or unknown: UTC
    const Texts* texts = nullptr;
    std::vector<MissingVariable>* missing = nullptr; // filled when given: each path once, at most maxMissing
};

// One place where a template reads a variable that it has not made itself.
struct VariableUse {
    std::string root; // "contact"
    std::string path; // "contact.first_name"; "data.items[].title" where an index is known only while rendering
    Place place;
};

// One place where a template names a snippet.
struct PartialUse {
    std::string name; // empty when it is only known while rendering
    Place place;
    bool isShared = false; // {% include %}: the snippet sees the template's variables; {% render %}: only its arguments
    std::vector<std::string> arguments = {}; // the names it is given
};

// A compiled Liquid template: immutable, cheap to copy, safe to render from several threads at once.
//
//     auto program = Program::compile("Hello {{ contact.name | default: 'friend' }}", {Escape::Html});
//     if (!program)
//         show(program.error());   // every problem found, with line and column
//     auto text = program->render(root);
//
// The language is Shopify's Liquid. Unlike there, each output is escaped for its place (Options::escape) unless it went
// through `raw` or is escaped already: what a template captures is, and stays so through filters. Snippets are escaped as
// the template that names them, whatever they were compiled for.
class Program {
public:
    // Bounds of the source itself; beyond them it does not compile.
    static constexpr std::size_t maxSourceBytes = 2u << 20;
    static constexpr int maxNesting = 100;
    static constexpr std::size_t maxProblems = 50;

    static tl::expected<Program, std::vector<Problem>> compile(std::string_view source, const Options& options = {});

    // `root` is an object whose members are the variables.
    tl::expected<std::string, Problem> render(const Value& root, const RenderOptions& options = {}) const;

    // In the order of the source; a variable used twice is there twice.
    const std::vector<VariableUse>& variables() const;

    // The snippets it names, in the order of the source. What they read is not among variables().
    const std::vector<PartialUse>& partials() const;

private:
    friend class Renderer;
    struct Data;

    explicit Program(std::shared_ptr<const Data> data)
        : m_data(std::move(data))
    {
    }

    std::shared_ptr<const Data> m_data;
};

} // namespace carillon::liquid
