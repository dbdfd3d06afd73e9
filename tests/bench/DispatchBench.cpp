// SPDX-License-Identifier: GPL-3.0-or-later
// The dispatch room alone, at any size: makes a workspace with so many contacts, plans one campaign for all of them, and
// sends the first so many messages. Prints one JSON line: planning (rows and CPU per second), sending, the longest
// transaction of each, peak memory.
//
//     DispatchBench --contacts 1000000 --messages 0                                        planning alone
//     smtp-sink -u nobody 127.0.0.1:2525 500 &
//     DispatchBench --contacts 1000000 --messages 20000 --smtp-port 2525 --connections 10
//     DispatchBench --contacts 20000 --url http://127.0.0.1:8080/hook
//     DispatchBench --contacts 20000 --url http://127.0.0.1:8080 --provider mattermost      the same through a chat's file
//     DispatchBench --contacts 1000000 --smtp-port 2525 --triggers 500      how long triggers take beside a campaign
#include "engine/base/Random.h"
#include "engine/base/SystemClock.h"
#include "engine/dispatch/Dispatch.h"
#include "engine/provider/BuiltInProviders.h"
#include "engine/provider/SmtpProvider.h"
#include "engine/security/MemoryVault.h"
#include "engine/store/AccountRepository.h"
#include "engine/store/BrandRepository.h"
#include "engine/store/CampaignRepository.h"
#include "engine/store/Connection.h"
#include "engine/store/LogRepository.h"
#include "engine/store/Store.h"
#include "engine/store/TemplateRepository.h"
#include "engine/store/TopicRepository.h"
#include "tests/bench/TriggerProbe.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QElapsedTimer>
#include <QJsonDocument>
#include <QTemporaryDir>

#include <sys/resource.h>

#include <cstdio>

using namespace carillon;

