// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Json.h"
#include "engine/base/ManualClock.h"
#include "engine/provider/DeclarativeProvider.h"
#include "engine/security/Hmac.h"
#include "tests/unit/provider/Proxies.h"
#include "tests/unit/provider/ScriptedServer.h"
#include "tests/unit/security/TestKeys.h"

#include <QTest>

namespace carillon {

inline constexpr qint64 Now = 1'700'000'000'000;
inline constexpr qint64 Minute = 60'000;

inline const char* const GoogleFile = R"({
  "format": 1, "key": "google", "name": "Google", "channel": "sms", "help": "h", "address": {"label": "a"},
  "limits": {"inFlight": 8},
  "fields": [{"key": "base_url", "label": "b", "type": "url"}, {"key": "account", "label": "a", "type": "multiline", "secret": true}],
  "request": {"url": {"base": "{{ settings.base_url }}", "path": ["send"]},
              "auth": [{"kind": "google_service_account", "key": "{{ secrets.account }}", "scope": "the-scope"}],
              "body": {"kind": "json", "value": {"text": "{{ message.fields.text }}"}}},
  "probe": {"method": "GET", "url": {"base": "{{ settings.base_url }}", "path": ["probe"]},
            "auth": [{"kind": "google_service_account", "key": "{{ secrets.account }}", "scope": "the-scope"}]},
  "outcomes": [{"status": 200, "outcome": "sent"}, {"status": 401, "outcome": "provider_down", "renewToken": true}]
})";

inline const char* const AppleFile = R"({
  "format": 1, "key": "apple", "name": "Apple", "channel": "sms", "help": "h", "address": {"label": "a"},
  "fields": [{"key": "base_url", "label": "b", "type": "url"}, {"key": "key", "label": "k", "type": "multiline", "secret": true}],
  "request": {"url": {"base": "{{ settings.base_url }}", "path": ["send"]},
              "auth": [{"kind": "jwt", "algorithm": "ES256", "key": "{{ secrets.key }}", "header": {"kid": "K1"},
                        "claims": {"iss": "T1", "empty": ""}, "id": true, "lifeSeconds": 3600, "renewSeconds": 3000,
                        "keepSeconds": 1200}],
              "body": {"kind": "json", "value": {"text": "{{ message.fields.text }}"}}},
  "outcomes": [{"status": 200, "outcome": "sent"}, {"status": 403, "outcome": "provider_down", "renewToken": true}]
})";

inline Message messageNumber(int number)
{
    Message message;
    message.deliveryId = number;
    message.fields = {{u"text"_qs, u"hello"_qs}};
    return message;
}

inline QJsonObject partOf(const QByteArray& token, int index)
{
    return parseJsonObject(fromBase64Url(token.split('.').value(index)).value_or(QByteArray())).value_or(QJsonObject());
}

// A declarative provider with tokens, and a server that gives and takes them as a test says.
class TokenRoom : public QObject {
protected:
    void openTransport()
    {
        forgetProxies();
        HttpTransport::Options options;
        options.allowPrivateNetworks = true;
        m_transport = std::make_shared<HttpTransport>(options);
    }

    void open()
    {
        m_clock = std::make_unique<ManualClock>(Now);
        m_server = std::make_unique<ScriptedServer>([this](QTcpSocket* s, const auto& request) { serve(s, request); });
        m_outcomes.clear();
        m_probes.clear();
        m_tokenAnswers.clear();
        m_sendAnswer = [](const QByteArray&) { return ScriptedServer::answer("200 OK", "{}"); };
        m_tokensGiven = 0;
        m_holdToken = false;
        m_held.clear();
    }

    static QJsonObject accountFile(const QString& tokenUri)
    {
        static const TestKey key = TestKey::rsa();
        return {{u"type"_qs, u"service_account"_qs},
                {u"client_email"_qs, u"sender@project.example"_qs},
                {u"private_key_id"_qs, u"key-1"_qs},
                {u"private_key"_qs, QString::fromLatin1(key.privatePem.reveal())},
                {u"token_uri"_qs, tokenUri}};
    }

    DeclarativeProvider provider(const QByteArray& json)
    {
        QList<Error> problems;
        auto file = ProviderFile::parse(json, problems);
        for (const Error& problem : problems)
            qWarning().noquote() << problem.message;
        return DeclarativeProvider(std::move(*file), *m_clock, m_transport);
    }

    std::unique_ptr<Sender> make(const QByteArray& json, const QHash<QString, Secret>& secrets)
    {
        auto sender = provider(json).makeSender({1, {{u"base_url"_qs, m_server->url({})}}, secrets});
        connect(sender.get(), &Sender::outcomes, this, [this](const QList<Outcome>& list) { m_outcomes += list; });
        connect(sender.get(), &Sender::probed, this, [this](const ProbeResult& result) { m_probes << result; });
        return sender;
    }

    std::unique_ptr<Sender> google()
    {
        return make(GoogleFile, {{u"account"_qs, Secret(compactJson(accountFile(m_server->url(u"/token"_qs))))}});
    }

    std::unique_ptr<Sender> apple() { return make(AppleFile, {{u"key"_qs, TestKey::curve().privatePem}}); }

    void sendOne(Sender& sender)
    {
        const qsizetype before = m_outcomes.size();
        sender.send({messageNumber(1)});
        QTRY_COMPARE_WITH_TIMEOUT(m_outcomes.size(), before + 1, 20'000);
    }

    void serve(QTcpSocket* socket, const ScriptedServer::Request& request)
    {
        if (!request.head.contains("/token "))
            socket->write(m_sendAnswer(request.header("Authorization")));
        else if (m_echoAssertion)
            socket->write(ScriptedServer::answer("400 Bad", compactJson(echoOf(request.body))));
        else if (m_holdToken)
            m_held << socket;
        else
            socket->write(m_tokenAnswers.isEmpty() ? nextToken() : m_tokenAnswers.takeFirst());
    }

    static QJsonObject echoOf(const QByteArray& body)
    {
        const QString assertion = QString::fromLatin1(body.sliced(body.lastIndexOf('=') + 1));
        return {{u"error_description"_qs, QString(u"you said "_qs + assertion)}};
    }

    QByteArray nextToken()
    {
        const QByteArray token = "ya29.token-" + QByteArray::number(++m_tokensGiven);
        return ScriptedServer::answer("200 OK", R"({"access_token":")" + token + R"(","expires_in":3599})");
    }

    void release()
    {
        m_holdToken = false;
        for (const QPointer<QTcpSocket>& socket : std::exchange(m_held, {})) {
            if (socket)
                socket->write(nextToken());
        }
    }

    qsizetype count(const QByteArray& path) const
    {
        return std::count_if(m_server->requests.begin(), m_server->requests.end(),
                             [&](const auto& request) { return request.head.contains(QByteArray(path + ' ')); });
    }

    std::shared_ptr<HttpTransport> m_transport;
    std::unique_ptr<ManualClock> m_clock;
    std::unique_ptr<ScriptedServer> m_server;
    QList<Outcome> m_outcomes;
    QList<ProbeResult> m_probes;
    QList<QByteArray> m_tokenAnswers; // before the good ones
    std::function<QByteArray(const QByteArray& authorization)> m_sendAnswer;
    int m_tokensGiven = 0;
    bool m_holdToken = false;
    bool m_echoAssertion = false;
    QList<QPointer<QTcpSocket>> m_held;
};

} // namespace carillon
