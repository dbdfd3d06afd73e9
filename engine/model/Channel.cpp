// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/model/Channel.h"

#include <algorithm>

namespace carillon {

namespace {

const QString chat = QStringLiteral("chat");
const QString push = QStringLiteral("push");

ChannelPart part(const char* name, PartFormat format)
{
    return {QString::fromLatin1(name), format};
}

QList<ChannelPart> cardParts()
{
    return {part("title", PartFormat::Line), part("text", PartFormat::Text), part("image", PartFormat::Url),
            part("url", PartFormat::Url), part("actions", PartFormat::Json)};
}

QList<ChannelPart> pushParts()
{
    return cardParts() << part("tag", PartFormat::Line);
}

QList<Channel> makeChannels()
{
    return {
        {QStringLiteral("email"),
         QStringLiteral("email"),
         {part("subject", PartFormat::Line), part("preheader", PartFormat::Line), part("html", PartFormat::Html),
          part("markdown", PartFormat::Markdown), part("text", PartFormat::Text)}},
        {QStringLiteral("sms"), QStringLiteral("sms"), {part("text", PartFormat::Text)}},
        {chat, chat, {part("title", PartFormat::Line), part("text", PartFormat::Markdown)}},
        {QStringLiteral("slack"), chat, {part("text", PartFormat::Slack), part("blocks", PartFormat::Json)}},
        {QStringLiteral("telegram"),
         chat,
         {part("text", PartFormat::Telegram), part("photo", PartFormat::Url), part("buttons", PartFormat::Json)}},
        {QStringLiteral("whatsapp"), chat, {part("text", PartFormat::Text), part("parameters", PartFormat::Json)}},
        {push, push, pushParts()},
        {QStringLiteral("web_push"), push, pushParts()},
        {QStringLiteral("fcm"), push, pushParts()},
        {QStringLiteral("apns"), push, pushParts()},
        {QStringLiteral("in_app"), QStringLiteral("in_app"), cardParts()},
        {QStringLiteral("webhook"), QStringLiteral("webhook"), {part("body", PartFormat::Json)}},
    };
}

} // namespace

const QList<Channel>& allChannels()
{
    static const QList<Channel> channels = makeChannels();
    return channels;
}

Channel channelOf(const QString& key)
{
    const QList<Channel>& channels = allChannels();
    const auto found
        = std::find_if(channels.begin(), channels.end(), [&](const Channel& channel) { return channel.key == key; });
    if (found != channels.end())
        return *found;
    Channel platform = channelOf(chat);
    platform.key = key;
    return platform;
}

PartFormat formatOf(const QString& channel, const QString& part)
{
    const QList<ChannelPart> parts = channelOf(channel).parts;
    const auto found
        = std::find_if(parts.begin(), parts.end(), [&](const ChannelPart& known) { return known.name == part; });
    return found == parts.end() ? PartFormat::Text : found->format;
}

bool isDeviceChannel(const QString& channel)
{
    return channelOf(channel).medium == QStringLiteral("push");
}

QStringList templateChannels(const QString& channel)
{
    QStringList channels{channel};
    if (const QString medium = channelOf(channel).medium; medium != channel)
        channels << medium;
    return channels;
}

} // namespace carillon
