// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/service/DeviceService.h"
#include "engine/provider/WebPushProvider.h"
#include "engine/security/Hmac.h"
#include "engine/security/TokenScope.h"
#include "engine/security/VapidKey.h"
#include "engine/service/AccountService.h"
#include "engine/store/LogRepository.h"
#include "tests/unit/provider/ScriptedServer.h"
#include "tests/unit/service/SendingRoom.h"

using namespace carillon;

namespace {

QString subscription(const QString& endpoint)
{
    static const P256Key browser = P256Key::generate().value();
    const auto text = [](QByteArrayView octets) { return QString::fromLatin1(toBase64Url(octets)); };
    return QString::fromUtf8(compactJson({{QStringLiteral("endpoint"), endpoint},
                                          {QStringLiteral("keys"),
                                           QJsonObject{{QStringLiteral("p256dh"), text(browser.publicPoint())},
                                                       {QStringLiteral("auth"), text(QByteArray(16, 'a'))}}}}));
}

HttpTransport::Options thisMachine()
{
    HttpTransport::Options options;
    options.allowPrivateNetworks = true;
    return options;
}

const QString laptop
    = QStringLiteral("Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0 Safari/537.36");

} // namespace

// Devices: registered, renewed, counted, retired by what push services say.
class DeviceServiceTest : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<SendingRoom> m_room;
    std::unique_ptr<DeviceService> m_devices;
    const JwtKey m_key = *JwtKey::fromSecret(Secret(QByteArray(32, 'k')));
    qint64 m_kim = 0;

    DeviceRequest request(const QString& endpoint, const QString& contact = QStringLiteral("kim")) const
    {
        DeviceRequest request;
        request.externalId = contact;
        request.address = subscription(endpoint);
        request.info = deviceInfoOf(laptop);
        return request;
    }
    Result<DeviceAnswer> add(const DeviceRequest& request) { return m_devices->add(m_room->ann, request).result(); }
    Result<DeviceAnswer> add(const char* endpoint) { return add(request(QString::fromLatin1(endpoint))); }
    QList<Device> devices(qint64 contact) { return *m_devices->ofContact(contact).result(); }
    QStringList logged(const QString& prefix)
    {
        return m_room->write([&](Connection& connection) {
            QStringList types;
            for (const LogEntry& entry : LogRepository(connection).after(0, {}, 10'000)) {
                if (entry.type.startsWith(prefix))
                    types << entry.type;
            }
            return types;
        });
    }
    QByteArray inTheLog()
    {
        return m_room->write([&](Connection& connection) {
            QByteArray all;
            for (const LogEntry& entry : LogRepository(connection).after(0, {}, 10'000))
                all += compactJson(entry.data) + '\n';
            return all;
        });
    }

private Q_SLOTS:
    void init()
    {
        m_room = std::make_unique<SendingRoom>(thisMachine());
        m_devices = std::make_unique<DeviceService>(*m_room->store, m_room->clock, m_key);
        m_kim = m_room->contact(QStringLiteral("kim"), {});
    }
    void cleanup()
    {
        m_devices.reset();
        m_room.reset();
    }

    void registersOnceHoweverOftenItIsAsked()
    {
        const Result<DeviceAnswer> first = add("https://push.example.net/p/1");
        QVERIFY(first && first->isNew);
        m_room->clock.advance(1'000);
        const Result<DeviceAnswer> again = add("https://push.example.net/p/1");
        QVERIFY(again && !again->isNew);
        QCOMPARE(again->id, first->id);
        const QList<Device> known = devices(m_kim);
        QCOMPARE(known.size(), 1);
        QCOMPARE(known.first().info.browser, QStringLiteral("Chrome"));
        QCOMPARE(known.first().info.platform, QStringLiteral("Linux"));
        QCOMPARE(known.first().seenAt - known.first().createdAt, 1'000);
        QCOMPARE(logged(QStringLiteral("device.")), QStringList{QStringLiteral("device.added")});
        JwtRules rules;
        rules.scopes = {TokenScope::DeviceOwn};
        QCOMPARE(m_key.verify(first->token.toLatin1(), rules, m_room->clock.now())->subject, QString::number(first->id));
    }

    void whatIsWrongIsRefused()
    {
        const auto refused = [&](DeviceRequest bad) { return add(bad).error().field; };
        QCOMPARE(refused(request(QStringLiteral("https://push.example.net/p"), QStringLiteral("nobody"))),
                 QStringLiteral("contact"));
        QCOMPARE(refused(request(QStringLiteral("https://push.example.net/p"), {})), QStringLiteral("contact"));
        for (const char* endpoint : {"http://push.example.net/p", "https://127.0.0.1/p", "https://10.1.2.3/p",
                                     "https://[::1]/p", "https://[fd00::1]/p", "https://169.254.169.254/latest/meta-data",
                                     "https://localhost/p", "http://localhost:9200/p", "https://0/p"})
            QVERIFY2(refused(request(QString::fromLatin1(endpoint))) == u"address", endpoint);
        DeviceRequest app = request({});
        app.channel = QStringLiteral("fcm");
        for (const QString& token : {QString(), QStringLiteral("two words"), QString(4'097, u'x')}) {
            app.address = token;
            QCOMPARE(refused(app), QStringLiteral("address"));
        }
        QVERIFY(devices(m_kim).isEmpty());
    }

    void readsWhatASiteSends()
    {
        const auto parse = [](const char* json) { return DeviceRequest::parse(QJsonDocument::fromJson(json).object()); };
        const auto whole = parse("{\"contact\":\"kim\",\"address\":{\"endpoint\":\"x\"},\"label\":\" Kim's  laptop \","
                                 "\"user_agent\":\"Mozilla/5.0 (Windows NT 10.0) Gecko/20100101 Firefox/121.0\"}");
        QVERIFY(whole);
        QCOMPARE(whole->info.label, QStringLiteral("Kim's laptop"));
        QCOMPARE(whole->info.browser, QStringLiteral("Firefox"));
        QCOMPARE(whole->info.platform, QStringLiteral("Windows"));
        QCOMPARE(whole->address, QStringLiteral("{\"endpoint\":\"x\"}"));
        QCOMPARE(
            parse("{\"contact\":\"kim\",\"channel\":\"fcm\",\"address\":\"tok\",\"platform\":\"Android\"}")->info.platform,
            QStringLiteral("Android"));
        QCOMPARE(parse("{\"contact\":\"kim\"}").error().field, QStringLiteral("address"));
        QCOMPARE(parse("{\"address\":\"x\",\"channel\":\"email\"}").error().field, QStringLiteral("channel"));
        QCOMPARE(parse("{\"address\":\"x\",\"channel\":\"push\"}").error().field, QStringLiteral("channel"));
        QCOMPARE(parse("{\"address\":\"x\",\"contract\":\"kim\"}").error().field, QStringLiteral("contract"));
    }

    void oneBrowserIsOneContactsAtATime()
    {
        const qint64 sam = m_room->contact(QStringLiteral("sam"), {});
        QVERIFY(add("https://push.example.net/p/1"));
        QVERIFY(add(request(QStringLiteral("https://push.example.net/p/1"), QStringLiteral("sam"))));
        QVERIFY(devices(m_kim).isEmpty());
        QCOMPARE(devices(sam).size(), 1);
    }

    // Tokens go by the number, and are good for long.
    void aTokenOpensNoLaterDevice()
    {
        const qint64 kims = add("https://push.example.net/p/1")->id;
        QVERIFY(m_devices->remove(m_room->ann, kims).result());
        m_room->contact(QStringLiteral("lee"), {});
        const Result<DeviceAnswer> lees
            = add(request(QStringLiteral("https://push.example.net/p/1"), QStringLiteral("lee")));
        QVERIFY(lees);
        QVERIFY(lees->id != kims);
    }

    void theOldestOfTooManyIsRetired()
    {
        for (int i = 0; i <= DeviceRequest::MostPerContact; ++i) {
            m_room->clock.advance(1'000);
            QVERIFY(add(request(QStringLiteral("https://push.example.net/p/%1").arg(i))));
        }
        const QList<Device> known = devices(m_kim);
        QCOMPARE(known.size(), DeviceRequest::MostPerContact + 1);
        QCOMPARE(known.first().address.state, AddressState::Active);
        const Device& oldest = known.last();
        QCOMPARE(oldest.address.state, AddressState::Disabled);
        QVERIFY(oldest.address.value.contains(QStringLiteral("/p/0\"")));
        QVERIFY(oldest.retiredAt > 0 && oldest.retiredWhy.contains(QStringLiteral("20")));
        for (int i = 0; i < 2 * DeviceRequest::MostPerContact; ++i)
            QVERIFY(add(request(QStringLiteral("https://push.example.net/q/%1").arg(i))));
        QCOMPARE(devices(m_kim).size(), 2 * DeviceRequest::MostPerContact);
    }

    void renewsClicksAndLeaves()
    {
        const qint64 id = add("https://push.example.net/p/1")->id;
        const QString other = subscription(QStringLiteral("https://push.example.net/p/2"));
        QVERIFY(m_devices->renew(m_room->ann, id, other).result());
        QCOMPARE(devices(m_kim).size(), 1);
        QCOMPARE(devices(m_kim).first().address.id, id);
        QVERIFY(devices(m_kim).first().address.value.contains(QStringLiteral("/p/2")));
        const auto inside = m_devices->renew(m_room->ann, id, subscription(QStringLiteral("https://10.0.0.1/p"))).result();
        QCOMPARE(inside.error().field, QStringLiteral("address"));
        QCOMPARE(m_devices->renew(m_room->ann, 4711, other).result().error().code, ErrorCode::NotFound);
        QCOMPARE(m_devices->clicked(m_room->ann, id, 1).result().error().field, QStringLiteral("delivery"));
        QVERIFY(m_devices->remove(m_room->ann, id).result());
        QVERIFY(m_devices->remove(m_room->ann, id).result());
        QVERIFY(devices(m_kim).isEmpty());
        QCOMPARE(logged(QStringLiteral("device.")).last(), QStringLiteral("device.removed"));
    }

    void theContactsOtherChangesKeepIt()
    {
        const qint64 id = add("https://push.example.net/p/1")->id;
        m_room->write([&](Connection& connection) {
            Contact contact = *ContactRepository(connection).find(m_kim);
            contact.addresses.prepend({0, m_kim, QStringLiteral("email"), QStringLiteral("kim@example.org")});
            ContactRepository(connection).update(contact);
            return 0;
        });
        QCOMPARE(devices(m_kim).size(), 1);
        QCOMPARE(devices(m_kim).first().address.id, id);
        QCOMPARE(devices(m_kim).first().info.browser, QStringLiteral("Chrome"));
    }

    void aDeviceThatIsGoneIsRetiredWithItsDelivery()
    {
        ScriptedServer service([](QTcpSocket* socket, const ScriptedServer::Request& request) {
            socket->write(ScriptedServer::answer(request.head.startsWith("POST /p/gone") ? "410 Gone" : "201 Created"));
        });
        AccountService accounts(*m_room->store, m_room->clock, m_room->registry, m_room->vault, *m_room->dispatch);
        Account account;
        account.name = QStringLiteral("Browsers");
        account.provider = WebPushProvider::Key;
        account.settings = {{QStringLiteral("subject"), QStringLiteral("mailto:ops@example.org")}};
        const qint64 accountId = *accounts.save(m_room->ann, account, {}).result();
        QCOMPARE(m_devices->pushKey({}).result()->account, QStringLiteral("Browsers"));
        QVERIFY(!m_devices->pushKey(QStringLiteral("Others")).result());
        m_room->topic(QStringLiteral("order.shipped"), {{accountId, QStringLiteral("push")}});
        const qint64 lea
            = m_room->contact(QStringLiteral("lea"),
                              {{QStringLiteral("web_push"), subscription(service.url(QStringLiteral("/p/here")))},
                               {QStringLiteral("web_push"), subscription(service.url(QStringLiteral("/p/gone")))}});
        m_room->dispatch->start();
        QVERIFY(m_room->trigger("{\"topic\":\"order.shipped\",\"to\":{\"external_id\":\"lea\"},\"data\":{\"word\":\"x\"}}"));
        QVERIFY(m_room->until([&] {
            const QList<Delivery> sent = m_room->on(QStringLiteral("web_push"));
            return sent.size() == 2 && isFinal(sent[0].state) && isFinal(sent[1].state);
        }));
        const QList<Delivery> deliveries = m_room->on(QStringLiteral("web_push"));
        QCOMPARE(deliveries[0].state, DeliveryState::Sent);
        QCOMPARE(deliveries[1].state, DeliveryState::Bounced);
        const QList<Device> known = devices(lea);
        QCOMPARE(known.size(), 2);
        QCOMPARE(known[0].address.state, AddressState::Active);
        QCOMPARE(known[1].address.state, AddressState::Bounced);
        QVERIFY(known[1].retiredAt > 0);
        QCOMPARE(known[1].retiredWhy, QStringLiteral("The push service said gone (410): the browser has unsubscribed."));
        QCOMPARE(logged(QStringLiteral("address.suppressed")).size(), 1);
        QVERIFY(!inTheLog().contains("p256dh")); // whoever reads the log cannot write to a browser

        QVERIFY(m_room->trigger("{\"topic\":\"order.shipped\",\"to\":{\"external_id\":\"lea\"},\"data\":{\"word\":\"y\"}}"));
        QVERIFY(m_room->until([&] {
            const QList<Delivery> sent = m_room->on(QStringLiteral("web_push"));
            return sent.size() == 3 && isFinal(sent[2].state);
        }));
        QCOMPARE(service.requests.size(), 3); // the one that is gone was not asked again
        const QList<DeviceStatistic> statistics = *m_devices->statistics().result();
        QCOMPARE(statistics.size(), 1);
        QCOMPARE(statistics.first().inUse, 1);
        QCOMPARE(statistics.first().retired, 1);
        QVERIFY(m_devices->clicked(m_room->ann, known[0].address.id, deliveries[0].id).result());
        QVERIFY(m_devices->clicked(m_room->ann, known[0].address.id, deliveries[0].id).result());
        QVERIFY(!m_devices->clicked(m_room->ann, known[0].address.id, 4711).result());
        QCOMPARE(logged(QStringLiteral("engagement.clicked")).size(), 1);
    }

    void aDeviceThatComesBackIsInUseAgain()
    {
        const Result<DeviceAnswer> device = add("https://push.example.net/p/1");
        m_room->write([&](Connection& connection) {
            connection.run("UPDATE address SET state = 'bounced'");
            connection.run("INSERT INTO suppression (channel, value, value_key, reason, note, created_at)"
                           " VALUES ('web_push', '', 'https://push.example.net/p/1', 'bounced', '', 1)");
            return 0;
        });
        QCOMPARE(add("https://push.example.net/p/1")->id, device->id);
        QCOMPARE(logged(QStringLiteral("device.")).last(), QStringLiteral("device.changed"));
        QCOMPARE(devices(m_kim).first().address.state, AddressState::Active);
        QCOMPARE(
            m_room->write([](Connection& connection) { return connection.integer("SELECT COUNT(*) FROM suppression"); }), 0);
    }
};

QTEST_GUILESS_MAIN(DeviceServiceTest)
#include "DeviceServiceTest.moc"
