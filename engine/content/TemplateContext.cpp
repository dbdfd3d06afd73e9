// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/content/TemplateContext.h"

#include "engine/content/ToLiquid.h"

#include <algorithm>

namespace carillon {

namespace {

using liquid::Object;
using liquid::Value;

// The address of the channel at hand when that is mail, else the contact's first one.
QString emailOf(const Contact& contact, const QString& channel, const QString& address)
{
    if (channel == QStringLiteral("email") && !address.isEmpty())
        return address;
    const auto found = std::find_if(contact.addresses.begin(), contact.addresses.end(),
                                    [](const Address& candidate) { return candidate.channel == QStringLiteral("email"); });
    return found == contact.addresses.end() ? QString() : found->value;
}

Value contactValue(const Contact& contact, const QString& email)
{
    std::vector<Object::Entry> entries;
    entries.reserve(std::size_t(contact.attributes.size()) + 6);
    const auto own = [&](const char* name, const QString& value) {
        if (!value.isEmpty())
            entries.emplace_back(name, toLiquid(value));
    };
    entries.emplace_back("id", std::int64_t(contact.id));
    own("external_id", contact.externalId);
    own("name", contact.name);
    own("locale", contact.locale);
    own("time_zone", contact.timeZone);
    own("email", email);
    const std::size_t ownCount = entries.size();
    for (auto it = contact.attributes.begin(); it != contact.attributes.end(); ++it) {
        std::string name = it.key().toStdString();
        const auto end = entries.begin() + std::ptrdiff_t(ownCount);
        if (std::none_of(entries.begin(), end, [&](const Object::Entry& entry) { return entry.first == name; }))
            entries.emplace_back(std::move(name), toLiquid(it.value()));
    }
    return Object(std::move(entries));
}

} // namespace

TemplateContext::TemplateContext(const Topic& topic, const Brand& brand, const QJsonObject& data)
    : m_data(toLiquid(QJsonValue(data)))
    , m_topic(Object({{"key", toLiquid(topic.key)}, {"name", toLiquid(topic.name)}}))
    , m_brand(Object({{"name", toLiquid(brand.name)},
                      {"from_name", toLiquid(brand.fromName)},
                      {"from_address", toLiquid(brand.fromAddress)},
                      {"postal_address", toLiquid(brand.postalAddress)},
                      {"public_url", toLiquid(brand.publicUrl)}}))
{
}

Value TemplateContext::forContact(const Contact& contact, const QString& channel, const QString& address,
                                  const QString& messageId, const QString& unsubscribeUrl) const
{
    std::vector<Object::Entry> entries;
    entries.reserve(6);
    entries.emplace_back("contact", contactValue(contact, emailOf(contact, channel, address)));
    entries.emplace_back("data", m_data);
    entries.emplace_back("topic", m_topic);
    entries.emplace_back("brand", m_brand);
    entries.emplace_back("unsubscribe_url", toLiquid(unsubscribeUrl));
    entries.emplace_back("message_id", toLiquid(messageId));
    return Object(std::move(entries));
}

} // namespace carillon
