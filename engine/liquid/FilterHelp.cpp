// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/liquid/Help.h"

#include "engine/liquid/Problem.h"

#include <QCoreApplication>

#include <algorithm>

namespace carillon::liquid {

namespace {

struct Row {
    std::string_view name;
    std::string_view usage;
    const char* description;
};

constexpr Row rows[] = {
    {"abs", "{{ n | abs }}", QT_TRANSLATE_NOOP("carillon::liquid", "The number without its sign")},
    {"append", "{{ text | append: '!' }}", QT_TRANSLATE_NOOP("carillon::liquid", "Adds text at the end")},
    {"at_least", "{{ n | at_least: 1 }}", QT_TRANSLATE_NOOP("carillon::liquid", "The number, but no less than this")},
    {"at_most", "{{ n | at_most: 99 }}", QT_TRANSLATE_NOOP("carillon::liquid", "The number, but no more than this")},
    {"base64_decode", "{{ text | base64_decode }}", QT_TRANSLATE_NOOP("carillon::liquid", "Reads base64")},
    {"base64_encode", "{{ text | base64_encode }}", QT_TRANSLATE_NOOP("carillon::liquid", "Writes base64")},
    {"base64_url_safe_decode", "{{ text | base64_url_safe_decode }}",
     QT_TRANSLATE_NOOP("carillon::liquid", "Reads base64 made for addresses")},
    {"base64_url_safe_encode", "{{ text | base64_url_safe_encode }}",
     QT_TRANSLATE_NOOP("carillon::liquid", "Writes base64 that fits into an address")},
    {"capitalize", "{{ text | capitalize }}",
     QT_TRANSLATE_NOOP("carillon::liquid", "First letter upper case, the others lower case")},
    {"ceil", "{{ n | ceil }}", QT_TRANSLATE_NOOP("carillon::liquid", "The next higher whole number")},
    {"compact", "{{ list | compact }}",
     QT_TRANSLATE_NOOP("carillon::liquid", "Leaves out what is nil; or what has no such property")},
    {"concat", "{{ list | concat: more }}", QT_TRANSLATE_NOOP("carillon::liquid", "One list behind the other")},
    {"date", "{{ day | date: 'long' }}",
     QT_TRANSLATE_NOOP("carillon::liquid", "A date: short, medium, long, full, with “ time” behind it, or as %d.%m.%Y")},
    {"default", "{{ contact.name | default: 'friend' }}",
     QT_TRANSLATE_NOOP("carillon::liquid", "What stands there when there is nothing")},
    {"divided_by", "{{ n | divided_by: 2 }}",
     QT_TRANSLATE_NOOP("carillon::liquid", "Divides; a whole number by a whole one gives a whole one")},
    {"downcase", "{{ text | downcase }}", QT_TRANSLATE_NOOP("carillon::liquid", "Lower case")},
    {"escape", "{{ text | escape }}",
     QT_TRANSLATE_NOOP("carillon::liquid", "Escapes for HTML, which happens by itself in HTML parts")},
    {"escape_once", "{{ text | escape_once }}",
     QT_TRANSLATE_NOOP("carillon::liquid", "Escapes for HTML what is not escaped yet")},
    {"find", "{{ list | find: 'id', 7 }}",
     QT_TRANSLATE_NOOP("carillon::liquid", "The first element with this property, or this value of it")},
    {"find_index", "{{ list | find_index: 'id', 7 }}",
     QT_TRANSLATE_NOOP("carillon::liquid", "At which place, from 0, the first such element is")},
    {"first", "{{ list | first }}", QT_TRANSLATE_NOOP("carillon::liquid", "The first element")},
    {"floor", "{{ n | floor }}", QT_TRANSLATE_NOOP("carillon::liquid", "The next lower whole number")},
    {"h", "{{ text | h }}", QT_TRANSLATE_NOOP("carillon::liquid", "The same as escape")},
    {"has", "{{ list | has: 'id', 7 }}",
     QT_TRANSLATE_NOOP("carillon::liquid", "Whether an element has this property, or this value of it")},
    {"join", "{{ list | join: ', ' }}", QT_TRANSLATE_NOOP("carillon::liquid", "Puts the elements together as one text")},
    {"json", "{{ value | json }}", QT_TRANSLATE_NOOP("carillon::liquid", "Writes any value as JSON")},
    {"last", "{{ list | last }}", QT_TRANSLATE_NOOP("carillon::liquid", "The last element")},
    {"lstrip", "{{ text | lstrip }}", QT_TRANSLATE_NOOP("carillon::liquid", "Without blanks at the start")},
    {"map", "{{ list | map: 'title' }}", QT_TRANSLATE_NOOP("carillon::liquid", "Of each element only this property")},
    {"minus", "{{ n | minus: 1 }}", QT_TRANSLATE_NOOP("carillon::liquid", "Subtracts")},
    {"modulo", "{{ n | modulo: 2 }}", QT_TRANSLATE_NOOP("carillon::liquid", "What remains of a division")},
    {"money", "{{ price | money: 'EUR' }}",
     QT_TRANSLATE_NOOP("carillon::liquid", "An amount in a currency, as the recipient's language writes it")},
    {"newline_to_br", "{{ text | newline_to_br }}", QT_TRANSLATE_NOOP("carillon::liquid", "Line breaks as <br />")},
    {"number", "{{ n | number: 2 }}",
     QT_TRANSLATE_NOOP("carillon::liquid", "A number as the recipient's language writes it, with so many decimals")},
    {"plural", "{{ n | plural: one: '# item', other: '# items' }}",
     QT_TRANSLATE_NOOP("carillon::liquid", "The form that the recipient's language has for this number; # is the number")},
    {"plus", "{{ n | plus: 1 }}", QT_TRANSLATE_NOOP("carillon::liquid", "Adds")},
    {"prepend", "{{ text | prepend: '#' }}", QT_TRANSLATE_NOOP("carillon::liquid", "Adds text at the start")},
    {"raw", "{{ markup | raw }}",
     QT_TRANSLATE_NOOP("carillon::liquid", "Puts it out unescaped: only for markup that you trust")},
    {"reject", "{{ list | reject: 'sold_out' }}",
     QT_TRANSLATE_NOOP("carillon::liquid", "The elements without this property, or this value of it")},
    {"remove", "{{ text | remove: '-' }}", QT_TRANSLATE_NOOP("carillon::liquid", "Removes a text wherever it is")},
    {"remove_first", "{{ text | remove_first: '-' }}",
     QT_TRANSLATE_NOOP("carillon::liquid", "Removes a text where it is first")},
    {"remove_last", "{{ text | remove_last: '-' }}",
     QT_TRANSLATE_NOOP("carillon::liquid", "Removes a text where it is last")},
    {"replace", "{{ text | replace: 'a', 'b' }}", QT_TRANSLATE_NOOP("carillon::liquid", "Replaces a text wherever it is")},
    {"replace_first", "{{ text | replace_first: 'a', 'b' }}",
     QT_TRANSLATE_NOOP("carillon::liquid", "Replaces a text where it is first")},
    {"replace_last", "{{ text | replace_last: 'a', 'b' }}",
     QT_TRANSLATE_NOOP("carillon::liquid", "Replaces a text where it is last")},
    {"reverse", "{{ list | reverse }}", QT_TRANSLATE_NOOP("carillon::liquid", "The list from its end")},
    {"round", "{{ n | round: 2 }}", QT_TRANSLATE_NOOP("carillon::liquid", "Rounds to so many decimals")},
    {"rstrip", "{{ text | rstrip }}", QT_TRANSLATE_NOOP("carillon::liquid", "Without blanks at the end")},
    {"size", "{{ list | size }}", QT_TRANSLATE_NOOP("carillon::liquid", "How many elements or characters there are")},
    {"slice", "{{ text | slice: 0, 3 }}",
     QT_TRANSLATE_NOOP("carillon::liquid", "So many characters or elements from a place on, which may count from the end")},
    {"sort", "{{ list | sort: 'price' }}",
     QT_TRANSLATE_NOOP("carillon::liquid", "In order, of themselves or of a property")},
    {"sort_natural", "{{ list | sort_natural: 'name' }}",
     QT_TRANSLATE_NOOP("carillon::liquid", "In order, whether letters are large or small")},
    {"split", "{{ text | split: ',' }}", QT_TRANSLATE_NOOP("carillon::liquid", "Cuts a text into a list")},
    {"strip", "{{ text | strip }}", QT_TRANSLATE_NOOP("carillon::liquid", "Without blanks at both ends")},
    {"strip_html", "{{ markup | strip_html }}", QT_TRANSLATE_NOOP("carillon::liquid", "Without tags")},
    {"strip_newlines", "{{ text | strip_newlines }}", QT_TRANSLATE_NOOP("carillon::liquid", "Without line breaks")},
    {"sum", "{{ list | sum: 'price' }}",
     QT_TRANSLATE_NOOP("carillon::liquid", "All numbers together, of themselves or of a property")},
    {"t", "{{ 'greeting' | t: name: contact.name }}",
     QT_TRANSLATE_NOOP("carillon::liquid", "The translation of this key; %{name} in it is replaced")},
    {"times", "{{ n | times: 3 }}", QT_TRANSLATE_NOOP("carillon::liquid", "Multiplies")},
    {"truncate", "{{ text | truncate: 60 }}",
     QT_TRANSLATE_NOOP("carillon::liquid", "Cuts to so many characters, with ... at the end")},
    {"truncatewords", "{{ text | truncatewords: 10 }}",
     QT_TRANSLATE_NOOP("carillon::liquid", "Cuts to so many words, with ... at the end")},
    {"uniq", "{{ list | uniq }}", QT_TRANSLATE_NOOP("carillon::liquid", "Each element once, by itself or by a property")},
    {"upcase", "{{ text | upcase }}", QT_TRANSLATE_NOOP("carillon::liquid", "Upper case")},
    {"url_decode", "{{ text | url_decode }}", QT_TRANSLATE_NOOP("carillon::liquid", "Reads what is written for an address")},
    {"url_encode", "{{ text | url_encode }}",
     QT_TRANSLATE_NOOP("carillon::liquid", "Writes text so that it can be a part of an address")},
    {"where", "{{ list | where: 'in_stock' }}",
     QT_TRANSLATE_NOOP("carillon::liquid", "The elements with this property, or this value of it")},
};

} // namespace

std::optional<Help> filterHelp(std::string_view name)
{
    const auto* found = std::find_if(std::begin(rows), std::end(rows), [name](const Row& row) { return row.name == name; });
    return found == std::end(rows) ? std::nullopt : std::optional(Help{found->usage, tr(found->description)});
}

} // namespace carillon::liquid
