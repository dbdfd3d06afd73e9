// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/liquid/Escape.h"

#include <QJsonObject>
#include <QStringList>

namespace carillon {

// What a template can use and how its parts are put out, by channel (see Template in engine/model/Topic.h).

// How data is escaped in a part: HTML in the HTML of mail, JSON in the body of a webhook, one line in a subject. `settings`
// are the template's.
liquid::Escape escapeFor(const QString& channel, const QString& part, const QJsonObject& settings = {});

// The members of a root variable that every template sees ("topic" -> "key", "name"); for "contact" its attributes come to
// these. Empty: the variable holds a value of its own, or (data) whatever the campaign gives.
QStringList membersOf(const QString& rootVariable);

// "contact", "data", "topic", "brand", "unsubscribe_url", "message_id".
QStringList rootVariables();

} // namespace carillon
