// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/security/StandardWebhook.h"

#include "engine/security/Hmac.h"

#include <QCoreApplication>

#include <optional>

namespace carillon {

namespace {

constexpr qsizetype MaxKeys = 4;
constexpr qsizetype MaxSignatures = 2'048; // characters

std::optional<Secret> parseKey(const QByteArray& text)
{
    if (!text.startsWith("whsec_"))
        return std::nullopt;
    const auto decoded = QByteArray::fromBase64Encoding(text.sliced(6), QByteArray::AbortOnBase64DecodingErrors);
    if (!decoded || decoded.decoded.size() < 24 || decoded.decoded.size() > 64)
        return std::nullopt;
    return Secret(decoded.decoded);
}

} // namespace

Result<StandardWebhookKeys> StandardWebhookKeys::fromSecret(const Secret& secret)
{
    StandardWebhookKeys keys;
    const QList<QByteArray> parts = secret.reveal().simplified().split(' ');
    for (const QByteArray& part : parts) {
        const std::optional<Secret> key = parseKey(part);
        if (!key || parts.size() > MaxKeys)
            return fail(ErrorCode::InvalidInput,
                        QCoreApplication::translate("StandardWebhook",
                                                    "A signing secret is \"whsec_\" and the base64 of 24 to 64 "
                                                    "bytes; several are separated by blanks."));
        keys.m_keys << *key;
    }
    return keys;
}

QByteArray StandardWebhookKeys::sign(const QByteArray& id, qint64 timestampSeconds, const QByteArray& body) const
{
    const QByteArray content = id + '.' + QByteArray::number(timestampSeconds) + '.' + body;
    QByteArrayList signatures;
    for (const Secret& key : m_keys)
        signatures << QByteArray("v1," + hmacSha256(key, content).toBase64());
    return signatures.join(' ');
}

bool StandardWebhookKeys::verifies(const QByteArray& id, qint64 timestampSeconds, const QByteArray& body,
                                   const QByteArray& signatures) const
{
    const QList<QByteArray> given = signatures.left(MaxSignatures).split(' ');
    const QList<QByteArray> ours = sign(id, timestampSeconds, body).split(' ');
    bool found = false;
    for (const QByteArray& own : ours) {
        for (const QByteArray& one : given)
            found |= equalInConstantTime(own, one);
    }
    return found;
}

} // namespace carillon
