// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/content/TemplateResolver.h"

#include "engine/content/Locales.h"
#include "engine/model/Channel.h"

#include <QCoreApplication>

#include <algorithm>
#include <chrono>
#include <map>
#include <tuple>

namespace carillon {

namespace {

constexpr std::size_t noLevel = 4; // counted behind the levels

QString tr(const char* text)
{
    return QCoreApplication::translate("TemplateResolver", text);
}

// Replacing templates, built-in ones, the topic's, the category's, the emergency text.
int rankOf(TemplateLevel level, const Template& source)
{
    if (level == TemplateLevel::Topic && source.settings.value(u"replaces_built_in").toBool())
        return -1;
    return int(level);
}

QStringList channelsOf(const QList<Template>& templates)
{
    QStringList channels;
    for (const Channel& channel : allChannels())
        channels << channel.key;
    for (const Template& source : templates) {
        if (!source.channel.isEmpty() && !channels.contains(source.channel))
            channels << source.channel;
    }
    return channels;
}

QString wordsFor(const QString& locale)
{
    return locale.isEmpty() ? tr("every locale") : u'“' + locale + u'”';
}

} // namespace

TemplateResolver::TemplateResolver(const QList<Template>& templates, const std::vector<TemplateCandidate>& candidates,
                                   const Brand& brand)
    : m_templates(templates)
    , m_brandId(brand.id)
    , m_brandLocale(normalLocale(brand.locale))
{
    for (const QString& channel : channelsOf(templates))
        m_ladders.push_back(ladderOf(channel, candidates));
}

TemplateResolver::Ladder TemplateResolver::ladderOf(const QString& channel,
                                                    const std::vector<TemplateCandidate>& candidates) const
{
    const QStringList channels = templateChannels(channel);
    std::map<std::tuple<int, qsizetype, int>, Rung> rungs;
    for (const TemplateCandidate& candidate : candidates) {
        const Template& source = m_templates[candidate.index];
        const qsizetype channelRank = channels.indexOf(source.channel);
        if (channelRank < 0 || (source.brandId != 0 && source.brandId != m_brandId))
            continue;
        Rung& rung = rungs[{rankOf(candidate.level, source), channelRank, source.brandId == 0 ? 1 : 0}];
        rung.level = candidate.level;
        rung.channel = source.channel;
        rung.ofBrand = source.brandId != 0;
        rung.entries.push_back({normalLocale(source.locale), source.variant, candidate.index, candidate.problem});
    }
    Ladder result{channel, {}};
    for (auto& [rank, rung] : rungs)
        result.rungs.push_back(std::move(rung));
    return result;
}

// A name that nobody has heard of is a platform of the chat medium.
const TemplateResolver::Ladder& TemplateResolver::ladder(QStringView channel) const
{
    const Ladder* chat = &m_ladders.front();
    for (const Ladder& one : m_ladders) {
        if (one.channel == channel)
            return one;
        if (one.channel == u"chat")
            chat = &one;
    }
    return *chat;
}

const TemplateResolver::Entry* TemplateResolver::usable(const Rung& rung, QStringView locale, QStringView variant) const
{
    const Entry* plain = nullptr;
    for (const Entry& entry : rung.entries) {
        if (!entry.problem.isEmpty() || !sameLocale(entry.locale, locale))
            continue;
        if (entry.variant == variant)
            return &entry;
        if (entry.variant.isEmpty())
            plain = &entry;
    }
    return plain;
}

const TemplateResolver::Entry* TemplateResolver::pick(const Rung& rung, QStringView contactLocale, QStringView variant) const
{
    for (const QStringView preferred : {contactLocale.trimmed(), QStringView(m_brandLocale)}) {
        for (QStringView locale = preferred; !locale.isEmpty(); locale = parentLocale(locale)) {
            if (const Entry* entry = usable(rung, locale, variant))
                return entry;
        }
    }
    return usable(rung, {}, variant);
}

Resolution TemplateResolver::find(QStringView channel, QStringView contactLocale, QStringView variant) const
{
    for (const Rung& rung : ladder(channel).rungs) {
        if (const Entry* entry = pick(rung, contactLocale, variant))
            return {entry->index, rung.level};
    }
    return {};
}

// Milliseconds of the Clock are too coarse for what takes less than a microsecond.
Resolution TemplateResolver::resolve(QStringView channel, QStringView contactLocale, QStringView variant) const
{
    using std::chrono::steady_clock;
    const steady_clock::time_point start = steady_clock::now();
    const Resolution found = find(channel, contactLocale, variant);
    const auto took = std::chrono::duration_cast<std::chrono::nanoseconds>(steady_clock::now() - start).count();
    const std::size_t level = found.index < 0 ? noLevel : std::size_t(found.level);
    m_counters->count[level].fetch_add(1, std::memory_order_relaxed);
    m_counters->nanoseconds[level].fetch_add(took, std::memory_order_relaxed);
    return found;
}

LevelTimes TemplateResolver::times() const
{
    const auto read = [this](std::size_t level) {
        return LevelTimes::Level{m_counters->count[level].load(std::memory_order_relaxed),
                                 m_counters->nanoseconds[level].load(std::memory_order_relaxed)};
    };
    LevelTimes times;
    for (std::size_t level = 0; level < times.levels.size(); ++level)
        times.levels[level] = read(level);
    times.none = read(noLevel);
    return times;
}

bool TemplateResolver::serves(QStringView channel) const
{
    const std::vector<Rung>& rungs = ladder(channel).rungs;
    return std::any_of(rungs.begin(), rungs.end(), [](const Rung& rung) {
        return std::any_of(rung.entries.begin(), rung.entries.end(),
                           [](const Entry& entry) { return entry.problem.isEmpty() && entry.variant.isEmpty(); });
    });
}

bool TemplateResolver::servesEverybody(QStringView channel) const
{
    return find(channel, {}, {}).index >= 0;
}

QString TemplateResolver::nameOf(const Rung& rung, const Entry& entry) const
{
    const auto words = [&rung] {
        switch (rung.level) {
        case TemplateLevel::BuiltIn: return tr("The built-in template of this topic (%1, for %2)");
        case TemplateLevel::Topic: return tr("The topic's template (%1, for %2)");
        case TemplateLevel::Category: return tr("The template of the topic's category (%1, for %2)");
        case TemplateLevel::Emergency: return tr("The emergency text (%1, for %2)");
        }
        return QString();
    };
    const Template& source = m_templates[entry.index];
    QString name = words().arg(rung.channel, wordsFor(source.locale));
    if (rung.ofBrand)
        name += u' ' + tr("of the brand");
    if (!entry.variant.isEmpty())
        name += u' ' + tr("in the variant %1").arg(entry.variant);
    if (source.version > 0)
        name += u' ' + tr("in version %1").arg(source.version);
    return name;
}

// What there is on a rung that was better than the one that was taken, and the locales that were looked for in vain.
void TemplateResolver::explainRung(const Rung& rung, const Entry* taken, const QString& contactLocale,
                                   QStringList& lines) const
{
    for (const QString& locale : localeCandidates(contactLocale, m_brandLocale)) {
        bool found = false;
        for (const Entry& entry : rung.entries) {
            if (!sameLocale(entry.locale, locale))
                continue;
            if (&entry == taken)
                return;
            found = true;
            if (!entry.problem.isEmpty())
                lines << tr("%1 was not taken: it %2").arg(nameOf(rung, entry), entry.problem);
        }
        if (!found && (taken || !locale.isEmpty()))
            lines << tr("There is no template for %1 (%2).").arg(wordsFor(locale), rung.channel);
    }
}

// The levels and the channel that would have been better and have nothing at all.
void TemplateResolver::explainAbsence(const Ladder& steps, const Rung* taken, QStringList& lines) const
{
    const auto has = [&](TemplateLevel level) {
        return std::any_of(steps.rungs.begin(), steps.rungs.end(), [&](const Rung& rung) { return rung.level == level; });
    };
    const auto better = [&](TemplateLevel level) { return !taken || taken->level > level; };
    if (better(TemplateLevel::Topic) && !has(TemplateLevel::Topic))
        lines << tr("The topic has no template for %1.").arg(steps.channel);
    if (better(TemplateLevel::Category) && !has(TemplateLevel::Category))
        lines << tr("Its category has no template for %1.").arg(steps.channel);
    const bool ofChannel = std::any_of(steps.rungs.begin(), steps.rungs.end(), [&](const Rung& rung) {
        return taken && rung.level == taken->level && rung.channel == steps.channel;
    });
    if (taken && taken->channel != steps.channel && !ofChannel)
        lines << tr("There is no template for %1 itself.").arg(steps.channel);
}

QStringList TemplateResolver::explain(const QString& channel, const QString& contactLocale, const QString& variant) const
{
    const Ladder& steps = ladder(channel);
    QStringList better;
    for (const Rung& rung : steps.rungs) {
        const Entry* taken = pick(rung, contactLocale, variant);
        explainRung(rung, taken, contactLocale, better);
        if (!taken)
            continue;
        explainAbsence(steps, &rung, better);
        better.prepend(tr("%1 was taken.").arg(nameOf(rung, *taken)));
        return better;
    }
    explainAbsence(steps, nullptr, better);
    better.prepend(tr("There is no content for the channel “%1” that serves this contact.").arg(channel));
    return better;
}

} // namespace carillon
