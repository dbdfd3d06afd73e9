// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/liquid/Program.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include <cmath>
#include <map>

// What the tests of the language share.
namespace carillon::liquid::test {

// JSON as templates see it; whole numbers stay whole.
inline Value fromJson(const QJsonValue& json)
{
    switch (json.type()) {
    case QJsonValue::Bool: return json.toBool();
    case QJsonValue::String: return json.toString().toStdString();
    case QJsonValue::Double: {
        const double number = json.toDouble();
        return std::floor(number) == number && std::fabs(number) < 9e15 ? Value(std::int64_t(number)) : Value(number);
    }
    case QJsonValue::Array: {
        Array array;
        for (const QJsonValue element : json.toArray())
            array.push_back(fromJson(element));
        return array;
    }
    case QJsonValue::Object: {
        std::vector<Object::Entry> entries;
        const QJsonObject object = json.toObject();
        for (auto it = object.begin(); it != object.end(); ++it)
            entries.emplace_back(it.key().toStdString(), fromJson(it.value()));
        return Object(std::move(entries));
    }
    default: return {};
    }
}

inline Value fromJson(const QByteArray& text)
{
    return fromJson(QJsonValue(QJsonDocument::fromJson(text).object()));
}

// Snippets out of a map from their names to their sources; one that does not compile is missing.
class MapOfPartials final : public Partials {
public:
    explicit MapOfPartials(std::map<std::string, Program, std::less<>> programs)
        : m_programs(std::move(programs))
    {
    }

    const Program* find(std::string_view name) const override
    {
        const auto found = m_programs.find(name);
        return found == m_programs.end() ? nullptr : &found->second;
    }

private:
    std::map<std::string, Program, std::less<>> m_programs;
};

inline std::shared_ptr<const Partials> partialsOf(const Value& sources, const Options& options = {})
{
    std::map<std::string, Program, std::less<>> programs;
    for (const auto& [name, source] : sources.object()->entries()) {
        if (const auto program = Program::compile(*source.string(), options))
            programs.emplace(name, *program);
    }
    return std::make_shared<MapOfPartials>(std::move(programs));
}

inline QString fromUtf8(std::string_view text)
{
    return QString::fromUtf8(text.data(), qsizetype(text.size()));
}

// The rendered text, or "line:column sentence" of the first problem.
inline QString render(std::string_view source, const Value& root = {}, const Options& options = {},
                      const RenderOptions& renderOptions = {})
{
    const auto shown = [](const Problem& problem) {
        return QStringLiteral("%1:%2 %3").arg(problem.line).arg(problem.column).arg(fromUtf8(problem.sentence));
    };
    const auto program = Program::compile(source, options);
    if (!program)
        return shown(program.error().front());
    const auto text = program->render(root, renderOptions);
    return text ? fromUtf8(*text) : shown(text.error());
}

} // namespace carillon::liquid::test
