// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/Schedule.h"
#include "ui/frame/Prompts.h"

#include <QtGlobal>

namespace carillon::ui {

// What is known of a campaign that somebody is about to send.
struct SendFacts {
    QString name;
    qint64 messages = 0; // that would be sent, were there none that fail
    qint64 failing = 0; // that cannot be made
    bool rehearsed = false; // all of them were looked at
    qint64 at = 0; // UTC milliseconds, of several hours the first; 0: now
    ScheduleKind kind = ScheduleKind::At;
};

// The question before a campaign is sent or scheduled: how many messages, how many cannot be made, and what can still be
// taken back. Where some cannot be made, not sending is the default answer.
Question sendQuestion(const SendFacts& facts);

} // namespace carillon::ui
