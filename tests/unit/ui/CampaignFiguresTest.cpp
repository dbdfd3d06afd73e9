// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/campaigns/CampaignFigures.h"
#include "engine/base/Csv.h"
#include "ui/composer/DryRunFunnel.h"
#include "ui/overview/ProgressEstimate.h"

#include <QTest>

using namespace carillon;
using namespace carillon::ui;

class CampaignFiguresTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void countsAddUp()
    {
        using S = DeliveryState;
        CampaignSummary summary;
        summary.total = 100;
        summary.leftOut = 7;
        summary.counts = {{S::Queued, 40},    {S::Sending, 3}, {S::Retrying, 2}, {S::Sent, 30},
                          {S::Delivered, 20}, {S::Failed, 3},  {S::Bounced, 1},  {S::Uncertain, 1}};
        const CampaignFigures figures = CampaignFigures::of(summary);
        QCOMPARE(figures.open, 45);
        QCOMPARE(figures.done, 55);
        QCOMPARE(figures.accepted, 50);
        QCOMPARE(figures.failed, 4);
        QCOMPARE(figures.progress(), 0.55);
        const QList<FunnelLine> funnel = funnelOf(summary, {{LeftOutReason::NoAddress, u"no address"_qs, 7}});
        QCOMPARE(funnel.at(0).count, 107);
        QCOMPARE(leftOutReasonOf(funnel.at(1).key), LeftOutReason::NoAddress);
        QCOMPARE(funnel.at(2).count, 100);
        qint64 groups = 0;
        for (const FunnelLine& line : funnel.mid(3)) {
            QCOMPARE(deliveryGroupOf(line.key).isEmpty(), line.kind == FunnelLine::Kind::Within);
            groups += line.kind == FunnelLine::Kind::Within ? 0 : line.count;
        }
        QCOMPARE(groups, 100); // each delivery is in exactly one group
        qint64 parts = 0;
        for (const StackedBar::Part& part : statePartsOf(summary))
            parts += part.count;
        QCOMPARE(parts, 100);
    }

    void deliveredAndReadStandUnderSent()
    {
        CampaignSummary summary;
        summary.total = 10;
        summary.counts = {{DeliveryState::Sent, 3}, {DeliveryState::Delivered, 6}, {DeliveryState::Failed, 1}};
        const auto names = [&](const CampaignReception& reception) {
            QStringList names;
            for (const FunnelLine& line : funnelOf(summary, {}, reception))
                names << line.key + u' ' + QString::number(line.count);
            return names.mid(2).join(QStringLiteral(", "));
        };
        QCOMPARE(names({}), QStringLiteral("group_sent 9, delivered 6, group_failed 1")); // what was read is not known yet
        QCOMPARE(names({7, 4}), QStringLiteral("group_sent 9, delivered 7, read 4, group_failed 1"));
        QVERIFY(receptionNote(summary, {7, 4}).startsWith(u"Not confirmed as delivered so far: 2."));
        QCOMPARE(receptionNote(summary, {9, 4}), QString());
    }

    // Mail through a relay that tells nothing is not mail that did not arrive.
    void aPlatformThatTellsNothingHasNotFailed()
    {
        CampaignSummary summary;
        summary.total = 5;
        summary.counts = {{DeliveryState::Sent, 5}};
        QCOMPARE(funnelOf(summary, {}).last().key, QStringLiteral("group_sent"));
        QVERIFY(receptionNote(summary, {}).endsWith(u"Many platforms never tell."));
        QCOMPARE(progressText(summary), QStringLiteral("5 of 5 done"));
    }

    void nothingPlannedIsNoProgress() { QCOMPARE(CampaignFigures::of({}).progress(), 0.0); }

    void theTimeLeftFollowsWhatWasSeenLately()
    {
        ProgressEstimate estimate;
        estimate.see(1, 0, 0);
        QCOMPARE(estimate.remainingMs(1, 100), -1);
        estimate.see(1, 2'000, 20);
        QCOMPARE(estimate.perSecond(1), 10.0);
        QCOMPARE(estimate.remainingMs(1, 100), 10'000);
        for (qint64 time = 3'000; time <= 60'000; time += 1'000)
            estimate.see(1, time, 20 + time); // now a thousand per second
        QCOMPARE(estimate.perSecond(1), 1'000.0);
        estimate.keepOnly({2});
        QCOMPARE(estimate.perSecond(1), 0.0);
    }

    void aCsvRecordIsQuotedAndCarriesNoFormula()
    {
        QCOMPARE(csvRecord({u"a"_qs, u"b,c"_qs, u"say \"hi\""_qs, u"two\nlines"_qs, QString()}),
                 QByteArray("a,\"b,c\",\"say \"\"hi\"\"\",\"two\nlines\",\r\n"));
        QCOMPARE(csvRecord({u"=HYPERLINK(1)"_qs, u"@SUM"_qs, u"-2+3"_qs}), QByteArray("'=HYPERLINK(1),'@SUM,'-2+3\r\n"));
        QCOMPARE(csvRecord({u"+34 600 100 200"_qs, u"-5"_qs}), QByteArray("+34 600 100 200,-5\r\n"));
    }
};

QTEST_GUILESS_MAIN(CampaignFiguresTest)
#include "CampaignFiguresTest.moc"
