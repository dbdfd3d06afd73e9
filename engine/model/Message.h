// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/RefusalLimit.h"

#include <QByteArray>
#include <QJsonObject>
#include <QList>
#include <QString>
#include <QStringList>

namespace carillon {

// Rendered content for one recipient; no state. The composer makes it, a provider sends it.
struct Message {
    qint64 deliveryId = 0; // comes back with the outcome; 0 for a test send
    QString idempotencyKey; // equal over all attempts of a delivery
    QString channel;
    QString from; // envelope sender, for mail
    QString to; // the address on the channel
    QByteArray content; // email: the whole RFC 5322 message, CRLF line ends, not dot-stuffed; webhook: the JSON body
    QJsonObject fields; // other channels: what is sent, as its builder makes it (see the builders in engine/content)
    QList<QJsonObject> continuations; // of content that was split: sent in order once `fields` was taken
    bool needsSmtpUtf8 = false; // an address or header cannot be written in ASCII
    bool has8Bit = false; // content has octets above 127
    bool urgent = false; // goes before those that wait in the sender
    qint64 expiresAt = 0; // after that it is of no use to anybody; 0: never
};

// What a provider said of one attempt; exactly one per message.
enum class OutcomeKind {
    Sent, // taken: providerId is the platform's id of it
    Retry, // this message failed for now: counts as an attempt
    Throttled, // too fast: counts as no attempt; `bucket` says what must slow down, `notBeforeMs` until when
    Refused, // for ever: do not send this again; suppressAddress: nor anything else to this address
    ProviderDown, // nobody was asked: counts as no attempt
    Uncertain, // the answer was lost after the message had gone out
};

struct Outcome {
    qint64 deliveryId = 0;
    OutcomeKind kind = OutcomeKind::Retry;
    QString providerId;
    QStringList partIds{}; // Sent: those of its further parts, where the platform has it in several
    QString reason; // the provider's own words, bounded; never a secret
    QString answer; // the platform's whole answer, bounded, where nothing explains it; never a secret
    QString code; // "550 5.1.1", "429", ... as the provider counts
    qint64 notBeforeMs = 0; // Retry, Throttled, ProviderDown: wait at least this long from now
    QString bucket; // Throttled: "account", "destination", "message" (this one alone is to come again)
    bool suppressAddress = false;
    qint64 goneSince = 0; // suppressAddress: since when nobody is there, UTC milliseconds, where the platform says so
    RefusalLimit suppressAfter = {}; // Refused, Retry: so many of these messages given up suppress the address
    QString movedTo; // Sent there, because the platform said that the address is this now; the stored one is to be changed
    bool receiptsFollow = false; // Sent: the platform will tell what became of it, by providerId

    friend bool operator==(const Outcome&, const Outcome&) = default;
};

} // namespace carillon
