// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/provider/AuthKinds.h"

#include <QCoreApplication>

namespace carillon {

namespace {

using Escaping = RequestTemplate::Escaping;

QString tr(const char* text)
{
    return QCoreApplication::translate("RequestAuth", text);
}

class HeaderAuth final : public RequestAuth {
public:
    explicit HeaderAuth(JsonReader& entry)
        : m_name(readTemplate(entry, QStringLiteral("name"), JsonReader::Required, Escaping::OneLine))
        , m_value(readTemplate(entry, QStringLiteral("value"), JsonReader::Required, Escaping::OneLine))
    {
    }

    Status check(const RequestValues& account) const override
    {
        const Result<QByteArray> name = m_name.render(account);
        if (!name || name->isEmpty() || isFreeHeaderName(*name))
            return {};
        return fail(ErrorCode::InvalidInput,
                    tr("\"%1\" cannot be used as the name of a header.").arg(QString::fromUtf8(*name)));
    }

    Status apply(OutboundRequest& request, const RequestValues& values, const Message&, qint64,
                 QList<Secret>& sensitive) const override
    {
        const Result<QByteArray> name = m_name.render(values);
        const Result<QByteArray> value = m_value.render(values);
        if (!name || !value)
            return fail(name ? value.error() : name.error());
        if (name->isEmpty() || value->isEmpty())
            return {};
        if (!isFreeHeaderName(*name))
            return check(values);
        addSecretHeader(request, *name, *value, sensitive);
        return {};
    }

private:
    RequestTemplate m_name;
    RequestTemplate m_value;
};

} // namespace

std::shared_ptr<const RequestAuth> readHeaderAuth(JsonReader& entry)
{
    return std::make_shared<HeaderAuth>(entry);
}

} // namespace carillon
