// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/security/VapidKey.h"

#include "engine/security/Hmac.h"
#include "engine/security/JwtSigner.h"

#include <QCoreApplication>

namespace carillon {

Result<VapidKey> VapidKey::generate()
{
    Result<P256Key> key = P256Key::generate();
    return key ? Result<VapidKey>(VapidKey(std::move(*key))) : fail(key.error());
}

Result<VapidKey> VapidKey::fromText(const Secret& text)
{
    QByteArray plain = text.reveal().trimmed();
    while (plain.endsWith('='))
        plain.chop(1);
    const std::optional<QByteArray> scalar = fromBase64Url(plain.replace('+', '-').replace('/', '_'));
    Result<P256Key> key = P256Key::fromScalar(Secret(scalar.value_or(QByteArray())));
    if (!key)
        return fail(ErrorCode::InvalidInput,
                    QCoreApplication::translate(
                        "VapidKey", "This is no private VAPID key: it has 43 characters, letters, digits, - and _."));
    return VapidKey(std::move(*key));
}

Secret VapidKey::text() const
{
    return Secret(toBase64Url(m_key.scalar().reveal()));
}

QByteArray VapidKey::publicText() const
{
    return toBase64Url(m_key.publicPoint());
}

Result<QByteArray> VapidKey::authorization(const QString& audience, const QString& subject, qint64 expiresAt) const
{
    const Result<JwtSigner> signer = JwtSigner::make(JwtAlgorithm::Es256, m_key.pem());
    if (!signer)
        return fail(signer.error());
    const Result<QByteArray> token = signer->sign(
        {},
        {{QStringLiteral("aud"), audience}, {QStringLiteral("exp"), expiresAt / 1000}, {QStringLiteral("sub"), subject}});
    if (!token)
        return token;
    return "vapid t=" + *token + ", k=" + publicText();
}

} // namespace carillon
