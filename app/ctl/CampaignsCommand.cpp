// SPDX-License-Identifier: GPL-3.0-or-later
// campaigns, missed: what there is, and whom it missed.
#include "app/ctl/Commands.h"
#include "engine/model/Names.h"
#include "engine/service/CampaignService.h"

#include <QDateTime>

namespace carillon {

namespace {

constexpr int pageSize = 100;

QString timeText(qint64 time)
{
    return QDateTime::fromMSecsSinceEpoch(time, Qt::UTC).toString(Qt::ISODate);
}

// Lists campaigns, newest first, with progress and forecast.
class CampaignsCommand final : public Command {
public:
    using Command::Command;

    void start() override { next(); }

private:
    void next()
    {
        whenReady(context().services.campaigns.page({}, {m_offset, pageSize}), this,
                  [this](const Result<Page<CampaignSummary>>& page) {
                      if (!page)
                          return failWith(page.error());
                      m_rows = page->rows;
                      m_offset += m_rows.size();
                      m_last = m_rows.size() < pageSize;
                      print();
                  });
    }

    void print()
    {
        if (m_rows.isEmpty() && m_last)
            return void(Q_EMIT finished(ExitCode::Done));
        if (m_rows.isEmpty())
            return next();
        const CampaignSummary summary = m_rows.takeFirst();
        whenReady(context().services.campaigns.forecast(summary.campaign.id), this,
                  [this, summary](const Result<CampaignForecast>& forecast) {
                      if (!forecast)
                          return failWith(forecast.error());
                      show(summary, *forecast);
                      print();
                  });
    }

    void show(const CampaignSummary& summary, const CampaignForecast& forecast) const
    {
        qint64 over = 0;
        QJsonObject counts;
        for (auto count = summary.counts.cbegin(); count != summary.counts.cend(); ++count) {
            counts.insert(nameOf(count.key()), count.value());
            over += isFinal(count.key()) ? count.value() : 0;
        }
        const QString state = nameOf(summary.campaign.state);
        QString text = tr("%1  %2  %3 of %4  %5")
                           .arg(summary.campaign.id, 6)
                           .arg(state, -10)
                           .arg(over)
                           .arg(summary.total)
                           .arg(summary.campaign.name);
        if (summary.campaign.state == CampaignState::Scheduled && summary.campaign.scheduledAt != 0)
            text += tr("  goes out %1").arg(timeText(summary.campaign.scheduledAt));
        if (!forecast.limitedBy.isEmpty())
            text += QStringLiteral("  ") + forecast.limitedBy;
        if (forecast.endsAt != 0)
            text += forecast.endsOutsideWindow ? tr("  ends %1, outside its window").arg(timeText(forecast.endsAt))
                                               : tr("  ends %1").arg(timeText(forecast.endsAt));
        console().result({{QStringLiteral("campaign"), summary.campaign.id},
                          {QStringLiteral("name"), summary.campaign.name},
                          {QStringLiteral("state"), state},
                          {QStringLiteral("scheduled_at"), summary.campaign.scheduledAt},
                          {QStringLiteral("series"), summary.campaign.origin.seriesId},
                          {QStringLiteral("pause_reason"), summary.campaign.pauseReason},
                          {QStringLiteral("canary"), summary.campaign.canary},
                          {QStringLiteral("deliveries"), summary.total},
                          {QStringLiteral("counts"), counts},
                          {QStringLiteral("remaining"), forecast.remaining},
                          {QStringLiteral("limited_by"), forecast.limitedBy},
                          {QStringLiteral("ends_at"), forecast.endsAt},
                          {QStringLiteral("ends_outside_window"), forecast.endsOutsideWindow}},
                         text);
    }

    QList<CampaignSummary> m_rows;
    qint64 m_offset = 0;
    bool m_last = false;
};

// Says whom a campaign missed, in groups; --send makes a draft for all of them, or for those of --group.
class MissedCommand final : public Command {
public:
    using Command::Command;

    void start() override
    {
        bool ok = false;
        m_campaign = context().arguments.value(0).toLongLong(&ok);
        if (!ok || context().arguments.size() != 1)
            return failUsage(tr("Name one campaign by its number. carillonctl campaigns lists them."));
        whenReady(context().services.campaigns.missed(m_campaign), this, [this](const Result<QList<MissedGroup>>& groups) {
            if (!groups)
                return failWith(groups.error());
            take(*groups);
        });
    }

private:
    void take(const QList<MissedGroup>& groups)
    {
        MissedAudience missed{m_campaign, {}, {}};
        const QStringList wanted = context().options.values(QStringLiteral("group"));
        for (const MissedGroup& group : groups) {
            const QString name = group.state ? nameOf(*group.state) : group.reason;
            if (!context().options.isSet(QStringLiteral("send")))
                console().result({{QStringLiteral("group"), name}, {QStringLiteral("contacts"), group.contacts}},
                                 QStringLiteral("%1  %2: %3").arg(group.contacts, 8).arg(name, group.sentence));
            if (!wanted.isEmpty() && !wanted.contains(name))
                continue;
            if (group.state)
                missed.states << *group.state;
            else
                missed.reasons << group.reason;
        }
        if (!context().options.isSet(QStringLiteral("send")))
            return void(Q_EMIT finished(ExitCode::Done));
        if (groups.isEmpty())
            return failWith({ErrorCode::Conflict, tr("This campaign missed nobody."), {}});
        whenReady(context().services.campaigns.sendToMissed(context().caller, missed), this,
                  [this](const Result<qint64>& id) {
                      if (!id)
                          return failWith(id.error());
                      console().result({{QStringLiteral("campaign"), *id}},
                                       tr("Campaign %1 is a draft for them. Send it with: carillonctl send %1").arg(*id));
                      Q_EMIT finished(ExitCode::Done);
                  });
    }

    qint64 m_campaign = 0;
};

} // namespace

CommandSpec campaignsCommand()
{
    return {
        "campaigns", "", QT_TRANSLATE_NOOP("carillonctl", "List campaigns with their state, progress and forecast."), false,
        false,       {}, [](const CommandContext& context) { return std::make_unique<CampaignsCommand>(context); }};
}

CommandSpec missedCommand()
{
    return {"missed",
            "CAMPAIGN",
            QT_TRANSLATE_NOOP("carillonctl", "Say whom a campaign missed, and make a campaign for them."),
            false,
            false,
            {{QStringLiteral("send"), Command::tr("Make a draft for them.")},
             {QStringLiteral("group"), Command::tr("Only this group, as the list names it; may be given several times."),
              Command::tr("name")}},
            [](const CommandContext& context) { return std::make_unique<MissedCommand>(context); }};
}

} // namespace carillon
