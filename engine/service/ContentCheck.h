// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Result.h"
#include "engine/model/Topic.h"

namespace carillon {

class Connection;

// What content must be before it is kept. Errors name the field: the part for content that does not compile, with line and
// column, else "key", "channel", "locale", "brand", "settings", "parts".

// Where it stands, and its sizes; nothing of the database is needed.
Status checkTemplateForm(const Template& content);

// That every part compiles with the snippets that a topic of that brand sees, and that the brand and the files that it names
// exist.
Status checkTemplateContent(Connection& connection, const Template& content, qint64 brandId);

} // namespace carillon
