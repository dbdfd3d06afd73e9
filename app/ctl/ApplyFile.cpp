// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ctl/ApplyFile.h"

#include "engine/model/Names.h"
#include "engine/service/AccountService.h"
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

class Applier {
public:
    Applier(const Services& services, const Caller& caller)
        : m_services(services)
        , m_caller(caller)
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
        return done(tr("account %1").arg(account.name), m_services.accounts.save(m_caller, account, {}).result());
    }

    Status topic(const QJsonObject& object)
    {
        TopicDetail detail = m_services.topics.find(object.value(u"key").toString()).result().value_or(TopicDetail());
        take(detail.topic.key, object, u"key");
        take(detail.topic.name, object, u"name");
        const QString what = tr("topic %1").arg(detail.topic.key);
        if (const Status read = readTopic(object, detail); !read)
            return wrong(what, read.error());
        return done(what, m_services.topics.save(m_caller, detail).result());
    }

    const QStringList& lines() const { return m_lines; }

private:
    Status readTopic(const QJsonObject& object, TopicDetail& detail)
    {
        if (object.contains(u"category")) {
            const auto category = valueOf<Category>(object.value(u"category").toString());
            if (!category)
                return fail(ErrorCode::InvalidInput, tr("the category is transactional, marketing or system"),
                            QStringLiteral("category"));
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
        if (const Status found = findBrand(object, detail); !found)
            return found;
        if (const Status found = findAccounts(object, detail); !found)
            return found;
        if (object.contains(u"templates"))
            readTemplates(object.value(u"templates").toArray(), detail);
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
        for (const QJsonValue& name : object.value(u"accounts").toArray()) {
            const auto found = std::find_if(accounts->begin(), accounts->end(), [&](const AccountSummary& summary) {
                return summary.account.name == name.toString();
            });
            if (found == accounts->end())
                return fail(ErrorCode::NotFound, tr("there is no account \"%1\"").arg(name.toString()),
                            QStringLiteral("accounts"));
            detail.routes << Route{0, detail.topic.id, found->account.id, int(detail.routes.size()), {}};
        }
        return {};
    }

    static void readTemplates(const QJsonArray& array, TopicDetail& detail)
    {
        detail.templates.clear();
        for (const QJsonValue& value : array) {
            const QJsonObject object = value.toObject();
            Template content;
            content.channel = object.value(u"channel").toString(QStringLiteral("email"));
            content.locale = object.value(u"locale").toString();
            const QJsonObject parts = object.value(u"parts").toObject();
            for (auto part = parts.begin(); part != parts.end(); ++part)
                content.parts.insert(part.key(), part.value().toString());
            detail.templates << content;
        }
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
    QStringList m_lines;
};

} // namespace

Result<QStringList> applyFile(const Services& services, const Caller& caller, const QJsonObject& file)
{
    Applier applier(services, caller);
    using Apply = Status (Applier::*)(const QJsonObject&);
    const std::pair<QString, Apply> sections[] = {{QStringLiteral("brands"), &Applier::brand},
                                                  {QStringLiteral("accounts"), &Applier::account},
                                                  {QStringLiteral("topics"), &Applier::topic}};
    for (const auto& [name, apply] : sections) {
        for (const QJsonValue& value : file.value(name).toArray()) {
            if (const Status applied = (applier.*apply)(value.toObject()); !applied)
                return fail(applied.error());
        }
    }
    return applier.lines();
}

} // namespace carillon