namespace {

struct Plan {
    qint64 contacts = 0;
    qint64 messages = 0; // how many to send before it ends
    int triggers = 0; // when not 0: it ends when so many were measured
    Account account;
    QMap<QString, QString> parts;
};

constexpr qint64 longestStandstillMs = 20'000;

double cpuSeconds()
{
    rusage used{};
    getrusage(RUSAGE_SELF, &used);
    const auto seconds = [](const timeval& time) { return double(time.tv_sec) + double(time.tv_usec) / 1e6; };
    return seconds(used.ru_utime) + seconds(used.ru_stime);
}

double peakMiB()
{
    rusage used{};
    getrusage(RUSAGE_SELF, &used);
    return double(used.ru_maxrss) / 1'024;
}

// About 1.7 KB of HTML and 0.4 KB of text, as in mails.py.
QMap<QString, QString> mailParts()
{
    const QString paragraph
        = QStringLiteral("<p>This is what we are about to do for {{ contact.first_name }} in {{ contact.city }}, and why it "
                         "matters to you: ")
        + QStringLiteral("word ").repeated(55) + QStringLiteral("</p>");
    return {
        {QStringLiteral("subject"), QStringLiteral("Hello {{ contact.first_name }}")},
        {QStringLiteral("html"),
         QStringLiteral("<html><body><h1>Dear {{ contact.first_name }} {{ contact.last_name }}</h1>") + paragraph.repeated(3)
             + QStringLiteral("<p>{{ contact.email }}</p></body></html>")},
        {QStringLiteral("text"),
         QStringLiteral("Dear {{ contact.first_name }},\n\n") + QStringLiteral("word word word word word\n").repeated(16)}};
}

QMap<QString, QString> webhookParts()
{
    return {{QStringLiteral("body"),
             QStringLiteral(R"({"event":"order.assigned","id":"{{ message_id }}","name":"{{ contact.first_name }}",)"
                            R"("city":"{{ contact.city }}","plan":"{{ contact.plan }}","text":")")
                 + QStringLiteral("word ").repeated(35) + QStringLiteral("\"}")}};
}

// As much text as a webhook's, in the words of a chat.
QMap<QString, QString> chatParts()
{
    return {{QStringLiteral("title"), QStringLiteral("Order for {{ contact.first_name }}")},
            {QStringLiteral("text"),
             QStringLiteral("**{{ contact.city }}**, {{ contact.plan }}: ") + QStringLiteral("word ").repeated(35)}};
}

// Contacts by SQL: how fast they are imported is not the question here.
void insertContacts(Connection& connection, const QString& channel, qint64 first, qint64 last)
{
    connection.run("WITH RECURSIVE n (i) AS (SELECT ?1 UNION ALL SELECT i + 1 FROM n WHERE i < ?2)"
                   " INSERT INTO contact (external_id, name, locale, time_zone, attributes, created_at, updated_at)"
                   " SELECT 'm-' || i, 'Name ' || i, '', '',"
                   " '{\"first_name\":\"Name\",\"last_name\":\"Number ' || i || '\",\"city\":\"Valencia\",\"plan\":\"team\","
                   "\"orders\":\"12\"}', 1, 1 FROM n",
                   first, last);
    connection.run("INSERT INTO address (contact_id, channel, value, value_key, state)"
                   " SELECT id, ?1, CASE ?1 WHEN 'email' THEN 'm' || id || '@rcpt' || (id % 50) || '.example.org'"
                   " ELSE 'https://example.org/' || id END, CASE ?1 WHEN 'email' THEN 'm' || id || '@rcpt' || (id % 50)"
                   " || '.example.org' ELSE 'https://example.org/' || id END, 'active'"
                   " FROM contact WHERE id BETWEEN ?2 AND ?3",
                   channel, first, last);
}

qint64 insertCampaign(Connection& connection, const Plan& plan)
{
    Brand brand;
    brand.name = brand.fromName = QStringLiteral("Shop");
    brand.fromAddress = QStringLiteral("hello@shop.example.org");
    Topic topic;
    topic.key = topic.name = QStringLiteral("bench");
    topic.brandId = BrandRepository(connection).save(brand);
    topic.id = TopicRepository(connection).save(topic);
    const qint64 account = AccountRepository(connection).save(plan.account);
    TopicRepository(connection).replaceRoutes(topic.id, {{0, topic.id, account, 0, {}}});
    Template content;
    content.topicId = topic.id;
    content.channel = plan.account.channel;
    content.parts = plan.parts;
    TemplateRepository(connection).replaceForTopic(topic.id, {content}, {{}, {}, 1});
    Campaign campaign;
    campaign.name = QStringLiteral("Bench");
    campaign.topicId = topic.id;
    campaign.audience.everyone = true;
    CampaignRepository campaigns(connection);
    const qint64 id = campaigns.save(campaign);
    TemplateRepository(connection).pin(id, TemplateRepository(connection).forTopic(topic));
    if (const auto scheduled = campaigns.change(id, CampaignVerb::Schedule, QStringLiteral("bench"), 1); !scheduled)
        qFatal("%s", qPrintable(scheduled.error().message));
    return id;
}

// What the probe triggers: a topic and an account of its own.
void insertAlert(Connection& connection, const QString& topicKey, quint16 port)
{
    Account account;
    account.name = topicKey;
    account.provider = account.channel = QStringLiteral("webhook");
    account.settings = {{QStringLiteral("url"), QStringLiteral("http://127.0.0.1:%1/").arg(port)},
                        {QStringLiteral("allow_private_networks"), true}};
    Topic topic;
    topic.key = topic.name = topicKey;
    topic.brandId = 1;
    topic.id = TopicRepository(connection).save(topic);
    TopicRepository(connection).replaceRoutes(topic.id, {{0, topic.id, AccountRepository(connection).save(account), 0, {}}});
    Template content;
    content.topicId = topic.id;
    content.channel = account.channel;
    content.parts = {{QStringLiteral("body"), QStringLiteral(R"({"order":{{ data.order }}})")}};
    TemplateRepository(connection).replaceForTopic(topic.id, {content}, {{}, {}, 1});
}

void fill(const QString& path, Clock& clock, const Plan& plan)
{
    constexpr qint64 chunk = 50'000;
    const auto store = Store::open(path, clock);
    if (!store)
        qFatal("%s", qPrintable(store.error().message));
    for (qint64 first = 1; first <= plan.contacts; first += chunk)
        (*store)
            ->write([&](Connection& connection) -> Status {
                insertContacts(connection, plan.account.channel, first, qMin(first + chunk - 1, plan.contacts));
                return {};
            })
            .waitForFinished();
    (*store)
        ->write([&](Connection& connection) -> Status {
            insertCampaign(connection, plan);
            return {};
        })
        .waitForFinished();
}

// Looks at the log some times a second, as the window does, and says what it has seen.
class Watch : public QObject {
    Q_OBJECT

public:
    Watch(Store& store, Dispatch& dispatch, Clock& clock, const Plan& plan, TriggerProbe* probe)
        : m_store(store)
        , m_dispatch(dispatch)
        , m_clock(clock)
        , m_plan(plan)
        , m_probe(probe)
        , m_cpu(cpuSeconds())
        , m_seq(store.lastSeqAtOpening())
    {
        m_time.start();
        m_moved.start();
        if (m_probe)
            connect(m_probe, &TriggerProbe::done, this, &Watch::takeDelays);
        look();
    }

private:
    void look()
    {
        whenReady(m_store.read([seq = m_seq](Connection& connection) -> Result<LogRepository::Digest> {
            return LogRepository(connection).digest(seq);
        }),
                  this, [this](const Result<LogRepository::Digest>& digest) {
                      if (!digest)
                          qFatal("%s", qPrintable(digest.error().message));
                      take(*digest);
                  });
    }

