// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/provider/PrivateNetworks.h"

#include <QHostAddress>

#include <algorithm>

namespace carillon {

namespace {

using Networks = QList<QPair<QHostAddress, int>>;

Networks parse(std::initializer_list<const char*> texts)
{
    Networks networks;
    for (const char* text : texts)
        networks << QHostAddress::parseSubnet(QString::fromLatin1(text));
    return networks;
}

bool isIn(const QHostAddress& address, const Networks& networks)
{
    return std::any_of(networks.begin(), networks.end(), [&](const auto& network) { return address.isInSubnet(network); });
}

// The IPv4 address inside an IPv6 one: mapped (::ffff:0:0/96), translated (::ffff:0:0:0/96), compatible (::/96), NAT64
// (64:ff9b::/96) or 6to4 (2002::/16).
bool wrapsPrivate(const QHostAddress& address)
{
    static const Networks lastFour = parse({"::ffff:0:0/96", "::ffff:0:0:0/96", "::/96", "64:ff9b::/96"});
    static const Networks sixToFour = parse({"2002::/16"});
    const Q_IPV6ADDR bytes = address.toIPv6Address();
    const auto at = [&](int i) {
        return quint32(bytes[i]) << 24 | quint32(bytes[i + 1]) << 16 | quint32(bytes[i + 2]) << 8 | bytes[i + 3];
    };
    if (isIn(address, lastFour))
        return isInPrivateNetwork(QHostAddress(at(12)));
    return isIn(address, sixToFour) && isInPrivateNetwork(QHostAddress(at(2)));
}

} // namespace

bool isInPrivateNetwork(const QHostAddress& address)
{
    static const Networks four
        = parse({"0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12",
                 "192.0.0.0/24", "192.168.0.0/16", "198.18.0.0/15", "224.0.0.0/4", "240.0.0.0/4"});
    // 64:ff9b:1::/48: a NAT64 of the network's own, which leads wherever that network can (RFC 8215).
    static const Networks six = parse({"::/127", "64:ff9b:1::/48", "fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8"});
    if (address.protocol() == QAbstractSocket::IPv4Protocol)
        return isIn(address, four);
    return isIn(address, six) || wrapsPrivate(address);
}

} // namespace carillon
