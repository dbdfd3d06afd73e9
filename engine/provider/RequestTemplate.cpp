// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/provider/RequestTemplate.h"

#include "engine/liquid/Program.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QUuid>

#include <cmath>

namespace carillon {

namespace {

liquid::Value toLiquid(const QJsonValue& value);

liquid::Object toLiquid(const QJsonObject& object)
{
    std::vector<liquid::Object::Entry> entries;
    for (auto it = object.begin(); it != object.end(); ++it)
        entries.emplace_back(it.key().toStdString(), toLiquid(it.value()));
    return liquid::Object(std::move(entries));
}

liquid::Value toLiquid(const QJsonValue& value)
{
    switch (value.type()) {
    case QJsonValue::Bool: return value.toBool();
    case QJsonValue::Double: {
        const double number = value.toDouble();
        const bool isWhole = std::floor(number) == number && std::abs(number) < 9e15;
        return isWhole ? liquid::Value(static_cast<std::int64_t>(number)) : liquid::Value(number);
    }
    case QJsonValue::String: return value.toString().toStdString();
    case QJsonValue::Array: {
        liquid::Array list;
        const QJsonArray array = value.toArray();
        for (const QJsonValue& element : array)
            list.push_back(toLiquid(element));
        return list;
    }
    case QJsonValue::Object: return toLiquid(value.toObject());
    default: return {};
    }
}

liquid::Object toLiquid(const QHash<QString, Secret>& secrets)
{
    std::vector<liquid::Object::Entry> entries;
    for (auto it = secrets.begin(); it != secrets.end(); ++it) {
        if (!it.value().isEmpty())
            entries.emplace_back(it.key().toStdString(), it.value().reveal().toStdString());
    }
    return liquid::Object(std::move(entries));
}

// A form gives empty text for what was left empty, which a condition in a template would take for something.
QJsonObject withoutEmptyTexts(QJsonObject settings)
{
    for (auto it = settings.begin(); it != settings.end();) {
        if (it.value() == QString())
            it = settings.erase(it);
        else
            ++it;
    }
    return settings;
}

// The same key gives the same UUID (RFC 9562 section 5.5), in the spelling that APNs calls canonical.
QString uuidOf(const QString& key)
{
    static const QUuid space(QStringLiteral("8d1c0b5e-6a57-4e0e-9d0c-3f2b7a1e4c60")); // of these keys
    return QUuid::createUuidV5(space, key).toString(QUuid::WithoutBraces);
}

liquid::Object toLiquid(const Message& message, qint64 now)
{
    return liquid::Object({{"to", message.to.toStdString()},
                           {"from", message.from.toStdString()},
                           {"key", message.idempotencyKey.toStdString()},
                           {"content", message.content.toStdString()},
                           {"uuid", uuidOf(message.idempotencyKey).toStdString()},
                           {"time", static_cast<std::int64_t>(now / 1000)},
                           {"fields", toLiquid(message.fields)}});
}

liquid::Escape escapeOf(RequestTemplate::Escaping escaping)
{
    switch (escaping) {
    case RequestTemplate::Escaping::JsonText: return liquid::Escape::Json;
    case RequestTemplate::Escaping::OneLine: return liquid::Escape::Header;
    case RequestTemplate::Escaping::None: break;
    }
    return liquid::Escape::None;
}

} // namespace

struct RequestValues::Data {
    liquid::Value settings;
    liquid::Value secrets;
    liquid::Value account;
    liquid::Value message;
    liquid::Value request;
    liquid::Value root;

    Data(liquid::Value ofSettings, liquid::Value ofSecrets, liquid::Value ofAccount, liquid::Value ofMessage,
         liquid::Value ofRequest)
        : settings(std::move(ofSettings))
        , secrets(std::move(ofSecrets))
        , account(std::move(ofAccount))
        , message(std::move(ofMessage))
        , request(std::move(ofRequest))
        , root(liquid::Object({{"settings", settings},
                               {"secrets", secrets},
                               {"account", account},
                               {"message", message},
                               {"request", request}}))
    {
    }
};

struct RequestTemplate::Compiled {
    liquid::Program program;
};

RequestValues::RequestValues(const AccountConfig& account)
    : m_data(std::make_shared<const Data>(toLiquid(withoutEmptyTexts(account.settings)), toLiquid(account.secrets),
                                          liquid::Object({{"receiptsUrl", account.receiptsUrl.toStdString()}}),
                                          liquid::Value(), liquid::Value()))
{
}

RequestValues RequestValues::with(const Message& message, qint64 now) const
{
    RequestValues values = *this;
    values.m_data = std::make_shared<const Data>(m_data->settings, m_data->secrets, m_data->account, toLiquid(message, now),
                                                 m_data->request);
    return values;
}

RequestValues RequestValues::with(const OutboundRequest& request, qint64 now) const
{
    RequestValues values = *this;
    const liquid::Value made = liquid::Object({{"method", request.method.toStdString()},
                                               {"url", request.url.toStdString()},
                                               {"body", request.body.toStdString()},
                                               {"timestamp", static_cast<std::int64_t>(now / 1000)}});
    values.m_data = std::make_shared<const Data>(m_data->settings, m_data->secrets, m_data->account, m_data->message, made);
    return values;
}

RequestTemplate::RequestTemplate() = default;

Result<RequestTemplate> RequestTemplate::compile(const QString& source, Escaping escaping)
{
    RequestTemplate compiled;
    if (!source.contains(u"{{") && !source.contains(u"{%")) {
        compiled.m_text = source.toUtf8();
        return compiled;
    }
    liquid::Options options;
    options.escape = escapeOf(escaping);
    auto program = liquid::Program::compile(source.toStdString(), options);
    if (!program) {
        const liquid::Problem& problem = program.error().front();
        return fail(ErrorCode::InvalidInput,
                    QCoreApplication::translate("RequestTemplate", "Line %1, column %2 of the template: %3")
                        .arg(problem.line)
                        .arg(problem.column)
                        .arg(QString::fromStdString(problem.sentence)));
    }
    compiled.m_compiled = std::make_shared<const Compiled>(Compiled{std::move(*program)});
    return compiled;
}

QStringList RequestTemplate::variables() const
{
    QStringList paths;
    if (!m_compiled)
        return paths;
    for (const liquid::VariableUse& use : m_compiled->program.variables())
        paths << QString::fromStdString(use.path);
    return paths;
}

// The problem's own words are not repeated: they may quote a value, and a value may be a secret.
Result<QByteArray> RequestTemplate::render(const RequestValues& values) const
{
    if (!m_compiled)
        return m_text;
    const auto text = m_compiled->program.render(values.m_data->root);
    if (!text)
        return fail(ErrorCode::InvalidInput,
                    QCoreApplication::translate("RequestTemplate",
                                                "The request could not be made: line %1, column %2 of its template.")
                        .arg(text.error().line)
                        .arg(text.error().column));
    return QByteArray::fromStdString(*text);
}

} // namespace carillon
