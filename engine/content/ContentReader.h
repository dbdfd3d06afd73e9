// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Result.h"
#include "engine/content/ContentSet.h"
#include "engine/model/Campaign.h"

namespace carillon {

class Connection;

// Reads from the database what messages are made of, each time in one moment when it is done in one job of the store. Throw
// SqlFailure, as everything that runs on a Connection does.

// A topic's content as it stands now. NotFound when there is no such topic.
Result<ContentSet> contentOf(Connection& connection, qint64 topicId);

// What a campaign is sent with: the versions that it pinned when it was scheduled; of a draft, the content as it stands.
Result<ContentSet> contentOf(Connection& connection, const Campaign& campaign);

// A topic as it stands in an editor, with what is saved of all else: the templates of its category, snippets, texts, and the
// files that they name. What can be taken over from `before`, read of the same content revision, is not read again.
ContentSet contentOf(Connection& connection, const Topic& topic, const QList<Template>& ownTemplates,
                     const ContentSet* before = nullptr);

// Pins the content of a campaign's topic as it stands now, in place of what the campaign had pinned.
void pinContent(Connection& connection, const Campaign& campaign);

} // namespace carillon
