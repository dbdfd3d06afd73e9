// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/provider/TokenAuth.h"

#include "engine/provider/AuthKinds.h"

namespace carillon {

void TokenAuth::put(const AccessToken& token, OutboundRequest& request, QList<Secret>& sensitive)
{
    addSecretHeader(request, "Authorization", "Bearer " + token.value.reveal(), sensitive);
    sensitive << token.value; // also where it is repeated without the word before it
}

} // namespace carillon
