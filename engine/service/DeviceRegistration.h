// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/Caller.h"
#include "engine/model/Device.h"

namespace carillon {

class Connection;

// A device that is to get push messages.
struct DeviceRequest {
    static constexpr int MostPerContact = 20; // in use; and as many that are not, to be seen

    QString externalId; // of its contact
    QString channel = QStringLiteral("web_push"); // or "fcm", "apns"
    QString address; // a browser's subscription as JSON text; the token of an app
    DeviceInfo info;

    // {"contact": "kunde-17", "address": {"endpoint": ...}, "label": "Anna's laptop", "user_agent": "Mozilla/5.0 ...",
    //  "channel": "web_push", "platform": "macOS"}
    //
    // A browser's address is its subscription as an object, an app's a text. InvalidInput names the member that is wrong.
    static Result<DeviceRequest> parse(const QJsonObject& body);
};

// The address as it is kept. InvalidInput: it is none, or one of a private network, where no push service is.
Result<QString> checkedDeviceAddress(const QString& channel, const QString& address);

// What became of a request.
struct RegisteredDevice {
    qint64 id = 0;
    bool isNew = false;
};

// Registers a device, in the caller's transaction. Doing so again changes nothing but when it was seen: a device is known by
// its address. One that another contact had is this one's from now on; one that was retired is in use again; beyond
// MostPerContact those seen longest ago are retired. `request` has a checked address. NotFound: there is no such contact.
Result<RegisteredDevice> registerDevice(Connection& connection, const Caller& caller, const DeviceRequest& request,
                                        qint64 now);

// A log entry about a device: which one and what it is, never its address.
void auditDevice(Connection& connection, const Caller& caller, const QString& type, const Device& device, qint64 now,
                 QJsonObject data = {});

} // namespace carillon
