// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ctl/ApplyFile.h"

#include "engine/model/Names.h"
#include "engine/service/AccountService.h"
#include "engine/service/TemplateService.h"
#include "engine/service/TopicService.h"

#include <QCoreApplication>
#include <QJsonArray>

namespace carillon {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("ApplyFile", text);
}

tl::unexpected<Error> wrong(const QString& what, const Error& error)
{
    return fail(error.code, what + QStringLiteral(": ") + error.message, error.field);
}

void take(QString& value, const QJsonObject& object, QStringView key)
{
    if (object.contains(key))
        value = object.value(key).toString();
}

QMap<QString, QString> partsOf(const QJsonObject& object)
{
    QMap<QString, QString> parts;
    for (auto part = object.begin(); part != object.end(); ++part)
        parts.insert(part.key(), part.value().toString());
    return parts;
}

QString withLocale(const QString& what, const QJsonObject& object)
{
    const QString locale = object.value(u"locale").toString();
    return locale.isEmpty() ? what : what + QStringLiteral(" (") + locale + u')';
}

class Applier {
public:
    Applier(const Services& services, const Caller& caller, const QString& note)
        : m_services(services)
        , m_caller(caller)
        , m_note(note)
    {
    }

    Status brand(const QJsonObject& object)
    {
        const Result<QList<Brand>> brands = m_services.topics.brands().result();
        if (!brands)
            return fail(brands.error());
        Brand brand;
        for (const Brand& known : *brands) {
            if (known.name == object.value(u"name").toString())
                brand = known;
        }
        take(brand.name, object, u"name");
        take(brand.fromName, object, u"from_name");
        take(brand.fromAddress, object, u"from_address");
        take(brand.replyTo, object, u"reply_to");
        take(brand.postalAddress, object, u"postal_address");
        take(brand.publicUrl, object, u"public_url");
        take(brand.unsubscribeMailto, object, u"unsubscribe_mailto");
        take(brand.locale, object, u"locale");
        take(brand.timeZone, object, u"time_zone");
        return done(tr("brand %1").arg(brand.name), m_services.topics.saveBrand(m_caller, brand).result());
    }

    Status account(const QJsonObject& object)
    {
        const Result<QList<AccountSummary>> accounts = m_services.accounts.list().result();
        if (!accounts)
            return fail(accounts.error());
        Account account;
        for (const AccountSummary& known : *accounts) {
            if (known.account.name == object.value(u"name").toString())
                account = known.account;
        }
        take(account.name, object, u"name");
        take(account.provider, object, u"provider");
        if (object.contains(u"settings"))
            account.settings = object.value(u"settings").toObject();
        account.enabled = object.value(u"enabled").toBool(account.enabled);
        const QString what = tr("account %1").arg(account.name);
        if (const Status read = readLimits(object, account.limits); !read)
            return wrong(what, read.error());
        return done(what, m_services.accounts.save(m_caller, account, {}).result());
    }

    Status topic(const QJsonObject& object)
    {
        TopicDetail detail = m_services.topics.find(object.value(u"key").toString()).result().value_or(TopicDetail());
        take(detail.topic.key, object, u"key");
        take(detail.topic.name, object, u"name");
        detail.note = m_note;
        const QString what = tr("topic %1").arg(detail.topic.key);
        if (const Status read = readTopic(object, detail); !read)
            return wrong(what, read.error());
        return done(what, m_services.topics.save(m_caller, detail).result());
    }

    Status snippet(const QJsonObject& object)
    {
        const QString name = object.value(u"name").toString();
        Result<Template> content = readContent(object);
        if (content)
            content->parts = {{QStringLiteral("body"), object.value(u"body").toString()}};
        return share(withLocale(tr("snippet %1").arg(name), object), content, TemplateScope::Snippet, name);
    }

    Status texts(const QJsonObject& object)
    {
        Result<Template> content = readContent(object);
        if (content)
            content->parts = partsOf(object.value(u"texts").toObject());
        return share(withLocale(tr("texts"), object), content, TemplateScope::Texts, {});
    }

