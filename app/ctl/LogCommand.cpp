// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ctl/Commands.h"
#include "engine/service/DeliveryService.h"

#include <QDateTime>
#include <QJsonDocument>

namespace carillon {

namespace {

constexpr int pageSize = 1000;

QJsonObject toJson(const LogEntry& entry)
{
    QJsonObject object{
        {QStringLiteral("seq"), entry.seq},
        {QStringLiteral("time"), QDateTime::fromMSecsSinceEpoch(entry.time, Qt::UTC).toString(Qt::ISODateWithMs)},
        {QStringLiteral("type"), entry.type},
        {QStringLiteral("actor"), entry.actor},
        {QStringLiteral("data"), entry.data}};
    const auto add = [&](const QString& key, qint64 id) {
        if (id != 0)
            object.insert(key, id);
    };
    add(QStringLiteral("campaign_id"), entry.campaignId);
    add(QStringLiteral("delivery_id"), entry.deliveryId);
    add(QStringLiteral("contact_id"), entry.contactId);
    add(QStringLiteral("account_id"), entry.accountId);
    if (!entry.channel.isEmpty())
        object.insert(QStringLiteral("channel"), entry.channel);
    return object;
}

QString toText(const LogEntry& entry)
{
    QString details;
    for (auto value = entry.data.begin(); value != entry.data.end(); ++value)
        details += u' ' + value.key() + u'=' + value.value().toVariant().toString().simplified();
    return QStringLiteral("%1 %2 %3%4")
        .arg(entry.seq)
        .arg(QDateTime::fromMSecsSinceEpoch(entry.time, Qt::UTC).toString(Qt::ISODateWithMs), entry.type, details);
}

// Prints the log, oldest first.
class LogCommand final : public Command {
public:
    using Command::Command;

    void start() override
    {
        m_filter.types = context().options.values(QStringLiteral("type"));
        if (!readNumber(QStringLiteral("campaign"), m_filter.campaignId)
            || !readNumber(QStringLiteral("delivery"), m_filter.deliveryId) || !readNumber(QStringLiteral("after"), m_after)
            || !readNumber(QStringLiteral("limit"), m_left))
            return;
        print();
    }

private:
    bool readNumber(const QString& option, qint64& number)
    {
        if (!context().options.isSet(option))
            return true;
        bool ok = false;
        number = context().options.value(option).toLongLong(&ok);
        if (ok && number >= 0)
            return true;
        failUsage(tr("--%1 needs a number.").arg(option));
        return false;
    }

    void print()
    {
        const int limit = int(qMin<qint64>(m_left, pageSize));
        whenReady(context().services.deliveries.log(m_after, m_filter, limit), this,
                  [this, limit](const Result<QList<LogEntry>>& entries) {
                      if (!entries)
                          return failWith(entries.error());
                      for (const LogEntry& entry : *entries)
                          console().result(toJson(entry), toText(entry));
                      m_left -= entries->size();
                      if (entries->size() < limit || m_left <= 0)
                          return void(Q_EMIT finished(ExitCode::Done));
                      m_after = entries->last().seq;
                      print();
                  });
    }

    LogFilter m_filter;
    qint64 m_after = 0;
    qint64 m_left = std::numeric_limits<qint64>::max();
};

} // namespace

CommandSpec logCommand()
{
    return {
        "log",
        "",
        QT_TRANSLATE_NOOP("carillonctl", "Print the log: what happened to every delivery, and who did what."),
        false,
        false,
        {{QStringLiteral("after"), Command::tr("Only entries after this number."), Command::tr("seq")},
         {QStringLiteral("type"),
          Command::tr("Only entries of this type, for example delivery.failed or campaign.*; may be given several times."),
          Command::tr("type")},
         {QStringLiteral("campaign"), Command::tr("Only entries of this campaign."), Command::tr("id")},
         {QStringLiteral("delivery"), Command::tr("Only entries of this delivery."), Command::tr("id")},
         {QStringLiteral("limit"), Command::tr("At most this many."), Command::tr("number")}},
        [](const CommandContext& context) { return std::make_unique<LogCommand>(context); }};
}

} // namespace carillon
