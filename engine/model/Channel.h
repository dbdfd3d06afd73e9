// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>
#include <QStringList>

namespace carillon {

// How one part of a template is written: it decides how data put into it is escaped and how an editor colours it.
enum class PartFormat {
    Line, // one line of plain text: a subject, a title
    Text, // plain text
    Html, // HTML of a mail
    Markdown, // CommonMark with tables, made into what the channel shows
    Url, // the address of an image or a page
    Json, // a JSON document
    Slack, // Slack's mrkdwn
    Telegram, // Telegram's HTML or MarkdownV2, as the template's settings say
};

struct ChannelPart {
    QString name; // "subject"
    PartFormat format = PartFormat::Text;
};

// What is to be done with content that is longer than its channel takes.
enum class Overflow {
    Refuse, // the delivery fails and says so
    Cut, // at a word, with an ellipsis
    Split, // into several messages, where the channel can
};

// What Carillon knows of a channel besides its name. A channel is a medium ("email", "sms", "push", "in_app", "webhook",
// "chat") or one platform of the chat or the push medium, with addresses and accounts of its own ("slack", "telegram",
// "whatsapp"; "web_push", "fcm", "apns"). Preferences are about media; addresses, templates and accounts are about channels.
struct Channel {
    QString key;
    QString medium;
    QList<ChannelPart> parts; // in the order a form shows them; the first one that is not a Line is the main one
};

// Every channel that has a builder of its own, in the order lists show them.
const QList<Channel>& allChannels();

// The channel of that name. Any other name is a platform of the chat medium that is written in Markdown (a provider may
// bring it along).
Channel channelOf(const QString& key);

// How a part is written; Text for a part that the channel does not know.
PartFormat formatOf(const QString& channel, const QString& part);

// True for a channel whose addresses are devices: the platforms of the push medium.
bool isDeviceChannel(const QString& channel);

// The channels whose templates serve `channel`, best first: "slack" is served by its own and by "chat", "fcm" by its own and
// by "push".
QStringList templateChannels(const QString& channel);

} // namespace carillon
