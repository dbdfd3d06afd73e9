// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/content/TemplateParts.h"

#include "engine/model/Channel.h"

namespace carillon {

liquid::Escape escapeFor(const QString& channel, const QString& part, const QJsonObject& settings)
{
    switch (formatOf(channel, part)) {
    case PartFormat::Line: return liquid::Escape::Header;
    case PartFormat::Text:
    case PartFormat::Url: return liquid::Escape::None;
    case PartFormat::Html: return liquid::Escape::Html;
    case PartFormat::Markdown: return liquid::Escape::Markdown;
    case PartFormat::Json: return liquid::Escape::Json;
    case PartFormat::Slack: return liquid::Escape::Slack;
    case PartFormat::Telegram:
        if (settings.value(u"parse_mode").toString() == u"markdown")
            return liquid::Escape::TelegramMarkdown;
        return settings.value(u"parse_mode").toString() == u"plain" ? liquid::Escape::None : liquid::Escape::Html;
    }
    return liquid::Escape::None;
}

QStringList membersOf(const QString& rootVariable)
{
    if (rootVariable == QStringLiteral("contact"))
        return {QStringLiteral("id"),     QStringLiteral("external_id"), QStringLiteral("name"),
                QStringLiteral("locale"), QStringLiteral("time_zone"),   QStringLiteral("email")};
    if (rootVariable == QStringLiteral("topic"))
        return {QStringLiteral("key"), QStringLiteral("name")};
    if (rootVariable == QStringLiteral("brand"))
        return {QStringLiteral("name"), QStringLiteral("from_name"), QStringLiteral("from_address"),
                QStringLiteral("postal_address"), QStringLiteral("public_url")};
    return {};
}

QStringList rootVariables()
{
    return {QStringLiteral("contact"),         QStringLiteral("data"),      QStringLiteral("topic"), QStringLiteral("brand"),
            QStringLiteral("unsubscribe_url"), QStringLiteral("message_id")};
}

} // namespace carillon
