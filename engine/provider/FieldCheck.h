// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Result.h"
#include "engine/base/Secret.h"
#include "engine/provider/ProviderDescription.h"

namespace carillon {

// Checks one setting against its description; null, missing and "" are the same. InvalidInput names the field and what to
// do.
Status checkField(const ProviderField& field, const QJsonValue& value);

// The same for a secret. A required one that is missing is NeedsSecret; no error repeats anything of the value.
Status checkSecretField(const ProviderField& field, const Secret& value);

// Success when the text is a complete http or https address without user name or password.
Status checkHttpUrl(const QString& text, const QString& field);

} // namespace carillon
