// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/model/Names.h"

#include <array>
#include <utility>

namespace carillon {

namespace {

template <typename Enum, size_t N>
using Table = std::array<std::pair<Enum, const char16_t*>, N>;

constexpr Table<DeliveryState, 11> deliveryStates{{
    {DeliveryState::Queued, u"queued"},
    {DeliveryState::Sending, u"sending"},
    {DeliveryState::Retrying, u"retrying"},
    {DeliveryState::Sent, u"sent"},
    {DeliveryState::Delivered, u"delivered"},
    {DeliveryState::Failed, u"failed"},
    {DeliveryState::Bounced, u"bounced"},
    {DeliveryState::Uncertain, u"uncertain"},
    {DeliveryState::Suppressed, u"suppressed"},
    {DeliveryState::Expired, u"expired"},
    {DeliveryState::Cancelled, u"cancelled"},
}};

constexpr Table<CampaignState, 8> campaignStates{{
    {CampaignState::Draft, u"draft"},
    {CampaignState::AwaitingApproval, u"awaiting_approval"},
    {CampaignState::Scheduled, u"scheduled"},
    {CampaignState::Planning, u"planning"},
    {CampaignState::Sending, u"sending"},
    {CampaignState::Paused, u"paused"},
    {CampaignState::Finished, u"finished"},
    {CampaignState::Cancelled, u"cancelled"},
}};

constexpr Table<Category, 3> categories{{
    {Category::Transactional, u"transactional"},
    {Category::Marketing, u"marketing"},
    {Category::System, u"system"},
}};

constexpr Table<AddressState, 4> addressStates{{
    {AddressState::Active, u"active"},
    {AddressState::Unconfirmed, u"unconfirmed"},
    {AddressState::Disabled, u"disabled"},
    {AddressState::Bounced, u"bounced"},
}};

constexpr Table<UncertainPolicy, 2> uncertainPolicies{{
    {UncertainPolicy::Resend, u"resend"},
    {UncertainPolicy::Hold, u"hold"},
}};

constexpr Table<OutcomeKind, 6> outcomeKinds{{
    {OutcomeKind::Sent, u"sent"},
    {OutcomeKind::Retry, u"retry"},
    {OutcomeKind::Throttled, u"throttled"},
    {OutcomeKind::Refused, u"refused"},
    {OutcomeKind::ProviderDown, u"provider_down"},
    {OutcomeKind::Uncertain, u"uncertain"},
}};

constexpr Table<TemplateScope, 4> templateScopes{{
    {TemplateScope::Topic, u"topic"},
    {TemplateScope::Category, u"category"},
    {TemplateScope::Snippet, u"snippet"},
    {TemplateScope::Texts, u"texts"},
}};

constexpr Table<ScheduleKind, 3> scheduleKinds{{
    {ScheduleKind::At, u"at"},
    {ScheduleKind::ContactZone, u"contact_zone"},
    {ScheduleKind::Recurring, u"recurring"},
}};

constexpr Table<MissedPolicy, 3> missedPolicies{{
    {MissedPolicy::Ask, u"ask"},
    {MissedPolicy::Send, u"send"},
    {MissedPolicy::Skip, u"skip"},
}};

template <typename Enum, size_t N>
QString findName(const Table<Enum, N>& table, Enum value)
{
    for (const auto& [candidate, name] : table) {
        if (candidate == value)
            return QString::fromRawData(reinterpret_cast<const QChar*>(name),
                                        qsizetype(std::char_traits<char16_t>::length(name)));
    }
    return {};
}

template <typename Enum, size_t N>
std::optional<Enum> findValue(const Table<Enum, N>& table, const QString& name)
{
    for (const auto& [value, candidate] : table) {
        if (name == QStringView(candidate))
            return value;
    }
    return std::nullopt;
}

} // namespace

QString nameOf(DeliveryState state)
{
    return findName(deliveryStates, state);
}
QString nameOf(CampaignState state)
{
    return findName(campaignStates, state);
}
QString nameOf(Category category)
{
    return findName(categories, category);
}
QString nameOf(AddressState state)
{
    return findName(addressStates, state);
}
QString nameOf(UncertainPolicy policy)
{
    return findName(uncertainPolicies, policy);
}
QString nameOf(OutcomeKind kind)
{
    return findName(outcomeKinds, kind);
}
QString nameOf(TemplateScope scope)
{
    return findName(templateScopes, scope);
}
QString nameOf(ScheduleKind kind)
{
    return findName(scheduleKinds, kind);
}
QString nameOf(MissedPolicy policy)
{
    return findName(missedPolicies, policy);
}

template <>
std::optional<DeliveryState> valueOf(const QString& name)
{
    return findValue(deliveryStates, name);
}
template <>
std::optional<CampaignState> valueOf(const QString& name)
{
    return findValue(campaignStates, name);
}
template <>
std::optional<Category> valueOf(const QString& name)
{
    return findValue(categories, name);
}
template <>
std::optional<AddressState> valueOf(const QString& name)
{
    return findValue(addressStates, name);
}
template <>
std::optional<UncertainPolicy> valueOf(const QString& name)
{
    return findValue(uncertainPolicies, name);
}
template <>
std::optional<OutcomeKind> valueOf(const QString& name)
{
    return findValue(outcomeKinds, name);
}
template <>
std::optional<TemplateScope> valueOf(const QString& name)
{
    return findValue(templateScopes, name);
}

template <>
std::optional<ScheduleKind> valueOf(const QString& name)
{
    return findValue(scheduleKinds, name);
}

template <>
std::optional<MissedPolicy> valueOf(const QString& name)
{
    return findValue(missedPolicies, name);
}

} // namespace carillon
