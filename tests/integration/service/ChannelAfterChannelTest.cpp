// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/model/Engagement.h"
#include "tests/unit/provider/Proxies.h"
#include "tests/unit/service/SendingRoom.h"

#include <QProcess>

using namespace carillon;

namespace {

const QString python = QStringLiteral("/usr/bin/python3");
const QString peers = QStringLiteral(CARILLON_SOURCE_DIR "/tests/integration/peers/");
const QString webhook = QStringLiteral("webhook");
const QString sms = QStringLiteral("sms");

// A gateway for text messages, as somebody drops it beside the workspace.
const char* const gateway = R"({
    "format": 1, "key": "gateway", "name": "Gateway", "channel": "sms", "help": "The test's own.",
    "address": {"label": "+34600000001"},
    "privateNetworksField": "allow_private_networks",
    "fields": [{"key": "url", "label": "Address", "type": "url", "required": true},
               {"key": "allow_private_networks", "label": "Allow private networks", "type": "boolean", "default": false}],
    "request": {"method": "POST", "url": "{{ settings.url }}",
                "body": {"kind": "json", "value": {"to": "{{ message.to }}", "text": "{{ message.fields.text }}"}}},
    "outcomes": [{"status": "200-299", "outcome": "sent"}, {"status": "300-599", "outcome": "refused"}],
    "lost": "retry", "unreachable": "retry"
})";

constexpr qint64 minute = 60'000;
constexpr qint64 waitMs = 60 * minute;

// A server that prints its port and what it takes, ended with this object.
class PrintingPeer {
public:
    ~PrintingPeer()
    {
        m_process.kill();
        m_process.waitForFinished();
    }

    bool start(const QString& script)
    {
        m_process.setStandardErrorFile(QProcess::nullDevice());
        m_process.start(python, {peers + script});
        if (!QTest::qWaitFor([this] { return m_process.canReadLine(); }, 20'000))
            return false;
        port = next().value(u"port").toInt();
        return port > 0;
    }

    // All that it has taken.
    const QList<QJsonObject>& taken()
    {
        m_process.waitForReadyRead(1);
        while (m_process.canReadLine())
            m_taken << next();
        return m_taken;
    }
    void forget() { m_taken.clear(); }

    int port = 0;

private:
    QJsonObject next() { return QJsonDocument::fromJson(m_process.readLine()).object(); }

    QProcess m_process;
    QList<QJsonObject> m_taken;
};

} // namespace

// "By webhook, then by SMS, if unread after an hour", to servers that are not ours: triggers and campaigns, with a clock
// that the test moves.
class ChannelAfterChannelTest : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<SendingRoom> m_room;
    PrintingPeer m_hook;
    PrintingPeer m_phone;
    QTemporaryDir m_folder; // of providers
    std::shared_ptr<HttpTransport> m_http = std::make_shared<HttpTransport>();
    qint64 m_topic = 0;

    qint64 account(const QString& name, const QString& provider, const QString& channel, const QJsonObject& settings)
    {
        Account account;
        account.name = name;
        account.provider = provider;
        account.channel = channel;
        account.settings = settings;
        return m_room->write([&](Connection& connection) { return AccountRepository(connection).save(account); });
    }

    void makeTopic()
    {
        const qint64 hook
            = account(QStringLiteral("Hook"), webhook, webhook, {{QStringLiteral("allow_private_networks"), true}});
        const qint64 phone = account(QStringLiteral("Phone"), QStringLiteral("gateway"), sms,
                                     {{QStringLiteral("url"), u"http://127.0.0.1:%1/sms"_qs.arg(m_phone.port)},
                                      {QStringLiteral("allow_private_networks"), true}});
        Brand brand;
        brand.name = QStringLiteral("Shop");
        brand.fromAddress = QStringLiteral("shop@shop.example");
        TopicDetail detail;
        detail.topic.key = QStringLiteral("alarm");
        detail.topic.name = QStringLiteral("Alarm");
        detail.topic.brandId = *m_room->topics->saveBrand(m_room->ann, brand).result();
        detail.topic.rules.nextChannelAfterMs = waitMs;
        Template body;
        body.channel = webhook;
        body.parts = {{QStringLiteral("body"), QStringLiteral("{\"word\": {{ data.word | json }}}")}};
        Template text;
        text.channel = sms;
        text.parts = {{QStringLiteral("text"), QStringLiteral("word: {{ data.word }}")}};
        detail.templates = {body, text};
        detail.routes = {{0, 0, hook, 0, {}}, {0, 0, phone, 1, {}}};
        const Result<qint64> saved = m_room->topics->save(m_room->ann, detail).result();
        QVERIFY2(saved, saved ? "" : qPrintable(saved.error().message));
        m_topic = *saved;
    }

    // Lets the servers answer: the clock goes about as the real one does.
    template <typename Condition>
    bool wait(const Condition& condition)
    {
        return QTest::qWaitFor(
            [&] {
                m_room->pass(1);
                return condition();
            },
            60'000);
    }
    QList<Delivery> on(const QString& channel) { return m_room->on(channel); }
    bool areAll(const QString& channel, DeliveryState state, qsizetype count)
    {
        return m_room->areAll(channel, state, count);
    }
    // The first channel has it, the second one waits for its hour.
    bool beginTrigger()
    {
        const auto answer
            = m_room->trigger(R"({"topic": "alarm", "to": {"external_id": "anna"}, "data": {"word": "bell"}})");
        return answer && wait([&] { return areAll(webhook, DeliveryState::Sent, 1); })
            && wait([&] { return areAll(sms, DeliveryState::Queued, 1); }) && m_hook.taken().size() == 1;
    }

private Q_SLOTS:
    void initTestCase()
    {
        forgetProxies();
        QFile file(m_folder.filePath(QStringLiteral("gateway.json")));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(gateway) > 0);
        file.close();
        QVERIFY(m_hook.start(QStringLiteral("http_peer.py")));
        QVERIFY(m_phone.start(QStringLiteral("http_peer.py")));
    }

