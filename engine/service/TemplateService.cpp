// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/service/TemplateService.h"

#include "engine/base/Clock.h"
#include "engine/content/SnippetLibrary.h"
#include "engine/model/Asset.h"
#include "engine/model/Names.h"
#include "engine/service/Audit.h"
#include "engine/service/ContentCheck.h"
#include "engine/store/AssetRepository.h"
#include "engine/store/Store.h"
#include "engine/store/TemplateRepository.h"
#include "engine/store/TopicRepository.h"

#include <QCoreApplication>

namespace carillon {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("TemplateService", text);
}

// What the log says of a template.
QJsonObject describe(const Template& content)
{
    QJsonObject object{{QStringLiteral("template_id"), content.id},
                       {QStringLiteral("scope"), nameOf(content.scope)},
                       {QStringLiteral("version"), content.version}};
    const auto add = [&](const QString& name, const QString& value) {
        if (!value.isEmpty())
            object.insert(name, value);
    };
    add(QStringLiteral("key"), content.key);
    add(QStringLiteral("channel"), content.channel);
    add(QStringLiteral("locale"), content.locale);
    add(QStringLiteral("variant"), content.variant);
    return object;
}

bool samePlace(const Template& a, const Template& b)
{
    return a.scope == b.scope && a.key == b.key && a.channel == b.channel && a.locale == b.locale && a.brandId == b.brandId
        && a.variant == b.variant;
}

// The template that is changed, and nothing else at the place where it is to stand.
Status checkFree(TemplateRepository& templates, const Template& content)
{
    if (content.id != 0) {
        const std::optional<Template> before = templates.find(content.id);
        if (!before || before->scope != content.scope)
            return fail(ErrorCode::NotFound, tr("This content does not exist any more."));
    }
    const std::optional<Template> there = templates.findSamePlace(content);
    if (there && there->id != content.id)
        return fail(ErrorCode::Conflict, tr("There is one of that name already, for that locale and brand."),
                    QStringLiteral("key"));
    return {};
}

// Where content stands, for people: "email of the topic order.sent", "the snippet footer".
QString placeOf(Connection& connection, const Template& content)
{
    switch (content.scope) {
    case TemplateScope::Topic: {
        const std::optional<Topic> topic = TopicRepository(connection).find(content.topicId);
        return tr("%1 of the topic %2").arg(content.channel, topic ? topic->key : QString());
    }
    case TemplateScope::Category: return tr("%1 of the category %2").arg(content.channel, content.key);
    case TemplateScope::Snippet: return tr("the snippet %1").arg(content.key);
    case TemplateScope::Texts: break;
    }
    return tr("the translations");
}

// Another one of the name, for some locale or brand, may stand in for a snippet.
Status checkUnused(Connection& connection, const Template& snippet)
{
    if (snippet.scope != TemplateScope::Snippet)
        return {};
    const QList<Template> all = TemplateRepository(connection).all();
    for (const Template& other : all) {
        if (other.scope == TemplateScope::Snippet && other.key == snippet.key && other.id != snippet.id)
            return {};
    }
    for (const Template& other : all) {
        if (other.id != snippet.id && other.scope != TemplateScope::Texts && namesSnippet(other, snippet.key))
            return fail(
                ErrorCode::Conflict,
                tr("The snippet %1 is put in by %2. Take it out there first.").arg(snippet.key, placeOf(connection, other)));
    }
    return {};
}

Result<Template> saveShared(Connection& connection, const Caller& caller, const Template& content, const Authorship& by)
{
    TemplateRepository templates(connection);
    Status right = checkFree(templates, content);
    if (right)
        right = checkTemplateContent(connection, content, content.brandId);
    const std::optional<Template> before = content.id != 0 ? templates.find(content.id) : std::nullopt;
    if (right && before && before->key != content.key)
        right = checkUnused(connection, *before);
    if (!right)
        return fail(right.error());
    const Template saved = templates.save(content, by);
    if (before && !samePlace(*before, content)) // what campaigns pinned keeps its name
        templates.retire(before->id, by.now);
    if (!before || saved.id != before->id || saved.version != before->version)
        audit(connection, caller, QStringLiteral("template.saved"), by.now, describe(saved));
    return saved;
}

