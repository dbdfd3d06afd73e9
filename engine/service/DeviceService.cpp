// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/service/DeviceService.h"

#include "engine/base/Clock.h"
#include "engine/model/Engagement.h"
#include "engine/provider/WebPushProvider.h"
#include "engine/security/TokenScope.h"
#include "engine/service/Audit.h"
#include "engine/store/AccountRepository.h"
#include "engine/store/DeliveryRepository.h"
#include "engine/store/DeviceRepository.h"
#include "engine/store/EngagementRepository.h"
#include "engine/store/Store.h"

#include <QCoreApplication>

namespace carillon {

namespace {

constexpr qint64 dayMs = 86'400'000;
constexpr qint64 tokenMs = 400 * dayMs; // a browser that nobody opened for so long has nobody who waits for messages
constexpr qint64 statisticsMs = 30 * dayMs;

QString tr(const char* text)
{
    return QCoreApplication::translate("Devices", text);
}

tl::unexpected<Error> noDevice(qint64 id)
{
    return fail(ErrorCode::NotFound, tr("There is no device %1. Register it again.").arg(id));
}

bool wentTo(const Delivery& delivery, const Device& device)
{
    return delivery.contactId == device.address.contactId && delivery.channel == device.address.channel;
}

} // namespace

QJsonObject DeviceAnswer::toJson() const
{
    return {{QStringLiteral("device"), id}, {QStringLiteral("token"), token}};
}

QJsonObject PushKey::toJson() const
{
    return {{QStringLiteral("account"), account}, {QStringLiteral("public_key"), publicKey}};
}

DeviceService::DeviceService(Store& store, const Clock& clock, JwtKey key)
    : m_store(store)
    , m_clock(clock)
    , m_key(std::move(key))
{
}

Result<DeviceAnswer> DeviceService::answerFor(const RegisteredDevice& device, qint64 now) const
{
    JwtClaims claims;
    claims.subject = QString::number(device.id);
    claims.scopes = {TokenScope::DeviceOwn};
    claims.issuedAt = now;
    claims.expiresAt = now + tokenMs;
    const Result<QByteArray> token = m_key.sign(claims);
    if (!token)
        return fail(token.error());
    return DeviceAnswer{device.id, QString::fromLatin1(*token), device.isNew};
}

Future<DeviceAnswer> DeviceService::add(const Caller& caller, const DeviceRequest& request)
{
    if (const Status allowed = caller.require(Role::Operator); !allowed)
        return readyFuture<DeviceAnswer>(fail(allowed.error()));
    const Result<QString> address = checkedDeviceAddress(request.channel, request.address);
    if (!address)
        return readyFuture<DeviceAnswer>(fail(address.error()));
    DeviceRequest checked = request;
    checked.address = *address;
    return m_store.write([this, caller, checked, now = m_clock.now()](Connection& connection) -> Result<DeviceAnswer> {
        const Result<RegisteredDevice> device = registerDevice(connection, caller, checked, now);
        return device ? answerFor(*device, now) : fail(device.error());
    });
}

Future<DeviceAnswer> DeviceService::renew(const Caller& caller, qint64 id, const QString& address)
{
    if (const Status allowed = caller.require(Role::Operator); !allowed)
        return readyFuture<DeviceAnswer>(fail(allowed.error()));
    return m_store.write([this, caller, id, address, now = m_clock.now()](Connection& connection) -> Result<DeviceAnswer> {
        DeviceRepository devices(connection);
        const std::optional<Device> known = devices.find(id);
        if (!known)
            return noDevice(id);
        const Result<QString> checked = checkedDeviceAddress(known->address.channel, address);
        if (!checked)
            return fail(checked.error());
        for (const Device& other : devices.withAddress(known->address.channel, *checked)) {
            if (other.address.id != id)
                devices.remove(other.address.id); // it registered anew before it could say that it had moved
        }
        Device renewed = *known;
        renewed.address.value = *checked;
        devices.update(renewed.address, renewed.info, now);
        auditDevice(connection, caller, QStringLiteral("device.renewed"), renewed, now);
        return answerFor({id, false}, now);
    });
}

Future<void> DeviceService::remove(const Caller& caller, qint64 id)
{
    if (const Status allowed = caller.require(Role::Operator); !allowed)
        return readyFuture<void>(fail(allowed.error()));
    return m_store.write([caller, id, now = m_clock.now()](Connection& connection) -> Status {
        DeviceRepository devices(connection);
        const std::optional<Device> known = devices.find(id);
        if (!known)
            return {}; // gone already, which is what was asked for
        devices.remove(id);
        auditDevice(connection, caller, QStringLiteral("device.removed"), *known, now);
        return {};
    });
}

Future<void> DeviceService::clicked(const Caller& caller, qint64 id, qint64 deliveryId)
{
    if (const Status allowed = caller.require(Role::Operator); !allowed)
        return readyFuture<void>(fail(allowed.error()));
    return m_store.write([caller, id, deliveryId, now = m_clock.now()](Connection& connection) -> Status {
        const std::optional<Device> device = DeviceRepository(connection).find(id);
        if (!device)
            return noDevice(id);
        const std::optional<Delivery> delivery = DeliveryRepository(connection).find(deliveryId);
        if (!delivery || !wentTo(*delivery, *device))
            return fail(ErrorCode::NotFound, tr("No delivery %1 went to this device.").arg(deliveryId),
                        QStringLiteral("delivery"));
        DeviceRepository(connection).markClicked(id, now);
        EngagementRepository engagements(connection);
        if (engagements.has(deliveryId, EngagementKind::Clicked, 0))
            return {}; // a message goes with the click on it: told again, it is the same one
        engagements.add(deliveryId, EngagementKind::Clicked, now);
        audit(connection, caller, QStringLiteral("engagement.clicked"), now, {{QStringLiteral("device"), id}},
              {0,
               0,
               {},
               {},
               delivery->campaignId,
               deliveryId,
               delivery->contactId,
               delivery->accountId,
               delivery->channel,
               {}});
        return {};
    });
}

Future<QList<Device>> DeviceService::ofContact(qint64 contactId) const
{
    return m_store.read([contactId](Connection& connection) -> Result<QList<Device>> {
        return DeviceRepository(connection).ofContact(contactId);
    });
}

Future<QList<DeviceStatistic>> DeviceService::statistics() const
{
    return m_store.read([since = m_clock.now() - statisticsMs](Connection& connection) -> Result<QList<DeviceStatistic>> {
        return DeviceRepository(connection).statistics(since);
    });
}

Future<PushKey> DeviceService::pushKey(const QString& account) const
{
    return m_store.read([account](Connection& connection) -> Result<PushKey> {
        for (const Account& one : AccountRepository(connection).all()) {
            const QString key = one.settings.value(WebPushProvider::PublicKeyField).toString();
            const bool fits = one.provider == WebPushProvider::Key && !key.isEmpty();
            if (fits && (account.isEmpty() ? one.enabled : one.name == account))
                return PushKey{one.name, key};
        }
        return fail(ErrorCode::NotFound,
                    account.isEmpty() ? tr("There is no web push account that is in use.")
                                      : tr("There is no web push account \"%1\".").arg(account));
    });
}

} // namespace carillon
