// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/service/DeviceRegistration.h"

#include "engine/base/Json.h"
#include "engine/model/Channel.h"
#include "engine/model/JsonMember.h"
#include "engine/model/PushSubscription.h"
#include "engine/provider/PrivateNetworks.h"
#include "engine/service/Audit.h"
#include "engine/store/ContactRepository.h"
#include "engine/store/DeviceRepository.h"
#include "engine/store/SuppressionRepository.h"

#include <QCoreApplication>
#include <QHostAddress>
#include <QRegularExpression>

#include <algorithm>

namespace carillon {

namespace {

constexpr qsizetype longestLabel = 100;
constexpr qsizetype longestName = 40; // of a platform or browser
constexpr qsizetype longestToken = 4'096;

QString tr(const char* text)
{
    return QCoreApplication::translate("Devices", text);
}

const QString addressField = QStringLiteral("address");

// A subscription is given as the object that the browser makes.
void readAddress(JsonMembers& members, DeviceRequest& request)
{
    const QJsonValue address = members.take(addressField);
    if (address.isObject())
        request.address = QString::fromUtf8(compactJson(address.toObject()));
    else if (address.isString())
        request.address = address.toString();
    else
        members.refuse(addressField,
                       tr("The address is a browser's subscription, an object, or the token of an app, a text."));
}

void readInfo(JsonMembers& members, DeviceInfo& info)
{
    QString userAgent;
    QString platform;
    QString browser;
    members.text(QStringLiteral("user_agent"), userAgent);
    members.text(QStringLiteral("label"), info.label);
    members.text(QStringLiteral("platform"), platform);
    members.text(QStringLiteral("browser"), browser);
    const QString label = info.label.simplified().left(longestLabel);
    info = deviceInfoOf(userAgent);
    info.label = label;
    if (!platform.isEmpty())
        info.platform = platform.simplified().left(longestName);
    if (!browser.isEmpty())
        info.browser = browser.simplified().left(longestName);
}

bool isOutside(const QString& host)
{
    const QHostAddress address(host);
    return host != u"localhost" && !host.endsWith(u".localhost") && (address.isNull() || !isInPrivateNetwork(address));
}

tl::unexpected<Error> wrongAddress(const QString& sentence)
{
    return fail(ErrorCode::InvalidInput, sentence, addressField);
}

// A device belongs to whoever registered it last: the next one who logs in at the same browser must not get what is for the
// one before.
void takeFromOthers(Connection& connection, const Caller& caller, const QList<Device>& known, qint64 contactId, qint64 now)
{
    for (const Device& device : known) {
        if (device.address.contactId == contactId)
            continue;
        DeviceRepository(connection).remove(device.address.id);
        auditDevice(connection, caller, QStringLiteral("device.removed"), device, now,
                    {{QStringLiteral("reason"), tr("Another contact registered it.")}});
    }
}

// The one of them that is the contact's; one without a number when none is.
Device ofContact(const QList<Device>& known, qint64 contactId)
{
    const auto found = std::find_if(known.begin(), known.end(),
                                    [&](const Device& device) { return device.address.contactId == contactId; });
    return found == known.end() ? Device() : *found;
}

void keepBounds(Connection& connection, const Caller& caller, qint64 contactId, qint64 now)
{
    DeviceRepository devices(connection);
    int inUse = 0;
    int retired = 0;
    for (const Device& device : devices.ofContact(contactId)) { // the one seen last first
        const bool isInUse = device.address.state == AddressState::Active;
        if (isInUse && ++inUse > DeviceRequest::MostPerContact) {
            const QString why = tr("The contact has more than %1 devices; this one was seen longest ago.")
                                    .arg(DeviceRequest::MostPerContact);
            ++retired;
            devices.retire(device.address.id, AddressState::Disabled, why, now);
            auditDevice(connection, caller, QStringLiteral("device.retired"), device, now,
                        {{QStringLiteral("reason"), why}});
        } else if (!isInUse && ++retired > DeviceRequest::MostPerContact) {
            devices.remove(device.address.id);
        }
    }
}

} // namespace

Result<DeviceRequest> DeviceRequest::parse(const QJsonObject& body)
{
    DeviceRequest request;
    JsonMembers members(body);
    members.text(QStringLiteral("contact"), request.externalId);
    members.text(QStringLiteral("channel"), request.channel);
    readAddress(members, request);
    readInfo(members, request.info);
    if (channelOf(request.channel).medium != u"push" || request.channel == u"push")
        members.refuse(QStringLiteral("channel"), tr("Devices are on the channels web_push, fcm and apns."));
    if (const Status read = members.end(); !read)
        return fail(read.error());
    return request;
}

Result<QString> checkedDeviceAddress(const QString& channel, const QString& address)
{
    static const QRegularExpression token(QStringLiteral("^[\\x21-\\x7e]+$"));
    if (channel != u"web_push") {
        const QString text = address.trimmed();
        if (text.size() > longestToken || !token.match(text).hasMatch())
            return wrongAddress(tr("The token of an app has up to %1 characters and no blanks.").arg(longestToken));
        return text;
    }
    const Result<PushSubscription> subscription = PushSubscription::parse(address);
    if (!subscription)
        return fail(subscription.error());
    if (!isOutside(subscription->host()))
        return wrongAddress(tr("The subscription's endpoint is in a private network. Push services are on the Internet."));
    return subscription->text();
}

Result<RegisteredDevice> registerDevice(Connection& connection, const Caller& caller, const DeviceRequest& request,
                                        qint64 now)
{
    const std::optional<qint64> contactId = ContactRepository(connection).findByExternalId(request.externalId);
    if (!contactId)
        return fail(ErrorCode::NotFound, tr("There is no contact with the external id \"%1\".").arg(request.externalId),
                    QStringLiteral("contact"));
    DeviceRepository devices(connection);
    const QList<Device> known = devices.withAddress(request.channel, request.address);
    takeFromOthers(connection, caller, known, *contactId, now);
    SuppressionRepository(connection).removeBounced(request.channel, request.address); // it is there, and says so
    const Device before = ofContact(known, *contactId);
    Device device = before;
    const bool isNew = device.address.id == 0;
    device.address = {device.address.id, *contactId, request.channel, request.address, AddressState::Active};
    device.info = request.info;
    if (isNew)
        device.address.id = devices.insert(device.address, request.info, now);
    else
        devices.update(device.address, request.info, now);
    if (isNew)
        auditDevice(connection, caller, QStringLiteral("device.added"), device, now);
    else if (before != device) // sites register whenever a page is opened: nothing to tell then
        auditDevice(connection, caller, QStringLiteral("device.changed"), device, now);
    keepBounds(connection, caller, *contactId, now);
    return RegisteredDevice{device.address.id, isNew};
}

void auditDevice(Connection& connection, const Caller& caller, const QString& type, const Device& device, qint64 now,
                 QJsonObject data)
{
    data.insert(QStringLiteral("device"), device.address.id);
    for (const auto& [key, value] :
         {std::pair(QStringLiteral("label"), device.info.label), std::pair(QStringLiteral("platform"), device.info.platform),
          std::pair(QStringLiteral("browser"), device.info.browser)}) {
        if (!value.isEmpty())
            data.insert(key, value);
    }
    LogEntry about;
    about.contactId = device.address.contactId;
    about.channel = device.address.channel;
    audit(connection, caller, type, now, data, about);
}

} // namespace carillon
