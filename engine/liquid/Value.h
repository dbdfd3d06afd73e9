// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace carillon::liquid {

class Value;
class Object;
using Array = std::vector<Value>;

// The whole numbers first..last, never written out. Empty when last < first.
struct Range {
    std::int64_t first = 0;
    std::int64_t last = -1;

    std::uint64_t size() const { return last < first ? 0 : std::uint64_t(last) - std::uint64_t(first) + 1; }
    friend bool operator==(const Range&, const Range&) = default;
};

// The words `empty` and `blank`, which only mean something in a comparison.
enum class Special { Empty, Blank };

// Text that is escaped for its output already: a captured stretch of a template. Made by Value::markup.
struct MarkedText {
    std::string text;
};

// Something whose members are computed when asked for (the forloop object). Implementations are immutable while a template
// reads them.
class Drop {
public:
    virtual ~Drop() = default;

    // Sets `result` and returns true when there is such a member.
    virtual bool member(std::string_view name, Value& result) const = 0;
};

// What templates work on: nil, bool, whole number, real number, UTF-8 text, list, object, range.
//
// Lists and objects are shared and immutable: copying a Value copies at most one string. Const access is safe from several
// threads.
class Value {
public:
    Value() = default;
    Value(bool value)
        : m_data(value)
    {
    }
    Value(int value)
        : m_data(std::int64_t(value))
    {
    }
    Value(std::int64_t value)
        : m_data(value)
    {
    }
    Value(double value)
        : m_data(value)
    {
    }
    Value(std::string value)
        : m_data(std::move(value))
    {
    }
    Value(std::string_view value)
        : m_data(std::string(value))
    {
    }
    Value(const char* value)
        : m_data(std::string(value))
    {
    }
    Value(Array value);
    Value(Object value);
    Value(Range value)
        : m_data(value)
    {
    }
    Value(Special value)
        : m_data(value)
    {
    }
    Value(std::shared_ptr<const Drop> value)
        : m_data(std::move(value))
    {
    }

    // Text that is put out as it is, in whatever the template is escaped for. Only for what is known to be escaped: what
    // a template has captured, or a part that was rendered with the same Escape before.
    static Value markup(std::string text);

    bool isNil() const { return std::holds_alternative<std::monostate>(m_data); }
    // Everything but nil and false counts as true: 0, "" and [] do.
    bool isTruthy() const;
    bool isNumber() const { return integer() || real(); }

    // Each gives the payload, or nullptr when the value is of another type.
    const bool* boolean() const { return std::get_if<bool>(&m_data); }
    const std::int64_t* integer() const { return std::get_if<std::int64_t>(&m_data); }
    const double* real() const { return std::get_if<double>(&m_data); }
    const std::string* string() const
    {
        if (const auto* text = std::get_if<std::string>(&m_data))
            return text;
        const auto* marked = std::get_if<MarkedText>(&m_data);
        return marked ? &marked->text : nullptr;
    }
    bool isMarkup() const { return std::holds_alternative<MarkedText>(m_data); } // its string() is escaped already
    const Array* array() const;
    const Object* object() const;
    const Range* range() const { return std::get_if<Range>(&m_data); }
    const Special* special() const { return std::get_if<Special>(&m_data); }
    const Drop* drop() const;

private:
    std::variant<std::monostate, bool, std::int64_t, double, std::string, std::shared_ptr<const Array>,
                 std::shared_ptr<const Object>, Range, Special, std::shared_ptr<const Drop>, MarkedText>
        m_data;
};

// Named values in the order given; the names must differ. Immutable.
class Object {
public:
    using Entry = std::pair<std::string, Value>;

    Object() = default;
    explicit Object(std::vector<Entry> entries);

    const Value* find(std::string_view name) const; // nullptr when there is none
    const std::vector<Entry>& entries() const { return m_entries; }

private:
    std::vector<Entry> m_entries;
    std::vector<std::uint32_t> m_byName; // positions sorted by name; empty while few entries make a plain search faster
};

} // namespace carillon::liquid