    Status categoryTemplate(const QJsonObject& object)
    {
        const QString category = object.value(u"category").toString();
        const QString what = tr("template of %1 on %2").arg(category, object.value(u"channel").toString());
        return share(withLocale(what, object), readContent(object), TemplateScope::Category, category);
    }

    Status frequencyCap(const QJsonObject& object)
    {
        const QString name = object.value(u"category").toString();
        const QString what = tr("frequency cap of %1").arg(name);
        const auto category = valueOf<Category>(name);
        if (!category)
            return wrong(what, noCategory());
        const FrequencyCap cap{*category, object.value(u"most").toInt(-1), object.value(u"window_ms").toInteger()};
        if (const Status saved = m_services.topics.saveFrequencyCap(m_caller, cap).result(); !saved)
            return wrong(what, saved.error());
        m_lines << what;
        return {};
    }

    const QStringList& lines() const { return m_lines; }

private:
    static Error noCategory()
    {
        return {ErrorCode::InvalidInput, tr("the category is transactional, marketing or system"),
                QStringLiteral("category")};
    }

    static Status readLimits(const QJsonObject& object, AccountLimits& limits)
    {
        const QJsonValue given = object.value(u"limits");
        if (given.isUndefined())
            return {};
        if (!given.isObject())
            return fail(ErrorCode::InvalidInput, tr("\"limits\" is an object, for example {\"per_second\": 14}"),
                        QStringLiteral("limits"));
        const Result<AccountLimits> read = accountLimitsOf(given.toObject());
        if (!read)
            return fail(read.error().code, QStringLiteral("limits: ") + read.error().message,
                        QStringLiteral("limits.") + read.error().field);
        limits = *read;
        return {};
    }

    Status readTopic(const QJsonObject& object, TopicDetail& detail)
    {
        if (object.contains(u"category")) {
            const auto category = valueOf<Category>(object.value(u"category").toString());
            if (!category)
                return fail(noCategory());
            detail.topic.category = *category;
        }
        if (object.contains(u"uncertain")) {
            const auto policy = valueOf<UncertainPolicy>(object.value(u"uncertain").toString());
            if (!policy)
                return fail(ErrorCode::InvalidInput, tr("uncertain is resend or hold"), QStringLiteral("uncertain"));
            detail.topic.uncertainPolicy = *policy;
        }
        detail.topic.maxAttempts = object.value(u"max_attempts").toInt(detail.topic.maxAttempts);
        detail.topic.lifetimeMs = object.value(u"lifetime_ms").toInteger(detail.topic.lifetimeMs);
        if (object.contains(u"rules")) {
            const Result<DispatchRules> rules = dispatchRulesOf(object.value(u"rules").toObject());
            if (!rules)
                return fail(rules.error().code, QStringLiteral("rules: ") + rules.error().message,
                            QStringLiteral("rules.") + rules.error().field);
            detail.topic.rules = *rules;
        }
        if (const Status found = findBrand(object, detail); !found)
            return found;
        if (const Status found = findAccounts(object, detail); !found)
            return found;
        if (object.contains(u"templates"))
            return readTemplates(object.value(u"templates").toArray(), detail);
        return {};
    }

    Status findBrand(const QJsonObject& object, TopicDetail& detail)
    {
        const Result<QList<Brand>> brands = m_services.topics.brands().result();
        if (!brands)
            return fail(brands.error());
        const QString name = object.value(u"brand").toString();
        for (const Brand& brand : *brands) {
            if (brand.name == name || (name.isEmpty() && detail.topic.brandId == 0 && brands->size() == 1))
                detail.topic.brandId = brand.id;
        }
        if (detail.topic.brandId == 0)
            return fail(ErrorCode::NotFound, tr("there is no brand \"%1\"").arg(name), QStringLiteral("brand"));
        return {};
    }

