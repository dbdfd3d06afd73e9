// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/topics/ContentTools.h"

#include "engine/model/Channel.h"
#include "engine/service/AccountService.h"
#include "engine/service/TemplateService.h"

namespace carillon::ui {

ContentTools makeContentTools(const Services& services, const Caller& caller, Prompts& prompts, SilencedRules& silenced,
                              TemplateChecker check)
{
    TemplateService& templates = services.templates;
    return {prompts,
            silenced,
            std::move(check),
            [&templates, caller](const QByteArray& data) { return templates.addAsset(caller, data); },
            [&templates](const QString& hash) { return templates.asset(hash); },
            [&templates](qint64 id) { return templates.versions(id); },
            [&templates, caller](qint64 id, int version) { return templates.rollBack(caller, id, version); }};
}

QStringList contentChannels(const Services& services)
{
    QStringList channels;
    for (const ProviderDescription& provider : services.accounts.providers())
        channels << provider.channel;
    for (const Channel& channel : allChannels())
        channels << channel.key;
    channels.removeDuplicates();
    return channels;
}

} // namespace carillon::ui
