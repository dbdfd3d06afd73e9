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

// That every part compiles with the snippets there are, and that the brand and the files that it names exist. A snippet is
// tried in every way that parts are written.
Status checkTemplateContent(Connection& connection, const Template& content);

} // namespace carillon
