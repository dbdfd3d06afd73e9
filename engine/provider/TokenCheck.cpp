// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/provider/CheckKinds.h"
#include "engine/security/Hmac.h"

#include <QCoreApplication>

namespace carillon {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("TokenCheck", text);
}

// A secret that comes along as it is, in a header or in the query.
class TokenCheck final : public CallbackCheck {
public:
    explicit TokenCheck(JsonReader& entry)
        : m_secret(readCheckSecret(entry))
        , m_header(entry.text(QStringLiteral("header")).toLatin1())
        , m_query(entry.text(QStringLiteral("query")).toUtf8())
        , m_prefix(entry.text(QStringLiteral("prefix")).toUtf8())
    {
        if (m_header.isEmpty() == m_query.isEmpty())
            entry.note(entry.pointerTo(QStringLiteral("header")), tr("either \"header\" or \"query\" is needed."));
    }

    Status check(const Callback& callback, const RequestValues& account, qint64) const override
    {
        const Result<Secret> secret = checkSecret(m_secret, account);
        if (!secret)
            return fail(secret.error());
        const QByteArray wanted = m_prefix + secret->reveal();
        if (!equalInConstantTime(given(callback), wanted))
            return notGenuine(tr("Its token is wrong: check the secret in the account's settings."));
        return {};
    }

private:
    QByteArray given(const Callback& callback) const
    {
        if (!m_header.isEmpty())
            return callback.header(m_header);
        const auto pairs = formPairs(callback.query);
        for (const auto& [name, value] : pairs) {
            if (name == m_query)
                return value;
        }
        return {};
    }

    RequestTemplate m_secret;
    QByteArray m_header;
    QByteArray m_query;
    QByteArray m_prefix;
};

} // namespace

std::shared_ptr<const CallbackCheck> readTokenCheck(JsonReader& entry)
{
    return std::make_shared<TokenCheck>(entry);
}

} // namespace carillon
