// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/security/HookKey.h"

#include "engine/security/Hmac.h"

#include <QCoreApplication>

namespace carillon {

namespace {

constexpr qsizetype MacBytes = 16;

} // namespace

Result<HookKey> HookKey::fromSecret(const Secret& secret)
{
    if (secret.reveal().size() < MinKeyBytes)
        return fail(ErrorCode::InvalidInput,
                    QCoreApplication::translate("HookKey", "A signing key needs at least %1 bytes.").arg(MinKeyBytes));
    return HookKey(secret);
}

// The prefix keeps these tokens apart from anything else that may one day be signed with the same key.
QByteArray HookKey::tokenOf(const Account& account) const
{
    const QByteArray content
        = "carillon hook 1\n" + QByteArray::number(account.id) + '\n' + QByteArray::number(account.createdAt);
    return toBase64Url(hmacSha256(m_secret, content).first(MacBytes));
}

bool HookKey::opens(const QByteArray& token, const Account& account) const
{
    return equalInConstantTime(token, tokenOf(account));
}

QString HookKey::urlOf(const QString& publicUrl, const Account& account) const
{
    if (publicUrl.isEmpty())
        return {};
    const QString token = QString::fromLatin1(tokenOf(account));
    return publicAddress(publicUrl, QStringLiteral("/hooks/%1/%2").arg(QString::number(account.id), token));
}

QString publicAddress(const QString& publicUrl, const QString& path)
{
    return publicUrl.endsWith(u'/') ? publicUrl.chopped(1) + path : publicUrl + path;
}

} // namespace carillon
