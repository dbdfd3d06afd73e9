// SPDX-License-Identifier: GPL-3.0-or-later
// devices: what gets push messages, counted by kind; with a contact, each of its own.
#include "app/ctl/Commands.h"
#include "engine/model/Names.h"
#include "engine/service/DeviceService.h"

#include <QDateTime>

namespace carillon {

namespace {

QString timeText(qint64 time)
{
    return time == 0 ? QStringLiteral("-") : QDateTime::fromMSecsSinceEpoch(time, Qt::UTC).toString(Qt::ISODate);
}

QString orUnknown(const QString& text)
{
    return text.isEmpty() ? QStringLiteral("-") : text;
}

class DevicesCommand final : public Command {
public:
    using Command::Command;

    void start() override
    {
        bool ok = true;
        const qint64 contact = context().arguments.isEmpty() ? 0 : context().arguments.first().toLongLong(&ok);
        if (!ok || context().arguments.size() > 1)
            return failUsage(tr("Name one contact by its number, or none for the statistics."));
        if (contact == 0)
            return whenReady(context().services.devices.statistics(), this, [this](const auto& list) { showAll(list); });
        whenReady(context().services.devices.ofContact(contact), this, [this](const auto& list) { showAll(list); });
    }

private:
    template <typename T>
    void showAll(const Result<QList<T>>& list)
    {
        if (!list)
            return failWith(list.error());
        for (const T& one : *list)
            show(one);
        Q_EMIT finished(ExitCode::Done);
    }

    void show(const DeviceStatistic& one) const
    {
        console().result({{QStringLiteral("channel"), one.channel},
                          {QStringLiteral("platform"), one.platform},
                          {QStringLiteral("browser"), one.browser},
                          {QStringLiteral("in_use"), one.inUse},
                          {QStringLiteral("retired"), one.retired},
                          {QStringLiteral("reached"), one.reached},
                          {QStringLiteral("clicked"), one.clicked}},
                         tr("%1 %2 %3  %4 in use (%5 reached, %6 clicked within 30 days), %7 retired")
                             .arg(one.channel, -9)
                             .arg(orUnknown(one.platform), -9)
                             .arg(orUnknown(one.browser), -17)
                             .arg(one.inUse, 8)
                             .arg(one.reached)
                             .arg(one.clicked)
                             .arg(one.retired));
    }

    // The address is left out: whoever has it can send to the device.
    void show(const Device& one) const
    {
        const QString state = nameOf(one.address.state);
        console().result({{QStringLiteral("device"), one.address.id},
                          {QStringLiteral("channel"), one.address.channel},
                          {QStringLiteral("label"), one.info.label},
                          {QStringLiteral("platform"), one.info.platform},
                          {QStringLiteral("browser"), one.info.browser},
                          {QStringLiteral("state"), state},
                          {QStringLiteral("created_at"), one.createdAt},
                          {QStringLiteral("seen_at"), one.seenAt},
                          {QStringLiteral("sent_at"), one.sentAt},
                          {QStringLiteral("clicked_at"), one.clickedAt},
                          {QStringLiteral("retired_at"), one.retiredAt},
                          {QStringLiteral("retired_why"), one.retiredWhy}},
                         tr("%1  %2 %3 %4 %5  %6  seen %7  sent %8  %9")
                             .arg(one.address.id, 6)
                             .arg(one.address.channel, -9)
                             .arg(orUnknown(one.info.platform), -9)
                             .arg(orUnknown(one.info.browser), -9)
                             .arg(state, -8)
                             .arg(one.info.label, timeText(one.seenAt), timeText(one.sentAt), one.retiredWhy)
                             .trimmed());
    }
};

} // namespace

CommandSpec devicesCommand()
{
    return {"devices",
            "[CONTACT]",
            QT_TRANSLATE_NOOP("carillonctl", "Count the devices that get push messages, or list those of a contact."),
            false,
            false,
            {},
            [](const CommandContext& context) { return std::make_unique<DevicesCommand>(context); }};
}

} // namespace carillon
