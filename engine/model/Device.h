// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/Contact.h"

namespace carillon {

// What a device says of itself when it registers. Texts are cut to what is worth keeping.
struct DeviceInfo {
    QString label; // as its site or app calls it: "Anna's laptop"; may be empty
    QString platform; // "Windows", "macOS", "Linux", "Android", "iOS", "ChromeOS"; empty: not known
    QString browser; // "Chrome", "Firefox", "Edge", "Safari", ...; empty: an app, or not known
    QString userAgent; // as sent

    friend bool operator==(const DeviceInfo&, const DeviceInfo&) = default;
};

// Platform and browser by the words of a User-Agent field. Browsers claim to be each other, so this is for statistics, not
// for decisions.
DeviceInfo deviceInfoOf(const QString& userAgent);

// A device of a contact: an address on a channel of the medium push, and what is known of it. An address that somebody typed
// in or imported has no times. Times are UTC milliseconds; 0: never, or not known.
struct Device {
    Address address; // its id is the device's number
    DeviceInfo info;
    qint64 createdAt = 0;
    qint64 seenAt = 0; // it registered, renewed itself or was clicked on
    qint64 sentAt = 0; // its push service took a message
    qint64 clickedAt = 0;
    qint64 retiredAt = 0; // nothing is sent to it any more
    QString retiredWhy;

    friend bool operator==(const Device&, const Device&) = default;
};

// How the devices of one kind are doing. Computed when read.
struct DeviceStatistic {
    QString channel;
    QString platform;
    QString browser;
    qint64 inUse = 0;
    qint64 retired = 0;
    qint64 reached = 0; // of those in use: a message was taken for it in the last 30 days
    qint64 clicked = 0; // of those in use: somebody clicked in the last 30 days

    friend bool operator==(const DeviceStatistic&, const DeviceStatistic&) = default;
};

} // namespace carillon
