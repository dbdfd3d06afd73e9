// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ctl/Commands.h"
#include "app/ctl/InputFile.h"
#include "engine/base/Clock.h"
#include "engine/base/Json.h"
#include "engine/model/EmailAddress.h"
#include "engine/model/Names.h"
#include "engine/service/DeliveryService.h"
#include "engine/service/TriggerService.h"

#include <QDateTime>

namespace carillon {

namespace {

constexpr qint64 lookMs = 100;
constexpr qint64 longestWaitMs = 60'000; // what is due later is not waited for

// What --to says: JSON, an address as "channel:value" or of mail, else an external id.
Result<QJsonObject> recipientOf(const QString& text)
{
    if (text.startsWith(u'{'))
        return parseJsonObject(text.toUtf8());
    const qsizetype colon = text.indexOf(u':');
    if (colon > 0)
        return QJsonObject{{QStringLiteral("channel"), text.left(colon)}, {QStringLiteral("address"), text.mid(colon + 1)}};
    if (text.contains(u'@'))
        return QJsonObject{{QStringLiteral("channel"), QStringLiteral("email")}, {QStringLiteral("address"), text}};
    return QJsonObject{{QStringLiteral("external_id"), text}};
}

// Sends a topic to named recipients, and waits until each of its deliveries has its outcome.
class TriggerCommand final : public Command {
public:
    using Command::Command;

    void start() override
    {
        if (context().arguments.size() != 1 || !context().options.isSet(QStringLiteral("to")))
            return failUsage(tr("trigger needs a topic and who gets it: carillonctl trigger TOPIC --to WHO [--to WHO]... "
                                "[--data JSON]"));
        const Result<TriggerRequest> request = requestOfOptions();
        if (!request)
            return failWith(request.error());
        whenReady(context().services.triggers.trigger(context().caller, *request), this,
                  [this](const Result<TriggerAnswer>& answer) {
                      if (!answer)
                          return failWith(answer.error());
                      report(*answer);
                      wait();
                  });
    }

    void stop() override
    {
        console().note(tr("\nStopped. What waits goes out while an engine runs: carillonctl serve, or the window."));
        Q_EMIT finished(ExitCode::Incomplete);
    }

private:
    Result<TriggerRequest> requestOfOptions() const
    {
        QJsonArray to;
        for (const QString& text : context().options.values(QStringLiteral("to"))) {
            const Result<QJsonObject> recipient = recipientOf(text);
            if (!recipient)
                return fail(ErrorCode::InvalidInput, u"--to %1: %2"_qs.arg(text, recipient.error().message),
                            QStringLiteral("to"));
            to << *recipient;
        }
        const Result<QJsonObject> data = dataFromOptions(context().options);
        if (!data)
            return fail(data.error());
        return TriggerService::parse(
            {{QStringLiteral("topic"), context().arguments.first()},
             {QStringLiteral("to"), to},
             {QStringLiteral("data"), *data},
             {QStringLiteral("idempotency_key"), context().options.value(QStringLiteral("idempotency-key"))}});
    }

    void report(const TriggerAnswer& answer)
    {
        qsizetype made = 0;
        QString leftOut;
        for (const TriggerAnswer::Recipient& recipient : answer.recipients) {
            made += recipient.deliveryIds.size();
            if (!context().options.isSet(QStringLiteral("no-wait")))
                m_open << recipient.deliveryIds;
            if (recipient.leftOut.isEmpty())
                continue;
            m_incomplete = true;
            leftOut += tr("\n  contact %1 is left out: %2")
                           .arg(recipient.contactId)
                           .arg(LeftOutReason::sentence(recipient.leftOut));
        }
        QString text = tr("Trigger %1, deliveries: %2").arg(answer.triggerId).arg(made);
        if (answer.replayed)
            text += tr(" (carried out before, under the same key)");
        console().result(answer.toJson(), text + leftOut);
    }

