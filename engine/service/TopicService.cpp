// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/service/TopicService.h"

#include "engine/base/Clock.h"
#include "engine/content/Lint.h"
#include "engine/content/TemplateCheck.h"
#include "engine/model/Channel.h"
#include "engine/model/EmailAddress.h"
#include "engine/model/Names.h"
#include "engine/service/Audit.h"
#include "engine/service/ContentCheck.h"
#include "engine/service/TemplateService.h"
#include "engine/store/AccountRepository.h"
#include "engine/store/BrandRepository.h"
#include "engine/store/FrequencyCapRepository.h"
#include "engine/store/Store.h"
#include "engine/store/TemplateRepository.h"
#include "engine/store/TopicRepository.h"

#include <QCoreApplication>
#include <QRegularExpression>
#include <QSet>

namespace carillon {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("TopicService", text);
}

Result<TopicDetail> detailOf(Connection& connection, const std::optional<Topic>& topic)
{
    if (!topic)
        return fail(ErrorCode::NotFound, tr("There is no such topic."));
    TopicRepository topics(connection);
    return TopicDetail{*topic, topics.routes(topic->id), TemplateRepository(connection).ofTopic(topic->id), {}};
}

Status checkTopic(const Topic& topic)
{
    static const QRegularExpression keyPattern(QStringLiteral("^[a-z0-9][a-z0-9._-]{0,99}$"));
    if (!keyPattern.match(topic.key).hasMatch())
        return fail(
            ErrorCode::InvalidInput,
            tr("The key must be lower-case letters, digits, dots, dashes or underscores, for example order.assigned."),
            QStringLiteral("key"));
    if (topic.name.trimmed().isEmpty())
        return fail(ErrorCode::InvalidInput, tr("The topic needs a name."), QStringLiteral("name"));
    if (topic.maxAttempts < 1 || topic.maxAttempts > 50)
        return fail(ErrorCode::InvalidInput, tr("The number of attempts must be between 1 and 50."),
                    QStringLiteral("max_attempts"));
    if (topic.lifetimeMs < 0)
        return fail(ErrorCode::InvalidInput, tr("The lifetime cannot be negative."), QStringLiteral("lifetime"));
    if (const Result<DispatchRules> rules = dispatchRulesOf(toJson(topic.rules)); !rules)
        return fail(rules.error());
    return {};
}

