// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/base/Json.h"
#include "engine/provider/AuthKinds.h"
#include "engine/provider/FieldCheck.h"
#include "engine/provider/TokenAuth.h"
#include "engine/security/JwtSigner.h"

#include <QCoreApplication>
#include <QHostAddress>
#include <QUrl>

namespace carillon {

namespace {

using Escaping = RequestTemplate::Escaping;

constexpr qint64 AssertionLifeS = 3600; // the longest that Google takes
constexpr qint64 EarlyMs = 5 * 60'000; // before its end a token is no longer used
constexpr qint64 ShortestUseMs = 30'000; // of a token that lives for less than EarlyMs
constexpr double LongestLifeS = 24 * 3600;

QString tr(const char* text)
{
    return QCoreApplication::translate("GoogleServiceAccountAuth", text);
}

tl::unexpected<Error> unusable(const QString& sentence)
{
    return fail(ErrorCode::InvalidInput, sentence);
}

// What the service account's JSON file says, as far as it is needed.
struct ServiceAccount {
    QString email;
    QString keyId;
    QString tokenUri;
    Secret key;
};

// The assertion opens the account for an hour: it goes over an open line to this machine alone.
Status checkTokenUri(const QString& uri)
{
    const QString name = QStringLiteral("token_uri");
    if (const Status good = checkHttpUrl(uri, name); !good)
        return unusable(tr("The service account's \"token_uri\" is no web address."));
    const QUrl url(uri);
    const bool isHere = QHostAddress(url.host()).isLoopback() || url.host() == QStringLiteral("localhost");
    return url.scheme() == QStringLiteral("https") || isHere
        ? Status()
        : unusable(tr("The service account's \"token_uri\" must begin with https://."));
}

Result<ServiceAccount> readServiceAccount(const QByteArray& json)
{
    const Result<QJsonObject> file = parseJsonObject(json);
    if (!file)
        return unusable(tr("This is not the service account's JSON file. It is made in the Google Cloud console, under "
                           "\"Keys\" of the service account, and begins with {\"type\": \"service_account\"."));
    if ((*file)[u"type"] != QStringLiteral("service_account"))
        return unusable(tr("This JSON is no service account's key: its \"type\" is not \"service_account\"."));
    ServiceAccount account{(*file)[u"client_email"].toString(), (*file)[u"private_key_id"].toString(),
                           (*file)[u"token_uri"].toString(QStringLiteral("https://oauth2.googleapis.com/token")),
                           Secret((*file)[u"private_key"].toString().toUtf8())};
    if (account.email.isEmpty() || account.key.isEmpty())
        return unusable(tr("The service account's JSON lacks \"client_email\" or \"private_key\"."));
    if (const Status good = checkTokenUri(account.tokenUri); !good)
        return fail(good.error());
    return account;
}

// An access token in exchange for a signed assertion (RFC 7523), as Google's own libraries get it.
class GoogleServiceAccountAuth final : public TokenAuth {
public:
    explicit GoogleServiceAccountAuth(JsonReader& entry)
        : m_file(readTemplate(entry, QStringLiteral("key"), JsonReader::Required, Escaping::None))
        , m_scope(entry.text(QStringLiteral("scope"), JsonReader::Required))
    {
    }

    Status check(const RequestValues& account) const override
    {
        if (!isUsed(account))
            return {};
        const auto read = accountOf(account);
        if (!read)
            return fail(read.error());
        const auto signer = JwtSigner::make(JwtAlgorithm::Rs256, read->key);
        return signer ? Status() : Status(fail(signer.error()));
    }

    bool isUsed(const RequestValues& account) const override
    {
        const Result<QByteArray> file = m_file.render(account);
        return !file || !file->isEmpty();
    }

    Result<Start> start(const RequestValues& account, qint64 now) const override
    {
        const Result<ServiceAccount> read = accountOf(account);
        if (!read)
            return fail(read.error());
        const Result<QByteArray> assertion = assertionOf(*read, now);
        if (!assertion)
            return fail(assertion.error());
        OutboundRequest request;
        request.url = QUrl(read->tokenUri).toEncoded();
        request.headers
            = {{"User-Agent", "Carillon/" CARILLON_VERSION}, {"Content-Type", "application/x-www-form-urlencoded"}};
        request.body = "grant_type=" + QByteArray("urn:ietf:params:oauth:grant-type:jwt-bearer").toPercentEncoding()
            + "&assertion=" + *assertion; // base64url and dots: nothing in it needs an escape
        return Start(TokenRequest{std::move(request), {Secret(*assertion)}});
    }

    Result<AccessToken> finish(const OutboundResponse& answer, qint64 now) const override
    {
        if (answer.result != HttpResult::Answered)
            return fail(ErrorCode::Network, tr("Google was not reached for an access token: %1").arg(answer.problem));
        const QJsonObject said = parseJsonObject(answer.body).value_or(QJsonObject());
        const QString token = said[u"access_token"].toString();
        if (answer.status != 200 || token.isEmpty())
            return fail(refusalOf(answer, said));
        const double lifeS = qBound(0.0, said[u"expires_in"].toDouble(AssertionLifeS), LongestLifeS);
        const qint64 useMs = qMax(ShortestUseMs, static_cast<qint64>(lifeS * 1'000) - EarlyMs);
        return AccessToken{Secret(token.toUtf8()), now + useMs, 0};
    }

private:
    Result<ServiceAccount> accountOf(const RequestValues& account) const
    {
        const Result<QByteArray> file = m_file.render(account);
        return file ? readServiceAccount(*file) : fail(file.error());
    }

    Result<QByteArray> assertionOf(const ServiceAccount& account, qint64 now) const
    {
        const auto signer = JwtSigner::make(JwtAlgorithm::Rs256, account.key);
        if (!signer)
            return fail(signer.error());
        QJsonObject header;
        if (!account.keyId.isEmpty())
            header.insert(QStringLiteral("kid"), account.keyId);
        return signer->sign(header,
                            {{QStringLiteral("iss"), account.email},
                             {QStringLiteral("scope"), m_scope},
                             {QStringLiteral("aud"), account.tokenUri},
                             {QStringLiteral("iat"), now / 1000},
                             {QStringLiteral("exp"), now / 1000 + AssertionLifeS}});
    }

    // RFC 6749 section 5.2.
    static Error refusalOf(const OutboundResponse& answer, const QJsonObject& said)
    {
        const QString words = said[u"error_description"].toString(said[u"error"].toString());
        if (said[u"error"] == QStringLiteral("invalid_grant"))
            return {ErrorCode::NeedsSecret,
                    tr("Google does not take the service account's key: it was deleted or disabled, or this machine's "
                       "clock is wrong (%1).")
                        .arg(words),
                    {}};
        return {answer.status >= 500 ? ErrorCode::Network : ErrorCode::NeedsSecret,
                tr("Google gave no access token: status %1. %2").arg(answer.status).arg(words).trimmed(),
                {}};
    }

    RequestTemplate m_file;
    QString m_scope;
};

} // namespace

std::shared_ptr<const RequestAuth> readGoogleServiceAccountAuth(JsonReader& entry)
{
    return std::make_shared<GoogleServiceAccountAuth>(entry);
}

} // namespace carillon
