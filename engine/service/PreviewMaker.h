// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/service/CampaignService.h"

#include <functional>

namespace carillon {

class Connection;
class ContentCache;

// What previews are made with.
struct PreviewTools {
    ContentCache& cache; // what did not change since the last preview is not compiled again
    std::function<QString(const Delivery&, const Brand&)> unsubscribeLink; // as the dispatcher makes it
    QString workspaceId;
    qint64 now = 0;
};

// Composes what a preview shows, with the same composer that sends. A template that cannot be rendered is not an error here:
// the preview carries its problems.
Result<Preview> makePreview(Connection& connection, const PreviewRequest& request, const PreviewTools& tools);

// What a test send needs: the message, and the account of the topic's first enabled route on the channel.
struct TestSend {
    qint64 accountId = 0;
    Message message;
};
Result<TestSend> makeTestSend(Connection& connection, const PreviewRequest& request, const QString& address,
                              const PreviewTools& tools);

} // namespace carillon
