// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/content/ContentReader.h"

#include "engine/store/AssetRepository.h"
#include "engine/store/BrandRepository.h"
#include "engine/store/TemplateRepository.h"
#include "engine/store/TopicRepository.h"

#include <QCoreApplication>
#include <QJsonArray>

#include <algorithm>

namespace carillon {

namespace {

Error noTopic()
{
    return {ErrorCode::NotFound, QCoreApplication::translate("Content", "There is no such topic."), QStringLiteral("topic")};
}

// A file that is named and not there is found out by the message that needs it.
void addAssets(Connection& connection, ContentSet& content)
{
    AssetRepository assets(connection);
    for (const Template& source : std::as_const(content.templates)) {
        for (const QJsonValue& attachment : source.settings.value(u"attachments").toArray()) {
            const QString hash = attachment.toObject().value(u"asset").toString();
            if (hash.isEmpty() || content.assets.contains(hash))
                continue;
            if (const std::optional<Asset> asset = assets.find(hash))
                content.assets.insert(hash, asset->data);
        }
    }
}

ContentSet assembled(Connection& connection, const Topic& topic, const QList<Template>& templates)
{
    ContentSet content;
    content.topic = topic;
    content.brand = BrandRepository(connection).find(topic.brandId).value_or(Brand());
    content.templates = templates;
    addAssets(connection, content);
    return content;
}

} // namespace

Result<ContentSet> contentOf(Connection& connection, qint64 topicId)
{
    const std::optional<Topic> topic = TopicRepository(connection).find(topicId);
    if (!topic)
        return fail(noTopic());
    return assembled(connection, *topic, TemplateRepository(connection).forTopic(*topic));
}

Result<ContentSet> contentOf(Connection& connection, const Campaign& campaign)
{
    if (campaign.state == CampaignState::Draft)
        return contentOf(connection, campaign.topicId);
    const std::optional<Topic> topic = TopicRepository(connection).find(campaign.topicId);
    if (!topic)
        return fail(noTopic());
    return assembled(connection, *topic, TemplateRepository(connection).pinned(campaign.id));
}

ContentSet contentOf(Connection& connection, const Topic& topic, const QList<Template>& ownTemplates,
                     const ContentSet* before)
{
    const bool known = before && before->topic.category == topic.category && before->topic.brandId == topic.brandId;
    ContentSet content;
    content.topic = topic;
    content.brand = known ? before->brand : BrandRepository(connection).find(topic.brandId).value_or(Brand());
    for (Template own : ownTemplates) {
        own.scope = TemplateScope::Topic;
        content.templates << own;
    }
    if (known) {
        std::copy_if(before->templates.begin(), before->templates.end(), std::back_inserter(content.templates),
                     [](const Template& source) { return source.scope != TemplateScope::Topic; });
        content.assets = before->assets;
    } else {
        content.templates << TemplateRepository(connection).sharedForCategory(topic.category);
    }
    addAssets(connection, content);
    return content;
}

void pinContent(Connection& connection, const Campaign& campaign)
{
    if (const std::optional<Topic> topic = TopicRepository(connection).find(campaign.topicId)) {
        TemplateRepository templates(connection);
        templates.pin(campaign.id, templates.forTopic(*topic));
    }
}

} // namespace carillon
