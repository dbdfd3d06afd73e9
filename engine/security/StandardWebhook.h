// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Result.h"
#include "engine/base/Secret.h"

#include <QList>

namespace carillon {

// Signs webhooks, and checks signatures, as the Standard Webhooks specification (1.0) says: HMAC-SHA256 over
// "<id>.<timestamp>.<body>".
//
// The secret is one or more of "whsec_<base64 of 24 to 64 bytes>", separated by blanks: while a secret is being replaced,
// the old and the new one sign side by side. Immutable, thread-safe.
class StandardWebhookKeys {
public:
    // InvalidInput, which repeats nothing of the secret, when it does not have that form.
    static Result<StandardWebhookKeys> fromSecret(const Secret& secret);

    // The value of the webhook-signature header: "v1,<base64>", one for each secret. `id` must not contain a dot.
    QByteArray sign(const QByteArray& id, qint64 timestampSeconds, const QByteArray& body) const;

    // True when one of the signatures in the value of a webhook-signature header is by one of the keys. Those of other
    // versions than v1 are passed over. The time is the caller's to judge. Takes any bytes.
    bool verifies(const QByteArray& id, qint64 timestampSeconds, const QByteArray& body, const QByteArray& signatures) const;

private:
    QList<Secret> m_keys;
};

} // namespace carillon
