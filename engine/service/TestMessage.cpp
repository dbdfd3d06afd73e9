// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/service/TestMessage.h"

#include "engine/content/Composer.h"
#include "engine/model/EmailAddress.h"

namespace carillon {

Result<Message> testMessage(const Account& account, const Brand& brand, const QString& address, const QString& workspaceId,
                            qint64 now)
{
    Brand sender = brand;
    Delivery delivery;
    delivery.channel = account.channel;
    delivery.address = address.trimmed();
    if (delivery.channel == QStringLiteral("email")) {
        const Result<QString> parsed = parseEmailAddress(address);
        if (!parsed)
            return fail(ErrorCode::InvalidInput, parsed.error().message, QStringLiteral("address"));
        delivery.address = *parsed;
        if (sender.fromAddress.isEmpty())
            sender.fromAddress = *parsed; // there is no brand yet: to oneself, from oneself
    }
    // Not a delivery of the workspace, so the moment takes the place of its id.
    delivery.messageId = messageIdOf(workspaceId, now, sender.fromAddress);
    Topic topic;
    topic.key = QStringLiteral("carillon.test");
    topic.name = account.name;
    topic.category = Category::System;
    const Composer composer(ContentSet{topic, sender, {}, {}}, {{QStringLiteral("account"), account.name}});
    return composer.compose(delivery, Contact(), now);
}

} // namespace carillon
