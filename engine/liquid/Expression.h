// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/liquid/Problem.h"
#include "engine/liquid/Value.h"

#include <optional>

namespace carillon::liquid {

struct Filter;
struct Expression;

// One step of a path: ".name" and "['name']" are a name, "[0]" and "[x]" an expression.
struct Step {
    std::string name;
    std::unique_ptr<Expression> index; // null: take `name`
};

// A literal, a range of two expressions, or a path (a.b[0]["c"]).
struct Expression {
    enum Kind { Literal, Span, Path };
    static constexpr int dynamicRoot = -1; // [x].y: the first step gives the name of the root

    Kind kind = Literal;
    Value literal;
    int root = dynamicRoot; // Path: position in the program's table of names
    std::vector<Step> steps;
    std::unique_ptr<Expression> from; // Span
    std::unique_ptr<Expression> to;
    Place place;
};

// The dotted text of a path as far as it is known before rendering: "contact.name", "data.items[].title".
std::string writtenPath(std::string_view root, const std::vector<Step>& steps);

struct NamedArgument {
    std::string name;
    Expression value;
};

struct FilterCall {
    const Filter* filter = nullptr;
    std::vector<Expression> arguments;
    std::vector<NamedArgument> named;
    Place place;
};

// An expression with the filters it goes through: what stands in {{ }} and behind "assign x =".
struct Pipeline {
    Expression head;
    std::vector<FilterCall> calls;
};

enum class Operator { Truthy, Equal, NotEqual, Less, LessEqual, Greater, GreaterEqual, Contains };

struct Comparison {
    Expression left;
    Operator op = Operator::Truthy;
    Expression right; // unused for Truthy
    bool orNext = false; // joined to the next one by "or", not "and"
    Place place;
};

// Comparisons joined by and/or. As in Shopify's Liquid neither binds tighter and they group from the right: a and (b or c).
using Condition = std::vector<Comparison>;

} // namespace carillon::liquid
