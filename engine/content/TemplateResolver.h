// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/Topic.h"

#include <array>
#include <atomic>
#include <memory>
#include <vector>

namespace carillon {

// Where content comes from, best first. A topic's template that replaces the built-in one goes before it.
enum class TemplateLevel {
    BuiltIn, // compiled into the program for that topic
    Topic, // the workspace's, of that topic
    Category, // what any topic of the category says
    Emergency, // compiled in: that there is a message, and from whom. Never of marketing
};

// Which template a contact gets.
struct Resolution {
    int index = -1; // in the list of templates; -1: there is none for the channel
    TemplateLevel level = TemplateLevel::Topic; // of that template
};

// How often each level was the answer, and how long the answers took.
struct LevelTimes {
    struct Level {
        qint64 count = 0;
        qint64 nanoseconds = 0; // all together
    };
    std::array<Level, 4> levels; // by TemplateLevel
    Level none; // there was no template
};

// One template that may be taken.
struct TemplateCandidate {
    int index = -1; // of it in its list
    TemplateLevel level = TemplateLevel::Topic;
    QString problem; // why it cannot be used: "does not compile: html, line 3, column 5: ..."; empty: it can
};

// Picks templates: by level, within a level by channel ("slack", then "chat"), by brand (the topic's, then any), by locale
// (the contact's "pt-BR", then "pt"; the brand's default the same way; then none), and by variant (the asked one, then the
// one that everybody gets): a language that the contact reads goes before the variant of a test. What cannot be used is
// stepped over.
//
// Made once for a list of templates; answers are looked up without allocating, well below a microsecond. Immutable but for
// its counters; safe to ask from several threads.
class TemplateResolver {
public:
    TemplateResolver(const QList<Template>& templates, const std::vector<TemplateCandidate>& candidates, const Brand& brand);

    Resolution resolve(QStringView channel, QStringView contactLocale, QStringView variant = {}) const;

    // The same in sentences for people, translated: which one was taken, then why each better one was not. Slow: made when
    // somebody looks at it.
    QStringList explain(const QString& channel, const QString& contactLocale, const QString& variant = {}) const;

    // True when there is a template on the channel that some contact would get.
    bool serves(QStringView channel) const;
    // True when every contact would get one, whatever its locale.
    bool servesEverybody(QStringView channel) const;

    // What resolve() has counted since this was made.
    LevelTimes times() const;

private:
    struct Entry {
        QString locale;
        QString variant;
        int index = -1;
        QString problem;
    };
    // The templates of one level, channel and brand.
    struct Rung {
        TemplateLevel level = TemplateLevel::Topic;
        QString channel;
        bool ofBrand = false;
        std::vector<Entry> entries;
    };
    // All that may serve one channel, best first.
    struct Ladder {
        QString channel;
        std::vector<Rung> rungs;
    };
    struct Counters {
        std::array<std::atomic<qint64>, 5> count{};
        std::array<std::atomic<qint64>, 5> nanoseconds{};
    };

    Ladder ladderOf(const QString& channel, const std::vector<TemplateCandidate>& candidates) const;
    const Ladder& ladder(QStringView channel) const;
    const Entry* usable(const Rung& rung, QStringView locale, QStringView variant) const;
    const Entry* pick(const Rung& rung, QStringView contactLocale, QStringView variant) const;
    Resolution find(QStringView channel, QStringView contactLocale, QStringView variant) const;
    void explainRung(const Rung& rung, const Entry* taken, const QString& contactLocale, QStringList& lines) const;
    void explainAbsence(const Ladder& steps, const Rung* taken, QStringList& lines) const;
    QString nameOf(const Rung& rung, const Entry& entry) const;

    QList<Template> m_templates;
    qint64 m_brandId = 0;
    QString m_brandLocale;
    std::vector<Ladder> m_ladders; // of every channel with a builder or a template; one more, of "chat", for any platform
    std::unique_ptr<Counters> m_counters = std::make_unique<Counters>();
};

} // namespace carillon