    Status findAccounts(const QJsonObject& object, TopicDetail& detail)
    {
        if (!object.contains(u"accounts"))
            return {};
        const Result<QList<AccountSummary>> accounts = m_services.accounts.list().result();
        if (!accounts)
            return fail(accounts.error());
        detail.routes.clear();
        for (const QJsonValue& value : object.value(u"accounts").toArray()) {
            const QString name = value.isObject() ? value.toObject().value(u"account").toString() : value.toString();
            const auto found = std::find_if(accounts->begin(), accounts->end(),
                                            [&](const AccountSummary& summary) { return summary.account.name == name; });
            if (found == accounts->end())
                return fail(ErrorCode::NotFound, tr("there is no account \"%1\"").arg(name), QStringLiteral("accounts"));
            detail.routes << Route{0, detail.topic.id, found->account.id, int(detail.routes.size()),
                                   value.toObject().value(u"destination").toString()};
        }
        return {};
    }

    Status readTemplates(const QJsonArray& array, TopicDetail& detail)
    {
        detail.templates.clear();
        for (const QJsonValue& value : array) {
            Result<Template> content = readContent(value.toObject());
            if (!content)
                return fail(content.error());
            if (content->channel.isEmpty())
                content->channel = QStringLiteral("email");
            detail.templates << *content;
        }
        return {};
    }

    // What all content has in common.
    Result<Template> readContent(const QJsonObject& object)
    {
        Template content;
        content.channel = object.value(u"channel").toString();
        content.locale = object.value(u"locale").toString();
        content.variant = object.value(u"variant").toString();
        content.settings = object.value(u"settings").toObject();
        content.parts = partsOf(object.value(u"parts").toObject());
        const QString brandName = object.value(u"brand").toString();
        if (brandName.isEmpty())
            return content;
        const Result<QList<Brand>> brands = m_services.topics.brands().result();
        if (!brands)
            return fail(brands.error());
        for (const Brand& brand : *brands) {
            if (brand.name == brandName)
                content.brandId = brand.id;
        }
        if (content.brandId == 0)
            return fail(ErrorCode::NotFound, tr("there is no brand \"%1\"").arg(brandName), QStringLiteral("brand"));
        return content;
    }

    // Saves content that no topic owns over what stands at its place.
    Status share(const QString& what, Result<Template> content, TemplateScope scope, const QString& key)
    {
        if (!content)
            return wrong(what, content.error());
        content->scope = scope;
        content->key = key;
        const Result<QList<Template>> known = m_services.templates.shared(scope).result();
        if (!known)
            return wrong(what, known.error());
        for (const Template& one : *known) {
            if (one.key == key && one.channel == content->channel && one.locale == content->locale
                && one.brandId == content->brandId && one.variant == content->variant)
                content->id = one.id;
        }
        const Result<Template> saved = m_services.templates.save(m_caller, *content, m_note).result();
        if (!saved)
            return wrong(what, saved.error());
        m_lines << tr("%1 (version %2)").arg(what).arg(saved->version);
        return {};
    }

    Status done(const QString& what, const Result<qint64>& saved)
    {
        if (!saved)
            return wrong(what, saved.error());
        m_lines << what;
        return {};
    }

    const Services& m_services;
    const Caller& m_caller;
    const QString m_note;
    QStringList m_lines;
};

} // namespace

Result<QStringList> applyFile(const Services& services, const Caller& caller, const QJsonObject& file)
{
    Applier applier(services, caller, file.value(u"note").toString());
    using Apply = Status (Applier::*)(const QJsonObject&);
    const std::pair<QString, Apply> sections[] = {{QStringLiteral("brands"), &Applier::brand},
                                                  {QStringLiteral("accounts"), &Applier::account},
                                                  {QStringLiteral("snippets"), &Applier::snippet},
                                                  {QStringLiteral("texts"), &Applier::texts},
                                                  {QStringLiteral("category_templates"), &Applier::categoryTemplate},
                                                  {QStringLiteral("topics"), &Applier::topic},
                                                  {QStringLiteral("frequency_caps"), &Applier::frequencyCap}};
    for (const auto& [name, apply] : sections) {
        for (const QJsonValue& value : file.value(name).toArray()) {
            if (const Status applied = (applier.*apply)(value.toObject()); !applied)
                return fail(applied.error());
        }
    }
    return applier.lines();
}

} // namespace carillon
