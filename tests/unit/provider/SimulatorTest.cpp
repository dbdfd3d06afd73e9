// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/base/ManualClock.h"
#include "engine/provider/ProviderRegistry.h"
#include "engine/provider/QueueingSender.h"
#include "engine/provider/SimulatorProvider.h"
#include "engine/provider/SimulatorSender.h"

#include <QTest>

using namespace carillon;

namespace {

Message messageTo(const QString& to, qint64 id)
{
    Message message;
    message.deliveryId = id;
    message.idempotencyKey = u"key-%1"_qs.arg(id);
    message.to = to;
    message.content = "hello";
    return message;
}

QList<Message> manyMessages(int count)
{
    QList<Message> list;
    for (int i = 1; i <= count; ++i)
        list << messageTo(u"anna%1@example.org"_qs.arg(i), i);
    return list;
}

// A simulated account whose time and answers the test holds.
struct Bench {
    explicit Bench(const QJsonObject& settings = {})
    {
        AccountConfig config;
        config.settings = settings;
        sender = SimulatorProvider(clock, outbox).makeSender(config);
        QObject::connect(sender.get(), &Sender::outcomes, sender.get(),
                         [this](const QList<Outcome>& list) { answers += list; });
        QObject::connect(sender.get(), &Sender::drained, sender.get(), [this] { ++drained; });
    }

    Outcome one(const QString& to)
    {
        answers.clear();
        sender->send({messageTo(to, 7)});
        clock.advance(10'000);
        return answers.size() == 1 ? answers.first() : Outcome{};
    }

    ManualClock clock{1'700'000'000'000};
    std::shared_ptr<SimulatorOutbox> outbox = std::make_shared<SimulatorOutbox>(5);
    QList<Outcome> answers;
    int drained = 0;
    std::unique_ptr<Sender> sender;
};

// The same, with ears for what it tells later.
struct Telling {
    explicit Telling(const QJsonObject& settings)
    {
        AccountConfig config;
        config.accountId = 9;
        config.settings = settings;
        const SimulatorProvider provider(clock, nullptr, [this](qint64 accountId, const QByteArray& json) {
            if (accountId != 9 || refuseFirst-- > 0)
                return readyFuture<CallbackAnswer>(fail(ErrorCode::Busy, {}));
            refuseFirst = 0;
            told << json;
            return readyFuture<CallbackAnswer>(CallbackAnswer());
        });
        sender = provider.makeSender(config);
        QObject::connect(sender.get(), &Sender::outcomes, sender.get(),
                         [this](const QList<Outcome>& list) { answers += list; });
    }

    void pass(qint64 ms)
    {
        clock.advance(ms);
        QTest::qWait(1); // the sink's answers are taken up
    }

    QList<Receipt> read() const
    {
        QList<Receipt> receipts;
        for (const QByteArray& json : told)
            receipts += simulatorReceiptRules()
                            ->read({"POST", {}, {}, {}, json}, {}, QStringLiteral("w"), clock.now())
                            .value_or(CallbackReading())
                            .receipts;
        return receipts;
    }

    ManualClock clock{1'700'000'000'000};
    int refuseFirst = 0;
    QByteArrayList told;
    QList<Outcome> answers;
    std::unique_ptr<Sender> sender;
};

} // namespace

class SimulatorTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void addressesAskForTheirAnswer_data()
    {
        QTest::addColumn<QString>("to");
        QTest::addColumn<OutcomeKind>("kind");
        QTest::addColumn<bool>("suppress");
        QTest::newRow("plain") << u"anna@example.org"_qs << OutcomeKind::Sent << false;
        QTest::newRow("refuse") << u"refuse@example.org"_qs << OutcomeKind::Refused << false;
        QTest::newRow("bounce") << u"Bounce+anna@example.org"_qs << OutcomeKind::Refused << true;
        QTest::newRow("retry") << u"retry@example.org"_qs << OutcomeKind::Retry << false;
        QTest::newRow("throttle") << u"throttle@example.org"_qs << OutcomeKind::Throttled << false;
        QTest::newRow("down") << u"down@example.org"_qs << OutcomeKind::ProviderDown << false;
        QTest::newRow("uncertain") << u"uncertain@example.org"_qs << OutcomeKind::Uncertain << false;
        QTest::newRow("a word within is no word") << u"anna.refuse@example.org"_qs << OutcomeKind::Sent << false;
        QTest::newRow("not a mail address") << u"bounce"_qs << OutcomeKind::Refused << true;
    }

