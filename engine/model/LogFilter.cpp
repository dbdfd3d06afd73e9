// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/model/LogFilter.h"

#include <algorithm>

namespace carillon {

namespace {

bool typeMatches(const QString& pattern, const QString& type)
{
    if (pattern.endsWith(u'*'))
        return type.startsWith(QStringView(pattern).chopped(1));
    return type == pattern;
}

} // namespace

bool LogFilter::matches(const LogEntry& entry) const
{
    return (campaignId == 0 || campaignId == entry.campaignId) && (deliveryId == 0 || concerns(entry, deliveryId))
        && (contactId == 0 || contactId == entry.contactId) && (accountId == 0 || accountId == entry.accountId)
        && (channel.isEmpty() || channel == entry.channel)
        && (types.isEmpty() || std::any_of(types.begin(), types.end(), [&](const QString& pattern) {
                return typeMatches(pattern, entry.type);
            }));
}

} // namespace carillon
