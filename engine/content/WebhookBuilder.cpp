// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/content/WebhookBuilder.h"

#include "engine/base/Json.h"

#include <QCoreApplication>

namespace carillon {

Result<Message> buildWebhook(BuildInput& input, MessageFacts& facts)
{
    const QString part = QStringLiteral("body");
    Message message;
    if (const auto body = input.parts.find(part); body != input.parts.end())
        message.content = QByteArray::fromStdString(body->second);
    facts.length = message.content.size();
    facts.unit = QCoreApplication::translate("WebhookBuilder", "bytes");
    if (message.content.trimmed().isEmpty())
        return fail(emptyPart(part));
    if (const Result<QJsonDocument> parsed = parseJson(message.content); !parsed)
        return fail(badPart(
            part, QCoreApplication::translate("WebhookBuilder", "The body is not right: %1").arg(parsed.error().message)));
    return message;
}

} // namespace carillon
