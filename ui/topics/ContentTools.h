// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Future.h"
#include "engine/model/Caller.h"
#include "engine/model/TemplateProblem.h"
#include "engine/model/Topic.h"
#include "engine/service/Services.h"

#include <functional>

namespace carillon::ui {

class Prompts;
class SilencedRules;

// Says everything that is wrong with one of these templates as they stand in an editor. Quick: asked while somebody types.
using TemplateChecker = std::function<QList<TemplateProblem>(const QList<Template>& all, int index)>;

// All that an editor of content needs of the world around it, so that it is tested without an engine. What it refers to
// outlives the editor.
struct ContentTools {
    Prompts& prompts;
    SilencedRules& silenced;
    TemplateChecker check;
    std::function<Future<QString>(const QByteArray& data)> addAsset;
    std::function<Future<QByteArray>(const QString& hash)> asset;
    std::function<Future<QList<TemplateVersion>>(qint64 templateId)> versions;
    std::function<Future<Template>(qint64 templateId, int version)> rollBack;
};

// The tools of a page, over the engine's services.
ContentTools makeContentTools(const Services& services, const Caller& caller, Prompts& prompts, SilencedRules& silenced,
                              TemplateChecker check);

// The channels that content can be written for: those that a provider serves first, then every other one that Carillon makes
// messages for, so that content can be there before the account is.
QStringList contentChannels(const Services& services);

} // namespace carillon::ui
