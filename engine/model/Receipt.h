// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/RefusalLimit.h"

#include <QString>

#include <optional>

namespace carillon {

// What a platform tells of a message that it took before.
enum class ReceiptKind {
    Sent, // it has it: says something only of a delivery that is uncertain
    Delivered, // it reached the recipient's device or mailbox
    Read,
    Opened,
    Clicked,
    Failed, // it did not get there
    Bounced, // nor will anything else that is sent to this address
    Complained, // the recipient called it spam
};

// One receipt. It may come in any order, any number of times, and before our own record of the send.
struct Receipt {
    QString providerId; // the platform's id of the message
    qint64 deliveryId = 0; // when the platform repeats our own key of the message; else 0
    ReceiptKind kind = ReceiptKind::Delivered;
    QString reason; // the platform's own words, bounded
    QString code; // as the platform counts
    qint64 time = 0; // when it happened, as the platform says; UTC milliseconds, 0: it does not say
    bool suppress = false; // Failed: the address must not be used any more
    RefusalLimit suppressAfter = {}; // Failed: so many of these suppress the address

    friend bool operator==(const Receipt&, const Receipt&) = default;
};

// A message that somebody wrote to us.
struct InboundMessage {
    QString id; // the platform's
    QString from; // as an address on the account's channel
    QString text; // bounded
    QString answersTo; // the platform's id of the message it is an answer to; empty: to none
    qint64 time = 0; // as of a receipt
    bool stop = false; // the sender wants no more messages

    friend bool operator==(const InboundMessage&, const InboundMessage&) = default;
};

// The stable lower-case names: in provider files, the database and the log.
QString nameOf(ReceiptKind kind);
std::optional<ReceiptKind> receiptKindOf(const QString& name);

} // namespace carillon