    void take(const LogRepository::Digest& digest)
    {
        m_planned += digest.byType.value(QStringLiteral("delivery.queued"));
        m_sent += digest.byType.value(QStringLiteral("delivery.sent"));
        m_failed += digest.byType.value(QStringLiteral("delivery.failed"));
        if (digest.lastSeq != m_seq)
            m_moved.restart();
        m_seq = digest.lastSeq;
        if (m_moved.hasExpired(longestStandstillMs))
            return sayWhyNothingMoves();
        if (digest.byType.contains(QStringLiteral("campaign.sending"))) {
            section(QStringLiteral("plan"), m_planned);
            if (m_probe)
                m_probe->begin();
        }
        if (m_probe ? m_isProbed : m_isPlanned && m_sent + m_failed >= m_plan.messages)
            return end();
        m_clock.after(5, this, [this] { look(); });
    }

    void sayWhyNothingMoves()
    {
        whenReady(m_dispatch.conditions(), this, [](const Result<QHash<qint64, AccountCondition>>& conditions) {
            for (const AccountCondition& condition : *conditions)
                qWarning("Nothing moves. The account: %s. %s", qPrintable(condition.state), qPrintable(condition.detail));
            QCoreApplication::exit(1);
        });
    }

    // Rate, CPU and transactions since the last section.
    void section(const QString& name, qint64 count)
    {
        const double seconds = double(m_time.nsecsElapsed()) / 1e9;
        const double cpu = cpuSeconds();
        const Store::Figures figures = m_store.figures();
        m_report.insert(name + QStringLiteral("_per_s"), count == 0 ? 0 : qRound64(double(count) / seconds));
        m_report.insert(name + QStringLiteral("_cpu_s_per_1000"), count == 0 ? 0 : (cpu - m_cpu) * 1'000 / double(count));
        m_report.insert(name + QStringLiteral("_longest_transaction_ms"), double(figures.longestUs) / 1'000);
        m_report.insert(name + QStringLiteral("_peak_mib"), peakMiB());
        m_cpu = cpu;
        m_time.restart();
        m_isPlanned = true;
    }

    void takeDelays(const QList<double>& delays)
    {
        m_isProbed = true;
        m_report.insert(QStringLiteral("trigger_p50_ms"), delays.at(delays.size() / 2));
        m_report.insert(QStringLiteral("trigger_p99_ms"), delays.at(delays.size() * 99 / 100));
        m_report.insert(QStringLiteral("trigger_max_ms"), delays.last());
    }

    void end()
    {
        if (m_plan.messages > 0)
            section(QStringLiteral("send"), m_sent);
        m_report.insert(QStringLiteral("contacts"), m_plan.contacts);
        m_report.insert(QStringLiteral("planned"), m_planned);
        m_report.insert(QStringLiteral("sent"), m_sent);
        m_report.insert(QStringLiteral("failed"), m_failed);
        std::puts(QJsonDocument(m_report).toJson(QJsonDocument::Compact).constData());
        std::fflush(stdout);
        whenReady(m_dispatch.stop(), this, [this](const Status&) { QCoreApplication::exit(m_failed == 0 ? 0 : 1); });
    }

    Store& m_store;
    Dispatch& m_dispatch;
    Clock& m_clock;
    const Plan& m_plan;
    TriggerProbe* m_probe; // or none
    QElapsedTimer m_time;
    QElapsedTimer m_moved;
    double m_cpu;
    qint64 m_seq;
    qint64 m_planned = 0;
    qint64 m_sent = 0;
    qint64 m_failed = 0;
    bool m_isPlanned = false;
    bool m_isProbed = false;
    QJsonObject m_report;
};

Plan planOf(const QCommandLineParser& arguments)
{
    const auto text = [&](const char16_t* key) { return arguments.value(QStringView(key).toString()); };
    Plan plan;
    plan.contacts = text(u"contacts").toLongLong();
    plan.messages = arguments.isSet(QStringLiteral("messages")) ? text(u"messages").toLongLong() : plan.contacts;
    plan.triggers = text(u"triggers").toInt();
    plan.account.name = QStringLiteral("Bench");
    plan.account.enabled = true;
    if (arguments.isSet(QStringLiteral("provider"))) {
        plan.account.provider = plan.account.channel = text(u"provider");
        plan.account.settings
            = {{QStringLiteral("base_url"), text(u"url")}, {QStringLiteral("allow_private_networks"), true}};
        plan.parts = chatParts();
        return plan;
    }
    if (arguments.isSet(QStringLiteral("url"))) {
        plan.account.provider = plan.account.channel = QStringLiteral("webhook");
        plan.account.settings = {{QStringLiteral("url"), text(u"url")}, {QStringLiteral("allow_private_networks"), true}};
        plan.parts = webhookParts();
        return plan;
    }
    plan.account.provider = QStringLiteral("smtp");
    plan.account.channel = QStringLiteral("email");
    plan.account.settings = {{QStringLiteral("host"), QStringLiteral("127.0.0.1")},
                             {QStringLiteral("port"), text(u"smtp-port").toInt()},
                             {QStringLiteral("security"), QStringLiteral("none")},
                             {QStringLiteral("auth"), QStringLiteral("none")},
                             {QStringLiteral("pipelining"), text(u"pipelining")},
                             {QStringLiteral("max_connections"), text(u"connections").toInt()}};
    plan.parts = mailParts();
    return plan;
}

} // namespace

int main(int argc, char** argv)
{
    QCoreApplication application(argc, argv);
    QCommandLineParser arguments;
    arguments.addHelpOption();
    const QString number = QStringLiteral("number");
    arguments.addOptions(
        {{QStringLiteral("contacts"), QStringLiteral("In the audience."), number, QStringLiteral("20000")},
         {QStringLiteral("messages"), QStringLiteral("To send before it ends; all when not given."), number},
         {QStringLiteral("smtp-port"), QStringLiteral("Of a mail server on this machine."), number, QStringLiteral("2525")},
         {QStringLiteral("connections"), QStringLiteral("To it at the most."), number, QStringLiteral("8")},
         {QStringLiteral("pipelining"), QStringLiteral("auto or off."), QStringLiteral("choice"), QStringLiteral("auto")},
         {QStringLiteral("url"), QStringLiteral("Webhooks to this address in place of mail."), QStringLiteral("url")},
         {QStringLiteral("provider"), QStringLiteral("A chat's, at that address, in place of webhooks."),
          QStringLiteral("key")},
         {QStringLiteral("triggers"), QStringLiteral("To measure meanwhile; it ends after them."), number}});
    arguments.process(application);
    const Plan plan = planOf(arguments);
    QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("bench.carillon"));
    SystemClock clock;
    fill(path, clock, plan);

