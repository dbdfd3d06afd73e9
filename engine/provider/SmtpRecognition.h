// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/provider/Recognition.h"

namespace carillon {

// A mail server's address as programs write it, as the settings of an `smtp` account:
//
//     smtp://user:password@mail.example.org:587     STARTTLS; TLS on port 465; nothing on this machine
//     smtps://user:password@mail.example.org        TLS on port 465
//     mailtos://user:password@gmail.com?smtp=...    as Apprise has it (also mailto); the servers of great mail hosts are
//     known
//
// User name and password are percent-decoded; a password may also have its ':' and '@' as they are. Nothing when it is none
// of these.
std::optional<Recognised> recogniseSmtp(const QString& text);

} // namespace carillon
