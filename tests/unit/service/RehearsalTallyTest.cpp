// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/service/RehearsalTally.h"

#include "engine/base/Json.h"

#include <QTest>

#include <algorithm>

using namespace carillon;

namespace {

const QString email = QStringLiteral("email");
const QString sms = QStringLiteral("sms");
const QString slack = QStringLiteral("slack");

// One message of a rehearsal: to whom, and what came of it.
struct Case {
    Delivery delivery;
    Contact contact;
    Composition made;
};

Case good(qint64 contactId, const QString& channel, qint64 length)
{
    Case one;
    one.contact.id = contactId;
    one.contact.name = QStringLiteral("Person %1").arg(contactId);
    one.delivery.contactId = contactId;
    one.delivery.channel = channel;
    one.delivery.address = QStringLiteral("a%1").arg(contactId);
    one.made.resolution.index = 0;
    one.made.facts.length = length;
    return one;
}

Case failing(qint64 contactId, const QString& part, const QString& sentence)
{
    Case one = good(contactId, email, 0);
    one.made.status = fail(ErrorCode::InvalidInput, sentence, part);
    return one;
}

ContentSet content()
{
    ContentSet set;
    Template mail;
    mail.channel = email;
    mail.locale = QStringLiteral("de");
    mail.version = 3;
    set.templates = {mail};
    return set;
}

RehearsalTally tallyOf(const QList<Case>& cases)
{
    RehearsalTally tally;
    for (const Case& one : cases) {
        tally.addContacts(1);
        tally.add(content(), one.delivery, one.contact, one.made);
    }
    return tally;
}

RehearsalReport reportOf(const QList<Case>& cases)
{
    return tallyOf(cases).report();
}

std::optional<WorstCase> worst(const RehearsalReport& report, WorstCase::Kind kind, const QString& channel)
{
    for (const WorstCase& one : report.worstCases) {
        if (one.kind == kind && one.channel == channel)
            return one;
    }
    return std::nullopt;
}

// Everything of a report as text, so that two can be compared whole.
QString describe(const RehearsalReport& report)
{
    QStringList lines{QStringLiteral("%1 %2 %3 %4")
                          .arg(report.contacts)
                          .arg(report.messages)
                          .arg(report.failed)
                          .arg(report.smsTotalParts)};
    for (const RehearsalFinding& finding : report.findings) {
        QStringList contacts;
        for (const qint64 contact : finding.contacts)
            contacts << QString::number(contact);
        lines << QStringLiteral("%1|%2|%3|%4|%5|%6|%7")
                     .arg(finding.kind)
                     .arg(finding.channel, finding.part, finding.variable, finding.sentence)
                     .arg(finding.count)
                     .arg(contacts.join(u','));
    }
    for (const WorstCase& one : report.worstCases)
        lines << QStringLiteral("%1|%2|%3|%4|%5")
                     .arg(one.kind)
                     .arg(one.channel)
                     .arg(one.contactId)
                     .arg(one.contactName)
                     .arg(one.value);
    for (auto parts = report.smsParts.cbegin(); parts != report.smsParts.cend(); ++parts)
        lines << QStringLiteral("%1 parts: %2").arg(parts.key()).arg(parts.value());
    for (auto label = report.byTemplate.cbegin(); label != report.byTemplate.cend(); ++label)
        lines << QStringLiteral("%1: %2").arg(label.key()).arg(label.value());
    return lines.join(u'\n');
}

// A bit of everything: faults that many share, faults of one alone, ties.
QList<Case> mixture(int size)
{
    QList<Case> cases;
    for (int n = 1; n <= size; ++n) {
        Case one = good(n, n % 3 == 0 ? sms : email, 100 + n * 7 % 50);
        one.made.facts.parts = n % 3 == 0 ? 1 + n % 4 : 1;
        one.made.facts.cut = n % 11 == 0;
        if (n % 5 == 0)
            one.made.missing << MissingVariable{QStringLiteral("html"), QStringLiteral("contact.city")};
        if (n % 17 == 0)
            one.made.status = fail(ErrorCode::InvalidInput, QStringLiteral("Fault %1").arg(n % 2), QStringLiteral("html"));
        if (n % 101 == 0)
            one.contact.name = QStringLiteral("דוד");
        cases << one;
    }
    return cases;
}

} // namespace

class RehearsalTallyTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void contactsThatFailAlikeAreOneFinding()
    {
        const RehearsalReport report
            = reportOf({failing(1, QStringLiteral("html"), QStringLiteral("Divided by zero.")), good(2, email, 10),
                        failing(3, QStringLiteral("html"), QStringLiteral("Divided by zero.")),
                        failing(4, QStringLiteral("subject"), QStringLiteral("Divided by zero.")),
                        failing(5, QStringLiteral("html"), QStringLiteral("Something else."))});
        QCOMPARE(report.messages, 5);
        QCOMPARE(report.failed, 4);
        QCOMPARE(report.findings.size(), 3);
        QCOMPARE(report.findings[0].count, 2);
        QCOMPARE(report.findings[0].contacts, (QList<qint64>{1, 3}));
        QCOMPARE(report.findings[0].part, QStringLiteral("html"));
        QCOMPARE(report.findings[1].contacts, (QList<qint64>{4}));
        QCOMPARE(report.findings[2].contacts, (QList<qint64>{5}));
    }

    void aReasonThatQuotesTheAddressIsOneReason()
    {
        const RehearsalReport report = reportOf({failing(1, {}, QStringLiteral("“a1” is no e-mail address.")),
                                                 failing(2, {}, QStringLiteral("“a2” is no e-mail address."))});
        QCOMPARE(report.findings.size(), 1);
        QCOMPARE(report.findings[0].sentence, QStringLiteral("“…” is no e-mail address."));
        QCOMPARE(report.findings[0].count, 2);
    }

    void failuresComeFirstThenWhatIsFrequent()
    {
        QList<Case> cases{good(1, email, 1), good(2, email, 1), good(3, slack, 1), failing(4, {}, QStringLiteral("No."))};
        cases[0].made.missing = {{QStringLiteral("html"), QStringLiteral("contact.plan")}};
        cases[1].made.missing = {{QStringLiteral("html"), QStringLiteral("contact.plan")}};
        cases[2].made.facts.cut = true;
        const RehearsalReport report = reportOf(cases);
        QCOMPARE(report.findings.size(), 3);
        QCOMPARE(report.findings[0].kind, RehearsalFinding::Failed);
        QCOMPARE(report.findings[1].kind, RehearsalFinding::MissingVariable);
        QCOMPARE(report.findings[1].variable, QStringLiteral("contact.plan"));
        QCOMPARE(report.findings[2].kind, RehearsalFinding::Cut);
        QCOMPARE(report.findings[2].channel, slack);
    }

    void aVariableThatTwoPartsMissCountsOnce()
    {
        Case one = good(1, email, 1);
        one.made.missing = {{QStringLiteral("subject"), QStringLiteral("contact.city")},
                            {QStringLiteral("html"), QStringLiteral("contact.city")},
                            {QStringLiteral("html"), QStringLiteral("contact.plan")}};
        const RehearsalReport report = reportOf({one});
        QCOMPARE(report.findings.size(), 2);
        QCOMPARE(report.findings[0].count, 1);
        QCOMPARE(report.findings[0].part, QStringLiteral("subject"));
        QCOMPARE(worst(report, WorstCase::MissingFields, email)->value, 2);
        QCOMPARE(report.failed, 0);
    }

    void aContactWithTwoAddressesIsThereOnceAndCountsTwice()
    {
        const RehearsalReport report
            = reportOf({failing(7, {}, QStringLiteral("No.")), failing(7, {}, QStringLiteral("No."))});
        QCOMPARE(report.findings[0].count, 2);
        QCOMPARE(report.findings[0].contacts, (QList<qint64>{7}));
    }

    void partsOfTextMessagesAreCounted()
    {
        QList<Case> cases{good(1, sms, 20), good(2, sms, 200), good(3, sms, 400), good(4, sms, 210), good(5, email, 9)};
        cases[1].made.facts.parts = 2;
        cases[2].made.facts.parts = 3;
        cases[3].made.facts.parts = 2;
        const RehearsalReport report = reportOf(cases);
        QCOMPARE(report.smsParts, (QMap<int, qint64>{{1, 1}, {2, 2}, {3, 1}}));
        QCOMPARE(report.smsTotalParts, 8);
        QCOMPARE(report.findings.size(), 1);
        QCOMPARE(report.findings[0].kind, RehearsalFinding::ExtraParts);
        QCOMPARE(report.findings[0].contacts, (QList<qint64>{2, 3, 4}));
    }

    void whatBecameSeveralMessagesIsSaid()
    {
        QList<Case> cases{good(1, slack, 10), good(2, slack, 5000)};
        cases[1].made.message.continuations = {QJsonObject()};
        const RehearsalReport report = reportOf(cases);
        QCOMPARE(report.findings.size(), 1);
        QCOMPARE(report.findings[0].kind, RehearsalFinding::Split);
        QVERIFY(report.smsParts.isEmpty());
    }

    // Whoever knows where a browser takes its messages may write to it.
    void aBrowserIsNotNamedByItsWholeAddress()
    {
        Case one = failing(7, {}, QStringLiteral("No."));
        one.contact.name.clear();
        one.delivery.channel = QStringLiteral("web_push");
        one.delivery.address = QString::fromUtf8(
            compactJson({{QStringLiteral("endpoint"), QStringLiteral("https://push.example.net/p/abcdefghij")},
                         {QStringLiteral("keys"),
                          QJsonObject{{QStringLiteral("auth"), QString(22, u'A')},
                                      {QStringLiteral("p256dh"), QString(u'B' + QString(86, u'A'))}}}}));
        QCOMPARE(worst(reportOf({one}), WorstCase::Failing, one.delivery.channel)->contactName,
                 QStringLiteral("push.example.net …efghij"));
    }

    void theExtremesAreFoundOnEachChannel()
    {
        QList<Case> cases{good(1, email, 50), good(2, email, 900), good(3, email, 20), good(4, sms, 70),
                          good(5, email, 900)};
        cases[2].contact.name = QStringLiteral("عبد الرحمن");
        cases[4].contact.name = QStringLiteral("Wolfeschlegelsteinhausenbergerdorff");
        cases << failing(6, {}, QStringLiteral("Too long."));
        cases.last().made.facts.length = 5000; // known although there is no message
        const RehearsalReport report = reportOf(cases);
        QCOMPARE(worst(report, WorstCase::Longest, email)->contactId, 6);
        QCOMPARE(worst(report, WorstCase::Longest, sms)->contactId, 4);
        QCOMPARE(worst(report, WorstCase::Shortest, email)->contactId, 3);
        QCOMPARE(worst(report, WorstCase::Shortest, email)->value, 20);
        QCOMPARE(worst(report, WorstCase::RightToLeftName, email)->contactId, 3);
        QCOMPARE(worst(report, WorstCase::LongestName, email)->contactId, 5);
        QCOMPARE(worst(report, WorstCase::Failing, email)->contactName, QStringLiteral("Person 6"));
        QVERIFY(!worst(report, WorstCase::RightToLeftName, sms));
        QVERIFY(!worst(report, WorstCase::MissingFields, email));
    }

    void theFirstContactOfEachOfTheFirstReasonsIsACase()
    {
        QList<Case> cases;
        for (int n = 1; n <= 20; ++n)
            cases << failing(n, {}, QStringLiteral("Reason %1").arg(n % 8));
        QList<qint64> contacts;
        for (const WorstCase& one : reportOf(cases).worstCases) {
            if (one.kind == WorstCase::Failing)
                contacts << one.contactId;
        }
        QCOMPARE(contacts, (QList<qint64>{1, 2, 3, 4, 5}));
    }

    void theTemplateIsNamedWithItsVersion()
    {
        const RehearsalReport report = reportOf({good(1, email, 1), good(2, email, 1)});
        QCOMPARE(report.byTemplate.size(), 1);
        QCOMPARE(report.byTemplate.firstKey(), QStringLiteral("email, de (version 3)"));
        QCOMPARE(report.byTemplate.first(), 2);
    }

    void endlesslyManyReasonsAreCountedTogether()
    {
        QList<Case> cases;
        for (int n = 1; n <= 1000; ++n)
            cases << failing(n, {}, QStringLiteral("Only number %1 fails so").arg(n));
        const RehearsalReport report = reportOf(cases);
        QCOMPARE(report.failed, 1000);
        QCOMPARE(report.findings.size(), RehearsalTally::maxFindings + 1);
        QCOMPARE(report.findings.first().count, 1000 - RehearsalTally::maxFindings);
    }

    void endlesslyManyContactsAreCountedOnly()
    {
        RehearsalTally tally;
        for (qint64 n = 1; n <= 2 * RehearsalFinding::maxContacts; ++n) {
            const Case one = failing(n, {}, QStringLiteral("No."));
            tally.add(content(), one.delivery, one.contact, one.made);
        }
        const RehearsalFinding finding = tally.report().findings.first();
        QCOMPARE(finding.count, 2 * RehearsalFinding::maxContacts);
        QCOMPARE(finding.contacts.size(), RehearsalFinding::maxContacts);
        QCOMPARE(finding.contacts.last(), RehearsalFinding::maxContacts);
    }

    void pagesOfAnySizeMergedInOrderGiveTheSame()
    {
        const QList<Case> cases = mixture(1500);
        const QString whole = describe(reportOf(cases));
        for (const int size : {1, 7, 100, 499, 1500}) {
            RehearsalTally merged;
            for (int at = 0; at < cases.size(); at += size)
                merged.merge(tallyOf(cases.mid(at, size)));
            QCOMPARE(describe(merged.report()), whole);
        }
    }
};

QTEST_MAIN(RehearsalTallyTest)
#include "RehearsalTallyTest.moc"
