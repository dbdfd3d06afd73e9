// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/provider/AuthKinds.h"

namespace carillon {

namespace {

using Escaping = RequestTemplate::Escaping;

class BearerAuth final : public RequestAuth {
public:
    explicit BearerAuth(JsonReader& entry)
        : m_token(readTemplate(entry, QStringLiteral("token"), JsonReader::Required, Escaping::OneLine))
    {
    }

    Status check(const RequestValues&) const override { return {}; }

    Status apply(OutboundRequest& request, const RequestValues& values, const Message&, qint64,
                 QList<Secret>& sensitive) const override
    {
        const Result<QByteArray> token = m_token.render(values);
        if (!token)
            return fail(token.error());
        if (!token->isEmpty())
            addSecretHeader(request, "Authorization", "Bearer " + *token, sensitive);
        return {};
    }

private:
    RequestTemplate m_token;
};

} // namespace

std::shared_ptr<const RequestAuth> readBearerAuth(JsonReader& entry)
{
    return std::make_shared<BearerAuth>(entry);
}

} // namespace carillon
