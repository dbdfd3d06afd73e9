// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ctl/ProviderText.h"

#include "app/ctl/Command.h"

#include <QJsonArray>

namespace carillon {

namespace {

QString wordOf(FieldType type)
{
    switch (type) {
    case FieldType::Text: return QStringLiteral("text");
    case FieldType::Multiline: return QStringLiteral("multiline");
    case FieldType::Number: return QStringLiteral("number");
    case FieldType::Boolean: return QStringLiteral("boolean");
    case FieldType::Choice: return QStringLiteral("choice");
    case FieldType::Url: return QStringLiteral("url");
    case FieldType::Password: return QStringLiteral("password");
    }
    return {};
}

QJsonObject toJson(const ProviderField& field)
{
    return {{QStringLiteral("key"), field.key},           {QStringLiteral("label"), field.label},
            {QStringLiteral("type"), wordOf(field.type)}, {QStringLiteral("required"), field.required},
            {QStringLiteral("secret"), field.secret},     {QStringLiteral("advanced"), field.advanced},
            {QStringLiteral("help"), field.help}};
}

QString fieldLine(const ProviderField& field)
{
    QStringList words{wordOf(field.type)};
    if (field.required)
        words << Command::tr("required");
    if (field.secret)
        words << Command::tr("secret");
    if (field.advanced)
        words << Command::tr("advanced");
    return QStringLiteral("  %1 %2 (%3) %4\n")
        .arg(field.key, -24)
        .arg(field.label, words.join(QStringLiteral(", ")), field.help);
}

} // namespace

void showLine(const Console& console, const ProviderDescription& description)
{
    console.result({{QStringLiteral("provider"), description.key},
                    {QStringLiteral("channel"), description.channel},
                    {QStringLiteral("name"), description.name}},
                   QStringLiteral("%1 %2 %3").arg(description.key, -20).arg(description.channel, -12).arg(description.name));
}

void showDescription(const Console& console, const ProviderDescription& description)
{
    QJsonArray fields;
    QString text = QStringLiteral("%1: %2, channel %3\n%4\n")
                       .arg(description.key, description.name, description.channel, description.help);
    text += Command::tr("An address looks like: %1\n").arg(description.addressLabel);
    if (description.maxMessageBytes > 0)
        text += Command::tr("A message has at most %1 bytes.\n").arg(description.maxMessageBytes);
    if (description.limits.perSecond > 0)
        text += Command::tr("A new account sends at most %1 a second.\n").arg(description.limits.perSecond);
    if (description.limits.destinationPerSecond > 0)
        text += Command::tr("To one address at most %1 a second.\n").arg(description.limits.destinationPerSecond);
    text += Command::tr("Fields:\n");
    for (const ProviderField& field : description.fields) {
        fields.append(toJson(field));
        text += fieldLine(field);
    }
    console.result({{QStringLiteral("provider"), description.key},
                    {QStringLiteral("name"), description.name},
                    {QStringLiteral("channel"), description.channel},
                    {QStringLiteral("help"), description.help},
                    {QStringLiteral("address"), description.addressLabel},
                    {QStringLiteral("limits"), toJson(description.limits)},
                    {QStringLiteral("fields"), fields}},
                   text);
}

} // namespace carillon
