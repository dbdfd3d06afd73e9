// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/provider/RetryHint.h"
#include "engine/base/Random.h"

#include <QTest>

using namespace carillon;

class RetryHintTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void readsWhatServersSay_data()
    {
        QTest::addColumn<QString>("words");
        QTest::addColumn<qint64>("ms"); // -1: nothing
        const auto row = [](const char* name, const QString& words, qint64 ms) { QTest::newRow(name) << words << ms; };
        row("postgrey",
            QStringLiteral("<a@b.org>: Recipient address rejected: Greylisted, see "
                           "http://postgrey.schweikert.ch/help/b.org.html"),
            -1);
        row("postgrey with a time", QStringLiteral("<a@b.org>: Recipient address rejected: Greylisted for 300 seconds"),
            300'000);
        row("minutes", QStringLiteral("Greylisted, please try again in 5 minutes"), 300'000);
        row("one minute", QStringLiteral("Try again in 1 minute."), 60'000);
        row("milter-greylist", QStringLiteral("Greylisting in action, please come back in 00:04:32"), 272'000);
        row("clock", QStringLiteral("Please retry in 00:04:32"), 272'000);
        row("gld", QStringLiteral("Service temporarily unavailable, greylisted"), -1);
        row("sqlgrey", QStringLiteral("Greylisted for 5 minutes (1)"), 300'000);
        row("rspamd", QStringLiteral("Try again later (greylisted for 240s)"), 240'000);
        row("Exchange", QStringLiteral("Server busy. Please try again later from [192.0.2.1]. (S77719) AS(845)"), -1);
        row("Gmail",
            QStringLiteral(
                "Our system has detected an unusual rate of unsolicited mail originating from your IP address. To "
                "protect our users from spam, mail sent from your IP address has been temporarily rate limited."),
            -1);
        row("Yahoo",
            QStringLiteral("[TSS04] Messages from 192.0.2.1 temporarily deferred due to user complaints - 4.16.55.1"), -1);
        row("Retry-After", QStringLiteral("Too Many Requests: retry after 35 s"), 35'000);
        row("Telegram", QStringLiteral("Too Many Requests: retry after 35"), -1);
        row("fractions", QStringLiteral("Please retry after 2.5s"), 2'500);
        row("milliseconds", QStringLiteral("wait 1500 ms"), 1'500);
        row("hours", QStringLiteral("Daily quota exceeded, try again in 2 hours"), 7'200'000);
        row("bounded", QStringLiteral("try again in 900 hours"), 86'400'000);
        row("a timeout asks for nothing", QStringLiteral("Connection timed out after 30 seconds"), -1);
        row("nor does a number", QStringLiteral("Mailbox full, 300 seconds old"), -1);
        row("nothing", QString(), -1);
    }
    void readsWhatServersSay()
    {
        QFETCH(QString, words);
        QFETCH(qint64, ms);
        QCOMPARE(retryHint(words).value_or(-1), ms);
    }

    void anyWordsAreRead()
    {
        SeededRandom random(11);
        const QString alphabet = QStringLiteral("retry again in 0123456789:. sminutehour\u00e9\n");
        for (int i = 0; i < 2'000; ++i) {
            QString words;
            for (quint64 n = random.below(80); n > 0; --n)
                words += alphabet.at(qsizetype(random.below(quint64(alphabet.size()))));
            const qint64 ms = retryHint(words).value_or(0);
            QVERIFY(ms >= 0 && ms <= 86'400'000);
        }
    }
};

QTEST_GUILESS_MAIN(RetryHintTest)
#include "RetryHintTest.moc"
