// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

namespace carillon {

// What a builder found out about a message while it made it: for previews and rehearsals, never sent.
struct MessageFacts {
    qint64 length = 0; // in `unit`, before anything was cut
    qint64 limit = 0; // what the channel takes at once, in `unit`; 0: no limit known
    QString unit; // "bytes", "characters"; SMS: "units" (septets or UTF-16 units)
    int parts = 1; // SMS: what is billed; else the messages that it became by splitting
    QString encoding; // SMS: "GSM-7" or "UCS-2"
    bool cut = false; // something was left out
    QStringList notes; // sentences for people: why it is UCS-2, what was cut, what a platform will not show

    friend bool operator==(const MessageFacts&, const MessageFacts&) = default;
};

} // namespace carillon
