// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/provider/AuthKinds.h"

#include <QCoreApplication>
#include <QMessageAuthenticationCode>

namespace carillon {

namespace {

using Escaping = RequestTemplate::Escaping;

QString tr(const char* text)
{
    return QCoreApplication::translate("HmacAuth", text);
}

QCryptographicHash::Algorithm algorithmOf(const QString& name)
{
    if (name == QStringLiteral("sha1"))
        return QCryptographicHash::Sha1;
    return name == QStringLiteral("sha512") ? QCryptographicHash::Sha512 : QCryptographicHash::Sha256;
}

QByteArray readHeaderName(JsonReader& entry, const QString& name, JsonReader::Need need)
{
    const QByteArray header = entry.text(name, need).toUtf8();
    if (!header.isEmpty() && !isFreeHeaderName(header))
        entry.note(entry.pointerTo(name), tr("this cannot be used as the name of a header."));
    return header;
}

// A keyed hash (RFC 2104) of whatever the template puts together, which sees the finished request.
class HmacAuth final : public RequestAuth {
public:
    explicit HmacAuth(JsonReader& entry)
        : m_secret(readTemplate(entry, QStringLiteral("secret"), JsonReader::Required, Escaping::None))
        , m_header(readHeaderName(entry, QStringLiteral("header"), JsonReader::Required))
        , m_timestampHeader(readHeaderName(entry, QStringLiteral("timestampHeader"), JsonReader::Optional))
        , m_prefix(readTemplate(entry, QStringLiteral("prefix"), JsonReader::Optional, Escaping::OneLine))
    {
        const QString what
            = entry.text(QStringLiteral("signed"), JsonReader::Optional, QStringLiteral("{{ request.body }}"));
        m_signed = readTemplate(entry, what, entry.pointerTo(QStringLiteral("signed")), Escaping::None);
        m_algorithm = algorithmOf(entry.choice(
            QStringLiteral("algorithm"), {QStringLiteral("sha256"), QStringLiteral("sha1"), QStringLiteral("sha512")}));
        m_isBase64 = entry.choice(QStringLiteral("encoding"), {QStringLiteral("hex"), QStringLiteral("base64")})
            == QStringLiteral("base64");
        m_keyIsBase64 = entry.choice(QStringLiteral("secretEncoding"), {QStringLiteral("text"), QStringLiteral("base64")})
            == QStringLiteral("base64");
    }

    Status check(const RequestValues& account) const override
    {
        const Result<QByteArray> secret = m_secret.render(account);
        const Result<QByteArray> key = secret ? keyOf(*secret) : secret;
        return key ? Status() : Status(fail(key.error()));
    }

    Status apply(OutboundRequest& request, const RequestValues& values, const Message&, qint64 now,
                 QList<Secret>& sensitive) const override
    {
        const RequestValues whole = values.with(request, now);
        const Result<QByteArray> secret = m_secret.render(whole);
        if (!secret || secret->isEmpty())
            return secret ? Status() : fail(secret.error());
        const Result<QByteArray> key = keyOf(*secret);
        const Result<QByteArray> text = m_signed.render(whole);
        const Result<QByteArray> prefix = m_prefix.render(whole);
        for (const Result<QByteArray>* one : {&key, &text, &prefix}) {
            if (!*one)
                return fail(one->error());
        }
        const QByteArray code = QMessageAuthenticationCode::hash(*text, *key, m_algorithm);
        if (!m_timestampHeader.isEmpty())
            request.headers.append({m_timestampHeader, QByteArray::number(now / 1000)});
        addSecretHeader(request, m_header, *prefix + (m_isBase64 ? code.toBase64() : code.toHex()), sensitive);
        return {};
    }

private:
    Result<QByteArray> keyOf(const QByteArray& secret) const
    {
        if (!m_keyIsBase64)
            return secret;
        const auto bytes = QByteArray::fromBase64Encoding(secret.trimmed(), QByteArray::AbortOnBase64DecodingErrors);
        if (!bytes)
            return fail(ErrorCode::InvalidInput, tr("The secret by which requests are signed must be base64."));
        return bytes.decoded;
    }

    RequestTemplate m_secret;
    QByteArray m_header;
    QByteArray m_timestampHeader;
    RequestTemplate m_prefix;
    RequestTemplate m_signed;
    QCryptographicHash::Algorithm m_algorithm = QCryptographicHash::Sha256;
    bool m_isBase64 = false;
    bool m_keyIsBase64 = false;
};

} // namespace

std::shared_ptr<const RequestAuth> readHmacAuth(JsonReader& entry)
{
    return std::make_shared<HmacAuth>(entry);
}

} // namespace carillon