    void addressesAskForTheirAnswer()
    {
        QFETCH(QString, to);
        const Outcome outcome = Bench().one(to);
        QCOMPARE(outcome.deliveryId, 7);
        QTEST(outcome.kind, "kind");
        QTEST(outcome.suppressAddress, "suppress");
        QCOMPARE(outcome.providerId.isEmpty(), outcome.kind != OutcomeKind::Sent);
        QCOMPARE(outcome.reason.isEmpty(), outcome.kind == OutcomeKind::Sent);
    }

    void retryOnceIsTakenTheSecondTime()
    {
        Bench bench;
        QCOMPARE(bench.one(u"retry-once@example.org"_qs).kind, OutcomeKind::Retry);
        QCOMPARE(bench.one(u"retry-once@example.org"_qs).kind, OutcomeKind::Sent);
    }

    void answersComeAfterTheLatency()
    {
        Bench bench({{u"latency_ms"_qs, 100}, {u"jitter_ms"_qs, 0}});
        bench.sender->send({messageTo(u"anna@example.org"_qs, 1), messageTo(u"slow@example.org"_qs, 2)});
        bench.clock.advance(99);
        QVERIFY(bench.answers.isEmpty());
        bench.clock.advance(1);
        QCOMPARE(bench.answers.size(), 1);
        bench.clock.advance(4'999);
        QCOMPARE(bench.answers.size(), 1);
        bench.clock.advance(1);
        QCOMPARE(bench.answers.size(), 2);
    }

    void theSameSeedGivesTheSameAnswers()
    {
        const QJsonObject settings{
            {u"percent_refused"_qs, 20}, {u"percent_retry"_qs, 30}, {u"jitter_ms"_qs, 50}, {u"seed"_qs, 4}};
        QJsonObject otherSeed = settings;
        otherSeed.insert(u"seed"_qs, 5);
        const auto run = [](const QJsonObject& with) {
            Bench bench(with);
            bench.sender->send(manyMessages(200));
            bench.clock.advance(10'000);
            return bench.answers;
        };
        QCOMPARE(run(settings), run(settings));
        QVERIFY(run(settings) != run(otherSeed));
    }

    void percentagesAreKept()
    {
        Bench bench({{u"percent_refused"_qs, 10}, {u"percent_bounced"_qs, 20}, {u"percent_down"_qs, 5}});
        bench.sender->send(manyMessages(10'000));
        bench.clock.advance(100'000);
        QHash<OutcomeKind, int> count;
        int suppressed = 0;
        for (const Outcome& outcome : bench.answers) {
            ++count[outcome.kind];
            suppressed += outcome.suppressAddress ? 1 : 0;
        }
        QCOMPARE(bench.answers.size(), 10'000);
        QVERIFY2(qAbs(count[OutcomeKind::Refused] - 3'000) < 200, qPrintable(QString::number(count[OutcomeKind::Refused])));
        QVERIFY2(qAbs(suppressed - 2'000) < 200, qPrintable(QString::number(suppressed)));
        QVERIFY(qAbs(count[OutcomeKind::ProviderDown] - 500) < 100);
        QVERIFY(qAbs(count[OutcomeKind::Sent] - 6'500) < 200);
    }

    void tooManyInASecondAreThrottled()
    {
        Bench bench({{u"rate_per_second"_qs, 10}, {u"latency_ms"_qs, 0}, {u"jitter_ms"_qs, 0}});
        bench.sender->send(manyMessages(15));
        bench.clock.advance(400);
        bench.sender->send(manyMessages(1));
        bench.clock.advance(1);
        QCOMPARE(bench.answers.size(), 16);
        QCOMPARE(bench.answers[9].kind, OutcomeKind::Sent);
        QCOMPARE(bench.answers[10].kind, OutcomeKind::Throttled);
        QCOMPARE(bench.answers[15].notBeforeMs, 600);
        QCOMPARE(bench.answers[15].bucket, u"account"_qs);
        bench.clock.advance(600);
        QCOMPARE(bench.one(u"anna@example.org"_qs).kind, OutcomeKind::Sent);
    }

    void theOutboxKeepsTheLastOnes()
    {
        Bench bench;
        bench.sender->send(manyMessages(20));
        QCOMPARE(bench.outbox->total(), 20);
        QCOMPARE(bench.outbox->messages().size(), 5);
        QCOMPARE(bench.outbox->messages().last().deliveryId, 20);
        bench.one(u"refuse@example.org"_qs);
        QCOMPARE(bench.outbox->messages().last().deliveryId, 20);
    }

    void whatIsBeyondTheCapacityWaits()
    {
        Bench bench;
        QCOMPARE(bench.sender->capacity(), SimulatorSender::MaxInFlight);
        bench.sender->send(manyMessages(SimulatorSender::MaxInFlight + 10));
        QCOMPARE(bench.sender->capacity(), 0);
        QCOMPARE(bench.outbox->total(), SimulatorSender::MaxInFlight);
        bench.clock.advance(10'000);
        QCOMPARE(bench.answers.size(), SimulatorSender::MaxInFlight + 10);
        QCOMPARE(bench.sender->capacity(), SimulatorSender::MaxInFlight);
    }

    void theQueueHasAnEnd()
    {
        Bench bench;
        const int room = SimulatorSender::MaxInFlight + static_cast<int>(QueueingSender::MaxWaiting);
        bench.sender->send(manyMessages(room + 3));
        QCOMPARE(bench.answers.size(), 3);
        QCOMPARE(bench.answers.first().kind, OutcomeKind::Throttled);
        QCOMPARE(bench.answers.first().deliveryId, room + 1);
        bench.clock.advance(100'000);
        QCOMPARE(bench.answers.size(), room + 3);
    }

    void drainingAnswersWhatWaitsAtOnceAndTheRestInTime()
    {
        Bench bench;
        bench.sender->send(manyMessages(SimulatorSender::MaxInFlight + 10));
        bench.sender->drain();
        QCOMPARE(bench.answers.size(), 10);
        QCOMPARE(bench.answers.first().kind, OutcomeKind::ProviderDown);
        QCOMPARE(bench.drained, 0);
        bench.clock.advance(10'000);
        QCOMPARE(bench.answers.size(), SimulatorSender::MaxInFlight + 10);
        QCOMPARE(bench.drained, 1);
        QCOMPARE(bench.one(u"anna@example.org"_qs).kind, OutcomeKind::ProviderDown);
        QCOMPARE(bench.drained, 1);
    }

    void drainingWithNothingInFlightIsDoneAtOnce()
    {
        Bench bench;
        bench.sender->drain();
        bench.sender->drain();
        QCOMPARE(bench.drained, 1);
    }

    void itsOwnDefaultsAreGood()
    {
        ManualClock clock(0);
        ProviderRegistry registry;
        QVERIFY(registry.add(std::make_unique<SimulatorProvider>(clock)));
        AccountConfig config;
        config.settings = registry.completeSettings(u"simulator"_qs, {});
        QVERIFY(registry.checkAccount(config, u"simulator"_qs));
        config.settings.insert(u"percent_retry"_qs, 60);
        config.settings.insert(u"percent_refused"_qs, 60);
        QCOMPARE(registry.checkAccount(config, u"simulator"_qs).error().field, u"percent_refused"_qs);
    }

    // The same seed tells the same; shares are about what the settings say; every callback can be read.
    void receiptsFollowAsTheSettingsSay()
    {
        const QJsonObject settings{{QStringLiteral("receipts_delivered"), 80},
                                   {QStringLiteral("receipts_read"), 50},
                                   {QStringLiteral("receipts_bounced"), 10},
                                   {QStringLiteral("receipts_within_ms"), 3'000}};
        Telling first(settings);
        first.sender->send(manyMessages(1'000));
        first.pass(10'000);
        QHash<ReceiptKind, int> counts;
        for (const Receipt& receipt : first.read())
            ++counts[receipt.kind];
        QVERIFY2(counts[ReceiptKind::Bounced] > 60 && counts[ReceiptKind::Bounced] < 140, "about a tenth");
        QVERIFY2(counts[ReceiptKind::Delivered] > 640 && counts[ReceiptKind::Delivered] < 800, "four fifths of the rest");
        QVERIFY2(counts[ReceiptKind::Read] > 280 && counts[ReceiptKind::Read] < 440, "half of those");
        QVERIFY(std::all_of(first.answers.begin(), first.answers.end(), [](const Outcome& o) { return o.receiptsFollow; }));

        Telling again(settings);
        again.sender->send(manyMessages(1'000));
        again.pass(10'000);
        QCOMPARE(again.told, first.told);
    }

    void receiptsMayComeBeforeTheAnswerAndTwice()
    {
        Telling telling({{QStringLiteral("receipts_delivered"), 100},
                         {QStringLiteral("receipts_twice"), 100},
                         {QStringLiteral("receipts_early"), 100},
                         {QStringLiteral("latency_ms"), 5'000}});
        telling.sender->send({messageTo(QStringLiteral("anna@example.org"), 1)});
        telling.pass(1'000);
        QVERIFY(telling.answers.isEmpty());
        QCOMPARE(telling.read().size(), 2);
        telling.pass(5'000);
        QCOMPARE(telling.answers.value(0).providerId, telling.read().first().providerId);
    }

    void whatIsNotTakenIsToldAgain()
    {
        Telling telling({});
        telling.refuseFirst = 3;
        telling.sender->send({messageTo(QStringLiteral("read+anna@example.org"), 1)});
        for (int i = 0; i < 10; ++i)
            telling.pass(10'000);
        QCOMPARE(telling.refuseFirst, 0);
        QCOMPARE(telling.read().size(), 2);
    }

    // Settings that are saved while it runs make another sender of the account; none of the first one's receipts is lost.
    void whatWasNotToldYetIsToldWhenItEnds()
    {
        Telling telling({{QStringLiteral("receipts_delivered"), 100}, {QStringLiteral("receipts_within_ms"), 7'200'000}});
        telling.sender->send(manyMessages(600));
        telling.clock.advance(1'000);
        const qsizetype before = telling.read().size();
        QVERIFY(before < 600);
        telling.sender->drain();
        QCOMPARE(telling.told.last().count("sim-"), int(600 - before)); // in one callback
        telling.sender.reset();
        telling.pass(10'000'000);
        QStringList ids;
        for (const Receipt& receipt : telling.read())
            ids << receipt.providerId;
        QCOMPARE(ids.size(), 600);
        QCOMPARE(ids.removeDuplicates(), 0);
    }

    void outagesComeAndGo()
    {
        Bench bench({{QStringLiteral("outage_every_seconds"), 100}, {QStringLiteral("outage_seconds"), 40}});
        QHash<OutcomeKind, int> counts;
        for (int i = 0; i < 20; ++i) // 10 s each: twice around
            ++counts[bench.one(QStringLiteral("anna@example.org")).kind];
        QCOMPARE(counts[OutcomeKind::ProviderDown], 8);
        QCOMPARE(counts[OutcomeKind::Sent], 12);
        const AccountConfig always{
            1, {{QStringLiteral("outage_every_seconds"), 10}, {QStringLiteral("outage_seconds"), 10}}, {}};
        QCOMPARE(SimulatorProvider(bench.clock).check(always).error().field, QStringLiteral("outage_seconds"));
    }
};

QTEST_GUILESS_MAIN(SimulatorTest)
#include "SimulatorTest.moc"
