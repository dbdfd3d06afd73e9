// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/Campaign.h"
#include "engine/model/Delivery.h"
#include "ui/widgets/Theme.h"

#include <QString>

namespace carillon::ui {

// How values are said to people: in the language and notation of the system, in local time.

QString countText(qint64 count); // "8,214"
QString contactsText(qint64 count); // "1 contact", "8,214 contacts"
QString rateText(double perSecond); // "1,204/s", "0.4/s"
QString percentText(double part, double whole); // "82 %"; "–" of nothing
QString timeText(qint64 time); // "14:02:51" today, "20 Nov 14:02" this year, else with the year; "–" for 0
QString agoText(qint64 time, qint64 now); // "just now", "5 min ago", "3 h ago", then timeText
QString momentText(qint64 time, qint64 now); // of what is to come: "14:02" today, "Tue 03:40" this week, else "12 Jan 03:40"
QString durationText(qint64 ms); // "about 4 min"
QString paceText(double perMinute); // "14/s"; below one a second "12/min"

QString titleOf(DeliveryState state); // "Retrying"
QString titleOf(CampaignState state); // "Awaiting approval"
QString channelTitle(const QString& channel); // "Email"
// One line for an entry of the log: "Sent: 250 2.0.0 Ok (attempt 1)".
QString typeTitle(const QString& logType); // "delivery.sent" -> "Sent"

Tone toneOf(DeliveryState state);
Tone toneOf(CampaignState state);
Tone toneOfType(const QString& logType);

} // namespace carillon::ui
