// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/security/UnsubscribeToken.h"

#include "engine/security/Hmac.h"

#include <QCoreApplication>

namespace carillon {

namespace {

constexpr qsizetype MacBytes = 16;

tl::unexpected<Error> notOurs()
{
    return fail(ErrorCode::InvalidInput,
                QCoreApplication::translate("UnsubscribeToken",
                                            "This unsubscribe link is damaged. Copy the whole link from the mail."));
}

} // namespace

Result<UnsubscribeKey> UnsubscribeKey::fromSecret(const Secret& secret)
{
    if (secret.reveal().size() < MinKeyBytes)
        return fail(
            ErrorCode::InvalidInput,
            QCoreApplication::translate("UnsubscribeToken", "A signing key needs at least %1 bytes.").arg(MinKeyBytes));
    return UnsubscribeKey(secret);
}

// The prefix keeps these tokens apart from anything else that may one day be signed with the same key.
QByteArray UnsubscribeKey::macOf(QByteArrayView payload) const
{
    const QByteArray signedText = "carillon unsubscribe 1\n" + payload.toByteArray();
    return hmacSha256(m_secret, signedText).first(MacBytes);
}

Result<QByteArray> UnsubscribeKey::make(const Unsubscribe& what) const
{
    if (what.channel.contains(QChar::Null) || what.address.contains(QChar::Null))
        return fail(ErrorCode::InvalidInput,
                    QCoreApplication::translate("UnsubscribeToken", "The address contains a NUL character."),
                    QStringLiteral("address"));
    const QByteArray payload
        = QByteArray::number(what.deliveryId) + '\0' + what.channel.toUtf8() + '\0' + what.address.toUtf8();
    const QByteArray bytes = macOf(payload) + payload;
    const QByteArray token = toBase64Url(bytes);
    if (token.size() > MaxTokenBytes)
        return fail(ErrorCode::InvalidInput,
                    QCoreApplication::translate("UnsubscribeToken", "The address is too long for an unsubscribe link."),
                    QStringLiteral("address"));
    return token;
}

Result<Unsubscribe> UnsubscribeKey::open(const QByteArray& token) const
{
    if (token.size() > MaxTokenBytes)
        return notOurs();
    const std::optional<QByteArray> bytes = fromBase64Url(token);
    if (!bytes || bytes->size() < MacBytes)
        return notOurs();
    const QByteArrayView payload = QByteArrayView(*bytes).sliced(MacBytes);
    if (!equalInConstantTime(QByteArrayView(*bytes).first(MacBytes), macOf(payload)))
        return notOurs();
    const QList<QByteArray> parts = payload.toByteArray().split('\0');
    if (parts.size() != 3)
        return notOurs();
    return Unsubscribe{QString::fromUtf8(parts[1]), QString::fromUtf8(parts[2]), parts[0].toLongLong()};
}

} // namespace carillon