    void init()
    {
        m_hook.forget();
        m_phone.forget();
        m_room = std::make_unique<SendingRoom>();
        const QList<Error> errors
            = addProviderFolder(m_room->registry, m_folder.path(), {m_room->clock, m_http, m_room->outbox});
        QVERIFY2(errors.isEmpty(), errors.isEmpty() ? "" : qPrintable(errors.first().message));
        makeTopic();
        m_room->contact(QStringLiteral("anna"),
                        {{webhook, u"http://127.0.0.1:%1/anna"_qs.arg(m_hook.port)}, {sms, QStringLiteral("+34600000001")}});
        m_room->dispatch->start();
    }
    void cleanup() { m_room.reset(); }

    void whatIsNotReadComesByPhoneOnce()
    {
        QVERIFY(beginTrigger());
        QCOMPARE(m_hook.taken().first().value(u"path").toString(), QStringLiteral("/anna"));
        QVERIFY(m_hook.taken().first().value(u"body").toString().contains(QStringLiteral("bell")));
        m_room->pass(waitMs - minute);
        for (int i = 0; i < 100; ++i) // for one too early
            m_room->pass(1);
        QVERIFY(areAll(sms, DeliveryState::Queued, 1));
        QVERIFY(m_phone.taken().isEmpty());
        m_room->pass(minute);
        QVERIFY(wait([&] { return areAll(sms, DeliveryState::Sent, 1); }));
        QVERIFY(wait([&] { return m_phone.taken().size() == 1; }));
        const QString text = m_phone.taken().first().value(u"body").toString();
        QVERIFY2(text.contains(QStringLiteral("word: bell")), qPrintable(text));
        m_room->pass(10 * waitMs);
        QVERIFY(wait([&] { return areAll(sms, DeliveryState::Sent, 1); }));
        QCOMPARE(m_room->all().size(), 2);
        QCOMPARE(m_hook.taken().size(), 1);
        QCOMPARE(m_phone.taken().size(), 1);
    }

    void whatIsReadDoesNot()
    {
        QVERIFY(beginTrigger());
        m_room->pass(waitMs - minute);
        QVERIFY(m_room->deliveries->engaged(m_room->ann, on(webhook).first().id, EngagementKind::Read).result());
        m_room->pass(minute);
        QVERIFY(wait([&] { return areAll(sms, DeliveryState::Cancelled, 1); }));
        QVERIFY(m_phone.taken().isEmpty());
        QCOMPARE(m_hook.taken().size(), 1);
    }

    // The dead engine had the next channel in its database alone; the new one finds it there, and whether it was read.
    void theNextChannelOutlivesTheEngine()
    {
        QVERIFY(beginTrigger());
        m_room->close();
        m_room->clock.jump(2 * waitMs);
        m_room->open();
        m_room->dispatch->start();
        QVERIFY(wait([&] { return areAll(sms, DeliveryState::Sent, 1); }));
        QVERIFY(wait([&] { return m_phone.taken().size() == 1; }));
        QCOMPARE(m_hook.taken().size(), 1);
    }

    void aCampaignGoesOnForThoseWhoHaveNotRead()
    {
        for (int i = 0; i < 9; ++i)
            m_room->contact(
                QString::number(i),
                {{webhook, u"http://127.0.0.1:%1/%2"_qs.arg(m_hook.port).arg(i)}, {sms, u"+3460000001%1"_qs.arg(i)}});
        Campaign campaign;
        campaign.name = QStringLiteral("c");
        campaign.topicId = m_topic;
        campaign.data = {{QStringLiteral("word"), QStringLiteral("all")}};
        campaign.audience.everyone = true;
        const qint64 id = *m_room->campaigns->save(m_room->ann, campaign).result();
        QVERIFY(m_room->campaigns->schedule(m_room->ann, id, 0).result());
        QVERIFY(wait([&] { return areAll(webhook, DeliveryState::Sent, 10) && on(sms).size() == 10; }));
        const QList<Delivery> first = on(webhook);
        for (int i = 0; i < 4; ++i)
            QVERIFY(m_room->deliveries->engaged(m_room->ann, first.at(i).id, EngagementKind::Opened).result());
        m_room->pass(waitMs + minute);
        QVERIFY(wait([&] { return m_room->campaigns->get(id).result()->campaign.state == CampaignState::Finished; }));
        QVERIFY(wait([&] { return m_phone.taken().size() == 6; }));
        QCOMPARE(m_hook.taken().size(), 10);
        int cancelled = 0;
        for (const Delivery& delivery : on(sms))
            cancelled += delivery.state == DeliveryState::Cancelled ? 1 : 0;
        QCOMPARE(cancelled, 4);
    }
};

QTEST_GUILESS_MAIN(ChannelAfterChannelTest)
#include "ChannelAfterChannelTest.moc"
