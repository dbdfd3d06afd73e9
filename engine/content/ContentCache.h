// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Result.h"
#include "engine/content/CompiledContent.h"

#include <map>
#include <mutex>
#include <optional>

namespace carillon {

class Clock;
class Connection;

// Compiled content of topics, kept for whoever needs it again and again: previews, test sends, questions of resolution.
//
// Owned by the engine; asked in jobs of the store, from whichever of its threads runs them: a lock guards the list, and what
// is in it is immutable. An entry is right as long as the content revision in the database is the one that it was read at,
// so that a save is seen at once, by each engine on the same database; and no longer than maxAgeMs. The entries that were
// not used for longest make room. Throws SqlFailure, as everything that runs on a Connection does.
class ContentCache {
public:
    struct Limits {
        qint64 maxAgeMs = 5 * 60'000;
        std::size_t maxEntries = 64;
        qint64 maxBytes = 64 << 20; // of sources and files, roughly; one entry is kept whatever its size
    };
    struct Counters {
        qint64 hits = 0;
        qint64 loads = 0;
        qint64 loadNanoseconds = 0; // all loads together: reading and compiling
    };

    explicit ContentCache(const Clock& clock)
        : ContentCache(clock, Limits())
    {
    }
    ContentCache(const Clock& clock, Limits limits)
        : m_clock(clock)
        , m_limits(limits)
    {
    }

    // A topic's content as it is saved. NotFound when there is no such topic.
    Result<std::shared_ptr<const CompiledContent>> saved(Connection& connection, qint64 topicId);
    // The same for a job that asks often: `revision` is contentRevision() of this job. What is kept costs no query then.
    Result<std::shared_ptr<const CompiledContent>> saved(Connection& connection, qint64 topicId, qint64 revision);

    // A topic as it stands in an editor. Only what has changed since the last time is compiled.
    std::shared_ptr<const CompiledContent> edited(Connection& connection, const Topic& topic,
                                                  const QList<Template>& ownTemplates);

    Counters counters() const;
    std::size_t size() const;

private:
    struct Key {
        qint64 topicId = 0;
        bool edited = false;

        friend auto operator<=>(const Key&, const Key&) = default;
    };
    struct Entry {
        qint64 revision = 0;
        qint64 loadedAt = 0; // steady milliseconds
        qint64 lastUse = 0; // counts uses
        qint64 bytes = 0;
        ContentSet source; // without the built-in templates
        std::shared_ptr<const CompiledContent> compiled;
    };

    // What is kept under the key and right; null when there is none.
    std::shared_ptr<const CompiledContent> hit(const Key& key, qint64 revision);
    // Right or not: of what is outdated, the parts that did not change are still compiled.
    std::optional<Entry> find(const Key& key) const;
    bool isFresh(const Entry& entry, qint64 revision) const;
    std::shared_ptr<const CompiledContent> keep(const Key& key, Entry entry, qint64 nanoseconds);
    void makeRoom();

    const Clock& m_clock;
    const Limits m_limits;
    mutable std::mutex m_mutex; // guards what follows
    std::map<Key, Entry> m_entries;
    Counters m_counters;
    qint64 m_uses = 0;
};

} // namespace carillon
