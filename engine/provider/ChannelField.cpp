// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/provider/ChannelField.h"

#include "engine/model/Channel.h"

#include <QCoreApplication>

namespace carillon {

ProviderField channelField(const QString& help, const QString& usual)
{
    ProviderField field;
    field.key = QStringLiteral("channel");
    field.label = QCoreApplication::translate("ChannelField", "Channel");
    field.help = help;
    field.type = FieldType::Choice;
    field.defaultValue = usual;
    for (const Channel& channel : allChannels())
        field.choices << channel.key;
    return field;
}

} // namespace carillon
