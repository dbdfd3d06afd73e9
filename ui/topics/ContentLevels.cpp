// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/topics/ContentLevels.h"

#include "engine/model/Channel.h"
#include "engine/model/Names.h"
#include "ui/topics/PartWords.h"
#include "ui/widgets/Words.h"

#include <QCoreApplication>

#include <algorithm>

namespace carillon::ui {

namespace {

struct Levels {
    Q_DECLARE_TR_FUNCTIONS(ContentLevels)
};

bool serves(const QList<Template>& templates, const QString& channel, const QString& key)
{
    const QStringList channels = templateChannels(channel);
    return std::any_of(templates.begin(), templates.end(),
                       [&](const Template& content) { return channels.contains(content.channel) && content.key == key; });
}

} // namespace

QStringList borrowedContent(const TopicDetail& topic, const QList<Account>& accounts, const QList<Template>& category)
{
    QStringList channels;
    for (const Route& route : topic.routes) {
        for (const Account& account : accounts) {
            if (account.id == route.accountId && !channels.contains(account.channel))
                channels << account.channel;
        }
    }
    QStringList sentences;
    for (const QString& channel : qAsConst(channels)) {
        if (serves(topic.templates, channel, {}))
            continue;
        const QString title = channelTitle(channel);
        if (serves(category, channel, nameOf(topic.topic.category)))
            sentences << Levels::tr("%1: what the category %2 says").arg(title, categoryTitle(topic.topic.category));
        else
            sentences << Levels::tr("%1: built-in content, or the emergency text").arg(title);
    }
    return sentences;
}

} // namespace carillon::ui
