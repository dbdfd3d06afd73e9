// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/dispatch/BarredAddresses.h"
#include "engine/store/DeviceRepository.h"
#include "engine/store/SuppressionRepository.h"
#include "tests/unit/dispatch/DispatchFixture.h"

#include <QSignalSpy>

using namespace carillon;

// Addresses that must not be used any more when their deliveries' turn comes, though they might when they were planned.
class BarredAddressesTest : public QObject {
    Q_OBJECT

private:
    static void suppress(DispatchFixture& f, const QString& channel, const QString& value)
    {
        f.write([=](Connection& connection) -> Result<bool> {
            return SuppressionRepository(connection).add({0, channel, value, QStringLiteral("unsubscribed"), {}, 1});
        });
    }
    static QHash<qint64, QString> barred(DispatchFixture& f, const QList<Delivery>& deliveries)
    {
        return f.read([=](Connection& connection) -> Result<QHash<qint64, QString>> {
            QHash<qint64, Contact> contacts;
            for (const Delivery& delivery : deliveries) {
                if (const auto contact = ContactRepository(connection).find(delivery.contactId))
                    contacts.insert(contact->id, *contact);
            }
            return barredAddresses(connection, deliveries, contacts);
        });
    }
    static qint64 contact(DispatchFixture& f, const QString& channel, const QString& value)
    {
        return f.write([=](Connection& connection) -> Result<qint64> {
            Contact contact;
            contact.externalId = value;
            contact.addresses = {{0, 0, channel, value, AddressState::Active}};
            return ContactRepository(connection).insert(contact);
        });
    }
    static Delivery delivery(qint64 contactId, const QString& channel, const QString& address)
    {
        Delivery delivery;
        delivery.id = 1;
        delivery.contactId = contactId;
        delivery.channel = channel;
        delivery.address = address;
        return delivery;
    }

private Q_SLOTS:
    void whoUnsubscribedSinceThePlanGetsNothing()
    {
        DispatchFixture f;
        const qint64 campaign = f.addCampaign(f.addTopic({f.addAccount()}), f.addresses(40));
        suppress(f, QStringLiteral("email"), QStringLiteral("P7@Example.ORG"));
        suppress(f, QStringLiteral("sms"), QStringLiteral("p8@example.org"));
        QSignalSpy idle(f.dispatcher.get(), &Dispatcher::idle);
        f.dispatcher->activate(campaign);
        f.run(1'000);
        QVERIFY(!idle.isEmpty());
        QCOMPARE(f.count(campaign, DeliveryState::Sent), 39);
        QCOMPARE(f.platform.given.size(), 39);
        const Delivery barred = f.deliveries(campaign).at(7);
        QCOMPARE(barred.state, DeliveryState::Suppressed);
        QCOMPARE(barred.attempts, 0);
        QVERIFY(!barred.lastError.isEmpty());
        QCOMPARE(f.history(barred.id),
                 (QStringList{QStringLiteral("delivery.queued"), QStringLiteral("delivery.suppressed")}));
    }

    // Apple says since when a token is not valid; the app may have registered it again meanwhile.
    void aDeviceThatHasRegisteredSinceStays_data()
    {
        QTest::addColumn<qint64>("goneSince"); // from when the device was seen
        QTest::addColumn<bool>("stays");
        QTest::newRow("gone before") << qint64(-1) << true;
        QTest::newRow("gone at that moment") << qint64(0) << false;
        QTest::newRow("gone since") << qint64(1) << false;
        QTest::newRow("nobody knows when") << -DispatchFixture::Start << false;
    }

    void aDeviceThatHasRegisteredSinceStays()
    {
        QFETCH(qint64, goneSince);
        QFETCH(bool, stays);
        DispatchFixture f;
        const QString channel = QStringLiteral("apns");
        const qint64 who = contact(f, channel, QStringLiteral("c0ffee"));
        Delivery sending = delivery(who, channel, QStringLiteral("c0ffee"));
        const Address address = f.write([&](Connection& connection) -> Result<Address> {
            const Address address = ContactRepository(connection).find(who)->addresses.first();
            DeviceRepository(connection).update(address, {}, DispatchFixture::Start);
            sending = DeliveryRepository(connection).find(DeliveryRepository(connection).insertQueued(sending, {})).value();
            sending = DeliveryRepository(connection).begin({sending}, {}, QStringLiteral("run"), f.clock.now()).value(0);
            return address;
        });
        RecordedChange gone{sending, {DeliveryState::Bounced, true, 0, {}, QStringLiteral("Unregistered"), {}, {}}, true};
        gone.goneSince = DispatchFixture::Start + goneSince;
        f.write([&](Connection& connection) -> Result<bool> {
            return Recorder(*f.store, f.clock).recordOn(connection, {gone}).isEmpty();
        });
        const auto [now, device, suppressed] = f.read([&](Connection& connection) {
            return Result<std::tuple<Delivery, Device, qint64>>({DeliveryRepository(connection).find(sending.id).value(),
                                                                 DeviceRepository(connection).find(address.id).value(),
                                                                 SuppressionRepository(connection).count()});
        });
        QCOMPARE(now.state, stays ? DeliveryState::Failed : DeliveryState::Bounced);
        QVERIFY(now.lastError.startsWith(u"Unregistered"));
        QCOMPARE(device.address.state, stays ? AddressState::Active : AddressState::Bounced);
        QCOMPARE(device.retiredAt == 0, stays);
        QCOMPARE(suppressed, stays ? 0 : 1);
    }

    void whatBouncedElsewhereIsNotTriedAgain()
    {
        DispatchFixture f;
        const qint64 campaign = f.addCampaign(f.addTopic({f.addAccount()}), f.addresses(3));
        f.write([](Connection& connection) -> Result<bool> {
            ContactRepository(connection)
                .setAddressState(QStringLiteral("email"), QStringLiteral("p1@example.org"), AddressState::Bounced);
            return true;
        });
        f.dispatcher->activate(campaign);
        f.run(1'000);
        QCOMPARE(f.count(campaign, DeliveryState::Sent), 2);
        QCOMPARE(f.count(campaign, DeliveryState::Suppressed), 1);
    }

    // The contact has another address now: what was planned for the old one goes there, as planned.
    void anAddressThatIsNobodysIsNoReason()
    {
        DispatchFixture f;
        const qint64 kim = contact(f, QStringLiteral("email"), QStringLiteral("new@example.org"));
        QVERIFY(barred(f, {delivery(kim, QStringLiteral("email"), QStringLiteral("old@example.org"))}).isEmpty());
    }

    // The next one who logs in at the same browser must not get what was for the one before.
    void aDeviceThatAnotherContactHasNowGetsNothingOfTheFirst()
    {
        DispatchFixture f;
        const QString fcm = QStringLiteral("fcm");
        const qint64 kim = contact(f, fcm, QStringLiteral("token-1"));
        const Delivery planned = delivery(kim, fcm, QStringLiteral("token-1"));
        QVERIFY(barred(f, {planned}).isEmpty());
        f.write([=](Connection& connection) -> Result<bool> {
            DeviceRepository devices(connection);
            devices.remove(devices.ofContact(kim).first().address.id);
            return true;
        });
        contact(f, fcm, QStringLiteral("token-1x"));
        QCOMPARE(barred(f, {planned}).size(), 1);
    }

    void aFixedDestinationIsNobodysAddress()
    {
        DispatchFixture f;
        const qint64 account = f.addAccount();
        const qint64 topic = f.addTopic({account});
        f.write([=](Connection& connection) -> Result<bool> {
            TopicRepository(connection).replaceRoutes(topic, {{0, topic, account, 0, QStringLiteral("#ops")}});
            return true;
        });
        suppress(f, QStringLiteral("slack"), QStringLiteral("#ops"));
        Delivery fixed = delivery(contact(f, QStringLiteral("slack"), QStringLiteral("#ops")), QStringLiteral("slack"),
                                  QStringLiteral("#ops"));
        QCOMPARE(barred(f, {fixed}).size(), 1);
        fixed.topicId = topic;
        QVERIFY(barred(f, {fixed}).isEmpty());
    }

    // Its address is the contact's own name, and stands nowhere else.
    void anInboxMayBeSuppressedToo()
    {
        DispatchFixture f;
        const qint64 kim = contact(f, QStringLiteral("email"), QStringLiteral("kim"));
        const Delivery planned = delivery(kim, QStringLiteral("in_app"), QStringLiteral("kim"));
        QVERIFY(barred(f, {planned}).isEmpty());
        suppress(f, QStringLiteral("in_app"), QStringLiteral("kim"));
        QCOMPARE(barred(f, {planned}).size(), 1);
    }
};

QTEST_GUILESS_MAIN(BarredAddressesTest)
#include "BarredAddressesTest.moc"
