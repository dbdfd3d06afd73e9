// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/content/ChatBuilder.h"

#include "engine/content/MarkdownChat.h"
#include "engine/content/RichTextWriter.h"
#include "engine/content/SlackBuilder.h"
#include "engine/content/TelegramBuilder.h"
#include "engine/content/WhatsAppBuilder.h"

#include <QCoreApplication>
#include <QJsonObject>

namespace carillon {

namespace {

// Platforms with a markup of their own.
struct Target {
    const char* channel;
    Result<Message> (*build)(const RichText&, const Template&, MessageFacts&);
};

constexpr Target targets[] = {
    {"slack", buildSlackText},
    {"telegram", buildTelegramText},
    {"whatsapp", buildWhatsAppText},
};

RichText withTitle(const QString& title, const RichText& text)
{
    if (title.isEmpty())
        return text;
    RichText result{title, {{RichText::Mark::Bold, 0, title.size(), {}}}};
    if (!text.text.isEmpty())
        result.append({QStringLiteral("\n\n"), {}});
    result.append(text);
    return result;
}

// Only what plain text would not show as well.
void addHtml(Message& message, const RichText& text)
{
    if (!text.spans.isEmpty())
        message.fields.insert(QStringLiteral("html"), toMatrixHtml(text));
}

} // namespace

Result<Message> buildChat(BuildInput& input, MessageFacts& facts)
{
    const QString title = takeLine(input, QStringLiteral("title"));
    const QString markdown = takePart(input, QStringLiteral("text"));
    const Result<RichText> text = markdownToRichText(markdown.toStdString());
    if (!text)
        return fail(badPart(QStringLiteral("text"), text.error().message));
    for (const Target& target : targets) {
        if (input.delivery.channel == QLatin1String(target.channel))
            return target.build(withTitle(title, *text), input.source, facts);
    }
    if (title.isEmpty() && markdown.trimmed().isEmpty())
        return fail(emptyPart(QStringLiteral("text")));
    facts.length = markdown.size();
    facts.unit = QCoreApplication::translate("ChatBuilder", "characters");
    Message message;
    message.fields = {{QStringLiteral("text"), markdown},
                      {QStringLiteral("plain"), toPlainText(*text)},
                      {QStringLiteral("format"), QStringLiteral("markdown")}};
    if (input.delivery.channel == QStringLiteral("matrix"))
        addHtml(message, withTitle(title, *text));
    if (!title.isEmpty())
        message.fields.insert(QStringLiteral("title"), title);
    return message;
}

} // namespace carillon
