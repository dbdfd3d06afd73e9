// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/liquid/Value.h"

#include <charconv>
#include <optional>
#include <string>
#include <string_view>

namespace carillon::liquid::test {

// Reads JSON (RFC 8259) as templates see it. Unlike QJsonObject it keeps the order of the members, and tells 1 from 1.0.
class JsonReader {
public:
    // Nothing when `text` is no JSON, or nested too deep.
    static std::optional<Value> read(std::string_view text)
    {
        JsonReader reader(text);
        Value value = reader.value(0);
        reader.skipBlanks();
        return reader.m_failed || !reader.m_text.empty() ? std::nullopt : std::optional(std::move(value));
    }

private:
    static constexpr int maxDepth = 64;

    explicit JsonReader(std::string_view text)
        : m_text(text)
    {
    }

    void skipBlanks()
    {
        const std::size_t end = m_text.find_first_not_of(" \t\r\n");
        m_text.remove_prefix(std::min(end, m_text.size()));
    }

    bool take(std::string_view token)
    {
        skipBlanks();
        const bool found = m_text.starts_with(token);
        m_text.remove_prefix(found ? token.size() : 0);
        return found;
    }

    Value fail()
    {
        m_failed = true;
        m_text = {};
        return {};
    }

    Value value(int depth)
    {
        if (depth > maxDepth)
            return fail();
        if (take("{"))
            return object(depth);
        if (take("["))
            return array(depth);
        if (take("\""))
            return string();
        if (take("true"))
            return true;
        if (take("false"))
            return false;
        return take("null") ? Value() : number();
    }

    Value object(int depth)
    {
        std::vector<Object::Entry> entries;
        if (take("}"))
            return Object(std::move(entries));
        do {
            std::string name = take("\"") ? string() : (fail(), std::string());
            if (!take(":"))
                fail();
            Value member = value(depth + 1);
            std::erase_if(entries, [&](const Object::Entry& entry) { return entry.first == name; });
            entries.emplace_back(std::move(name), std::move(member));
        } while (!m_failed && take(","));
        return take("}") ? Value(Object(std::move(entries))) : fail();
    }

    Value array(int depth)
    {
        Array elements;
        if (take("]"))
            return elements;
        do {
            elements.push_back(value(depth + 1));
        } while (!m_failed && take(","));
        return take("]") ? Value(std::move(elements)) : fail();
    }

    Value number()
    {
        const std::size_t length = std::min(m_text.find_first_not_of("+-.0123456789eE"), m_text.size());
        const std::string_view text = m_text.substr(0, length);
        m_text.remove_prefix(length);
        const char* end = text.data() + text.size();
        std::int64_t integer = 0;
        if (const auto read = std::from_chars(text.data(), end, integer); read.ec == std::errc() && read.ptr == end)
            return integer;
        double real = 0;
        const auto read = std::from_chars(text.data(), end, real);
        return read.ec == std::errc() && read.ptr == end ? Value(real) : fail();
    }

    // Behind the opening quote.
    std::string string()
    {
        std::string result;
        while (!m_text.empty() && m_text[0] != '"') {
            const char c = m_text[0];
            m_text.remove_prefix(1);
            if (c == '\\')
                appendEscape(result);
            else
                result.push_back(c);
        }
        if (m_text.empty())
            fail();
        m_text.remove_prefix(m_text.empty() ? 0 : 1);
        return result;
    }

    void appendEscape(std::string& out)
    {
        static constexpr std::string_view letters = "\"\\/bfnrt";
        static constexpr std::string_view characters = "\"\\/\b\f\n\r\t";
        const char c = m_text.empty() ? 'x' : m_text[0];
        m_text.remove_prefix(m_text.empty() ? 0 : 1);
        if (const std::size_t at = letters.find(c); at != letters.npos)
            return out.push_back(characters[at]);
        std::uint32_t code = c == 'u' ? hex() : (fail(), 0);
        if (code >= 0xd800 && code < 0xdc00 && m_text.starts_with("\\u")) {
            m_text.remove_prefix(2);
            code = 0x10000 + ((code - 0xd800) << 10) + (hex() - 0xdc00);
        }
        appendUtf8(code, out);
    }

    std::uint32_t hex()
    {
        std::uint32_t code = 0;
        const std::string_view digits = m_text.substr(0, 4);
        const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), code, 16);
        if (digits.size() < 4 || read.ptr != digits.data() + 4)
            fail();
        m_text.remove_prefix(std::min<std::size_t>(4, m_text.size()));
        return code;
    }

    static void appendUtf8(std::uint32_t code, std::string& out)
    {
        if (code < 0x80)
            return out.push_back(char(code));
        if (code >= 0x10000)
            out.append({char(0xf0 | ((code >> 18) & 7)), char(0x80 | ((code >> 12) & 0x3f))});
        else if (code >= 0x800)
            out.push_back(char(0xe0 | (code >> 12)));
        if (code >= 0x800)
            out.push_back(char(0x80 | ((code >> 6) & 0x3f)));
        else
            out.push_back(char(0xc0 | (code >> 6)));
        out.push_back(char(0x80 | (code & 0x3f)));
    }

    std::string_view m_text;
    bool m_failed = false;
};

} // namespace carillon::liquid::test
