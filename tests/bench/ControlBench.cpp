// SPDX-License-Identifier: GPL-3.0-or-later
// How fast an operator's word acts on a campaign of any size: makes a workspace with so many contacts, plans one campaign
// with a canary for all of them, sends it through a mail server on this machine, and pauses, resumes, throttles and cancels
// it on the way. Prints one JSON line, in milliseconds: until each is answered, until the last message that was on the wire
// then is over, and how long others wait while what was cancelled is swept.
//
//     smtp-sink -u nobody 127.0.0.1:2525 500 &
//     ControlBench --contacts 1000000 --smtp-port 2525
#include "engine/base/Random.h"
#include "engine/base/SystemClock.h"
#include "engine/content/ContentCache.h"
#include "engine/dispatch/Dispatch.h"
#include "engine/provider/BuiltInProviders.h"
#include "engine/provider/SmtpProvider.h"
#include "engine/security/MemoryVault.h"
#include "engine/service/CampaignService.h"
#include "engine/service/DeliveryService.h"
#include "engine/store/AccountRepository.h"
#include "engine/store/BrandRepository.h"
#include "engine/store/Connection.h"
#include "engine/store/DeliveryRepository.h"
#include "engine/store/LogRepository.h"
#include "engine/store/Store.h"
#include "engine/store/TemplateRepository.h"
#include "engine/store/TopicRepository.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QElapsedTimer>
#include <QJsonDocument>
#include <QTemporaryDir>
#include <QThread>

#include <cstdio>

using namespace carillon;

