// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/provider/AuthKinds.h"

namespace carillon {

namespace {

using Escaping = RequestTemplate::Escaping;

class BasicAuth final : public RequestAuth {
public:
    explicit BasicAuth(JsonReader& entry)
        : m_user(readTemplate(entry, QStringLiteral("user"), JsonReader::Required, Escaping::None))
        , m_password(readTemplate(entry, QStringLiteral("password"), JsonReader::Required, Escaping::None))
    {
    }

    Status check(const RequestValues&) const override { return {}; }

    Status apply(OutboundRequest& request, const RequestValues& values, const Message&, qint64,
                 QList<Secret>& sensitive) const override
    {
        const Result<QByteArray> user = m_user.render(values);
        const Result<QByteArray> password = m_password.render(values);
        if (!user || !password)
            return fail(user ? password.error() : user.error());
        if (password->isEmpty())
            return {};
        const QByteArray pair = *user + ':' + *password;
        sensitive << Secret(pair.toBase64());
        addSecretHeader(request, "Authorization", "Basic " + pair.toBase64(), sensitive);
        return {};
    }

private:
    RequestTemplate m_user;
    RequestTemplate m_password;
};

} // namespace

std::shared_ptr<const RequestAuth> readBasicAuth(JsonReader& entry)
{
    return std::make_shared<BasicAuth>(entry);
}

} // namespace carillon
