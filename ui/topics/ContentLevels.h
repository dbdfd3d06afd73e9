// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/service/TopicService.h"

namespace carillon::ui {

// Where the content of a topic comes from on the channels that it goes out through and has nothing of its own for, one
// sentence each: "SMS: what the category Transactional says". Empty when it has content for all of them. `accounts` are
// those that its routes name, `category` what any category says.
QStringList borrowedContent(const TopicDetail& topic, const QList<Account>& accounts, const QList<Template>& category);

} // namespace carillon::ui
