// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/content/MessageBuilder.h"
#include "engine/model/Channel.h"
#include "tests/fuzz/Parts.h"

#include <QJsonObject>

#include <cstdlib>

using namespace carillon;

namespace {

// One byte chooses among the settings that change how a message is made.
QJsonObject settingsOf(unsigned char how)
{
    static const QString overflows[] = {QStringLiteral("refuse"), QStringLiteral("cut"), QStringLiteral("split")};
    static const QString modes[] = {QStringLiteral("html"), QStringLiteral("markdown"), QStringLiteral("plain")};
    QJsonObject settings{{QStringLiteral("overflow"), overflows[how % 3]},
                         {QStringLiteral("parse_mode"), modes[how / 3 % 3]},
                         {QStringLiteral("transliterate"), how % 2 == 0}};
    if (how > 128)
        settings.insert(QStringLiteral("template_name"), QStringLiteral("order_sent"));
    return settings;
}

} // namespace

// Any bytes in the parts of any channel: a message, or an error with a sentence and a part; and the same again.
extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size)
{
    if (size < 2)
        return 0;
    const QList<Channel>& channels = allChannels();
    const Channel& channel = channels[data[0] % channels.size()];
    std::string_view rest(reinterpret_cast<const char*>(data) + 2, size - 2);

    ContentSet content;
    content.brand.fromAddress = QStringLiteral("news@shop.example");
    Template source;
    source.channel = data[0] < 192 ? channel.key : QStringLiteral("chat");
    source.settings = settingsOf(data[1]);
    RenderedParts parts;
    for (const ChannelPart& part : channelOf(source.channel).parts)
        parts.emplace(part.name, std::string(takePart(rest)));
    Delivery delivery;
    delivery.channel = channel.key;
    delivery.address = QStringLiteral("ana@b.example");
    delivery.messageId = QStringLiteral("1@shop.example");

    const Contact contact;
    const auto build = [&](MessageFacts& facts) {
        return buildMessage({.content = content,
                             .source = source,
                             .parts = parts,
                             .delivery = delivery,
                             .contact = contact,
                             .facts = &facts});
    };
    MessageFacts facts;
    MessageFacts again;
    const Result<Message> message = build(facts);
    const Result<Message> second = build(again);
    if (message.has_value() != second.has_value() || !(facts == again))
        std::abort();
    if (!message && message.error().message.isEmpty())
        std::abort();
    if (message && (message->content != second->content || message->fields != second->fields))
        std::abort();
    return 0;
}
