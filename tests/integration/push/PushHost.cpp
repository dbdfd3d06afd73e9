// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/base/Json.h"
#include "engine/base/SystemClock.h"
#include "engine/http/DeviceRoutes.h"
#include "engine/http/HttpServer.h"
#include "engine/provider/WebPushProvider.h"
#include "engine/provider/WebPushRequests.h"
#include "engine/security/TokenScope.h"
#include "engine/store/AccountRepository.h"
#include "engine/store/ContactRepository.h"
#include "engine/store/DeliveryRepository.h"
#include "engine/store/Store.h"

#include <QCoreApplication>
#include <QSocketNotifier>
#include <QTemporaryDir>

#include <cstdio>
#include <unistd.h>

using namespace carillon;

// A web server with the routes for devices over a workspace of its own, for tests that are other programs. There is one
// contact, "kim", and one web push account.
//
//     PushHost
//
// Says {"port":..,"token":..,"key":..} on standard output (the token has the scope device:self and is kim's; the key is the
// private VAPID key), then obeys lines on standard input, answers each with one line, and exits at its end:
//     message FIELDS   a message to kim's first device: {"delivery":..,"url":..,"body":base64,"headers":{..}}, as it would
//                      go to the push service
//     devices          {"devices":[{"id":..,"address":{..},"browser":..,"clicked":true}]}
class PushHost : public QObject {
public:
    int start()
    {
        Result<std::unique_ptr<Store>> opened = Store::open(m_folder.filePath(QStringLiteral("w")), m_clock);
        if (!opened)
            return fail(opened.error());
        m_store = std::move(*opened);
        prepare();
        m_devices.emplace(*m_store, m_clock, m_tokens);
        addDeviceRoutes(m_http, ApiAccess(m_tokens, m_clock), handlers());
        const auto bound = m_http.listen(QHostAddress::LocalHost, 0);
        if (!bound)
            return fail(bound.error());
        say({{QStringLiteral("port"), *bound},
             {QStringLiteral("token"), tokenOfKim()},
             {QStringLiteral("key"), QString::fromLatin1(m_key.text().reveal())}});
        connect(&m_input, &QSocketNotifier::activated, this, &PushHost::read);
        return QCoreApplication::exec();
    }

private:
    static int fail(const Error& error)
    {
        std::fprintf(stderr, "%s\n", qPrintable(error.message));
        return 1;
    }

    static void say(const QJsonObject& object)
    {
        std::printf("%s\n", compactJson(object).constData());
        std::fflush(stdout);
    }

    AccountConfig config() const
    {
        return {1,
                {{QStringLiteral("subject"), QStringLiteral("mailto:ops@example.org")},
                 {QStringLiteral("keep_hours"), 1},
                 {WebPushProvider::PublicKeyField, QString::fromLatin1(m_key.publicText())}},
                {{WebPushProvider::VapidField, m_key.text()}}};
    }

    void prepare()
    {
        Account account;
        account.name = QStringLiteral("Browsers");
        account.provider = WebPushProvider::Key;
        account.channel = WebPushProvider::Key;
        account.settings = config().settings;
        Contact kim;
        kim.externalId = QStringLiteral("kim");
        (void)m_store
            ->write([&](Connection& connection) -> Status {
                AccountRepository(connection).save(account);
                m_kim = ContactRepository(connection).insert(kim);
                return {};
            })
            .result();
    }

    QString tokenOfKim() const
    {
        JwtClaims claims;
        claims.subject = QStringLiteral("kim");
        claims.scopes = {TokenScope::DeviceSelf};
        claims.expiresAt = m_clock.now() + 3'600'000;
        return QString::fromLatin1(*m_tokens.sign(claims));
    }

    DeviceHandlers handlers()
    {
        DeviceService& devices = *m_devices;
        return {
            [&devices](const Caller& caller, const DeviceRequest& request) { return devices.add(caller, request); },
            [&devices](const Caller& caller, qint64 id, const QString& address) {
                return devices.renew(caller, id, address);
            },
            [&devices](const Caller& caller, qint64 id) { return devices.remove(caller, id); },
            [&devices](const Caller& caller, qint64 id, qint64 delivery) { return devices.clicked(caller, id, delivery); },
            [&devices](const QString& account) { return devices.pushKey(account); }};
    }

    void read()
    {
        char piece[4'096];
        const ssize_t size = ::read(STDIN_FILENO, piece, sizeof piece);
        if (size <= 0) {
            m_input.setEnabled(false);
            QCoreApplication::quit();
            return;
        }
        m_line.append(piece, size);
        for (qsizetype end = m_line.indexOf('\n'); end >= 0; end = m_line.indexOf('\n')) {
            obey(m_line.left(end));
            m_line.remove(0, end + 1);
        }
    }

    void obey(const QByteArray& line)
    {
        const QList<Device> devices = *m_devices->ofContact(m_kim).result();
        if (line == "devices")
            say({{QStringLiteral("devices"), listOf(devices)}});
        else if (line.startsWith("message ") && !devices.isEmpty())
            say(messageTo(devices.first(), parseJsonObject(line.mid(8)).value_or(QJsonObject())));
        else
            say({{QStringLiteral("problem"), QString::fromUtf8(line)}});
    }

    static QJsonArray listOf(const QList<Device>& devices)
    {
        QJsonArray list;
        for (const Device& device : devices)
            list << QJsonObject{{QStringLiteral("id"), device.address.id},
                                {QStringLiteral("address"), *parseJsonObject(device.address.value.toUtf8())},
                                {QStringLiteral("browser"), device.info.browser},
                                {QStringLiteral("clicked"), device.clickedAt != 0}};
        return list;
    }

    QJsonObject messageTo(const Device& device, const QJsonObject& fields)
    {
        Delivery delivery;
        delivery.topicId = 1;
        delivery.contactId = m_kim;
        delivery.accountId = 1;
        delivery.channel = device.address.channel;
        delivery.address = device.address.value;
        Message message;
        message.deliveryId = *m_store
                                  ->write([&](Connection& connection) -> Result<qint64> {
                                      return DeliveryRepository(connection).insertQueued(delivery, QStringLiteral("test"));
                                  })
                                  .result();
        message.idempotencyKey = QStringLiteral("d%1.w@example.org").arg(message.deliveryId);
        message.fields = fields;
        const auto request = m_requests.make(message, *PushSubscription::parse(device.address.value), m_clock.now());
        if (!request)
            return {{QStringLiteral("problem"), request.error().message}};
        QJsonObject headers;
        for (const auto& [name, value] : request->headers)
            headers.insert(QString::fromLatin1(name), QString::fromLatin1(value));
        return {{QStringLiteral("delivery"), message.deliveryId},
                {QStringLiteral("url"), QString::fromLatin1(request->url)},
                {QStringLiteral("body"), QString::fromLatin1(request->body.toBase64())},
                {QStringLiteral("headers"), headers}};
    }

    SystemClock m_clock;
    QTemporaryDir m_folder;
    const VapidKey m_key = VapidKey::generate().value();
    const JwtKey m_tokens = *JwtKey::fromSecret(Secret(QByteArray(32, 'k')));
    WebPushRequests m_requests{config()};
    std::unique_ptr<Store> m_store;
    std::optional<DeviceService> m_devices;
    qint64 m_kim = 0;
    HttpServer m_http{m_clock, {}};
    QSocketNotifier m_input{STDIN_FILENO, QSocketNotifier::Read};
    QByteArray m_line;
};

int main(int argc, char** argv)
{
    QCoreApplication application(argc, argv);
    PushHost host;
    return host.start();
}
