// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/content/LintRules.h"
#include "engine/content/TolerantJson.h"

#include <algorithm>

// Rules about parts that are JSON.
namespace carillon::lint {

namespace {

using liquid::Token;

// Which arms of its conditions a text is read with.
enum class Reading { FirstArms, LastArms };

// What "forloop.last" and its kin are when a loop runs once; nothing for any other word.
std::optional<int> inOnlyRun(const Token& member)
{
    for (const std::string_view one : {"first", "last", "index", "rindex", "length"}) {
        if (member.isWord(one))
            return 1;
    }
    return member.isWord("index0") || member.isWord("rindex0") ? std::optional(0) : std::nullopt;
}

std::optional<bool> compare(int left, const Token& op, int right)
{
    if (op.is("=="))
        return left == right;
    if (op.is("!=") || op.is("<>"))
        return left != right;
    if (op.is("<") || op.is("<="))
        return op.is("<") ? left < right : left <= right;
    if (op.is(">") || op.is(">="))
        return op.is(">") ? left > right : left >= right;
    return std::nullopt;
}

// What a condition about the place in a loop comes to when the loop runs once: {% unless forloop.last %},{% endunless %}
// puts out nothing then. Nothing for any other condition.
std::optional<bool> conditionInOnlyRun(const Tag& tag)
{
    const auto& tokens = tag.tokens;
    if ((tokens.size() != 3 && tokens.size() != 5) || !tokens[0].isWord("forloop") || !tokens[1].is("."))
        return std::nullopt;
    const std::optional<int> left = inOnlyRun(tokens[2]);
    std::optional<bool> isMet = left ? std::optional(true) : std::nullopt;
    if (left && tokens.size() == 5) {
        const bool isTruth = tokens[4].isWord("true") || tokens[4].isWord("false");
        const int right = isTruth ? tokens[4].isWord("true") : textOf(tokens[4]).toInt();
        isMet = compare(*left, tokens[3], right);
    }
    if (isMet && tag.name == u"unless")
        isMet = !*isMet;
    return isMet;
}

// The part as it comes out with one choice of arms: outputs in strings as they are covered, others as wildcards; what is
// left out is blank, so that places stay right.
class Sample {
public:
    Sample(const Source& source, Reading reading)
        : m_reading(reading)
        , m_text(source.masked())
    {
        qsizetype at = 0;
        for (const Tag& tag : source.tags()) {
            blankUnlessShown(at, tag.place.position);
            at = tag.place.end();
            const bool puts = tag.name == u"render" || tag.name == u"include" || tag.name == u"echo" || tag.name == u"cycle"
                || tag.name == u"increment" || tag.name == u"decrement";
            std::fill_n(m_text.begin() + tag.place.position, tag.place.length,
                        puts && isShown() ? Source::outputMark : QChar(u' '));
            follow(tag);
        }
        blankUnlessShown(at, m_text.size());
        m_text.replace(Source::tagMark, u' ');
    }

    const QString& text() const { return m_text; }

private:
    struct Block {
        bool isShown = true;
        bool isTaken = false; // one of its arms was
        bool isKnown = false; // it is about the place in a loop
    };

    bool isShown() const
    {
        return std::all_of(m_blocks.begin(), m_blocks.end(), [](const Block& block) { return block.isShown; });
    }

    void blankUnlessShown(qsizetype from, qsizetype to)
    {
        if (!isShown())
            std::fill(m_text.begin() + from, m_text.begin() + to, u' ');
    }

    void open(bool isShown, bool isKnown = false)
    {
        if (m_blocks.size() < std::size_t(liquid::Program::maxNesting))
            m_blocks.push_back({isShown, isShown, isKnown});
    }

