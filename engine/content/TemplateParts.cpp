// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/content/TemplateParts.h"

namespace carillon {

liquid::Escape escapeFor(const QString& channel, const QString& part)
{
    if (channel == QStringLiteral("webhook"))
        return liquid::Escape::Json;
    if (channel != QStringLiteral("email"))
        return liquid::Escape::None;
    if (part == QStringLiteral("html") || part == QStringLiteral("preheader"))
        return liquid::Escape::Html;
    return part == QStringLiteral("subject") ? liquid::Escape::Header : liquid::Escape::None;
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
