// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/provider/DkimSigner.h"
#include "engine/provider/Provider.h"

namespace carillon {

// The part of an account's form that is about DKIM: the domain, and a selector and a private key (PEM, secret) each for RSA
// and Ed25519.
QList<ProviderField> dkimFields();

// The signer of an account; null when its DKIM fields are empty. Errors name the field: a selector without a key
// (NeedsSecret), a key without a selector or domain, a key that cannot be used.
Result<std::shared_ptr<const DkimSigner>> parseDkim(const AccountConfig& config);

} // namespace carillon
