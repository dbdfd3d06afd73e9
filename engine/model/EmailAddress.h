// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Result.h"

namespace carillon {

// An addr-spec as RFC 5321 allows it on the wire: local part of 1 to 64 octets (dot-atom or quoted string, UTF-8 by RFC
// 6531), domain of 1 to 255 octets (labels of 1 to 63, or an address literal), 254 octets in all.
//
// Gives the address with its domain in lower case and surrounding blanks removed; the error says what is wrong with it.
// Comparison without regard to case is for the caller: see addressKey().
Result<QString> parseEmailAddress(const QString& text);

// What two spellings of one address have in common: the form under which duplicates and suppressions are found.
QString addressKey(const QString& channel, const QString& value);

// An address as people, logs and exports see it: itself, but for a browser's subscription, which is shown as its push
// service and the end of its endpoint ("fcm.googleapis.com …x81Q4s"). Whoever knows that whole may write to the browser.
QString shownAddress(const QString& channel, const QString& value);

} // namespace carillon
