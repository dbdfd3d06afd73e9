// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/liquid/ExpressionParser.h"

#include "engine/liquid/Filter.h"
#include "engine/liquid/ValueText.h"

#include <algorithm>

namespace carillon::liquid {

namespace {

constexpr int maxDepth = 32;

std::optional<Value> wordLiteral(std::string_view word)
{
    if (word == "true" || word == "false")
        return Value(word == "true");
    if (word == "nil" || word == "null")
        return Value();
    if (word == "empty")
        return Value(Special::Empty);
    if (word == "blank")
        return Value(Special::Blank);
    return std::nullopt;
}

std::optional<Operator> operatorOf(const Token& token)
{
    static constexpr std::pair<std::string_view, Operator> operators[] = {
        {"==", Operator::Equal},     {"!=", Operator::NotEqual}, {"<>", Operator::NotEqual},     {"<", Operator::Less},
        {"<=", Operator::LessEqual}, {">", Operator::Greater},   {">=", Operator::GreaterEqual},
    };
    if (token.isWord("contains"))
        return Operator::Contains;
    for (const auto& [symbol, op] : operators) {
        if (token.is(symbol))
            return op;
    }
    return std::nullopt;
}

bool startsExpression(const Token& token)
{
    return (token.kind != Token::End && token.kind != Token::Symbol && token.kind != Token::Wrong) || token.is("[")
        || token.is("(");
}

} // namespace

ExpressionParser::ExpressionParser(Compiler& compiler, std::string_view inner)
    : m_compiler(compiler)
    , m_tokens(tokenize(compiler.source(), inner))
{
}

void ExpressionParser::fail(Place place, std::string sentence)
{
    if (!m_failed)
        m_compiler.report(place, std::move(sentence));
    m_failed = true;
    m_at = m_tokens.size() - 1; // nothing more is read, so that every loop over tokens ends
}

void ExpressionParser::failHere()
{
    const Token& token = next();
    if (token.kind == Token::Wrong && (token.text[0] == '"' || token.text[0] == '\''))
        fail(token.place, tr("The quote is never closed."));
    else if (token.kind == Token::End)
        fail(token.place, tr("Something is missing here."));
    else
        fail(token.place, tr("“%1” is not expected here.", {token.text}));
}

bool ExpressionParser::take(std::string_view symbol)
{
    const bool found = !m_failed && next().is(symbol);
    m_at += found;
    return found;
}

bool ExpressionParser::takeWord(std::string_view word)
{
    const bool found = !m_failed && next().isWord(word);
    m_at += found;
    return found;
}

void ExpressionParser::expect(std::string_view symbol)
{
    if (!m_failed && !take(symbol))
        fail(next().place, tr("“%1” is missing here.", {symbol}));
}

void ExpressionParser::expectEnd()
{
    if (!m_failed && next().kind != Token::End)
        failHere();
}

std::string_view ExpressionParser::name()
{
    if (m_failed || next().kind != Token::Word) {
        failHere();
        return {};
    }
    return m_tokens[m_at++].text;
}

std::string_view ExpressionParser::target()
{
    const bool isQuoted = !m_failed && next().kind == Token::String && !next().text.empty();
    return isQuoted ? m_tokens[m_at++].text : name();
}

Expression ExpressionParser::literal(Value value)
{
    Expression result;
    result.literal = std::move(value);
    result.place = m_tokens[m_at++].place;
    return result;
}

Expression ExpressionParser::expression()
{
    const Token& token = next();
    if (!m_failed && m_depth >= maxDepth)
        fail(token.place, tr("Expressions are nested more than %1 deep.", {std::to_string(maxDepth)}));
    else if (!m_failed && !startsExpression(token))
        failHere();
    if (m_failed)
        return {};
    switch (token.kind) {
    case Token::String: return literal(token.text);
    case Token::Integer:
    case Token::Real: return literal(toNumber(Value(token.text)).value_or(Value()));
    case Token::Word:
        if (std::optional<Value> value = wordLiteral(token.text))
            return literal(*std::move(value));
        return path();
    default: return token.is("(") ? span() : path();
    }
}

Expression ExpressionParser::span()
{
    ++m_depth;
    Expression result;
    result.kind = Expression::Span;
    result.place = next().place;
    expect("(");
    result.from = std::make_unique<Expression>(expression());
    expect("..");
    result.to = std::make_unique<Expression>(expression());
    const Place end = next().place;
    expect(")");
    result.place.length = end.offset + end.length - result.place.offset;
    --m_depth;
    return result;
}

// The name a path starts with, as far as it is written down: a, or ["a"].
std::string_view ExpressionParser::staticRoot()
{
    if (next().kind == Token::Word)
        return m_tokens[m_at++].text;
    if (m_at + 2 >= m_tokens.size() || m_tokens[m_at + 1].kind != Token::String || !m_tokens[m_at + 2].is("]"))
        return {};
    m_at += 3;
    return m_tokens[m_at - 2].text;
}

Expression ExpressionParser::path()
{
    Expression result;
    result.kind = Expression::Path;
    result.place = next().place;
    std::string_view root = staticRoot();
    if (!m_failed && !root.empty())
        result.root = m_compiler.nameIndex(root);
    else if (!m_failed)
        m_compiler.nameIndex("forloop"); // the name may turn out to be this one
    steps(result);
    if (!root.empty())
        m_compiler.noteVariable(root, writtenPath(root, result.steps), result.place);
    return result;
}

void ExpressionParser::steps(Expression& path)
{
    ++m_depth;
    while (!m_failed && (next().is(".") || next().is("["))) {
        if (take(".")) {
            path.steps.push_back({std::string(name()), nullptr});
        } else {
            ++m_at;
            Expression index = expression();
            const bool isName = index.kind == Expression::Literal && index.literal.string();
            if (isName)
                path.steps.push_back({*index.literal.string(), nullptr});
            else
                path.steps.push_back({{}, std::make_unique<Expression>(std::move(index))});
            expect("]");
        }
        const Token& last = m_tokens[m_at ? m_at - 1 : 0];
        path.place.length = last.place.offset + last.place.length - path.place.offset;
    }
    --m_depth;
}

Condition ExpressionParser::condition()
{
    Condition result;
    for (bool more = true; more && !m_failed;) {
        result.push_back(comparison());
        result.back().orNext = takeWord("or");
        more = result.back().orNext || takeWord("and");
    }
    return result;
}

Comparison ExpressionParser::comparison()
{
    Comparison result;
    result.left = expression();
    result.place = next().place;
    const std::optional<Operator> op = m_failed ? std::nullopt : operatorOf(next());
    if (!op)
        return result;
    ++m_at;
    result.op = *op;
    result.right = expression();
    return result;
}

Pipeline ExpressionParser::pipeline()
{
    Pipeline result;
    result.head = expression();
    while (take("|"))
        filterCall(result);
    return result;
}

void ExpressionParser::filterCall(Pipeline& pipeline)
{
    FilterCall call;
    call.place = next().place;
    const std::string_view filterName = name();
    if (m_failed)
        return;
    call.filter = findFilter(filterName);
    if (!call.filter)
        return fail(call.place, tr("There is no filter “%1”.", {filterName}));
    if (take(":"))
        arguments(call);
    if (m_failed)
        return;
    checkArguments(call);
    pipeline.calls.push_back(std::move(call));
}

void ExpressionParser::arguments(FilterCall& call)
{
    do {
        const bool isNamed = next().kind == Token::Word && m_at + 1 < m_tokens.size() && m_tokens[m_at + 1].is(":");
        if (isNamed) {
            std::string argument(name());
            expect(":");
            call.named.push_back({std::move(argument), expression()});
        } else {
            call.arguments.push_back(expression());
        }
    } while (!m_failed && take(","));
}

void ExpressionParser::checkArguments(const FilterCall& call)
{
    const Filter& filter = *call.filter;
    const std::size_t given = call.arguments.size();
    if (given < filter.minArguments)
        return fail(
            call.place,
            tr("The filter “%1” needs at least %2 values behind it.", {filter.name, std::to_string(filter.minArguments)}));
    if (given > filter.maxArguments)
        return fail(call.place,
                    tr("The filter “%1” takes at most %2 values.", {filter.name, std::to_string(filter.maxArguments)}));
    if (call.named.size() > FilterInput::maxNamed)
        return fail(call.place,
                    tr("The filter “%1” takes at most %2 values.", {filter.name, std::to_string(FilterInput::maxNamed)}));
    for (const NamedArgument& argument : call.named) {
        if (!filter.hasSetting(argument.name))
            fail(call.place, tr("The filter “%1” has no setting “%2”.", {filter.name, argument.name}));
    }
}

} // namespace carillon::liquid
