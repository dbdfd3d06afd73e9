// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ctl/ApplyFile.h"

#include "app/ctl/ApplyReading.h"
#include "engine/model/JsonMember.h"
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

QString withLocale(const QString& what, const Template& content)
{
    return content.locale.isEmpty() ? what : what + QStringLiteral(" (") + content.locale + u')';
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
        if (const Status read = readBrand(object, brand); !read)
            return read;
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
        if (const Status read = readAccount(object, account); !read)
            return read;
        return done(tr("account %1").arg(account.name), m_services.accounts.save(m_caller, account, {}).result());
    }

    Status topic(const QJsonObject& object)
    {
        ReadTopic topic;
        const QString key = object.value(u"key").toString();
        if (const Result<TopicDetail> known = m_services.topics.find(key).result())
            topic.detail = *known;
        else if (known.error().code != ErrorCode::NotFound)
            return fail(known.error());
        if (const Status read = readTopic(object, topic); !read)
            return read;
        const QString what = tr("topic %1").arg(key);
        if (const Status found = resolve(topic); !found)
            return wrong(what, found.error());
        topic.detail.note = m_note;
        return done(what, m_services.topics.save(m_caller, topic.detail).result());
    }

    Status snippet(const QJsonObject& object)
    {
        ReadContent snippet;
        if (const Status read = readSnippet(object, snippet); !read)
            return read;
        return share(tr("snippet %1").arg(snippet.content.key), snippet, TemplateScope::Snippet);
    }

    Status texts(const QJsonObject& object)
    {
        ReadContent texts;
        if (const Status read = readTexts(object, texts); !read)
            return read;
        return share(tr("texts"), texts, TemplateScope::Texts);
    }

    Status categoryTemplate(const QJsonObject& object)
    {
        ReadContent content;
        if (const Status read = readCategoryTemplate(object, content); !read)
            return read;
        return share(tr("template of %1 on %2").arg(content.content.key, content.content.channel), content,
                     TemplateScope::Category);
    }

    Status frequencyCap(const QJsonObject& object)
    {
        FrequencyCap cap;
        if (const Status read = readFrequencyCap(object, cap); !read)
            return read;
        const QString what = tr("frequency cap of %1").arg(nameOf(cap.category));
        if (const Status saved = m_services.topics.saveFrequencyCap(m_caller, cap).result(); !saved)
            return wrong(what, saved.error());
        m_lines << what;
        return {};
    }

    const QStringList& lines() const { return m_lines; }

private:
    // One without a name is the only one there is.
    Status findBrand(const QString& name, qint64& id) const
    {
        const Result<QList<Brand>> brands = m_services.topics.brands().result();
        if (!brands)
            return fail(brands.error());
        for (const Brand& brand : *brands) {
            if (brand.name == name || (name.isEmpty() && brands->size() == 1)) {
                id = brand.id;
                return {};
            }
        }
        return fail(ErrorCode::NotFound, tr("there is no brand \"%1\"").arg(name), QStringLiteral("brand"));
    }

    // Finds what the file names.
    Status resolve(ReadTopic& topic) const
    {
        qint64& brandId = topic.detail.topic.brandId;
        Status found;
        if (!topic.brand.isEmpty() || brandId == 0)
            found = findBrand(topic.brand, brandId);
        if (found && topic.routes)
            found = resolveRoutes(*topic.routes, topic.detail);
        if (found && topic.templates)
            found = resolveTemplates(*topic.templates, topic.detail);
        return found;
    }

    Status resolve(ReadContent& content) const
    {
        return content.brand.isEmpty() ? Status() : findBrand(content.brand, content.content.brandId);
    }

    Status resolveTemplates(QList<ReadContent>& templates, TopicDetail& topic) const
    {
        topic.templates.clear();
        for (ReadContent& content : templates) {
            if (const Status found = resolve(content); !found)
                return found;
            topic.templates << content.content;
        }
        return {};
    }

    Status resolveRoutes(const QList<ReadTopic::Route>& routes, TopicDetail& topic) const
    {
        const Result<QList<AccountSummary>> accounts = m_services.accounts.list().result();
        if (!accounts)
            return fail(accounts.error());
        topic.routes.clear();
        for (const ReadTopic::Route& route : routes) {
            const auto found = std::find_if(accounts->begin(), accounts->end(), [&](const AccountSummary& summary) {
                return summary.account.name == route.account;
            });
            if (found == accounts->end())
                return fail(ErrorCode::NotFound, tr("there is no account \"%1\"").arg(route.account),
                            QStringLiteral("accounts"));
            topic.routes << Route{0, topic.topic.id, found->account.id, int(topic.routes.size()), route.destination};
        }
        return {};
    }

    // Saves content that no topic owns over what stands at its place.
    Status share(const QString& name, ReadContent& read, TemplateScope scope)
    {
        Template& content = read.content;
        const QString what = withLocale(name, content);
        content.scope = scope;
        if (const Status found = resolve(read); !found)
            return wrong(what, found.error());
        const Result<QList<Template>> known = m_services.templates.shared(scope).result();
        if (!known)
            return wrong(what, known.error());
        for (const Template& one : *known) {
            if (one.key == content.key && one.channel == content.channel && one.locale == content.locale
                && one.brandId == content.brandId && one.variant == content.variant)
                content.id = one.id;
        }
        const Result<Template> saved = m_services.templates.save(m_caller, content, m_note).result();
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

// Reads into something that nobody needs.
template <typename T, Status (*read)(const QJsonObject&, T&)>
Status check(const QJsonObject& object)
{
    T unused;
    return read(object, unused);
}

// A list of the file, in the order in which they are applied: what is named by others goes first.
struct Section {
    QString name;
    Status (*check)(const QJsonObject& object);
    Status (Applier::*apply)(const QJsonObject& object);
};

const QList<Section>& sections()
{
    static const QList<Section> all{
        {QStringLiteral("brands"), check<Brand, readBrand>, &Applier::brand},
        {QStringLiteral("accounts"), check<Account, readAccount>, &Applier::account},
        {QStringLiteral("snippets"), check<ReadContent, readSnippet>, &Applier::snippet},
        {QStringLiteral("texts"), check<ReadContent, readTexts>, &Applier::texts},
        {QStringLiteral("category_templates"), check<ReadContent, readCategoryTemplate>, &Applier::categoryTemplate},
        {QStringLiteral("topics"), check<ReadTopic, readTopic>, &Applier::topic},
        {QStringLiteral("frequency_caps"), check<FrequencyCap, readFrequencyCap>, &Applier::frequencyCap}};
    return all;
}

// Whether all of the file can be read.
Status checkFile(const QJsonObject& file, QString& note)
{
    JsonMembers members(file);
    for (const Section& section : sections())
        takeObjects(members, section.name, section.check);
    members.text(QStringLiteral("note"), note);
    const Status read = members.end();
    return read ? read : wrong(read.error().field, read.error());
}

} // namespace

Result<QStringList> applyFile(const Services& services, const Caller& caller, const QJsonObject& file)
{
    QString note;
    if (const Status checked = checkFile(file, note); !checked)
        return fail(checked.error());
    Applier applier(services, caller, note);
    for (const Section& section : sections()) {
        for (const QJsonValue& value : file.value(section.name).toArray()) {
            if (const Status applied = (applier.*section.apply)(value.toObject()); !applied)
                return fail(applied.error());
        }
    }
    return applier.lines();
}

} // namespace carillon
