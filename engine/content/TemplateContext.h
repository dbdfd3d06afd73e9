// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/liquid/Value.h"
#include "engine/model/Contact.h"
#include "engine/model/Topic.h"

namespace carillon {

// What templates see as variables: the part that is the same for every contact, made once. Immutable, thread-safe.
class TemplateContext {
public:
    TemplateContext(const Topic& topic, const Brand& brand, const QJsonObject& data);

    // The root object for one message.
    liquid::Value forContact(const Contact& contact, const QString& channel, const QString& address,
                             const QString& messageId, const QString& unsubscribeUrl) const;

private:
    liquid::Value m_data;
    liquid::Value m_topic;
    liquid::Value m_brand;
};

} // namespace carillon
