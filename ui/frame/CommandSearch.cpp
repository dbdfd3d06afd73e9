// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/frame/CommandSearch.h"

#include "engine/base/Future.h"
#include "engine/model/EmailAddress.h"
#include "engine/service/CampaignService.h"
#include "engine/service/ContactService.h"
#include "engine/service/TopicService.h"
#include "ui/widgets/Words.h"

namespace carillon::ui {

CommandSearch::CommandSearch(const Services& services, QObject* parent)
    : QObject(parent)
    , m_services(services)
{
}

void CommandSearch::search(const QString& text)
{
    searchTopics(text);
    searchCampaigns(text);
    searchContacts(text);
}

void CommandSearch::searchTopics(const QString& text)
{
    whenReady(m_services.topics.list(), this, [this, text](const Result<QList<TopicSummary>>& topics) {
        if (!topics) {
            Q_EMIT problem(topics.error());
            return;
        }
        QList<Command> commands;
        for (const TopicSummary& topic : *topics) {
            const QString title = u"%1 (%2)"_qs.arg(topic.topic.name, topic.topic.key);
            if (commands.size() < MostOfAKind && CommandPalette::rank(title, text) >= 0)
                commands.append(
                    {title, tr("Topic"), QStringLiteral("topics"), [this, id = topic.topic.id] { Q_EMIT openTopic(id); }});
        }
        Q_EMIT found(text, commands);
    });
}

void CommandSearch::searchCampaigns(const QString& text)
{
    const auto future = m_services.campaigns.page({text, {}}, {0, MostOfAKind});
    whenReady(future, this, [this, text](const Result<Page<CampaignSummary>>& page) {
        if (!page) {
            Q_EMIT problem(page.error());
            return;
        }
        QList<Command> commands;
        for (const CampaignSummary& summary : page->rows) {
            const QString detail = tr("Campaign, %1").arg(titleOf(summary.campaign.state).toLower());
            commands.append({summary.campaign.name, detail, QStringLiteral("campaigns"),
                             [this, id = summary.campaign.id] { Q_EMIT openCampaign(id); }});
        }
        Q_EMIT found(text, commands);
    });
}

void CommandSearch::searchContacts(const QString& text)
{
    const auto future = m_services.contacts.page({text, 0}, {0, MostOfAKind});
    whenReady(future, this, [this, text](const Result<Page<Contact>>& page) {
        if (!page) {
            Q_EMIT problem(page.error());
            return;
        }
        QList<Command> commands;
        for (const Contact& contact : page->rows) {
            const QString title = contact.name.isEmpty() ? contact.externalId : contact.name;
            const Address first = contact.addresses.value(0);
            const QString address = first.value.isEmpty() ? tr("Contact") : shownAddress(first.channel, first.value);
            commands.append(
                {title, address, QStringLiteral("contacts"), [this, id = contact.id] { Q_EMIT openContact(id); }});
        }
        Q_EMIT found(text, commands);
    });
}

} // namespace carillon::ui
