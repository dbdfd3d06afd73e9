// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/content/Lint.h"
#include "engine/model/Channel.h"

#include <cstdlib>

using namespace carillon;

// Any text in any part of any channel is looked at, and what is found lies within it. The first byte chooses the part, the
// second the settings.
extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size)
{
    if (size < 2)
        return 0;
    const QList<Channel>& channels = allChannels();
    const Channel& channel = channels.at(data[0] % channels.size());
    const ChannelPart& part = channel.parts.at((data[0] / channels.size()) % channel.parts.size());
    ContentSet content;
    content.topic.category = data[1] & 1 ? Category::Marketing : Category::Transactional;
    Template source;
    source.channel = channel.key;
    source.parts.insert(part.name, QString::fromUtf8(reinterpret_cast<const char*>(data + 2), qsizetype(size - 2)));
    if (data[1] & 2)
        source.settings.insert(QStringLiteral("parse_mode"), QStringLiteral("markdown"));
    content.templates << source;
    const QJsonObject campaign = data[1] & 4 ? QJsonObject{{QStringLiteral("a"), 1}} : QJsonObject();
    for (const TemplateProblem& problem : lintTemplate({content, source, {}, {QStringLiteral("de")}, campaign})) {
        const qsizetype length = source.parts.value(problem.part).size();
        const bool isWithin = problem.position >= 0 && problem.length >= 1
            && problem.position + problem.length <= std::max<qsizetype>(1, length);
        if (!isWithin || problem.line < 1 || problem.column < 1 || problem.message.isEmpty() || problem.rule.isEmpty())
            std::abort();
    }
    return 0;
}