    auto store = Store::open(path, clock);
    if (!store)
        qFatal("%s", qPrintable(store.error().message));
    SystemRandom random;
    MemoryVault vault;
    vault.write(secretKey((*store)->workspaceId(), 1, QStringLiteral("token")), Secret("abcdefghijklmnopqrstuvwxyz"))
        .waitForFinished();
    ProviderRegistry registry;
    addBuiltInProviders(registry, {clock, std::make_shared<HttpTransport>(), nullptr});
    (void)registry.add(std::make_unique<SmtpProvider>(clock));
    Dispatch dispatch(**store, clock, random, registry, vault, QStringLiteral("bench"),
                      [](const Delivery&, const Brand&) { return QString(); });
    std::unique_ptr<TriggerProbe> probe;
    if (plan.triggers > 0) {
        const QString topicKey = QStringLiteral("alert");
        probe = std::make_unique<TriggerProbe>(**store, clock, dispatch, topicKey, plan.triggers);
        (*store)
            ->write([&](Connection& connection) -> Status {
                insertAlert(connection, topicKey, probe->port());
                return {};
            })
            .waitForFinished();
    }
    dispatch.start();
    Watch watch(**store, dispatch, clock, plan, probe.get());
    return QCoreApplication::exec();
}

#include "DispatchBench.moc"
