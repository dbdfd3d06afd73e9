// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/topics/ContentTools.h"

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

} // namespace carillon::ui