namespace {

constexpr int canarySize = 100;
constexpr qint64 longestWaitMs = 300'000;
constexpr int lookEveryMs = 2;

template <typename T>
T must(const Result<T>& result)
{
    if (!result)
        qFatal("%s", qPrintable(result.error().message));
    return *result;
}
void must(const Status& status)
{
    if (!status)
        qFatal("%s", qPrintable(status.error().message));
}

double since(const QElapsedTimer& time)
{
    return double(time.nsecsElapsed() / 1'000) / 1'000;
}

// Contacts by SQL: how fast they are imported is not the question here.
void insertContacts(Connection& connection, qint64 first, qint64 last)
{
    connection.run("WITH RECURSIVE n (i) AS (SELECT ?1 UNION ALL SELECT i + 1 FROM n WHERE i < ?2)"
                   " INSERT INTO contact (external_id, name, locale, time_zone, attributes, created_at, updated_at)"
                   " SELECT 'm-' || i, 'Name ' || i, '', '', '{\"city\":\"Valencia\"}', 1, 1 FROM n",
                   first, last);
    connection.run("INSERT INTO address (contact_id, channel, value, value_key, state)"
                   " SELECT id, 'email', 'm' || id || '@rcpt' || (id % 50) || '.example.org',"
                   " 'm' || id || '@rcpt' || (id % 50) || '.example.org', 'active'"
                   " FROM contact WHERE id BETWEEN ?1 AND ?2",
                   first, last);
}

qint64 insertTopic(Connection& connection, int smtpPort)
{
    Brand brand;
    brand.name = brand.fromName = QStringLiteral("Shop");
    brand.fromAddress = QStringLiteral("hello@shop.example.org");
    Topic topic;
    topic.key = topic.name = QStringLiteral("bench");
    topic.brandId = BrandRepository(connection).save(brand);
    topic.id = TopicRepository(connection).save(topic);
    Account account;
    account.name = QStringLiteral("Sink");
    account.provider = QStringLiteral("smtp");
    account.channel = QStringLiteral("email");
    account.settings = {{QStringLiteral("host"), QStringLiteral("127.0.0.1")},
                        {QStringLiteral("port"), smtpPort},
                        {QStringLiteral("security"), QStringLiteral("none")},
                        {QStringLiteral("auth"), QStringLiteral("none")}};
    TopicRepository(connection).replaceRoutes(topic.id, {{0, topic.id, AccountRepository(connection).save(account), 0, {}}});
    Template mail;
    mail.topicId = topic.id;
    mail.channel = QStringLiteral("email");
    mail.parts
        = {{QStringLiteral("subject"), QStringLiteral("Hello {{ contact.name }}")},
           {QStringLiteral("text"), QStringLiteral("From {{ contact.city }}\n") + QStringLiteral("word ").repeated(80)}};
    TemplateRepository(connection).replaceForTopic(topic.id, {mail}, {{}, {}, 1});
    return topic.id;
}

// The engine in its own thread, and an operator in this one, who waits for each answer.
class ControlBench {
public:
    ControlBench(Store& store, Clock& clock, Random& random, int smtpPort)
        : m_store(store)
        , m_clock(clock)
        , m_cache(clock)
        , m_dispatch(makeDispatch(clock, random))
        , m_campaigns(store, clock, *m_dispatch, m_cache)
        , m_deliveries(store, clock, *m_dispatch)
    {
        m_topic = must(
            store.write([smtpPort](Connection& connection) -> Result<qint64> { return insertTopic(connection, smtpPort); })
                .result());
        m_thread.start();
        m_dispatch->moveToThread(&m_thread);
        QMetaObject::invokeMethod(m_dispatch.get(), &Dispatch::start, Qt::QueuedConnection);
    }
    ~ControlBench()
    {
        m_dispatch->stop().waitForFinished();
        QMetaObject::invokeMethod(
            m_dispatch.get(), [this] { m_dispatch.reset(); }, Qt::BlockingQueuedConnection);
        m_thread.quit();
        m_thread.wait();
    }

    QJsonObject run()
    {
        const qint64 id = draft();
        undo();
        begin(id);
        throttle(id);
        pauseAndResume(id);
        cancel(id);
        return m_report;
    }

private:
    std::unique_ptr<Dispatch> makeDispatch(Clock& clock, Random& random)
    {
        addBuiltInProviders(m_registry, {clock, std::make_shared<HttpTransport>(), nullptr});
        must(m_registry.add(std::make_unique<SmtpProvider>(clock)));
        return std::make_unique<Dispatch>(m_store, clock, random, m_registry, m_vault, QStringLiteral("bench"),
                                          [](const Delivery&, const Brand&) { return QString(); });
    }
    qint64 draft(int canary = canarySize)
    {
        Campaign campaign;
        campaign.name = QStringLiteral("Bench");
        campaign.topicId = m_topic;
        campaign.audience.everyone = true;
        campaign.control.canary.count = canary;
        return must(m_campaigns.save(m_ann, campaign).result());
    }
    template <typename Answer>
    void timed(const QString& name, const std::function<Answer()>& operation)
    {
        QElapsedTimer time;
        time.start();
        must(operation());
        m_report.insert(name + QStringLiteral("_answer_ms"), since(time));
    }
    void act(const QString& name, const std::function<Future<void>()>& operation)
    {
        timed<Status>(name, [&] { return operation().result(); });
    }
    // Waits until it holds; how long that took.
    double until(const char* what, const std::function<bool()>& holds)
    {
        QElapsedTimer time;
        time.start();
        while (!holds()) {
            if (time.elapsed() > longestWaitMs)
                qFatal("%s: not within five minutes", what);
            QThread::msleep(lookEveryMs);
        }
        return since(time);
    }
    // How many deliveries there were in entries of this type since the last call.
    qint64 news(const QString& type)
    {
        const LogRepository::Digest digest
            = must(m_store
                       .read([seq = m_seq](Connection& connection) -> Result<LogRepository::Digest> {
                           return LogRepository(connection).digest(seq);
                       })
                       .result());
        m_seq = digest.lastSeq;
        return digest.byType.value(type);
    }
    qint64 onTheWire(qint64 id)
    {
        return must(m_store
                        .read([id](Connection& connection) -> Result<qint64> {
                            return DeliveryRepository(connection).triedCounts(id).value(DeliveryState::Sending);
                        })
                        .result());
    }

    // A million contacts, in an hour; nothing is planned before.
    void undo()
    {
        const qint64 id = draft();
        act(QStringLiteral("schedule"), [&] { return m_campaigns.schedule(m_ann, id, m_clock.now() + 3'600'000); });
        act(QStringLiteral("undo"), [&] { return m_campaigns.unschedule(m_ann, id); });
    }

    void begin(qint64 id)
    {
        (void)news({});
        act(QStringLiteral("send"), [&] { return m_campaigns.schedule(m_ann, id, 0); });
        until("planning", [&] { return news(QStringLiteral("campaign.sending")) > 0; });
        m_report.insert(QStringLiteral("first_canary_ms"),
                        until("the first message", [&] { return news(QStringLiteral("delivery.sending")) > 0; }));
        m_report.insert(QStringLiteral("canary_passed_ms"),
                        until("the canary", [&] { return news(QStringLiteral("campaign.canary_passed")) > 0; }));
        QElapsedTimer time;
        time.start();
        qint64 sent = 0;
        until("some messages", [&] { return (sent += news(QStringLiteral("delivery.sent"))) > 2'000; });
        m_report.insert(QStringLiteral("rate_per_s"), qRound64(double(sent) * 1'000 / since(time)));
    }

    void throttle(qint64 id)
    {
        constexpr double perSecond = 100;
        act(QStringLiteral("throttle"), [&] { return m_campaigns.setThrottle(m_ann, id, perSecond * 60); });
        (void)news({});
        QThread::msleep(1'000);
        m_report.insert(QStringLiteral("throttled_first_second"), news(QStringLiteral("delivery.sending")));
        QThread::msleep(1'000);
        m_report.insert(QStringLiteral("throttled_next_second"), news(QStringLiteral("delivery.sending")));
        act(QStringLiteral("unthrottle"), [&] { return m_campaigns.setThrottle(m_ann, id, 0); });
        (void)news({});
        QThread::msleep(1'000);
        m_report.insert(QStringLiteral("unthrottled_first_second"), news(QStringLiteral("delivery.sending")));
    }

    void stopped(const QString& name, qint64 id)
    {
        (void)news({});
        m_report.insert(name + QStringLiteral("_wire_quiet_ms"), until("the wire", [&] { return onTheWire(id) == 0; }));
    }

    void pauseAndResume(qint64 id)
    {
        act(QStringLiteral("pause"), [&] { return m_campaigns.pause(m_ann, id); });
        stopped(QStringLiteral("pause"), id);
        (void)news({});
        QThread::msleep(500);
        m_report.insert(QStringLiteral("begun_while_paused"), news(QStringLiteral("delivery.sending")));
        act(QStringLiteral("resume"), [&] { return m_campaigns.resume(m_ann, id); });
        m_report.insert(QStringLiteral("resume_first_message_ms"),
                        until("the first message", [&] { return news(QStringLiteral("delivery.sending")) > 0; }));
        until("some messages", [&] { return news(QStringLiteral("delivery.sent")) > 0; });
    }

    void cancel(qint64 id)
    {
        QElapsedTimer time;
        time.start();
        act(QStringLiteral("cancel"), [&] { return m_campaigns.cancel(m_ann, id); });
        stopped(QStringLiteral("cancel"), id);
        othersDuring(id);
        until("the sweep", [&] {
            return !must(m_store
                             .read([id](Connection& connection) -> Result<bool> {
                                 return DeliveryRepository(connection).hasOpen(id);
                             })
                             .result());
        });
        m_report.insert(QStringLiteral("sweep_s"), since(time) / 1'000);
    }

    // While it is swept: the longest that others wait for a read, a write, and an operator's word.
    void othersDuring(qint64 id)
    {
        constexpr int times = 50;
        const qint64 other = draft();
        double save = 0;
        double word = 0;
        double page = 0;
        for (int i = 0; i < times; ++i) {
            QElapsedTimer time;
            time.start();
            (void)draft();
            save = qMax(save, since(time));
            time.restart();
            must(m_campaigns.setThrottle(m_ann, other, i + 1).result());
            word = qMax(word, since(time));
            time.restart();
            DeliveryQuery query;
            query.campaignId = id;
            (void)must(m_deliveries.page(query, {0, 100}).result());
            page = qMax(page, since(time));
        }
        m_report.insert(QStringLiteral("sweeping_save_ms"), save);
        m_report.insert(QStringLiteral("sweeping_throttle_ms"), word);
        m_report.insert(QStringLiteral("sweeping_page_ms"), page);
    }

    Store& m_store;
    Clock& m_clock;
    ContentCache m_cache;
    MemoryVault m_vault;
    ProviderRegistry m_registry;
    QThread m_thread;
    std::unique_ptr<Dispatch> m_dispatch;
    CampaignService m_campaigns;
    DeliveryService m_deliveries;
    const Caller m_ann{QStringLiteral("bench"), Role::Administrator};
    qint64 m_topic = 0;
    qint64 m_seq = 0;
    QJsonObject m_report;
};

} // namespace

int main(int argc, char** argv)
{
    QCoreApplication application(argc, argv);
    QCommandLineParser arguments;
    arguments.addHelpOption();
    const QString number = QStringLiteral("number");
    arguments.addOptions(
        {{QStringLiteral("contacts"), QStringLiteral("In the audience."), number, QStringLiteral("1000000")},
         {QStringLiteral("smtp-port"), QStringLiteral("Of a mail server on this machine."), number,
          QStringLiteral("2525")}});
    arguments.process(application);
    const qint64 contacts = arguments.value(QStringLiteral("contacts")).toLongLong();
    QTemporaryDir folder;
    SystemClock clock;
    SystemRandom random;
    const auto store = Store::open(folder.filePath(QStringLiteral("bench.carillon")), clock);
    if (!store)
        qFatal("%s", qPrintable(store.error().message));
    constexpr qint64 chunk = 50'000;
    for (qint64 first = 1; first <= contacts; first += chunk)
        must((*store)
                 ->write([&](Connection& connection) -> Status {
                     insertContacts(connection, first, qMin(first + chunk - 1, contacts));
                     return {};
                 })
                 .result());
    QJsonObject report = ControlBench(**store, clock, random, arguments.value(QStringLiteral("smtp-port")).toInt()).run();
    report.insert(QStringLiteral("contacts"), contacts);
    std::puts(QJsonDocument(report).toJson(QJsonDocument::Compact).constData());
    return 0;
}
