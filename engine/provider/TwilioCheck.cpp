// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/provider/CheckKinds.h"
#include "engine/security/Hmac.h"

#include <QCoreApplication>
#include <QCryptographicHash>

#include <map>
#include <set>

namespace carillon {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("TwilioCheck", text);
}

// The address with and without the port that goes with its scheme: which of them was signed depends on where the callback
// was set.
QByteArrayList spellingsOf(const QByteArray& url)
{
    const bool secure = url.startsWith("https://");
    const qsizetype host = url.indexOf("://") + 3;
    if (host < 3)
        return {url};
    qsizetype end = url.indexOf('/', host);
    end = end < 0 ? url.size() : end;
    const QByteArray authority = url.mid(host, end - host);
    const qsizetype colon = authority.lastIndexOf(':');
    const bool hasPort = colon >= 0 && !authority.endsWith(']');
    const QByteArray bare = hasPort ? authority.left(colon) : authority;
    const QByteArray port = hasPort ? authority.mid(colon) : QByteArray(secure ? ":443" : ":80");
    const QByteArray scheme = url.left(host);
    const QByteArray rest = url.mid(end);
    return {url, scheme + bare + rest, scheme + bare + port + rest};
}

// Names in byte order, each followed by its value; of values that come again one each, in order (twilio-node,
// lib/webhooks/webhooks.js).
QByteArray sortedParameters(const QByteArray& form)
{
    std::map<QByteArray, std::set<QByteArray>> sorted;
    const auto pairs = formPairs(form);
    for (const auto& [name, value] : pairs)
        sorted[name].insert(value);
    QByteArray text;
    for (const auto& [name, values] : sorted) {
        for (const QByteArray& value : values)
            text += name + value;
    }
    return text;
}

QByteArray queryParameter(const QByteArray& query, const QByteArray& wanted)
{
    const auto pairs = formPairs(query);
    for (const auto& [name, value] : pairs) {
        if (name == wanted)
            return value;
    }
    return {};
}

// X-Twilio-Signature: base64 of an HMAC-SHA1, by the account's token, of the address that was called and the form's
// parameters. Of any other body the address has the SHA-256 ("bodySHA256").
class TwilioCheck final : public CallbackCheck {
public:
    explicit TwilioCheck(JsonReader& entry)
        : m_secret(readCheckSecret(entry))
    {
    }

    Status check(const Callback& callback, const RequestValues& account, qint64) const override
    {
        const Result<Secret> token = checkSecret(m_secret, account);
        if (!token)
            return fail(token.error());
        const QByteArray given = callback.header("X-Twilio-Signature");
        if (given.isEmpty())
            return notGenuine(tr("It is not signed: the header X-Twilio-Signature is missing."));
        const QByteArray hash = queryParameter(callback.query, "bodySHA256");
        const bool hashed = !hash.isEmpty();
        const QByteArray own = QCryptographicHash::hash(callback.body, QCryptographicHash::Sha256).toHex();
        if (hashed ? !equalInConstantTime(own, hash.toLower()) : !callback.body.isEmpty() && !callback.isForm())
            return notGenuine(tr("Its body is not what was signed."));
        const QByteArray parameters = hashed ? QByteArray() : sortedParameters(callback.body);
        for (const QByteArray& url : callback.urls) {
            for (const QByteArray& spelling : spellingsOf(url)) {
                const QByteArray content = spelling + parameters;
                if (equalInConstantTime(hmacOf(HmacHash::Sha1, *token, content).toBase64(), given))
                    return {};
            }
        }
        return notGenuine(tr("Its signature is wrong: check the token in the account's settings, and the public address of "
                             "the brand, which is signed, too."));
    }

private:
    RequestTemplate m_secret;
};

} // namespace

std::shared_ptr<const CallbackCheck> readTwilioCheck(JsonReader& entry)
{
    return std::make_shared<TwilioCheck>(entry);
}

} // namespace carillon
