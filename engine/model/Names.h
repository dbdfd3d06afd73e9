// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/Campaign.h"
#include "engine/model/Contact.h"
#include "engine/model/Delivery.h"
#include "engine/model/Message.h"
#include "engine/model/Topic.h"

#include <optional>

namespace carillon {

// The stable lower-case names of the enumerations: in the database, the API, the log and on the command line.
QString nameOf(DeliveryState state);
QString nameOf(CampaignState state);
QString nameOf(Category category);
QString nameOf(AddressState state);
QString nameOf(UncertainPolicy policy);
QString nameOf(OutcomeKind kind);
QString nameOf(TemplateScope scope);
QString nameOf(ScheduleKind kind);
QString nameOf(MissedPolicy policy);

// The value of a name; nothing when there is none of that name.
template <typename Enum>
std::optional<Enum> valueOf(const QString& name);

template <>
std::optional<DeliveryState> valueOf(const QString& name);
template <>
std::optional<CampaignState> valueOf(const QString& name);
template <>
std::optional<Category> valueOf(const QString& name);
template <>
std::optional<AddressState> valueOf(const QString& name);
template <>
std::optional<UncertainPolicy> valueOf(const QString& name);
template <>
std::optional<OutcomeKind> valueOf(const QString& name);
template <>
std::optional<TemplateScope> valueOf(const QString& name);
template <>
std::optional<ScheduleKind> valueOf(const QString& name);
template <>
std::optional<MissedPolicy> valueOf(const QString& name);

} // namespace carillon
