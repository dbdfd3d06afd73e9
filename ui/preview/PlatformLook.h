// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/preview/RichText.h"

namespace carillon::ui {

enum class Platform { Slack, Telegram, WhatsApp, Sms, Chat, Push, InApp };

// The colours in which a platform shows a message, so that it is known at a glance.
struct PlatformLook {
    RichLook rich;
    QColor ground; // behind the messages
    QColor groundEnd; // where the ground is a gradient: its lower end
    QColor bubble;
    QColor border; // of bubbles and dividers
    QColor name; // the sender's name
    QColor button;
    QColor buttonText;
    QColor primary; // of a button that is asked for first
    QColor danger;
    QColor raised; // placeholders of images
};

PlatformLook lookOf(Platform platform, bool dark);

} // namespace carillon::ui
