// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/model/PushSubscription.h"

#include <cstdlib>

using namespace carillon;

// Browsers' subscriptions come from whoever visits a site: whatever the bytes, they are read or refused, and what was read
// is read again as the same.
extern "C" int LLVMFuzzerTestOneInput(const quint8* data, std::size_t size)
{
    const QString text = QString::fromUtf8(reinterpret_cast<const char*>(data), qsizetype(size));
    const Result<PushSubscription> subscription = PushSubscription::parse(text);
    if (!subscription)
        return 0;
    const Result<PushSubscription> again = PushSubscription::parse(subscription->text());
    if (!again || again->text() != subscription->text() || again->origin() != subscription->origin())
        std::abort();
    return 0;
}