Status checkCap(const FrequencyCap& cap)
{
    constexpr int most = 1'000'000;
    constexpr qint64 longestMs = 366LL * 24 * 3'600'000;
    if (cap.most < 0 || cap.most > most)
        return fail(ErrorCode::InvalidInput, tr("A cap is a number of notifications up to %1; 0 is none.").arg(most),
                    QStringLiteral("most"));
    if (cap.most > 0 && (cap.windowMs < 60'000 || cap.windowMs > longestMs))
        return fail(ErrorCode::InvalidInput, tr("A cap counts within a minute at least and a year at the most."),
                    QStringLiteral("window_ms"));
    return {};
}

QString placeOf(const Template& t)
{
    return QStringList{t.channel, t.locale, QString::number(t.brandId), t.variant}.join(u'\n');
}

Status checkTemplates(const QList<Template>& templates)
{
    QSet<QString> places;
    for (Template content : templates) {
        content.scope = TemplateScope::Topic;
        if (const Status right = checkTemplateForm(content); !right)
            return right;
        if (places.contains(placeOf(content)))
            return fail(ErrorCode::InvalidInput,
                        tr("There are two templates for %1 with the same locale, brand and variant.").arg(content.channel),
                        content.channel);
        places.insert(placeOf(content));
    }
    return {};
}

// Compiled with the snippets there are, so it needs the database.
Status checkCompiles(Connection& connection, const TopicDetail& detail)
{
    for (const Template& content : detail.templates) {
        const Status right = checkTemplateContent(connection, content, detail.topic.brandId);
        if (!right && content.parts.contains(right.error().field))
            return fail(right.error().code, right.error().message, content.channel + u'.' + right.error().field);
        if (!right)
            return right;
    }
    return {};
}

Status checkBrand(const Brand& brand)
{
    if (brand.name.trimmed().isEmpty())
        return fail(ErrorCode::InvalidInput, tr("The brand needs a name."), QStringLiteral("name"));
    if (const auto from = parseEmailAddress(brand.fromAddress); !from)
        return fail(ErrorCode::InvalidInput, from.error().message, QStringLiteral("from_address"));
    if (!brand.replyTo.isEmpty()) {
        if (const auto replyTo = parseEmailAddress(brand.replyTo); !replyTo)
            return fail(ErrorCode::InvalidInput, replyTo.error().message, QStringLiteral("reply_to"));
    }
    return {};
}

} // namespace

TopicService::TopicService(Store& store, const Clock& clock)
    : m_store(store)
    , m_clock(clock)
{
}

Future<QList<TopicSummary>> TopicService::list() const
{
    return m_store.read([](Connection& connection) -> Result<QList<TopicSummary>> {
        TopicRepository topics(connection);
        QHash<qint64, QString> brands;
        for (const Brand& brand : BrandRepository(connection).all())
            brands.insert(brand.id, brand.name);
        QHash<qint64, QString> accounts;
        for (const Account& account : AccountRepository(connection).all())
            accounts.insert(account.id, account.name);
        QList<TopicSummary> summaries;
        for (const Topic& topic : topics.all()) {
            TopicSummary summary{topic, brands.value(topic.brandId), {}, {}};
            for (const Template& content : TemplateRepository(connection).ofTopic(topic.id)) {
                if (!summary.channels.contains(content.channel))
                    summary.channels << content.channel;
            }
            for (const Route& route : topics.routes(topic.id))
                summary.accounts << accounts.value(route.accountId);
            summaries << summary;
        }
        return summaries;
    });
}

Future<TopicDetail> TopicService::get(qint64 id) const
{
    return m_store.read([id](Connection& connection) { return detailOf(connection, TopicRepository(connection).find(id)); });
}

Future<TopicDetail> TopicService::find(const QString& key) const
{
    return m_store.read(
        [key](Connection& connection) { return detailOf(connection, TopicRepository(connection).findByKey(key)); });
}

Future<qint64> TopicService::save(const Caller& caller, const TopicDetail& detail)
{
    Status allowed = caller.require(Role::Operator);
    if (allowed)
        allowed = checkTopic(detail.topic);
    if (allowed)
        allowed = checkTemplates(detail.templates);
    if (!allowed)
        return readyFuture<qint64>(fail(allowed.error()));
    return m_store.write([caller, detail, now = m_clock.now()](Connection& connection) -> Result<qint64> {
        TopicRepository topics(connection);
        Topic topic = detail.topic;
        const std::optional<Topic> sameKey = topics.findByKey(topic.key);
        if (sameKey && sameKey->id != topic.id)
            return fail(ErrorCode::Conflict, tr("Another topic has the key %1.").arg(topic.key), QStringLiteral("key"));
        if (topic.id != 0 && !topics.find(topic.id))
            return fail(ErrorCode::NotFound, tr("There is no such topic."));
        if (!BrandRepository(connection).find(topic.brandId))
            return fail(ErrorCode::InvalidInput, tr("Choose a brand."), QStringLiteral("brand"));
        for (const Route& route : detail.routes) {
            if (!AccountRepository(connection).find(route.accountId))
                return fail(ErrorCode::InvalidInput, tr("A route names an account that does not exist."),
                            QStringLiteral("routes"));
        }
        if (const Status compiles = checkCompiles(connection, detail); !compiles)
            return fail(compiles.error());
        topic.createdAt = now;
        topic.updatedAt = now;
        topic.id = topics.save(topic);
        topics.replaceRoutes(topic.id, detail.routes);
        TemplateRepository(connection)
            .replaceForTopic(topic.id, detail.templates,
                             {caller.actor, detail.note.left(TemplateService::maxNoteLength), now, detail.autosaved});
        audit(connection, caller, QStringLiteral("topic.saved"), now,
              {{QStringLiteral("topic_id"), topic.id}, {QStringLiteral("key"), topic.key}});
        return topic.id;
    });
}

Future<void> TopicService::remove(const Caller& caller, qint64 id)
{
    if (const Status allowed = caller.require(Role::Operator); !allowed)
        return readyFuture<void>(fail(allowed.error()));
    return m_store.write([caller, id, now = m_clock.now()](Connection& connection) -> Status {
        TopicRepository topics(connection);
        const std::optional<Topic> topic = topics.find(id);
        if (!topic)
            return fail(ErrorCode::NotFound, tr("There is no such topic."));
        if (const qint64 used = topics.campaignCount(id); used > 0)
            return fail(ErrorCode::Conflict,
                        tr("The topic %1 cannot be removed: %2 campaigns use it.").arg(topic->key).arg(used));
        topics.remove(id);
        audit(connection, caller, QStringLiteral("topic.removed"), now,
              {{QStringLiteral("topic_id"), id}, {QStringLiteral("key"), topic->key}});
        return {};
    });
}

QList<TemplateProblem> TopicService::check(const QString& channel, const QString& part, const QString& source,
                                           const QStringList& attributes) const
{
    QList<TemplateProblem> problems = checkTemplate(source, channel, part, attributes);
    for (TemplateProblem& problem : problems)
        problem.part = part;
    return problems;
}

QList<TemplateProblem> TopicService::lint(const TopicDetail& topic, int templateIndex, const QStringList& attributes,
                                          const QStringList& contactLocales, const QJsonObject& data,
                                          const QList<Template>& shared, const Brand& brand) const
{
    if (templateIndex < 0 || templateIndex >= topic.templates.size())
        return {};
    const ContentSet content{topic.topic, brand, topic.templates + shared, {}};
    return lintTemplate({content, content.templates.at(templateIndex), attributes, contactLocales, data});
}

QStringList TopicService::partsOf(const QString& channel)
{
    QStringList names;
    for (const ChannelPart& part : channelOf(channel).parts)
        names << part.name;
    return names;
}

Future<QList<FrequencyCap>> TopicService::frequencyCaps() const
{
    return m_store.read(
        [](Connection& connection) -> Result<QList<FrequencyCap>> { return FrequencyCapRepository(connection).all(); });
}

Future<void> TopicService::saveFrequencyCap(const Caller& caller, const FrequencyCap& cap)
{
    Status allowed = caller.require(Role::Administrator);
    if (allowed)
        allowed = checkCap(cap);
    if (!allowed)
        return readyFuture<void>(fail(allowed.error()));
    return m_store.write([caller, cap, now = m_clock.now()](Connection& connection) -> Status {
        FrequencyCapRepository(connection).save(cap);
        audit(connection, caller, QStringLiteral("frequency_cap.saved"), now,
              {{QStringLiteral("category"), nameOf(cap.category)},
               {QStringLiteral("most"), cap.most},
               {QStringLiteral("window_ms"), cap.windowMs}});
        return {};
    });
}

Future<QList<Brand>> TopicService::brands() const
{
    return m_store.read([](Connection& connection) -> Result<QList<Brand>> { return BrandRepository(connection).all(); });
}

Future<qint64> TopicService::saveBrand(const Caller& caller, const Brand& brand)
{
    Status allowed = caller.require(Role::Administrator);
    if (allowed)
        allowed = checkBrand(brand);
    if (!allowed)
        return readyFuture<qint64>(fail(allowed.error()));
    return m_store.write([caller, brand, now = m_clock.now()](Connection& connection) -> Result<qint64> {
        BrandRepository brands(connection);
        for (const Brand& other : brands.all()) {
            if (other.name == brand.name && other.id != brand.id)
                return fail(ErrorCode::Conflict, tr("Another brand is called %1.").arg(brand.name), QStringLiteral("name"));
        }
        Brand saved = brand;
        saved.createdAt = now;
        saved.updatedAt = now;
        saved.id = brands.save(saved);
        audit(connection, caller, QStringLiteral("brand.saved"), now,
              {{QStringLiteral("brand_id"), saved.id}, {QStringLiteral("name"), saved.name}});
        return saved.id;
    });
}

} // namespace carillon
