// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/provider/DeclarativeProvider.h"

#include "engine/provider/DeclarativeSender.h"

namespace carillon {

DeclarativeProvider::DeclarativeProvider(ProviderFile file, Clock& clock, std::shared_ptr<HttpTransport> transport)
    : m_file(std::make_shared<const ProviderFile>(std::move(file)))
    , m_clock(clock)
    , m_transport(std::move(transport))
{
}

Status DeclarativeProvider::check(const AccountConfig& config) const
{
    return m_file->request.check(RequestValues(config));
}

std::unique_ptr<Sender> DeclarativeProvider::makeSender(const AccountConfig& config) const
{
    return std::make_unique<DeclarativeSender>(m_file, config, m_clock, m_transport);
}

} // namespace carillon
