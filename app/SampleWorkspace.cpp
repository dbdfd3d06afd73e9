// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/SampleWorkspace.h"

#include "engine/service/AccountService.h"
#include "engine/service/CampaignService.h"
#include "engine/service/ContactService.h"
#include "engine/service/TopicService.h"

#include <QCoreApplication>
#include <QFile>

namespace carillon {

namespace {

const QString topicKey = QStringLiteral("sample.welcome");
constexpr int sampleContacts = 250;

QString tr(const char* text)
{
    return QCoreApplication::translate("SampleWorkspace", text);
}

QString resource(const QString& name)
{
    QFile file(QStringLiteral(":/templates/sample/") + name);
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

struct Person {
    const char16_t* first;
    const char16_t* last;
    const char16_t* locale;
    const char16_t* timeZone;
    const char16_t* city;
};

constexpr Person people[] = {
    {u"Ada", u"Lovelace", u"en-GB", u"Europe/London", u"London"},
    {u"Grace", u"Hopper", u"en-US", u"America/New_York", u"New York"},
    {u"Jürgen", u"Müller", u"de-DE", u"Europe/Berlin", u"Köln"},
    {u"Zoë", u"Brontë", u"en-IE", u"Europe/Dublin", u"Dublin"},
    {u"Łukasz", u"Wójcik", u"pl-PL", u"Europe/Warsaw", u"Łódź"},
    {u"Noor", u"الهاشمي", u"ar-JO", u"Asia/Amman", u"عمّان"},
    {u"美咲", u"佐藤", u"ja-JP", u"Asia/Tokyo", u"東京"},
    {u"Søren", u"Kjær", u"da-DK", u"Europe/Copenhagen", u"Århus"},
    {u"Anaïs", u"Lefèvre", u"fr-FR", u"Europe/Paris", u"Lyon"},
    {u"Kate", u"O'Neil", u"en-AU", u"Australia/Sydney", u"Sydney"},
};

// What becomes of a message, in the simulator's words: most are delivered, some are read. A few show what can go wrong: a
// mailbox that does not exist, one that turns out later not to exist, one that is full, one that is slow to answer, one that
// could not be reached after all; and once somebody calls it spam.
QString localPart(int number)
{
    if (number == 111)
        return QStringLiteral("complain+%1").arg(number);
    if (number % 40 == 9)
        return QStringLiteral("late-fail+%1").arg(number);
    switch (number % 20) {
    case 3: return QStringLiteral("late-bounce+%1").arg(number);
    case 7: return QStringLiteral("bounce+%1").arg(number);
    case 13: return QStringLiteral("retry-once+%1").arg(number);
    case 17: return QStringLiteral("refuse+%1").arg(number);
    default: return (number % 5 < 2 ? QStringLiteral("read+%1") : QStringLiteral("deliver+%1")).arg(number);
    }
}

Contact contactNumber(int number)
{
    const Person& person = people[number % std::size(people)];
    Contact contact;
    contact.externalId = QStringLiteral("sample-%1").arg(number, 4, 10, QLatin1Char('0'));
    contact.name = QString::fromUtf16(person.first) + u' ' + QString::fromUtf16(person.last);
    contact.locale = QString::fromUtf16(person.locale);
    contact.timeZone = QString::fromUtf16(person.timeZone);
    contact.attributes = {{QStringLiteral("first_name"), QString::fromUtf16(person.first)},
                          {QStringLiteral("last_name"), QString::fromUtf16(person.last)},
                          {QStringLiteral("city"), QString::fromUtf16(person.city)},
                          {QStringLiteral("plan"), number % 3 == 0 ? QStringLiteral("team") : QStringLiteral("free")}};
    if (number % 25 != 24) // a few have no address, to be seen among those left out
        contact.addresses = {{0, 0, QStringLiteral("email"), localPart(number) + QStringLiteral("@sample.example.org"),
                              AddressState::Active}};
    return contact;
}

Result<qint64> makeBrand(const Services& services, const Caller& caller)
{
    Brand brand;
    brand.name = tr("Sample Company");
    brand.fromName = tr("Sample Company");
    brand.fromAddress = QStringLiteral("hello@sample.example.org");
    brand.postalAddress = tr("1 Example Street, 12345 Sampletown");
    brand.publicUrl = QStringLiteral("https://sample.example.org");
    brand.unsubscribeMailto = QStringLiteral("unsubscribe@sample.example.org");
    return services.topics.saveBrand(caller, brand).result();
}

Result<qint64> makeAccount(const Services& services, const Caller& caller)
{
    Account account;
    account.name = tr("Local sink");
    account.provider = QStringLiteral("simulator");
    account.channel = QStringLiteral("email");
    account.settings = {{QStringLiteral("latency_ms"), 400},
                        {QStringLiteral("jitter_ms"), 600},
                        {QStringLiteral("rate_per_second"), 25},
                        {QStringLiteral("receipts_delivered"), 100},
                        {QStringLiteral("receipts_within_ms"), int(sampleReceiptsMs)}};
    return services.accounts.save(caller, account, {}).result();
}

Result<qint64> makeTopic(const Services& services, const Caller& caller, qint64 brandId, qint64 accountId)
{
    TopicDetail detail;
    detail.topic.key = topicKey;
    detail.topic.name = tr("Welcome");
    detail.topic.category = Category::Marketing;
    detail.topic.brandId = brandId;
    detail.routes = {{0, 0, accountId, 0, {}}};
    const QString subject = QStringLiteral("subject");
    const QString html = QStringLiteral("html");
    detail.templates = {{0,
                         0,
                         QStringLiteral("email"),
                         {},
                         {{subject, resource(QStringLiteral("welcome.subject.txt")).trimmed()},
                          {html, resource(QStringLiteral("welcome.html"))}},
                         0,
                         0},
                        {0,
                         0,
                         QStringLiteral("email"),
                         QStringLiteral("de"),
                         {{subject, resource(QStringLiteral("welcome.de.subject.txt")).trimmed()},
                          {html, resource(QStringLiteral("welcome.de.html"))}},
                         0,
                         0}};
    return services.topics.save(caller, detail).result();
}

Result<qint64> makeContacts(const Services& services, const Caller& caller)
{
    ContactList list;
    list.name = tr("Sample customers");
    const Result<qint64> listId = services.contacts.saveList(caller, list).result();
    if (!listId)
        return listId;
    QList<Future<qint64>> saved;
    for (int number = 0; number < sampleContacts; ++number)
        saved << services.contacts.save(caller, contactNumber(number));
    QList<qint64> ids;
    for (const Future<qint64>& one : std::as_const(saved)) {
        const Result<qint64> id = one.result();
        if (!id)
            return id;
        ids << *id;
    }
    const Status added = services.contacts.addToList(caller, *listId, ids).result();
    if (!added)
        return fail(added.error());
    return listId;
}

Result<qint64> existingCampaign(const Services& services, qint64 topicId)
{
    const Result<Page<CampaignSummary>> page = services.campaigns.page({}, {0, 1000}).result();
    if (!page)
        return fail(page.error());
    for (const CampaignSummary& summary : page->rows) {
        if (summary.campaign.topicId == topicId && summary.campaign.state == CampaignState::Draft)
            return summary.campaign.id;
    }
    return 0;
}

} // namespace

Result<qint64> fillSampleWorkspace(const Services& services, const Caller& caller)
{
    if (const Result<TopicDetail> known = services.topics.find(topicKey).result())
        return existingCampaign(services, known->topic.id);
    const Result<qint64> brand = makeBrand(services, caller);
    if (!brand)
        return brand;
    const Result<qint64> account = makeAccount(services, caller);
    if (!account)
        return account;
    const Result<qint64> topic = makeTopic(services, caller, *brand, *account);
    if (!topic)
        return topic;
    const Result<qint64> list = makeContacts(services, caller);
    if (!list)
        return list;
    Campaign campaign;
    campaign.name = tr("Welcome, everyone");
    campaign.topicId = *topic;
    campaign.audience.listIds = {*list};
    return services.campaigns.save(caller, campaign).result();
}

} // namespace carillon
