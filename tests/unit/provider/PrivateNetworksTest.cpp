// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/provider/PrivateNetworks.h"

#include <QHostAddress>
#include <QTest>

using namespace carillon;

class PrivateNetworksTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void privateAddressesAreKnown_data()
    {
        QTest::addColumn<bool>("isPrivate");
        for (const char* address : {"127.0.0.1",
                                    "127.9.9.9",
                                    "0.0.0.0",
                                    "10.1.2.3",
                                    "172.16.0.1",
                                    "172.31.255.255",
                                    "192.168.1.1",
                                    "169.254.169.254",
                                    "100.64.0.1",
                                    "198.18.0.1",
                                    "224.0.0.1",
                                    "255.255.255.255",
                                    "::1",
                                    "::",
                                    "fe80::1",
                                    "fd00::1",
                                    "ff02::1",
                                    "::ffff:127.0.0.1",
                                    "::ffff:169.254.169.254",
                                    "::ffff:0:127.0.0.1",
                                    "64:ff9b::a01:203",
                                    "64:ff9b:1::a01:203",
                                    "2002:7f00:1::",
                                    "::10.0.0.1"})
            QTest::newRow(address) << true;
        for (const char* address :
             {"1.1.1.1", "172.15.255.255", "172.32.0.1", "192.167.1.1", "100.63.255.255", "100.128.0.1", "223.255.255.255",
              "2606:4700::1111", "::ffff:1.1.1.1", "::ffff:0:1.1.1.1", "64:ff9b::101:101", "2002:101:101::"})
            QTest::newRow(address) << false;
    }

    void privateAddressesAreKnown()
    {
        const QHostAddress address(QString::fromLatin1(QTest::currentDataTag()));
        QVERIFY(!address.isNull());
        QTEST(isInPrivateNetwork(address), "isPrivate");
    }
};

QTEST_GUILESS_MAIN(PrivateNetworksTest)
#include "PrivateNetworksTest.moc"
