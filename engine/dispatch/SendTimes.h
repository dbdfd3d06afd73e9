// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/dispatch/WallClock.h"
#include "engine/model/Topic.h"

#include <QHash>

#include <optional>

namespace carillon {

// What a contact says about its time; see Contact.
struct ContactTime {
    QString zone;
    QString quietHours;

    friend bool operator==(const ContactTime&, const ContactTime&) = default;
};

// When the deliveries of one campaign, or of a topic's triggers, may go out: by the send window, by quiet hours, and by the
// contact's own clock. Planning gives each delivery its hour by it, and sending asks once more, for what comes late.
//
// Quiet hours are the contact's, else the topic's. Of a topic that is not marketing they hold only when the topic itself has
// some. A contact without a (known) time zone has the schedule's, else the brand's, else UTC.
//
// Keeps what it has looked up, so one serves a whole campaign: some hundred nanoseconds a contact. Not thread-safe.
class SendTimes {
public:
    // A start is not late before this: a timer, a busy disk, a page of planning.
    static constexpr qint64 GraceMs = 120'000;

    SendTimes(const Schedule& schedule, const Topic& topic, const QString& brandZone);

    // Whose time has to be known; nobody reads contacts for a campaign that may always go.
    enum class Asks { Nobody, WhoHasQuietHours, Everybody };
    Asks asks() const { return m_asks; }

    // The earliest moment at or after `at`; nothing when window and quiet hours leave none.
    std::optional<qint64> earliest(qint64 at, const ContactTime& contact);
    // The same without regard to any contact: when the window is open for those without a zone.
    std::optional<qint64> windowOpens(qint64 at) { return earliest(at, {{}, QStringLiteral("none")}); }

    // When a delivery planned now is due, and when it expires (0: never); or the reason for which there is none.
    struct Due {
        qint64 at = 0;
        qint64 expiresAt = 0;
        QString leftOut; // LeftOutReason
    };
    Due due(qint64 now, const ContactTime& contact);

    // Whether the contacts' own quiet hours count.
    static bool heedsContacts(const Topic& topic) { return topic.category == Category::Marketing || topic.rules.quietHours; }
    // When a campaign by the contacts' clocks has its first and its last hour, on all the earth.
    static qint64 firstHour(qint64 wall) { return wall - 14 * 3'600'000LL; }
    static qint64 lastHour(qint64 wall) { return wall + 12 * 3'600'000LL; }

private:
    const WallClock& clockOf(const QString& zone);
    std::optional<DayPart> quietHoursOf(const QString& text);
    std::optional<qint64> openFrom(qint64 at, const WallClock& clock) const;

    Schedule m_schedule;
    qint64 m_lifetimeMs;
    std::optional<qint64> m_hour; // wall time, of a campaign by the contacts' clocks
    std::optional<DayPart> m_quietHours; // the topic's
    bool m_heedsContacts; // their own quiet hours
    Asks m_asks;
    WallClock m_usual; // of contacts without a zone
    WallClock m_windowClock; // when the window has a zone of its own
    QHash<QString, WallClock> m_clocks; // bounded, as are these:
    QHash<QString, std::optional<DayPart>> m_parts;
};

} // namespace carillon
