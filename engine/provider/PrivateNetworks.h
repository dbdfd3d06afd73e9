// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QHostAddress;

namespace carillon {

// True for addresses that are not out in the public Internet: this machine, private, shared, link-local, reserved and
// multicast networks (the IANA special-purpose registries, RFC 6890), also when an IPv6 address wraps one of IPv4.
bool isInPrivateNetwork(const QHostAddress& address);

} // namespace carillon
