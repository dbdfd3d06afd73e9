// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Clock.h"
#include "engine/provider/Provider.h"

namespace carillon {

// Appends each message to a file, as one line of JSON: for archives, for programs that read along, and for trying things
// out. Serves any channel, as its account says.
//
//     {"time":"2026-03-01T09:30:00.123Z","key":"d42.w1@example.org","channel":"chat","to":"C1","fields":{"text":"Hi"}}
//
// Members that are empty are left out: "from", "content" (as "content_base64" where it is not UTF-8), "fields",
// "continuations". A message that is sent again after a crash has a second line with the same key.
//
// A line is flushed to the disk before its message counts as sent. See LineFile for full disks and rotation.
class FileProvider final : public Provider {
public:
    // The clock must outlive every sender.
    explicit FileProvider(Clock& clock);

    const ProviderDescription& description() const override { return m_description; }
    Status check(const AccountConfig& config) const override;
    std::unique_ptr<Sender> makeSender(const AccountConfig& config) const override;

private:
    ProviderDescription m_description;
    Clock& m_clock;
};

} // namespace carillon
