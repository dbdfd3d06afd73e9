// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/content/HtmlOutline.h"
#include "engine/content/Lint.h"
#include "engine/content/LintSource.h"
#include "engine/liquid/Program.h"
#include "engine/model/Channel.h"

#include <deque>
#include <optional>
#include <span>

namespace carillon::lint {

// The translation of a sentence of the rules.
QString tr(const char* text);

QString textOf(const liquid::Token& token);
QString snippetIn(const Tag& tag); // "footer" of {% render "footer" %}; empty when it names none

class View;

// One part of the template that is looked at.
struct Part {
    const View& view;
    QString name;
    PartFormat format = PartFormat::Text;
    Source source;
    std::optional<HtmlOutline> outline; // Html only
    std::vector<liquid::VariableUse> variables; // when it compiles
    QList<TemplateProblem> problems; // when it does not
};

// The template that is looked at, read once for all rules.
class View {
public:
    explicit View(const LintInput& input);
    View(const View&) = delete;
    View& operator=(const View&) = delete;

    const LintInput& input() const { return m_input; }
    const Template& source() const { return m_input.source; }
    const QString& channel() const { return m_input.source.channel; }
    const QJsonObject& settings() const { return m_input.source.settings; }
    const std::deque<Part>& parts() const { return m_parts; } // those with anything in them, in the channel's order
    const Part* part(QStringView name) const; // null: nothing is written in it
    const Part& mainPart() const; // the first one that is no line, else any; one with nothing in it when there is none
    bool isMarketing() const;

    // The templates of the same topic on the same channel, this one left out.
    QList<const Template*> otherLocales() const;
    const Template* snippet(const QString& name) const; // null: there is none of that name

    // Whether a part, or a snippet that the template puts in, has these words as they are written here.
    bool mentions(const Part& part, QStringView words) const;
    // Whether any part does.
    bool mentions(QStringView words) const;

private:
    void addPart(const QString& name, PartFormat format, const QString& text);
    void addSnippets(const Source& source);

    const LintInput& m_input;
    std::deque<Part> m_parts;
    Part m_nothing;
    QList<const Template*> m_snippets; // that the parts put in, and those that these put in
};

// Takes the findings of one rule after the other.
class Report {
public:
    static constexpr int maxPerRule = 20; // in one part: more of the same says nothing new

    void begin(const struct Rule& rule);

    // An empty `fix` is the rule's.
    void add(const Part& part, Span span, const QString& message, const QString& fix = {});
    void add(const Part& part, Span span, Severity severity, const QString& message, const QString& fix = {});
    void addWhole(const Part& part, const QString& message, const QString& fix = {}); // about all of it: at its start
    void addReady(const Part& part, const TemplateProblem& problem); // that has its place and message

    QList<TemplateProblem> take() { return std::move(m_problems); }

private:
    const struct Rule* m_rule = nullptr;
    QHash<QString, int> m_counts; // of the rule at hand, by part
    QList<TemplateProblem> m_problems;
};

// Which parts a rule looks at.
enum class Looks {
    AtEachPart,
    AtLiquid, // each part, the bodies of snippets included
    AtHtml, // parts with an outline
    AtLines, // subjects, preheaders and titles
    AtJson,
    Once, // the template as a whole: called with its main part
};

// One rule: its id is for ever the same, its sentence says what it looks for and why, its fix what to do.
struct Rule {
    const char* id;
    Severity severity;
    const char* sentence;
    const char* fix;
    Looks looks;
    void (*check)(const Part& part, Report& report);
    const char* channel = nullptr; // the only one it looks at; null: any
};

// The rules by theme, each list in the file of its name.
std::span<const Rule> liquidRules(); // LintLiquid.cpp
std::span<const Rule> variableRules(); // LintVariables.cpp
std::span<const Rule> leftoverRules(); // LintLeftovers.cpp
std::span<const Rule> mailRules(); // LintMail.cpp
std::span<const Rule> textRules(); // LintText.cpp
std::span<const Rule> htmlRules(); // LintHtml.cpp
std::span<const Rule> structureRules(); // LintStructure.cpp
std::span<const Rule> imageRules(); // LintImages.cpp
std::span<const Rule> styleRules(); // LintStyles.cpp
std::span<const Rule> colorRules(); // LintColors.cpp
std::span<const Rule> linkRules(); // LintLinks.cpp
std::span<const Rule> linkTextRules(); // LintLinkTexts.cpp
std::span<const Rule> localeRules(); // LintLocales.cpp
std::span<const Rule> smsRules(); // LintSms.cpp
std::span<const Rule> chatRules(); // LintChat.cpp
std::span<const Rule> cardRules(); // LintCards.cpp
std::span<const Rule> jsonRules(); // LintJson.cpp

} // namespace carillon::lint
