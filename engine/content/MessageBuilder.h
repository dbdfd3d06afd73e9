// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Result.h"
#include "engine/content/ContentSet.h"
#include "engine/model/Contact.h"
#include "engine/model/Delivery.h"
#include "engine/model/Message.h"
#include "engine/model/MessageFacts.h"

#include <map>

namespace carillon {

// The parts of a template as one contact's data filled them: UTF-8.
using RenderedParts = std::map<QString, std::string>;

// What one message is made of.
struct BuildInput {
    const ContentSet& content;
    const Template& source; // its settings say how; its channel may be a more general one than the delivery's ("chat")
    RenderedParts parts;
    const Delivery& delivery;
    const Contact& contact;
    qint64 now = 0; // UTC milliseconds
    QString unsubscribeUrl; // empty: none
    MessageFacts* facts = nullptr; // filled when given, even when there is no message
};

// The message that a channel carries, made of rendered parts: the one door to the builders. An error names the part, not
// the contact: contacts that fail alike have the same sentence. The same input gives the same bytes.
Result<Message> buildMessage(BuildInput input);

// The text part of a mail that has none of its own: made from its HTML; empty when there is no need for one.
std::string derivedText(const QString& channel, const RenderedParts& parts);

} // namespace carillon
