// SPDX-License-Identifier: GPL-3.0-or-later
// What a client has subscribed to, and how the feed's entries come to it: the streaming half of SocketSession.
#include "engine/realtime/SocketSession.h"
#include "engine/security/InboxToken.h"

#include <utility>

namespace carillon {

void SocketSession::subscribe(const protocol::Command& command)
{
    const std::optional<SocketSubscriptions::Refusal> refused = m_subscriptions.add(command.body, inboxHolder(*m_claims));
    if (refused)
        return refuse(command, refused->code, refused->message);
    send(protocol::frame(protocol::reply(command.id)));
    stream();
}

void SocketSession::unsubscribe(const protocol::Command& command)
{
    const std::optional<SocketSubscriptions::Refusal> refused = m_subscriptions.remove(command.body, inboxHolder(*m_claims));
    if (refused)
        return refuse(command, refused->code, refused->message);
    send(protocol::frame(protocol::reply(command.id)));
    stream();
}

// Makes the feed follow the filters. The stream begins with the first subscription.
void SocketSession::stream()
{
    const bool wanted = std::exchange(m_wantsStats, m_subscriptions.haveStats());
    if (m_wantsStats && !wanted)
        offerStats();
    if (m_feed) {
        m_feed->setFilters(m_subscriptions.filters());
        return;
    }
    m_feed = m_server.m_feed.subscribe(m_subscriptions.filters(), m_from);
    connect(m_feed.get(), &FeedSubscription::entries, this, &SocketSession::onEntries);
    connect(m_feed.get(), &FeedSubscription::cut, this, &SocketSession::onCut);
    more();
}

void SocketSession::onEntries(const QList<LogEntry>& entries)
{
    send(m_server.block(m_subscriptions.filters(), entries));
    more();
}

// Asks the feed for more unless too much waits already.
void SocketSession::more()
{
    if (m_feed && m_state == State::Open && !m_outlet.isStalled())
        m_feed->next();
}

void SocketSession::onDrained()
{
    if (m_statsDue)
        offerStats();
    more();
}

void SocketSession::onCut(qint64 from, qint64 to)
{
    push({{QStringLiteral("op"), QStringLiteral("gap")},
          {QStringLiteral("from"), from + 1},
          {QStringLiteral("to"), to},
          {QStringLiteral("reason"), QStringLiteral("overflow")}});
    m_feed.release()->deleteLater(); // it is speaking
    m_from = to;
    stream();
}

void SocketSession::offerStats()
{
    m_statsDue = m_wantsStats && m_outlet.isStalled();
    if (m_wantsStats && !m_statsDue && !m_server.m_statsFrame.isEmpty())
        send(m_server.m_statsFrame);
}

} // namespace carillon
