// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/provider/MessageParts.h"

#include <QTest>

using namespace carillon;

namespace {

Message splitMessage(int parts)
{
    Message message;
    message.deliveryId = 7;
    message.idempotencyKey = u"d7@example.org"_qs;
    message.to = u"C1"_qs;
    message.fields = {{u"text"_qs, u"part 1"_qs}};
    for (int i = 2; i <= parts; ++i)
        message.continuations << QJsonObject{{u"text"_qs, u"part %1"_qs.arg(i)}};
    return message;
}

Outcome outcomeOf(OutcomeKind kind, const QString& id = {}, qint64 notBeforeMs = 0)
{
    Outcome outcome;
    outcome.deliveryId = 7;
    outcome.kind = kind;
    outcome.providerId = id;
    outcome.notBeforeMs = notBeforeMs;
    if (kind != OutcomeKind::Sent)
        outcome.reason = u"slow down"_qs;
    if (kind == OutcomeKind::Throttled)
        outcome.bucket = u"account"_qs;
    return outcome;
}

bool goesOn(const MessageParts::Step& step)
{
    return !step.isDone && step.waitMs == 0;
}

} // namespace

class MessagePartsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void oneMessageIsAnsweredAsItIs()
    {
        for (OutcomeKind kind : {OutcomeKind::Sent, OutcomeKind::Retry, OutcomeKind::Throttled, OutcomeKind::Refused,
                                 OutcomeKind::ProviderDown, OutcomeKind::Uncertain}) {
            MessageParts parts(splitMessage(1));
            const Outcome given = outcomeOf(kind, u"id"_qs, 500);
            const MessageParts::Step step = parts.after(given);
            QVERIFY(step.isDone);
            QCOMPARE(step.outcome, given);
        }
    }

    void partsGoInOrderUnderKeysOfTheirOwn()
    {
        MessageParts parts(splitMessage(3));
        QCOMPARE(parts.count(), 3);
        QCOMPARE(parts.current().fields, splitMessage(1).fields);
        QCOMPARE(parts.current().idempotencyKey, u"d7@example.org"_qs);
        QVERIFY(goesOn(parts.after(outcomeOf(OutcomeKind::Sent, u"first"_qs))));
        QCOMPARE(parts.current().fields.value(u"text").toString(), u"part 2"_qs);
        QCOMPARE(parts.current().idempotencyKey, u"d7@example.org-2"_qs);
        QVERIFY(goesOn(parts.after(outcomeOf(OutcomeKind::Sent, u"second"_qs))));
        QCOMPARE(parts.current().idempotencyKey, u"d7@example.org-3"_qs);
        const MessageParts::Step last = parts.after(outcomeOf(OutcomeKind::Sent, u"third"_qs));
        QVERIFY(last.isDone);
        QCOMPARE(last.outcome.kind, OutcomeKind::Sent);
        QCOMPARE(last.outcome.providerId, u"first"_qs);
        QCOMPARE(last.outcome.partIds, (QStringList{u"second"_qs, u"third"_qs}));
    }

    void theFirstPartFailsAsTheWhole()
    {
        MessageParts parts(splitMessage(2));
        const Outcome throttled = outcomeOf(OutcomeKind::Throttled, {}, 3'000);
        const MessageParts::Step step = parts.after(throttled);
        QVERIFY(step.isDone);
        QCOMPARE(step.outcome, throttled);
    }

    void aLaterPartIsTriedAgainAndNeverTheWhole()
    {
        MessageParts parts(splitMessage(2));
        parts.after(outcomeOf(OutcomeKind::Sent, u"first"_qs));
        for (int i = 0; i < MessageParts::MostTries; ++i) {
            const MessageParts::Step step = parts.after(outcomeOf(OutcomeKind::Throttled, {}, 3'000));
            QVERIFY(!step.isDone);
            QCOMPARE(step.waitMs, 3'000);
            QCOMPARE(parts.current().fields.value(u"text").toString(), u"part 2"_qs);
        }
        const MessageParts::Step last = parts.after(outcomeOf(OutcomeKind::Throttled, {}, 3'000));
        QVERIFY(last.isDone);
        QCOMPARE(last.outcome.kind, OutcomeKind::Uncertain);
        QCOMPARE(last.outcome.providerId, u"first"_qs);
        QVERIFY2(last.outcome.reason.contains(u"1 of the message's 2 parts") && last.outcome.reason.endsWith(u"slow down"),
                 qPrintable(last.outcome.reason));
        QVERIFY(last.outcome.bucket.isEmpty() && last.outcome.notBeforeMs == 0);
    }

    void aLongWaitIsNotWaitedFor()
    {
        MessageParts parts(splitMessage(2));
        parts.after(outcomeOf(OutcomeKind::Sent, u"first"_qs));
        const MessageParts::Step step = parts.after(outcomeOf(OutcomeKind::Retry, {}, MessageParts::LongestWaitMs + 1));
        QVERIFY(step.isDone);
        QCOMPARE(step.outcome.kind, OutcomeKind::Uncertain);
    }

    void aRefusedPartIsRefused()
    {
        MessageParts parts(splitMessage(3));
        parts.after(outcomeOf(OutcomeKind::Sent, u"first"_qs));
        Outcome refused = outcomeOf(OutcomeKind::Refused);
        refused.suppressAddress = true;
        const MessageParts::Step step = parts.after(refused);
        QVERIFY(step.isDone && step.outcome.kind == OutcomeKind::Refused && step.outcome.suppressAddress);
        QVERIFY(step.outcome.reason.contains(u"1 of the message's 3 parts"));
    }

    void anAddressMovesOnce()
    {
        MessageParts parts(splitMessage(2));
        Outcome moved = outcomeOf(OutcomeKind::Refused);
        moved.movedTo = u"-1001"_qs;
        QVERIFY(goesOn(parts.after(moved)));
        QCOMPARE(parts.current().to, u"-1001"_qs);
        parts.after(outcomeOf(OutcomeKind::Sent, u"first"_qs));
        QCOMPARE(parts.current().to, u"-1001"_qs);
        const MessageParts::Step sent = parts.after(outcomeOf(OutcomeKind::Sent, u"second"_qs));
        QVERIFY(sent.isDone);
        QCOMPARE(sent.outcome.movedTo, u"-1001"_qs);

        MessageParts circle(splitMessage(1));
        circle.after(moved);
        const MessageParts::Step again = circle.after(moved);
        QVERIFY(again.isDone);
        QCOMPARE(again.outcome.kind, OutcomeKind::Refused);
        QVERIFY(again.outcome.movedTo.isEmpty());
    }
};

QTEST_GUILESS_MAIN(MessagePartsTest)
#include "MessagePartsTest.moc"
