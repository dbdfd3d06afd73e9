// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/base/ManualClock.h"
#include "engine/service/DeviceService.h"
#include "engine/store/Connection.h"
#include "engine/store/ContactRepository.h"
#include "engine/store/DeviceRepository.h"
#include "engine/store/Store.h"
#include "ui/contacts/DeviceList.h"
#include "ui/contacts/DevicesTab.h"

#include <QLabel>
#include <QTableWidget>
#include <QTemporaryDir>
#include <QTest>

using namespace carillon;
using namespace carillon::ui;

namespace {

Device device(const QString& label, const QString& userAgent)
{
    Device device;
    device.address = {1, 1, QStringLiteral("web_push"), QStringLiteral("{}"), AddressState::Active};
    device.info = deviceInfoOf(userAgent);
    device.info.label = label;
    return device;
}

const QString firefox = QStringLiteral("Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:121.0) Gecko/20100101 Firefox/121.0");

} // namespace

// A contact's devices, and all of them by kind.
class DevicesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void kindsOfUserAgents_data()
    {
        QTest::addColumn<QString>("userAgent");
        QTest::addColumn<QString>("title");
        const auto row = [](const char* userAgent, const char* title) {
            QTest::newRow(title) << QString::fromLatin1(userAgent) << QString::fromLatin1(title);
        };
        row("Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:121.0) Gecko/20100101 Firefox/121.0", "Firefox on Windows");
        row("Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Safari/537.36",
            "Chrome on Linux");
        row("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 "
            "Safari/537.36 Edg/120.0.0.0",
            "Edge on Windows");
        row("Mozilla/5.0 (Macintosh; Intel Mac OS X 13_6) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.1 "
            "Safari/605.1.15",
            "Safari on macOS");
        row("Mozilla/5.0 (iPhone; CPU iPhone OS 17_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.1 "
            "Mobile/15E148 Safari/604.1",
            "Safari on iOS");
        row("Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/23.0 Chrome/115.0.0.0 "
            "Mobile Safari/537.36",
            "Samsung Internet on Android");
        row("Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Safari/537.36",
            "Chrome on ChromeOS");
        row("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/119.0.0.0 "
            "Safari/537.36 OPR/105.0.0.0",
            "Opera on macOS");
        row("okhttp/4.12", "Not known");
    }
    void kindsOfUserAgents()
    {
        QFETCH(QString, userAgent);
        QFETCH(QString, title);
        QCOMPARE(deviceTitle(deviceInfoOf(userAgent)), title);
    }

    void aContactsDevicesAreListedWithTheirState()
    {
        QWidget parent;
        DeviceList list(&parent);
        QVERIFY(list.isHidden());
        Device gone = device({}, firefox);
        gone.address.state = AddressState::Bounced;
        gone.retiredAt = 1'700'000'000'000;
        gone.retiredWhy = QStringLiteral("The push service said gone (410): the browser has unsubscribed.");
        list.setDevices({device(QStringLiteral("Laptop"), firefox), gone});
        QVERIFY(!list.isHidden());
        const auto* table = list.findChild<QTableWidget*>(QStringLiteral("contactDevices"));
        QCOMPARE(table->rowCount(), 2);
        QCOMPARE(table->item(0, 0)->text(), QStringLiteral("Laptop (Firefox on Windows)"));
        QCOMPARE(table->item(0, 1)->text(), QStringLiteral("Web push"));
        QCOMPARE(table->item(0, 2)->text(), QStringLiteral("In use"));
        QVERIFY(table->item(1, 2)->text().startsWith(QStringLiteral("Retired ")));
        QVERIFY(table->item(1, 2)->text().contains(QStringLiteral("gone (410)")));
        list.setDevices({});
        QVERIFY(list.isHidden());
    }

    void allDevicesAreCountedByKind()
    {
        QTemporaryDir folder;
        ManualClock clock{1'700'000'000'000};
        const std::unique_ptr<Store> store = std::move(*Store::open(folder.filePath(QStringLiteral("w")), clock));
        DeviceService devices(*store, clock, *JwtKey::fromSecret(Secret(QByteArray(32, 'k'))));
        DevicesTab tab(devices);
        const auto* table = tab.findChild<QTableWidget*>(QStringLiteral("deviceTable"));
        const auto* note = tab.findChild<QLabel*>(QStringLiteral("deviceNote"));
        tab.refresh();
        QTRY_VERIFY(note->text().startsWith(QStringLiteral("No devices yet")));
        (void)store
            ->write([&](Connection& connection) -> Status {
                const qint64 kim = ContactRepository(connection).insert({.externalId = QStringLiteral("kim")});
                DeviceRepository repository(connection);
                for (int i = 0; i < 4; ++i) {
                    const QString value = QStringLiteral("token-%1").arg(i);
                    const qint64 id
                        = repository.insert({0, kim, QStringLiteral("fcm"), value}, deviceInfoOf(firefox), clock.now());
                    if (i == 0)
                        repository.retire(id, AddressState::Bounced, QStringLiteral("gone"), clock.now());
                    else if (i == 1)
                        repository.markSent(kim, QStringLiteral("fcm"), value, clock.now());
                }
                return {};
            })
            .result();
        tab.refresh();
        QTRY_COMPARE(table->rowCount(), 1);
        QStringList texts;
        for (int column = 0; column < table->columnCount(); ++column)
            texts << table->item(0, column)->text();
        QCOMPARE(texts.join(u'|'), QStringLiteral("Firebase push|Windows|Firefox|3|1|33 %|0 %"));
        QCOMPARE(note->text(), QStringLiteral("3 devices get push messages."));
    }
};

QTEST_MAIN(DevicesTest)
#include "DevicesTest.moc"
