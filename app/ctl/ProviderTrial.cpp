// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ctl/ProviderTrial.h"

#include "app/ctl/Command.h"
#include "engine/base/SystemClock.h"
#include "engine/model/Names.h"
#include "engine/provider/DeclarativeProvider.h"
#include "engine/provider/Redactor.h"
#include "engine/service/TestMessage.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QJsonArray>

#include <algorithm>
#include <optional>

namespace carillon {

namespace {

QJsonValue sampleValue(const ProviderField& field)
{
    switch (field.type) {
    case FieldType::Number: return field.minimum;
    case FieldType::Boolean: return false;
    case FieldType::Choice: return field.choices.first();
    case FieldType::Url: return QStringLiteral("https://%1.example").arg(QString(field.key).replace(u'_', u'-'));
    case FieldType::Text:
    case FieldType::Multiline:
    case FieldType::Password: break;
    }
    return QString(QStringLiteral("sample-") + field.key);
}

// The place that --to means: "base_url", or else "url".
QString fieldOfPlace(const QList<ProviderField>& fields)
{
    for (const QString& key : {QStringLiteral("base_url"), QStringLiteral("url")}) {
        if (std::any_of(fields.begin(), fields.end(), [&](const ProviderField& field) { return field.key == key; }))
            return key;
    }
    return {};
}

void put(AccountConfig& account, const ProviderField& field, const QJsonValue& value)
{
    if (field.secret)
        account.secrets.insert(field.key, Secret(value.toVariant().toString().toUtf8()));
    else
        account.settings.insert(field.key, value);
}

QString shownBody(const QByteArray& body, const Redactor& redactor, bool cutOff)
{
    return body.isEmpty() ? QString() : u'\n' + redactor.whole(body, cutOff) + u'\n';
}

QString shownAnswer(const OutboundResponse& response, const Redactor& redactor)
{
    if (response.result != HttpResult::Answered)
        return Command::tr("No answer: %1").arg(redactor.whole(response.problem.toUtf8()));
    QString text = QStringLiteral("HTTP %1\n").arg(response.status);
    for (const HttpHeader& header : response.headers)
        text += redactor.reason(header.first + ": " + header.second) + u'\n';
    return text + shownBody(response.body, redactor, response.truncated);
}

QString shownOutcome(const Outcome& outcome)
{
    QStringList words{nameOf(outcome.kind)};
    if (!outcome.providerId.isEmpty())
        words << Command::tr("its id is %1").arg(outcome.providerId);
    if (!outcome.partIds.isEmpty())
        words << Command::tr("those of its further parts are %1").arg(outcome.partIds.join(QStringLiteral(", ")));
    if (!outcome.bucket.isEmpty())
        words << Command::tr("what must slow down: %1").arg(outcome.bucket);
    if (outcome.notBeforeMs > 0)
        words << Command::tr("not before %1 s").arg(double(outcome.notBeforeMs) / 1'000);
    if (outcome.suppressAddress)
        words << Command::tr("nothing goes to this address again");
    if (outcome.goneSince > 0)
        words << Command::tr("unless a device has registered there since %1")
                     .arg(QDateTime::fromMSecsSinceEpoch(outcome.goneSince, Qt::UTC).toString(Qt::ISODateWithMs));
    if (outcome.suppressAfter.isSet())
        words << Command::tr("nothing goes to this address again after %1 of these within %2 days")
                     .arg(outcome.suppressAfter.times)
                     .arg(outcome.suppressAfter.days);
    if (!outcome.reason.isEmpty())
        words << Command::tr("because: %1").arg(outcome.reason);
    return words.join(QStringLiteral(", "));
}

QString decidedBy(const ProviderFile& file, const QByteArray& json, const std::optional<OutboundResponse>& last)
{
    if (!last)
        return Command::tr("the message itself: no request could be made of it");
    if (last->result != HttpResult::Answered)
        return Command::tr("what became of the request: see \"lost\" and \"unreachable\" of the file");
    const std::optional<qsizetype> rule = file.outcomes.ruleThatDecides(*last);
    if (!rule)
        return Command::tr("the status %1: no rule of \"outcomes\" fits").arg(last->status);
    const QString pointer = QStringLiteral("/outcomes/%1").arg(*rule);
    return Command::tr("the rule %1 in line %2").arg(pointer).arg(positionInJson(json, pointer).line);
}

QJsonObject toJson(const Outcome& outcome)
{
    return {{QStringLiteral("outcome"), nameOf(outcome.kind)},
            {QStringLiteral("id"), outcome.providerId},
            {QStringLiteral("part_ids"), QJsonArray::fromStringList(outcome.partIds)},
            {QStringLiteral("reason"), outcome.reason},
            {QStringLiteral("code"), outcome.code},
            {QStringLiteral("bucket"), outcome.bucket},
            {QStringLiteral("wait_ms"), outcome.notBeforeMs},
            {QStringLiteral("suppress"), outcome.suppressAddress},
            {QStringLiteral("suppress_after"), outcome.suppressAfter.times},
            {QStringLiteral("suppress_within_days"), outcome.suppressAfter.days}};
}

} // namespace

Result<ProviderSample> providerSample(const ProviderFile& file, const QJsonObject& given, const QString& to)
{
    ProviderSample sample;
    QJsonObject values = given;
    const QList<ProviderField>& fields = file.description.fields;
    const QString place = fieldOfPlace(fields);
    if (!to.isEmpty() && place.isEmpty())
        return fail(ErrorCode::InvalidInput, Command::tr("--to needs a field \"base_url\" or \"url\" in the file."));
    if (!to.isEmpty())
        values.insert(place, to);
    QStringList missing;
    for (const ProviderField& field : fields) {
        const bool hasDefault = !field.defaultValue.isUndefined() && !field.defaultValue.isNull();
        if (values.contains(field.key))
            put(sample.account, field, values.take(field.key));
        else if (hasDefault)
            put(sample.account, field, field.defaultValue);
        else if (field.required) {
            put(sample.account, field, sampleValue(field));
            missing << QStringLiteral("%1 (%2)").arg(field.label, field.key);
        }
    }
    if (!values.isEmpty())
        return fail(ErrorCode::InvalidInput,
                    Command::tr("--settings: there is no field \"%1\".").arg(values.keys().first()));
    sample.missing = missing.join(QStringLiteral(", "));
    return sample;
}

QString shownRequest(const OutboundRequest& request, const QList<Secret>& secrets)
{
    const Redactor redactor(secrets);
    QString text = redactor.whole(request.method + ' ' + request.url) + u'\n';
    for (const HttpHeader& header : request.headers) {
        const bool isProof = header.first.compare("Authorization", Qt::CaseInsensitive) == 0;
        const QByteArray value
            = isProof ? header.second.left(header.second.indexOf(' ') + 1) + "\u2022\u2022\u2022" : header.second;
        text += redactor.reason(header.first + ": " + value) + u'\n';
    }
    return text + shownBody(request.body, redactor, false);
}

bool tryProvider(const Console& console, const ProviderFile& file, const QByteArray& json, const ProviderSample& sample)
{
    const QList<Secret> secrets = sample.account.secrets.values();
    std::optional<OutboundResponse> last;
    HttpTransport::Options options;
    options.allowPrivateNetworks = true; // who types an address on the command line may reach it
    options.onRequest = [&](const OutboundRequest& request) {
        const QString shown = shownRequest(request, secrets);
        console.result({{QStringLiteral("request"), shown}}, Command::tr("Request:\n%1").arg(shown));
    };
    options.onResponse = [&](const OutboundResponse& response) {
        const QString shown = shownAnswer(response, Redactor(secrets));
        console.result({{QStringLiteral("answer"), shown}}, Command::tr("Answer:\n%1").arg(shown));
        last = response;
    };
    SystemClock clock;
    const DeclarativeProvider provider(file, clock, std::make_shared<HttpTransport>(options));
    const std::unique_ptr<Sender> sender = provider.makeSender(sample.account);
    std::optional<Outcome> outcome;
    QObject::connect(sender.get(), &Sender::outcomes, qApp, [&](const QList<Outcome>& outcomes) {
        outcome = outcomes.first();
        QCoreApplication::quit();
    });
    sender->send({sample.message});
    if (!outcome)
        QCoreApplication::exec();
    QJsonObject object = toJson(*outcome);
    const QString decided = decidedBy(file, json, last);
    object.insert(QStringLiteral("decided_by"), decided);
    console.result(object, Command::tr("Outcome: %1\nDecided by %2.").arg(shownOutcome(*outcome), decided));
    return outcome->kind == OutcomeKind::Sent;
}

} // namespace carillon
