// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/dispatch/SendTimes.h"
#include "engine/model/Campaign.h"
#include "engine/model/Delivery.h"
#include "engine/model/Topic.h"

#include <QHash>
#include <QSet>

#include <memory>

namespace carillon {

class Connection;
class CompiledContent;
struct ContentSet;

// One way a topic can reach a contact: an enabled account.
struct PlanRoute {
    qint64 accountId = 0;
    QString accountName;
    QString channel;
    QString destination; // fixed; empty: the contact's addresses on the channel
    int position = 0; // among the topic's routes
};

// Everything that decides who gets a campaign, read in one moment.
struct PlanSource {
    Campaign campaign;
    Topic topic;
    QList<PlanRoute> routes; // in fallback order
    std::shared_ptr<const CompiledContent> content; // who has content on a channel is asked of it, as sending does
    QHash<qint64, QString> onlyAddress; // by contact, those that are to be reached at one address only: its addressKey()
    QString brandZone;
    std::optional<FrequencyCap> cap; // of the topic's category
};

Result<PlanSource> readPlanSource(Connection& connection, const Campaign& campaign);
// The same with content and routes that are not stored (yet).
PlanSource planSourceOf(Connection& connection, const Campaign& campaign, const ContentSet& content,
                        const QList<Route>& routes);
PlanSource planSourceOf(Connection& connection, const Campaign& campaign,
                        const std::shared_ptr<const CompiledContent>& content, const QList<Route>& routes);

struct PlannedPage {
    QList<Delivery> deliveries;
    QList<LeftOut> leftOut;
    qint64 contacts = 0;
    qint64 lastContactId = 0;
    bool end = false; // nobody comes after these
};

// Decides for each contact of an audience what it gets, page by page in the order of contact ids, and writes nothing: the
// dry run counts these pages, planning inserts them. So both say the same.
//
// Routes are tried in order; the first on which there is content for the contact and the contact has a usable address makes
// one delivery per usable address. A contact whom no route reaches is left out once, for the reason that the first route
// gives. Whom a route reaches may still have had enough (a frequency cap), or no hour left (SendTimes, which also says when
// what is planned is due).
//
// Of several contacts with the same active address the first in the audience gets the message; this looks at the address
// alone, also when that contact is reached by an earlier route.
class Planner {
public:
    explicit Planner(PlanSource source)
        : m_source(std::move(source))
        , m_times(m_source.campaign.schedule, m_source.topic, m_source.brandZone)
    {
    }

    // Throws SqlFailure, as everything that runs on a Connection does.
    PlannedPage page(Connection& connection, qint64 afterContactId, int limit, qint64 now);

private:
    struct Reach {
        QStringList addresses; // usable
        QString reason; // when there is none
    };
    using ReachByContact = QHash<qint64, Reach>;

    QSet<qint64> withoutContent(Connection& connection, const PlanRoute& route, const QList<qint64>& contacts) const;
    ReachByContact reachOn(Connection& connection, const PlanRoute& route, const QList<qint64>& contacts);
    ReachByContact reachByAddress(Connection& connection, const PlanRoute& route, const QList<qint64>& contacts) const;
    Reach reachFixed(Connection& connection, const PlanRoute& route);
    // What the contacts of a page have beside their addresses.
    struct Standing {
        QHash<qint64, ContactTime> times;
        QSet<qint64> capped;
    };
    Standing standingOf(Connection& connection, const QList<qint64>& contacts, qint64 now) const;
    void plan(qint64 contactId, const QList<ReachByContact>& reach, const Standing& standing, qint64 now, PlannedPage& page);
    Delivery deliveryTo(qint64 contactId, const PlanRoute& route, const QString& address, const SendTimes::Due& due,
                        qint64 now) const;

    PlanSource m_source;
    SendTimes m_times;
    QSet<QString> m_fixedDone; // fixed destinations that have their delivery; as many as routes at the most
};

} // namespace carillon
