// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/provider/SmtpProvider.h"

#include "engine/provider/SmtpRecognition.h"
#include "engine/provider/SmtpSender.h"
#include "engine/provider/SmtpTls.h"

namespace carillon {

SmtpProvider::SmtpProvider(Clock& clock)
    : m_clock(clock)
    , m_description(smtpDescription())
{
}

Status SmtpProvider::check(const AccountConfig& config) const
{
    const Result<SmtpSettings> settings = parseSmtpSettings(config);
    if (!settings)
        return fail(settings.error());
    if (const Result<QSslConfiguration> tls = smtpTlsConfiguration(*settings); !tls)
        return fail(tls.error());
    return {};
}

std::optional<Recognised> SmtpProvider::recognise(const QString& text) const
{
    return recogniseSmtp(text);
}

std::unique_ptr<Sender> SmtpProvider::makeSender(const AccountConfig& config) const
{
    return std::make_unique<SmtpSender>(parseSmtpSettings(config), m_clock);
}

} // namespace carillon
