// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Future.h"
#include "engine/security/Jwt.h"
#include "engine/service/DeviceRegistration.h"

namespace carillon {

class Clock;
class Store;

// What a device gets when it is registered: its number, and a token (TokenScope::DeviceOwn) by which it may renew its
// address, say that it was clicked on, and leave. Good for 400 days, and anew each time that it registers.
struct DeviceAnswer {
    qint64 id = 0;
    QString token;
    bool isNew = false;

    QJsonObject toJson() const; // {"device": 17, "token": "..."}
};

// The public key that browsers subscribe with, and whose it is.
struct PushKey {
    QString account;
    QString publicKey; // base64url

    QJsonObject toJson() const; // {"account": "...", "public_key": "..."}
};

// Operations on the devices of contacts. Thread-safe; answers come from a thread of the store.
class DeviceService {
public:
    // `key` is the workspace's own.
    DeviceService(Store& store, const Clock& clock, JwtKey key);

    // Operator. See registerDevice().
    Future<DeviceAnswer> add(const Caller& caller, const DeviceRequest& request);
    // Operator. The browser has another address now (pushsubscriptionchange); the device stays the same one.
    Future<DeviceAnswer> renew(const Caller& caller, qint64 id, const QString& address);
    // Operator. Nothing is sent to it any more, and it is forgotten.
    Future<void> remove(const Caller& caller, qint64 id);
    // Operator. Somebody clicked on a message at this device: `deliveryId` was sent to it, else NotFound. Counted once.
    Future<void> clicked(const Caller& caller, qint64 id, qint64 deliveryId);

    Future<QList<Device>> ofContact(qint64 contactId) const;
    Future<QList<DeviceStatistic>> statistics() const;
    // Of the web push account of that name; of the first that is enabled when the name is empty. NotFound: there is none.
    Future<PushKey> pushKey(const QString& account) const;

private:
    Result<DeviceAnswer> answerFor(const RegisteredDevice& device, qint64 now) const;

    Store& m_store;
    const Clock& m_clock;
    const JwtKey m_key;
};

} // namespace carillon
