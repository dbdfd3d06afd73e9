// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/liquid/Problem.h"

#include "engine/liquid/Utf8.h"

#include <QCoreApplication>

#include <algorithm>

namespace carillon::liquid {

namespace {

constexpr std::size_t shownCharacters = 60;

} // namespace

Problem makeProblem(std::string_view source, Place place, std::string sentence)
{
    const std::string_view before = source.substr(0, std::min<std::size_t>(place.offset, source.size()));
    const std::size_t lineStart = before.rfind('\n') + 1; // npos + 1 is 0
    Problem problem;
    problem.line = int(std::count(before.begin(), before.end(), '\n')) + 1;
    problem.column = int(utf8::length(before.substr(lineStart))) + 1;
    problem.place = place;
    problem.text = utf8::left(source.substr(before.size(), place.length), shownCharacters);
    problem.sentence = std::move(sentence);
    return problem;
}

std::string tr(const char* text, std::initializer_list<std::string_view> arguments)
{
    const std::string sentence = QCoreApplication::translate("carillon::liquid", text).toStdString();
    std::string result;
    for (std::size_t i = 0; i < sentence.size(); ++i) {
        const std::size_t number = sentence[i] == '%' && i + 1 < sentence.size() ? std::size_t(sentence[i + 1] - '1') : 9;
        if (number < arguments.size())
            result.append(arguments.begin()[number]), ++i;
        else
            result.push_back(sentence[i]);
    }
    return result;
}

} // namespace carillon::liquid
