// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/LogFilter.h"
#include "engine/security/InboxToken.h"

#include <QJsonObject>

#include <optional>

namespace carillon {

// What one client of the socket wants to see: the filters of its subscribe and unsubscribe commands, bounded by
// protocol::MaxTypes. Who has the token of an inbox (`holder`) gets what happens there and nothing else, whatever it asks.
class SocketSubscriptions {
public:
    // Why nothing was changed, as the reply has it.
    struct Refusal {
        QString code;
        QString message;
    };

    // `body`: of the command, see SocketProtocol.h. Nothing: it was done.
    std::optional<Refusal> add(const QJsonObject& body, const std::optional<InboxHolder>& holder);
    // Without a filter the types are taken out of all subscriptions.
    std::optional<Refusal> remove(const QJsonObject& body, const std::optional<InboxHolder>& holder);

    const QList<LogFilter>& filters() const { return m_filters; }
    // Whether snapshots of the queue (protocol::StatsType) are among it.
    bool haveStats() const;

private:
    QList<LogFilter> m_filters;
};

} // namespace carillon
