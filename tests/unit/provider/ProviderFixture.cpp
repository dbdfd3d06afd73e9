// SPDX-License-Identifier: GPL-3.0-or-later
#include "ProviderFixture.h"

#include "RequestComparison.h"
#include "engine/base/Json.h"
#include "engine/model/Names.h"

#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>

#include <algorithm>

namespace carillon {

namespace {

QByteArray bodyOf(const QJsonObject& answer)
{
    const QJsonValue json = answer.value(u"json");
    if (json.isUndefined())
        return answer.value(u"text").toString().toUtf8();
    return json.isArray() ? QJsonDocument(json.toArray()).toJson(QJsonDocument::Compact) : compactJson(json.toObject());
}

QList<ProviderFixture::Answer> readAnswers(const QJsonArray& list)
{
    QList<ProviderFixture::Answer> answers;
    for (const QJsonValue& answer : list)
        answers << ProviderFixture::readAnswer(answer.toObject());
    return answers;
}

QList<QJsonObject> objectsOf(const QJsonArray& list)
{
    QList<QJsonObject> objects;
    for (const QJsonValue& value : list)
        objects << value.toObject();
    return objects;
}

Message readMessage(const QJsonObject& object, qint64 number)
{
    Message message;
    message.deliveryId = number;
    message.to = object.value(u"to").toString();
    message.from = object.value(u"from").toString();
    message.idempotencyKey = object.value(u"key").toString();
    message.channel = object.value(u"channel").toString();
    message.content = object.value(u"content").toString().toUtf8();
    message.fields = object.value(u"fields").toObject();
    message.continuations = objectsOf(object.value(u"continuations").toArray());
    return message;
}

Result<ProviderFixture::MessageCase> readCase(const QJsonObject& object, qint64 number)
{
    ProviderFixture::MessageCase one;
    one.name = object.value(u"name").toString();
    one.message = readMessage(object.value(u"message").toObject(), number);
    one.account = object.value(u"account").toObject();
    one.requests = objectsOf(object.value(u"requests").toArray());
    one.refused = object.value(u"refused").toString();
    one.replies = readAnswers(object.value(u"replies").toArray());
    one.outcome = object.value(u"outcome").toObject();
    if (one.requests.isEmpty() == one.refused.isEmpty())
        return fail(ErrorCode::InvalidInput, u"message \"%1\" needs either \"requests\" or \"refused\""_qs.arg(one.name));
    return one;
}

Status readExchange(ProviderFixture& fixture)
{
    for (const QJsonObject& object : objectsOf(fixture.whole.value(u"exchange").toArray())) {
        if (!object.value(u"path").isString())
            return fail(ErrorCode::InvalidInput, u"an entry of \"exchange\" needs a \"path\""_qs);
        fixture.exchange.append(
            {object.value(u"path").toString(), ProviderFixture::readAnswer(object), object.value(u"request").toObject()});
    }
    return {};
}

Status fill(ProviderFixture& fixture)
{
    fixture.account = fixture.whole.value(u"account").toObject();
    for (const QJsonObject& object : objectsOf(fixture.whole.value(u"messages").toArray())) {
        const auto one = readCase(object, fixture.messages.size() + 1);
        if (!one)
            return fail(one.error());
        fixture.messages << *one;
    }
    fixture.answers = readAnswers(fixture.whole.value(u"answers").toArray());
    const QJsonArray probes = fixture.whole.value(u"probes").toArray();
    for (const QJsonValue& probe : probes)
        fixture.probes << ProviderFixture::Probe{ProviderFixture::readAnswer(probe.toObject()), probe[u"request"].toObject(),
                                                 probe[u"ok"].toBool()};
    if (!fixture.firstThatIsSent() || fixture.answers.isEmpty())
        return fail(ErrorCode::InvalidInput, u"at least one message with requests and one answer are needed"_qs);
    const QJsonObject secrets = fixture.account.value(u"secrets").toObject();
    for (auto it = secrets.begin(); it != secrets.end(); ++it) {
        if (it.value().toString().size() < 6)
            return fail(ErrorCode::InvalidInput, u"the secret \"%1\" needs six characters or more"_qs.arg(it.key()));
    }
    return readExchange(fixture);
}

QJsonObject merged(QJsonObject base, const QJsonObject& differences)
{
    for (auto it = differences.begin(); it != differences.end(); ++it) {
        if (it.value().isNull())
            base.remove(it.key());
        else
            base.insert(it.key(), it.value());
    }
    return base;
}

} // namespace

ProviderFixture::Answer ProviderFixture::readAnswer(const QJsonObject& object)
{
    const QByteArray body = bodyOf(object);
    QByteArray head = "HTTP/1.1 " + QByteArray::number(object.value(u"status").toInt(200)) + " Word\r\n";
    const QJsonObject headers = object.value(u"headers").toObject();
    for (auto it = headers.begin(); it != headers.end(); ++it)
        head += it.key().toUtf8() + ": " + it.value().toString().toUtf8() + "\r\n";
    head += "Content-Length: " + QByteArray::number(body.size()) + "\r\n\r\n";
    return {head + body, object.value(u"outcome").toObject(), object.value(u"name").toString(),
            object.value(u"message").toString()};
}

Result<ProviderFixture> ProviderFixture::read(const QString& path, const QString& server)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return fail(ErrorCode::NotFound, u"%1: %2"_qs.arg(path, file.errorString()));
    const Result<QJsonObject> whole = parseJsonObject(file.readAll().replace("{{server}}", server.toUtf8()));
    if (!whole)
        return fail(ErrorCode::InvalidInput, u"%1: %2"_qs.arg(path, whole.error().message));
    ProviderFixture fixture;
    fixture.key = QFileInfo(path).completeBaseName();
    fixture.whole = *whole;
    if (const Status filled = fill(fixture); !filled)
        return fail(ErrorCode::InvalidInput, u"%1: %2"_qs.arg(path, filled.error().message));
    return fixture;
}

