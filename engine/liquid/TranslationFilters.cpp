// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/liquid/Filters.h"

#include "engine/liquid/Notation.h"
#include "engine/liquid/NumberText.h"
#include "engine/liquid/PluralRules.h"
#include "engine/liquid/Problem.h"
#include "engine/liquid/Program.h"
#include "engine/liquid/ValueText.h"

namespace carillon::liquid::filters {

namespace {

// What stands in for a placeholder: nothing when there is no such argument.
std::optional<std::string> argumentText(const FilterInput& in, std::string_view name)
{
    const Value* value = in.setting(name);
    if (!value)
        return std::nullopt;
    std::string text;
    if (value->isMarkup())
        return *value->string();
    appendEscaped(in.context.escape, toText(*value), text);
    return text;
}

std::optional<std::string_view> findText(const FilterInput& in, const std::string& key)
{
    return in.context.texts ? in.context.texts->find(key) : std::nullopt;
}

// "items" with `count: 2` is "items.few" or what the locale's plural is, else "items.other", when there is no "items".
std::optional<std::string_view> findTextFor(const FilterInput& in, const std::string& key)
{
    auto text = findText(in, key);
    const Value* count = in.setting("count");
    if (text || !count)
        return text;
    const std::string_view locale = in.context.notation ? in.context.notation->localeName() : std::string_view("en");
    text = findText(in, key + "." + std::string(nameOf(pluralCategory(locale, *count))));
    return text ? text : findText(in, key + ".other");
}

bool isMarkupKey(std::string_view key, Escape escape)
{
    return escape == Escape::Html && (key.ends_with("_html") || key.ends_with(".html"));
}

// The text with each %{name} replaced.
FilterResult fill(const FilterInput& in, std::string_view text, bool isMarkup)
{
    std::string result;
    const auto addText
        = [&](std::string_view part) { isMarkup ? void(result += part) : appendEscaped(in.context.escape, part, result); };
    for (std::size_t open = text.find("%{"); open != text.npos; open = text.find("%{")) {
        const std::size_t close = text.find('}', open);
        if (close == text.npos)
            break;
        addText(text.substr(0, open));
        const std::string_view name = text.substr(open + 2, close - open - 2);
        if (const auto argument = argumentText(in, name))
            result += *argument;
        else if (in.context.strict)
            return tl::unexpected(tr("The text needs a value for “%1”.", {name}));
        else
            addText(text.substr(open, close + 1 - open));
        if (result.size() > in.context.maxBytes)
            return tl::unexpected(tr("The text grows too large here."));
        text.remove_prefix(close + 1);
    }
    addText(text);
    return in.context.escape == Escape::None ? Value(std::move(result)) : Value::markup(std::move(result));
}

} // namespace

// A translation holds text for every channel, so it is escaped as data is; one whose key ends in "_html" is markup in an
// HTML part. The arguments are escaped in either case.
FilterResult t(const FilterInput& in)
{
    const std::string key = toText(in.value);
    if (const auto text = findTextFor(in, key))
        return fill(in, *text, isMarkupKey(key, in.context.escape));
    if (in.context.strict)
        return tl::unexpected(tr("There is no text “%1”.", {key}));
    return in.value;
}

// {{ n | plural: one: "# item", other: "# items" }}: # is the number. `zero` is for 0 in languages without such a form, too.
FilterResult plural(const FilterInput& in)
{
    const Value* localeSetting = in.setting("locale");
    const std::string chosen = localeSetting ? toText(*localeSetting) : std::string();
    const Notation own(chosen, {});
    const Notation& notation = chosen.empty() && in.context.notation ? *in.context.notation : own;
    const std::string_view locale = notation.hasLocale() ? notation.localeName() : "en";
    const auto number = toNumber(in.value);
    const bool isZero = number && (number->integer() ? *number->integer() == 0 : *number->real() == 0);
    const Value* form = isZero ? in.setting("zero") : nullptr;
    if (!form)
        form = in.setting(nameOf(pluralCategory(locale, in.value)));
    if (!form)
        form = in.setting("other");
    if (!form)
        return tl::unexpected(tr("The filter “plural” needs a text for “other”."));
    const std::string shown = numberText(in.value, notation.locale()).value_or(toText(in.value));
    std::string result;
    for (const char c : toText(*form)) {
        if (c == '#')
            result += shown;
        else
            result.push_back(c);
        if (result.size() > in.context.maxBytes)
            return tl::unexpected(tr("The text grows too large here."));
    }
    return Value(std::move(result));
}

} // namespace carillon::liquid::filters
