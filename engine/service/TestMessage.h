// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/Message.h"
#include "engine/model/Topic.h"

#include "engine/base/Result.h"

namespace carillon {

// A short message that says that an account works, for `address` on the account's channel.
Result<Message> testMessage(const Account& account, const Brand& brand, const QString& address, const QString& workspaceId,
                            qint64 now);

} // namespace carillon
