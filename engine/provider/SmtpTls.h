// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/provider/SmtpSettings.h"

#include <QSslConfiguration>

namespace carillon {

// TLS 1.2 or later, sessions kept for reuse by tickets (RFC 5077, RFC 8446 4.6.1), the certificate checked against the
// system's authorities and those of the account's ca_file. Reads files. The error says what is wrong with ca_file, or that
// this machine's Qt has no TLS.
Result<QSslConfiguration> smtpTlsConfiguration(const SmtpSettings& settings);

} // namespace carillon