    void follow(const Tag& tag)
    {
        if (tag.name == u"if" || tag.name == u"unless") {
            const std::optional<bool> known = conditionInOnlyRun(tag);
            open(known.value_or(m_reading == Reading::FirstArms), known.has_value());
        } else if (tag.name == u"case" || tag.name == u"capture") {
            open(false);
        } else if (tag.name == u"for" || tag.name == u"tablerow") {
            open(true);
        } else if (tag.name.startsWith(u"end")) {
            if (!m_blocks.empty())
                m_blocks.pop_back();
        } else if (!m_blocks.empty() && (tag.name == u"else" || tag.name == u"elsif" || tag.name == u"when")) {
            turn(m_blocks.back(), tag.name == u"else");
        }
    }

    // With the first arms the first one that could be; with the last ones only "else".
    void turn(Block& block, bool isElse) const
    {
        block.isShown = !block.isTaken && (isElse || (m_reading == Reading::FirstArms && !block.isKnown));
        block.isTaken = block.isTaken || block.isShown;
    }

    Reading m_reading;
    QString m_text;
    std::vector<Block> m_blocks;
};

void jsonSyntax(const Part& part, Report& report)
{
    for (const Reading reading : {Reading::FirstArms, Reading::LastArms}) {
        const Sample sample(part.source, reading);
        const auto fault = TolerantJson(sample.text(), Source::outputMark).check();
        if (!fault)
            continue;
        const bool isAlways = reading == Reading::FirstArms || part.source.tags().empty();
        report.add(part, {fault->position, 1}, isAlways ? Severity::Error : Severity::Warning,
                   isAlways ? tr("This is not JSON. %1").arg(fault->sentence)
                            : tr("This is not JSON where its conditions are not met. %1").arg(fault->sentence));
        return;
    }
}

// What comes out of these is a number or JSON already.
bool makesJson(const Output& output)
{
    static const QStringList makers{QStringLiteral("json"),   QStringLiteral("size"),       QStringLiteral("plus"),
                                    QStringLiteral("minus"),  QStringLiteral("times"),      QStringLiteral("round"),
                                    QStringLiteral("floor"),  QStringLiteral("ceil"),       QStringLiteral("abs"),
                                    QStringLiteral("modulo"), QStringLiteral("divided_by"), QStringLiteral("raw")};
    const auto makes = [&](const UsedFilter& filter) { return makers.contains(filter.name); };
    return std::any_of(output.filters.begin(), output.filters.end(), makes);
}

void unquotedOutput(const Part& part, Report& report)
{
    const QString& text = part.source.masked();
    std::size_t next = 0;
    bool isInString = false;
    const auto& outputs = part.source.outputs();
    for (qsizetype i = 0; i < text.size() && next < outputs.size(); ++i) {
        const Output& output = outputs[next];
        if (i == output.place.position) {
            const bool isFromOutside = output.path.startsWith(u"contact.") || output.path.startsWith(u"data.");
            const bool isNumber = output.path == u"contact.id";
            if (!isInString && isFromOutside && !isNumber && !makesJson(output))
                report.add(
                    part, output.place,
                    tr("“%1” stands outside of quotes: unless it is a number, the document is broken.").arg(output.path));
            i = std::max(i, output.place.end() - 1);
            ++next;
        } else if (text.at(i) == u'\\' && isInString) {
            ++i;
            while (next < outputs.size() && outputs[next].place.position <= i)
                ++next;
        } else if (text.at(i) == u'"') {
            isInString = !isInString;
        } else if (text.at(i) == u'\n') {
            isInString = false; // no text of JSON goes over its line
        }
    }
}

constexpr Rule rules[] = {
    {"json-syntax", Severity::Error,
     QT_TRANSLATE_NOOP("Lint", "Parts that must be JSON and are not, whatever the data are."),
     QT_TRANSLATE_NOOP("Lint", "Correct it here or just before."), Looks::AtJson, jsonSyntax},
    {"json-unquoted", Severity::Warning,
     QT_TRANSLATE_NOOP("Lint", "Data put into JSON outside of quotes: a text there breaks the document."),
     QT_TRANSLATE_NOOP("Lint", "Put it in double quotes, or add the filter json."), Looks::AtJson, unquotedOutput},
};

} // namespace

std::span<const Rule> jsonRules()
{
    return rules;
}

} // namespace carillon::lint