Result<Template> rollBackTo(Connection& connection, const Caller& caller, qint64 id, int number, qint64 now)
{
    TemplateRepository templates(connection);
    std::optional<Template> current = templates.find(id);
    const std::optional<TemplateVersion> old = templates.version(id, number);
    if (!current || !old)
        return fail(ErrorCode::NotFound, tr("There is no version %1 of this content.").arg(number));
    current->parts = old->parts;
    current->settings = old->settings;
    const std::optional<Topic> topic = TopicRepository(connection).find(current->topicId);
    if (const Status right = checkTemplateContent(connection, *current, topic ? topic->brandId : current->brandId); !right)
        return fail(right.error());
    const Template saved = templates.save(*current, {caller.actor, tr("As in version %1").arg(number), now});
    audit(connection, caller, QStringLiteral("template.rolled_back"), now, describe(saved));
    return saved;
}

} // namespace

TemplateService::TemplateService(Store& store, const Clock& clock)
    : m_store(store)
    , m_clock(clock)
{
}

Future<QList<Template>> TemplateService::shared(TemplateScope scope) const
{
    return m_store.read(
        [scope](Connection& connection) -> Result<QList<Template>> { return TemplateRepository(connection).shared(scope); });
}

Future<Template> TemplateService::save(const Caller& caller, const Template& content, const QString& note)
{
    Status allowed = caller.require(Role::Operator);
    if (allowed && content.scope == TemplateScope::Topic)
        allowed = fail(ErrorCode::InvalidInput, tr("A topic's own templates are saved with the topic."));
    if (allowed)
        allowed = checkTemplateForm(content);
    if (!allowed)
        return readyFuture<Template>(fail(allowed.error()));
    return m_store.write([caller, content, by = Authorship{caller.actor, note.left(maxNoteLength), m_clock.now()}](
                             Connection& connection) { return saveShared(connection, caller, content, by); });
}

Future<void> TemplateService::remove(const Caller& caller, qint64 id)
{
    if (const Status allowed = caller.require(Role::Operator); !allowed)
        return readyFuture<void>(fail(allowed.error()));
    return m_store.write([caller, id, now = m_clock.now()](Connection& connection) -> Status {
        TemplateRepository templates(connection);
        const std::optional<Template> content = templates.find(id);
        if (!content)
            return fail(ErrorCode::NotFound, tr("This content does not exist any more."));
        if (content->scope == TemplateScope::Topic)
            return fail(ErrorCode::InvalidInput, tr("A topic's own templates are removed with the topic."));
        if (const Status unused = checkUnused(connection, *content); !unused)
            return unused;
        templates.retire(id, now);
        audit(connection, caller, QStringLiteral("template.removed"), now, describe(*content));
        return {};
    });
}

Future<QList<TemplateVersion>> TemplateService::versions(qint64 templateId) const
{
    return m_store.read([templateId](Connection& connection) -> Result<QList<TemplateVersion>> {
        return TemplateRepository(connection).versions(templateId);
    });
}

Future<Template> TemplateService::rollBack(const Caller& caller, qint64 templateId, int version)
{
    if (const Status allowed = caller.require(Role::Operator); !allowed)
        return readyFuture<Template>(fail(allowed.error()));
    return m_store.write([caller, templateId, version, now = m_clock.now()](Connection& connection) {
        return rollBackTo(connection, caller, templateId, version, now);
    });
}

Future<QString> TemplateService::addAsset(const Caller& caller, const QByteArray& data)
{
    Status allowed = caller.require(Role::Operator);
    if (allowed && data.isEmpty())
        allowed = fail(ErrorCode::InvalidInput, tr("The file is empty."));
    if (allowed && data.size() > Asset::maxBytes)
        allowed = fail(ErrorCode::InvalidInput,
                       tr("The file has %1 MB; %2 MB can be kept.").arg((data.size() >> 20) + 1).arg(Asset::maxBytes >> 20));
    if (!allowed)
        return readyFuture<QString>(fail(allowed.error()));
    return m_store.write([caller, data, now = m_clock.now()](Connection& connection) -> Result<QString> {
        const QString hash = AssetRepository(connection).add(data, now).hash;
        audit(connection, caller, QStringLiteral("asset.added"), now,
              {{QStringLiteral("hash"), hash}, {QStringLiteral("bytes"), data.size()}});
        return hash;
    });
}

Future<QByteArray> TemplateService::asset(const QString& hash) const
{
    return m_store.read([hash](Connection& connection) -> Result<QByteArray> {
        const std::optional<Asset> asset = AssetRepository(connection).find(hash);
        if (!asset)
            return fail(ErrorCode::NotFound, tr("The file is not there any more. Attach it again."));
        return asset->data;
    });
}

} // namespace carillon