AccountConfig ProviderFixture::config(const QJsonObject& differences) const
{
    AccountConfig config;
    config.receiptsUrl = differences.value(u"receiptsUrl").toString(account.value(u"receiptsUrl").toString());
    config.settings = merged(account.value(u"settings").toObject(), differences.value(u"settings").toObject());
    const QJsonObject secrets = merged(account.value(u"secrets").toObject(), differences.value(u"secrets").toObject());
    for (auto it = secrets.begin(); it != secrets.end(); ++it)
        config.secrets.insert(it.key(), Secret(it.value().toString().toUtf8()));
    return config;
}

const ProviderFixture::MessageCase* ProviderFixture::firstThatIsSent() const
{
    for (const MessageCase& one : messages) {
        if (!one.requests.isEmpty())
            return &one;
    }
    return nullptr;
}

const ProviderFixture::MessageCase* ProviderFixture::find(const QString& name) const
{
    for (const MessageCase& one : messages) {
        if (one.name == name)
            return &one;
    }
    return nullptr;
}

bool ProviderFixture::leaksInto(const QString& text) const
{
    const QByteArray told = text.toUtf8();
    const QHash<QString, Secret> secrets = config().secrets;
    return std::any_of(secrets.begin(), secrets.end(), [&](const Secret& secret) {
        const QByteArray plain = secret.reveal();
        return told.contains(plain) || told.contains(plain.toPercentEncoding())
            || told.contains(plain.toBase64(QByteArray::OmitTrailingEquals));
    });
}

ProviderFixture::Answer ProviderFixture::usualAnswer() const
{
    for (const Answer& answer : answers) {
        if (answer.outcome.value(u"kind") == u"sent"_qs)
            return answer;
    }
    return answers.first();
}

static QJsonObject jsonOf(const RefusalLimit& limit)
{
    return limit.isSet() ? QJsonObject{{u"times"_qs, limit.times}, {u"withinDays"_qs, limit.days}} : QJsonObject();
}

QString outcomeDifference(const QJsonObject& expected, const Outcome& got)
{
    const QJsonObject all{{u"kind"_qs, nameOf(got.kind)},
                          {u"id"_qs, got.providerId},
                          {u"reason"_qs, got.reason},
                          {u"code"_qs, got.code},
                          {u"bucket"_qs, got.bucket},
                          {u"waitMs"_qs, got.notBeforeMs},
                          {u"suppress"_qs, got.suppressAddress},
                          {u"goneSince"_qs, got.goneSince},
                          {u"parts"_qs, QJsonArray::fromStringList(got.partIds)},
                          {u"movedTo"_qs, got.movedTo},
                          {u"suppressAfter"_qs, jsonOf(got.suppressAfter)}};
    for (auto it = expected.begin(); it != expected.end(); ++it) {
        const QString difference = jsonDifference(it.value(), all.value(it.key()), u"outcome/"_qs + it.key());
        if (!difference.isEmpty())
            return difference + u" (reason: %1)"_qs.arg(got.reason);
    }
    return {};
}

} // namespace carillon
