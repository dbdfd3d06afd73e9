// SPDX-License-Identifier: GPL-3.0-or-later
// How long a rehearsal of a whole workspace takes, beside the bare loop that composes the same messages from memory on one
// core.
//
//     RehearsalBench [contacts]
#include "engine/base/SystemClock.h"
#include "engine/content/Composer.h"
#include "engine/service/RehearsalRunner.h"
#include "engine/store/AccountRepository.h"
#include "engine/store/BrandRepository.h"
#include "engine/store/Connection.h"
#include "engine/store/ContactRepository.h"
#include "engine/store/Store.h"
#include "engine/store/TemplateRepository.h"
#include "engine/store/TopicRepository.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QTemporaryDir>

#include <cstdio>
#include <sys/resource.h>

using namespace carillon;

namespace {

constexpr int contactsPerWrite = 5'000;

const QString email = QStringLiteral("email");

const QString html = QStringLiteral(
    "<!DOCTYPE html><html><head><meta charset=\"utf-8\"><title>News</title></head>"
    "<body style=\"font-family:Arial,sans-serif;color:#222\"><div style=\"max-width:560px;margin:auto;padding:24px\">"
    "<h1 style=\"font-size:20px\">News for {{ contact.city }}</h1>"
    "<p>Dear {{ contact.first_name | default: 'friend' }} {{ contact.last_name }},</p>"
    "<p>your plan is {{ contact.plan | upcase }}; {% if contact.orders == 0 %}there is no order yet{% else %}there are "
    "{{ contact.orders }} orders{% endif %}.</p>"
    "<ul>{% for i in (1..5) %}<li><a href=\"https://shop.example.org/i/{{ i }}\">Offer {{ i }}</a></li>\n{% endfor %}</ul>"
    "<p style=\"font-size:12px;color:#777\">You get this because {{ contact.email }} is subscribed. "
    "<a href=\"{{ unsubscribe_url }}\">Unsubscribe</a></p></div></body></html>");

Contact person(int n)
{
    Contact contact;
    contact.externalId = QStringLiteral("c-%1").arg(n);
    contact.name = n % 50 ? QStringLiteral("Luisa Ondricka %1").arg(n) : QStringLiteral("مريم %1").arg(n);
    contact.locale = n % 3 ? QStringLiteral("en") : QStringLiteral("es-ES");
    contact.attributes = {{QStringLiteral("first_name"), QStringLiteral("Luisa")},
                          {QStringLiteral("last_name"), QStringLiteral("Ondricka")},
                          {QStringLiteral("plan"), n % 2 ? QStringLiteral("team") : QStringLiteral("free")},
                          {QStringLiteral("orders"), n % 40}};
    if (n % 10 != 0)
        contact.attributes.insert(QStringLiteral("city"), QStringLiteral("Albacete"));
    contact.addresses = {{0, 0, email, QStringLiteral("p%1@example.org").arg(n), AddressState::Active}};
    return contact;
}

Result<qint64> makeTopic(Connection& connection)
{
    Brand brand;
    brand.name = QStringLiteral("Shop");
    brand.fromAddress = QStringLiteral("shop@example.org");
    brand.publicUrl = QStringLiteral("https://news.example.org");
    Account account;
    account.name = QStringLiteral("Relay");
    account.channel = email;
    Topic topic;
    topic.key = QStringLiteral("news");
    topic.name = QStringLiteral("News");
    topic.category = Category::Marketing;
    topic.brandId = BrandRepository(connection).save(brand);
    const qint64 id = TopicRepository(connection).save(topic);
    TopicRepository(connection).replaceRoutes(id, {Route{0, id, AccountRepository(connection).save(account), 0, {}}});
    Template mail;
    mail.channel = email;
    mail.parts
        = {{QStringLiteral("subject"), QStringLiteral("News for {{ contact.first_name }}")}, {QStringLiteral("html"), html}};
    TemplateRepository(connection).replaceForTopic(id, {mail}, {{}, {}, 1});
    return id;
}

Result<qint64> fill(Store& store, int contacts)
{
    for (int first = 1; first <= contacts; first += contactsPerWrite) {
        const int last = qMin(contacts, first + contactsPerWrite - 1);
        const Result<qint64> written = store
                                           .write([first, last](Connection& connection) -> Result<qint64> {
                                               for (int n = first; n <= last; ++n)
                                                   ContactRepository(connection).insert(person(n));
                                               return last;
                                           })
                                           .result();
        if (!written)
            return written;
    }
    return store.write(makeTopic).result();
}

double peakMiB()
{
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return double(usage.ru_maxrss) / 1024;
}

double cpuSeconds()
{
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return double(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec)
        + double(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
}

void print(const char* name, double seconds, double cpu, int contacts)
{
    std::printf("%-44s %7.2f s  %7.2f s of all cores  %9.0f contacts/s  peak %5.0f MiB\n", name, seconds, cpu,
                contacts / seconds, peakMiB());
}

// The yardstick: what composing alone takes, one after the other, with the contacts in memory.
void composeAlone(Store& store, qint64 topicId, int contacts)
{
    const ContentSet content = store
                                   .read([topicId](Connection& connection) -> Result<ContentSet> {
                                       const Topic topic = *TopicRepository(connection).find(topicId);
                                       return ContentSet{topic,
                                                         *BrandRepository(connection).find(topic.brandId),
                                                         TemplateRepository(connection).ofTopic(topicId),
                                                         {}};
                                   })
                                   .result()
                                   .value();
    const Composer composer(content);
    QList<Contact> people;
    for (int n = 1; n <= contacts; ++n)
        people << person(n);
    Delivery delivery;
    delivery.channel = email;
    delivery.topicId = topicId;
    QElapsedTimer timer;
    timer.start();
    const double cpu = cpuSeconds();
    qint64 bytes = 0;
    for (const Contact& contact : std::as_const(people)) {
        delivery.address = contact.addresses.first().value;
        delivery.messageId = QStringLiteral("d1@example.org");
        bytes += composer.compose(delivery, contact, 1'700'000'000'000, QStringLiteral("https://example.test/u/1"))
                     ->content.size();
    }
    print("compose alone, one core, from memory", double(timer.elapsed()) / 1000, cpuSeconds() - cpu, contacts);
    std::printf("    %lld bytes a message\n", static_cast<long long>(bytes / contacts));
}

} // namespace

int main(int argc, char** argv)
{
    QCoreApplication application(argc, argv);
    const int contacts = argc > 1 ? qMax(1, QString::fromLocal8Bit(argv[1]).toInt()) : 100'000;
    const QTemporaryDir folder;
    SystemClock clock;
    const auto store = Store::open(folder.filePath(QStringLiteral("bench.carillon")), clock);
    const Result<qint64> topic = store ? fill(**store, contacts) : fail(store.error());
    if (!topic) {
        std::fprintf(stderr, "%s\n", qPrintable(topic.error().message));
        return 1;
    }
    RehearsalRequest request;
    request.campaign.topicId = *topic;
    request.campaign.audience.everyone = true;
    const double cpu = cpuSeconds();
    RehearsalRunner run(**store, clock, request);
    QObject::connect(&run, &RehearsalRun::failed, &application, [](const Error& error) {
        std::fprintf(stderr, "%s\n", qPrintable(error.message));
        QCoreApplication::exit(1);
    });
    QObject::connect(&run, &RehearsalRun::finished, &application, [] { QCoreApplication::exit(0); });
    run.start();
    if (const int code = QCoreApplication::exec(); code != 0)
        return code;
    const RehearsalReport& report = run.report();
    print("rehearsal, all cores, from the workspace", double(report.durationMs) / 1000, cpuSeconds() - cpu, contacts);
    std::printf("    %lld messages, %lld fail, %lld findings\n", static_cast<long long>(report.messages),
                static_cast<long long>(report.failed), static_cast<long long>(report.findings.size()));
    composeAlone(**store, *topic, contacts);
    return 0;
}
