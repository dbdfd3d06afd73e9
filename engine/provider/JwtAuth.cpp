// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/provider/AuthKinds.h"
#include "engine/provider/TokenAuth.h"
#include "engine/security/JwtSigner.h"

#include <QCoreApplication>
#include <QUuid>

namespace carillon {

namespace {

using Escaping = RequestTemplate::Escaping;
using Templates = QList<QPair<QString, RequestTemplate>>;

constexpr double LongestSeconds = 24 * 3600;

JwtAlgorithm algorithmOf(const QString& name)
{
    return name == QStringLiteral("RS256") ? JwtAlgorithm::Rs256
        : name == QStringLiteral("ES256")  ? JwtAlgorithm::Es256
                                           : JwtAlgorithm::Hs256;
}

Templates readTemplates(JsonReader& entry, const QString& name)
{
    Templates templates;
    const QJsonObject object = entry.object(name);
    for (auto it = object.begin(); it != object.end(); ++it)
        templates.append(
            {it.key(), readTemplate(entry, it.value(), entry.pointerTo(name) + u'/' + it.key(), Escaping::None)});
    return templates;
}

// Members whose template gives nothing are left out.
Result<QJsonObject> renderAll(const Templates& templates, const RequestValues& account)
{
    QJsonObject object;
    for (const auto& [name, source] : templates) {
        const Result<QByteArray> text = source.render(account);
        if (!text)
            return fail(text.error());
        if (!text->isEmpty())
            object.insert(name, QString::fromUtf8(*text));
    }
    return object;
}

// A token that we sign ourselves (RFC 7519); "iat" is always in it.
class JwtAuth final : public TokenAuth {
public:
    explicit JwtAuth(JsonReader& entry)
        : m_algorithm(algorithmOf(entry.choice(QStringLiteral("algorithm"),
                                               {QStringLiteral("ES256"), QStringLiteral("RS256"), QStringLiteral("HS256")},
                                               JsonReader::Required)))
        , m_key(readTemplate(entry, QStringLiteral("key"), JsonReader::Required, Escaping::None))
        , m_header(readTemplates(entry, QStringLiteral("header")))
        , m_claims(readTemplates(entry, QStringLiteral("claims")))
        , m_hasId(entry.boolean(QStringLiteral("id"), false))
        , m_lifeMs(milliseconds(entry, QStringLiteral("lifeSeconds"), 0))
        , m_renewMs(milliseconds(entry, QStringLiteral("renewSeconds"), 600, 1))
        , m_keepMs(milliseconds(entry, QStringLiteral("keepSeconds"), 0))
    {
        if (m_lifeMs > 0 && m_renewMs >= m_lifeMs)
            entry.note(entry.pointerTo(QStringLiteral("renewSeconds")),
                       QCoreApplication::translate("JwtAuth", "this must be less than \"lifeSeconds\"."));
    }

    Status check(const RequestValues& account) const override
    {
        if (!isUsed(account))
            return {};
        const auto signer = signerFor(account);
        return signer ? Status() : Status(fail(signer.error()));
    }

    bool isUsed(const RequestValues& account) const override
    {
        const Result<QByteArray> key = m_key.render(account);
        return !key || !key->isEmpty();
    }

    Result<Start> start(const RequestValues& account, qint64 now) const override
    {
        const auto signer = signerFor(account);
        const Result<QJsonObject> header = renderAll(m_header, account);
        Result<QJsonObject> claims = renderAll(m_claims, account);
        if (!signer || !header || !claims)
            return fail(!signer ? signer.error() : !header ? header.error() : claims.error());
        claims->insert(QStringLiteral("iat"), now / 1000);
        if (m_lifeMs > 0)
            claims->insert(QStringLiteral("exp"), (now + m_lifeMs) / 1000);
        if (m_hasId)
            claims->insert(QStringLiteral("jti"), QUuid::createUuid().toString(QUuid::WithoutBraces));
        const Result<QByteArray> token = signer->sign(*header, *claims);
        if (!token)
            return fail(token.error());
        return Start(AccessToken{Secret(*token), now + m_renewMs, now + m_keepMs});
    }

    Result<AccessToken> finish(const OutboundResponse&, qint64) const override
    {
        return fail(ErrorCode::Internal, QCoreApplication::translate("JwtAuth", "Nobody is asked for this token."));
    }

private:
    static qint64 milliseconds(JsonReader& entry, const QString& name, double fallback, double least = 0)
    {
        return static_cast<qint64>(1'000 * entry.number(name, fallback, least, LongestSeconds));
    }

    Result<JwtSigner> signerFor(const RequestValues& account) const
    {
        const Result<QByteArray> key = m_key.render(account);
        return key ? JwtSigner::make(m_algorithm, Secret(*key)) : fail(key.error());
    }

    JwtAlgorithm m_algorithm;
    RequestTemplate m_key;
    Templates m_header;
    Templates m_claims;
    bool m_hasId;
    qint64 m_lifeMs;
    qint64 m_renewMs;
    qint64 m_keepMs;
};

} // namespace

std::shared_ptr<const RequestAuth> readJwtAuth(JsonReader& entry)
{
    return std::make_shared<JwtAuth>(entry);
}

} // namespace carillon