    // Until each of the deliveries has its outcome, or is due much later.
    void wait()
    {
        if (m_open.isEmpty())
            return (void)Q_EMIT finished(m_incomplete ? ExitCode::Incomplete : ExitCode::Done);
        whenReady(context().services.deliveries.get(m_open.first()), this, [this](const Result<DeliveryDetail>& detail) {
            if (!detail)
                return failWith(detail.error());
            const Delivery& delivery = detail->row.delivery;
            if (!isFinal(delivery.state) && delivery.dueAt < context().clock.now() + longestWaitMs) {
                context().clock.after(lookMs, this, [this] { wait(); });
                return;
            }
            report(delivery);
            m_open.removeFirst();
            wait();
        });
    }

    void report(const Delivery& delivery)
    {
        const QString address = shownAddress(delivery.channel, delivery.address);
        QString text = tr("  delivery %1 to %2: %3").arg(delivery.id).arg(address, nameOf(delivery.state));
        QJsonObject object{{QStringLiteral("delivery"), delivery.id},
                           {QStringLiteral("channel"), delivery.channel},
                           {QStringLiteral("address"), address},
                           {QStringLiteral("state"), nameOf(delivery.state)}};
        if (!delivery.lastError.isEmpty()) {
            object.insert(u"error", delivery.lastError);
            text += u" (%1)"_qs.arg(delivery.lastError);
        }
        if (!isFinal(delivery.state)) {
            const QString due = QDateTime::fromMSecsSinceEpoch(delivery.dueAt, Qt::UTC).toString(Qt::ISODateWithMs);
            object.insert(u"due_at", due);
            text += tr(", due at %1").arg(due);
        }
        m_incomplete |= delivery.state != DeliveryState::Sent && delivery.state != DeliveryState::Delivered;
        console().result(object, text);
    }

    bool m_incomplete = false;
    QList<qint64> m_open; // deliveries that are waited for
};

// Notes down what a contact did with a delivery.
class EngagedCommand final : public Command {
public:
    using Command::Command;

    void start() override
    {
        bool ok = false;
        const qint64 id = context().arguments.value(0).toLongLong(&ok);
        if (!ok || context().arguments.size() != 2)
            return failUsage(tr("engaged needs the number of a delivery and what the contact did: carillonctl engaged 981 "
                                "read"));
        const QString kind = context().arguments.at(1);
        whenReady(context().services.deliveries.engaged(context().caller, id, kind), this,
                  [this, id, kind](const Status& done) {
                      if (!done)
                          return failWith(done.error());
                      console().result({{QStringLiteral("delivery"), id}, {QStringLiteral("kind"), kind}},
                                       tr("Delivery %1: %2").arg(id).arg(kind));
                      Q_EMIT finished(ExitCode::Done);
                  });
    }
};

} // namespace

CommandSpec triggerCommand()
{
    return {"trigger",
            "TOPIC",
            QT_TRANSLATE_NOOP("carillonctl", "Send a topic to named recipients now."),
            true,
            false,
            {{QStringLiteral("to"),
              Command::tr(
                  "An external id, a mail address, CHANNEL:ADDRESS, or a recipient as JSON; may be given several times."),
              Command::tr("who")},
             {QStringLiteral("data"), Command::tr("What templates see as data: JSON, or a file."), Command::tr("json")},
             {QStringLiteral("idempotency-key"),
              Command::tr("Carry it out once, however often it is asked with this key within a day."), Command::tr("key")},
             {QStringLiteral("no-wait"), Command::tr("Do not wait for what comes of each delivery.")}},
            [](const CommandContext& context) { return std::make_unique<TriggerCommand>(context); }};
}

CommandSpec engagedCommand()
{
    return {"engaged",
            "DELIVERY KIND",
            QT_TRANSLATE_NOOP("carillonctl", "Note that a contact has opened, read, clicked or replied."),
            false,
            false,
            {},
            [](const CommandContext& context) { return std::make_unique<EngagedCommand>(context); }};
}

} // namespace carillon
