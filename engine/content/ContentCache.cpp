// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/content/ContentCache.h"

#include "engine/base/Clock.h"
#include "engine/content/ContentReader.h"
#include "engine/store/ContentRevision.h"

#include <algorithm>
#include <chrono>

namespace carillon {

namespace {

using std::chrono::steady_clock;

qint64 nanosecondsSince(steady_clock::time_point start)
{
    return std::chrono::duration_cast<std::chrono::nanoseconds>(steady_clock::now() - start).count();
}

qint64 bytesOf(const ContentSet& content)
{
    qint64 bytes = 0;
    for (const Template& source : content.templates) {
        for (const QString& part : source.parts)
            bytes += part.size() * qint64(sizeof(QChar));
    }
    for (const QByteArray& asset : content.assets)
        bytes += asset.size();
    return bytes;
}

bool same(const ContentSet& a, const ContentSet& b)
{
    return a.topic == b.topic && a.brand == b.brand && a.templates == b.templates && a.assets.keys() == b.assets.keys();
}

} // namespace

Result<std::shared_ptr<const CompiledContent>> ContentCache::saved(Connection& connection, qint64 topicId)
{
    return saved(connection, topicId, contentRevision(connection));
}

Result<std::shared_ptr<const CompiledContent>> ContentCache::saved(Connection& connection, qint64 topicId, qint64 revision)
{
    const Key key{topicId, false};
    if (auto compiled = hit(key, revision))
        return compiled;
    const std::optional<Entry> known = find(key);
    const steady_clock::time_point start = steady_clock::now();
    Result<ContentSet> content = contentOf(connection, topicId);
    if (!content)
        return fail(content.error());
    Entry entry{revision, m_clock.steady(), 0, bytesOf(*content), *content, nullptr};
    entry.compiled = CompiledContent::compile(*content, known ? known->compiled.get() : nullptr);
    return keep(key, std::move(entry), nanosecondsSince(start));
}

std::shared_ptr<const CompiledContent> ContentCache::edited(Connection& connection, const Topic& topic,
                                                            const QList<Template>& ownTemplates)
{
    const Key key{topic.id, true};
    const qint64 revision = contentRevision(connection);
    const steady_clock::time_point start = steady_clock::now();
    const std::optional<Entry> known = find(key);
    const bool fresh = known && isFresh(*known, revision);
    ContentSet content = contentOf(connection, topic, ownTemplates, fresh ? &known->source : nullptr);
    if (fresh && same(content, known->source)) {
        hit(key, revision);
        return known->compiled;
    }
    Entry entry{revision, fresh ? known->loadedAt : m_clock.steady(), 0, bytesOf(content), content, nullptr};
    entry.compiled = CompiledContent::compile(content, known ? known->compiled.get() : nullptr);
    return keep(key, std::move(entry), nanosecondsSince(start));
}

std::optional<ContentCache::Entry> ContentCache::find(const Key& key) const
{
    const std::lock_guard lock(m_mutex);
    const auto found = m_entries.find(key);
    return found == m_entries.end() ? std::nullopt : std::optional(found->second);
}

bool ContentCache::isFresh(const Entry& entry, qint64 revision) const
{
    return entry.revision == revision && m_clock.steady() - entry.loadedAt < m_limits.maxAgeMs;
}

std::shared_ptr<const CompiledContent> ContentCache::hit(const Key& key, qint64 revision)
{
    const std::lock_guard lock(m_mutex);
    const auto found = m_entries.find(key);
    if (found == m_entries.end() || !isFresh(found->second, revision))
        return nullptr;
    ++m_counters.hits;
    found->second.lastUse = ++m_uses;
    return found->second.compiled;
}

std::shared_ptr<const CompiledContent> ContentCache::keep(const Key& key, Entry entry, qint64 nanoseconds)
{
    const std::lock_guard lock(m_mutex);
    ++m_counters.loads;
    m_counters.loadNanoseconds += nanoseconds;
    entry.lastUse = ++m_uses;
    std::shared_ptr<const CompiledContent> compiled = entry.compiled;
    m_entries.insert_or_assign(key, std::move(entry));
    makeRoom();
    return compiled;
}

void ContentCache::makeRoom()
{
    const auto bytes = [this] {
        qint64 all = 0;
        for (const auto& [key, entry] : m_entries)
            all += entry.bytes;
        return all;
    };
    while (m_entries.size() > 1 && (m_entries.size() > m_limits.maxEntries || bytes() > m_limits.maxBytes))
        m_entries.erase(std::min_element(m_entries.begin(), m_entries.end(),
                                         [](const auto& a, const auto& b) { return a.second.lastUse < b.second.lastUse; }));
}

ContentCache::Counters ContentCache::counters() const
{
    const std::lock_guard lock(m_mutex);
    return m_counters;
}

std::size_t ContentCache::size() const
{
    const std::lock_guard lock(m_mutex);
    return m_entries.size();
}

} // namespace carillon
