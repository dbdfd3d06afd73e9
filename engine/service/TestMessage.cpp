// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/service/TestMessage.h"

#include "engine/content/Composer.h"
#include "engine/model/EmailAddress.h"

#include <QCoreApplication>

namespace carillon {

namespace {

Template testTemplate(const QString& channel)
{
    const QString sentence = QCoreApplication::translate("TestMessage", "This is a test from Carillon. The account works.");
    Template content;
    content.channel = channel;
    content.parts = {{QStringLiteral("subject"), QCoreApplication::translate("TestMessage", "Test from Carillon")},
                     {QStringLiteral("title"), QCoreApplication::translate("TestMessage", "Test from Carillon")},
                     {QStringLiteral("html"), u"<p>" + sentence + u"</p>"},
                     {QStringLiteral("text"), sentence},
                     {QStringLiteral("body"), QStringLiteral("{\"text\": \"") + sentence + QStringLiteral("\"}")}};
    return content;
}

} // namespace

Result<Message> testMessage(const Account& account, const Brand& brand, const QString& address, const QString& workspaceId,
                            qint64 now)
{
    Delivery delivery;
    delivery.channel = account.channel;
    delivery.address = address.trimmed();
    if (delivery.channel == QStringLiteral("email")) {
        const Result<QString> parsed = parseEmailAddress(address);
        if (!parsed)
            return fail(ErrorCode::InvalidInput, parsed.error().message, QStringLiteral("address"));
        delivery.address = *parsed;
    }
    // Not a delivery of the workspace, so the moment takes the place of its id.
    delivery.messageId = messageIdOf(workspaceId, now, brand.fromAddress);
    Topic topic;
    topic.key = QStringLiteral("carillon.test");
    topic.category = Category::System;
    const Composer composer({topic, brand, {testTemplate(account.channel)}, {}});
    return composer.compose(delivery, Contact(), now);
}

} // namespace carillon
