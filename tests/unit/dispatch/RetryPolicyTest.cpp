// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/dispatch/RetryPolicy.h"
#include "engine/base/Random.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace carillon;

class RetryPolicyTest : public QObject {
    Q_OBJECT

private:
    SeededRandom m_random{42};
    RetryPolicy m_policy{m_random};

    static Outcome outcome(OutcomeKind kind, qint64 notBefore = 0)
    {
        Outcome o;
        o.kind = kind;
        o.reason = QStringLiteral("because");
        o.notBeforeMs = notBefore;
        return o;
    }
    static Delivery tried(int attempts)
    {
        Delivery d;
        d.state = DeliveryState::Sending;
        d.attempts = attempts;
        return d;
    }

private Q_SLOTS:
    void everyOutcomeHasItsState_data()
    {
        QTest::addColumn<int>("kind");
        QTest::addColumn<int>("attempts");
        QTest::addColumn<int>("to");
        QTest::addColumn<bool>("counts");
        const auto row = [](const char* name, OutcomeKind kind, int attempts, DeliveryState to, bool counts) {
            QTest::newRow(name) << int(kind) << attempts << int(to) << counts;
        };
        row("sent", OutcomeKind::Sent, 0, DeliveryState::Sent, true);
        row("retry", OutcomeKind::Retry, 0, DeliveryState::Retrying, true);
        row("last retry", OutcomeKind::Retry, 4, DeliveryState::Failed, true);
        row("throttled, fresh", OutcomeKind::Throttled, 0, DeliveryState::Queued, false);
        row("throttled, tried before", OutcomeKind::Throttled, 2, DeliveryState::Retrying, false);
        row("throttling never ends a delivery", OutcomeKind::Throttled, 4, DeliveryState::Retrying, false);
        row("an outage never ends a delivery", OutcomeKind::ProviderDown, 4, DeliveryState::Retrying, false);
        row("refused", OutcomeKind::Refused, 0, DeliveryState::Failed, true);
        row("uncertain", OutcomeKind::Uncertain, 0, DeliveryState::Uncertain, true);
    }
    void everyOutcomeHasItsState()
    {
        QFETCH(int, kind);
        QFETCH(int, attempts);
        QFETCH(int, to);
        QFETCH(bool, counts);
        const DeliveryChange change = m_policy.judge(tried(attempts), outcome(OutcomeKind(kind)), 5, 1'000);
        QCOMPARE(int(change.to), to);
        QCOMPARE(change.countsAsAttempt, counts);
        QVERIFY(mayBecome(DeliveryState::Sending, change.to));
    }

    void aRefusedAddressBounces()
    {
        Outcome refused = outcome(OutcomeKind::Refused);
        refused.suppressAddress = true;
        QCOMPARE(m_policy.judge(tried(0), refused, 5, 0).to, DeliveryState::Bounced);
    }

    void waitsAtLeastAsLongAsTheProviderAsks()
    {
        for (int i = 0; i < 200; ++i)
            QVERIFY(m_policy.judge(tried(0), outcome(OutcomeKind::Retry, 50'000), 5, 1'000).dueAt > 51'000);
        QCOMPARE(m_policy.judge(tried(0), outcome(OutcomeKind::Throttled, 7'000), 5, 1'000).dueAt, 8'000);
    }

    void backsOffLongerEachTimeAndNeverBeyondAnHour()
    {
        for (int failures = 0; failures < 100; ++failures) {
            const qint64 ceiling
                = qMin<double>(double(RetryPolicy::MaxDelayMs), double(RetryPolicy::BaseDelayMs) * std::pow(2.0, failures));
            for (int i = 0; i < 50; ++i) {
                const qint64 wait = m_policy.backoff(failures);
                QVERIFY(wait >= 1 && wait <= ceiling);
            }
        }
    }

    void scattersEvenWhatAllWereAskedToWait()
    {
        QSet<qint64> times;
        for (int i = 0; i < 100; ++i)
            times.insert(m_policy.judge(tried(0), outcome(OutcomeKind::Retry, 300'000), 5, 0).dueAt / 1'000);
        QVERIFY2(times.size() > 12, qPrintable(QString::number(times.size()))); // of twenty seconds
    }

    void anOutageIsForTheBreakerToWaitOut()
    {
        QCOMPARE(m_policy.judge(tried(0), outcome(OutcomeKind::ProviderDown, 30'000), 5, 1'000).dueAt, 31'000);
        QCOMPARE(m_policy.judge(tried(0), outcome(OutcomeKind::ProviderDown, 900'000), 5, 1'000).dueAt, 61'000);
    }

    void nothingWaitsBeyondItsLifetime()
    {
        Delivery delivery = tried(0);
        delivery.expiresAt = 100'000;
        for (const OutcomeKind kind : {OutcomeKind::Retry, OutcomeKind::Throttled, OutcomeKind::Uncertain})
            QVERIFY(m_policy.judge(delivery, outcome(kind, 3'600'000), 5, 1'000).dueAt <= 100'000);
    }

    void greylistingCostsNoAttemptForFourDays()
    {
        Outcome greylisted = outcome(OutcomeKind::Throttled, 300'000);
        greylisted.bucket = QStringLiteral("message");
        Delivery delivery = tried(0);
        delivery.createdAt = 1'000'000;
        const qint64 late = delivery.createdAt + RetryPolicy::GreylistPatienceMs;
        for (const qint64 now : {delivery.createdAt, late - 1}) {
            const DeliveryChange change = m_policy.judge(delivery, greylisted, 1, now);
            QCOMPARE(int(change.to), int(DeliveryState::Queued));
            QVERIFY(!change.countsAsAttempt);
            QVERIFY(change.dueAt > now + 300'000);
            QVERIFY(change.dueAt <= now + 300'000 + 2 * RetryPolicy::BaseDelayMs);
        }
        QVERIFY(m_policy.judge(delivery, greylisted, 2, late).countsAsAttempt);
        QCOMPARE(int(m_policy.judge(delivery, greylisted, 2, late).to), int(DeliveryState::Retrying));
        QCOMPARE(int(m_policy.judge(delivery, greylisted, 1, late).to), int(DeliveryState::Failed));
    }

    void everyAnswerIsToldWithItsAttempt()
    {
        Outcome said = outcome(OutcomeKind::Throttled, 1'000);
        said.code = QStringLiteral("429");
        const auto detailsOf = [&] {
            const QByteArray written = m_policy.judge(tried(2), said, 5, 0).details.end();
            return QJsonDocument::fromJson(written).object();
        };
        const QJsonObject details = detailsOf();
        QCOMPARE(details.value(u"attempt").toInt(), 3);
        QCOMPARE(details.value(u"outcome").toString(), QStringLiteral("throttled"));
        QCOMPARE(details.value(u"code").toString(), QStringLiteral("429"));
        QCOMPARE(details.value(u"answer").toString(), QStringLiteral("because"));
        said.answer = QStringLiteral("<html>\nwhat nobody expected"); // kept whole where nothing explains it
        QCOMPARE(detailsOf().value(u"answer").toString(), said.answer);
    }

    void holdsWhatStaysUncertain()
    {
        QCOMPARE(resendPolicy(UncertainPolicy::Resend, tried(3), 5), UncertainPolicy::Resend);
        QCOMPARE(resendPolicy(UncertainPolicy::Resend, tried(4), 5), UncertainPolicy::Hold);
        QCOMPARE(resendPolicy(UncertainPolicy::Hold, tried(0), 5), UncertainPolicy::Hold);
    }
};

QTEST_GUILESS_MAIN(RetryPolicyTest)
#include "RetryPolicyTest.moc"
