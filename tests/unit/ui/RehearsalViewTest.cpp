// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/composer/RehearsalView.h"
#include "ui/composer/RehearsalKeeper.h"
#include "ui/composer/SendQuestion.h"

#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

using namespace carillon;
using namespace carillon::ui;

namespace {

// A rehearsal that says what the test wants, when the test wants it.
class ScriptedRun final : public RehearsalRun {
public:
    explicit ScriptedRun(int& alive)
        : m_alive(alive)
    {
        ++m_alive;
    }
    ~ScriptedRun() override { --m_alive; }

    void cancel() override { }
    qint64 done() const override { return m_report.contacts; }
    qint64 total() const override { return 100; }
    const RehearsalReport& report() const override { return m_report; }

    void say(const RehearsalReport& report)
    {
        m_report = report;
        Q_EMIT progressed();
    }
    void end(const RehearsalReport& report)
    {
        m_report = report;
        Q_EMIT finished();
    }
    void giveUp(const Error& error) { Q_EMIT failed(error); }

private:
    int& m_alive;
    RehearsalReport m_report;
};

RehearsalFinding finding(RehearsalFinding::Kind kind, const QString& sentence, qint64 count)
{
    return {kind, QStringLiteral("email"), {}, {}, sentence, count, {1, 2}};
}

RehearsalReport report(qint64 contacts, qint64 failed, const QList<RehearsalFinding>& findings = {})
{
    RehearsalReport report;
    report.contacts = contacts;
    report.messages = contacts;
    report.failed = failed;
    report.findings = findings;
    return report;
}

RehearsalRequest request(const QString& html)
{
    RehearsalRequest request;
    request.campaign.topicId = 1;
    request.topic.emplace();
    Template mail;
    mail.channel = QStringLiteral("email");
    mail.parts = {{QStringLiteral("html"), html}};
    request.topic->templates = {mail};
    return request;
}

} // namespace

class RehearsalViewTest : public QObject {
    Q_OBJECT

private:
    int m_alive = 0;
    QList<ScriptedRun*> m_runs;
    std::unique_ptr<RehearsalKeeper> m_keeper;
    std::unique_ptr<RehearsalView> m_view;

    ScriptedRun* begun(int number)
    {
        if (!QTest::qWaitFor([&] { return m_runs.size() == number; }))
            qFatal("There are %d runs.", int(m_runs.size()));
        return m_runs.last();
    }
    template <typename Widget>
    Widget* find(const char* name) const
    {
        return m_view->findChild<Widget*>(QString::fromLatin1(name));
    }
    QString summary() const { return find<QLabel>("rehearsalSummary")->text(); }

private Q_SLOTS:
    void init()
    {
        m_runs.clear();
        m_keeper = std::make_unique<RehearsalKeeper>(
            [this](const RehearsalRequest&) {
                auto run = std::make_unique<ScriptedRun>(m_alive);
                m_runs << run.get();
                return run;
            },
            nullptr);
        m_view = std::make_unique<RehearsalView>(*m_keeper);
        m_view->resize(600, 400);
        m_view->show();
    }
    void cleanup()
    {
        m_view.reset();
        m_keeper.reset();
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
        QCOMPARE(m_alive, 0);
    }

    void manyChangesAreOneRehearsal()
    {
        for (const char* text : {"a", "ab", "abc"})
            m_keeper->want(request(QString::fromLatin1(text)));
        QCOMPARE(m_keeper->state(), RehearsalKeeper::Running);
        begun(1)->end(report(100, 0));
        QCOMPARE(m_keeper->state(), RehearsalKeeper::Done);
        QCOMPARE(summary(), QStringLiteral("100 messages can be made."));
        QVERIFY(!find<QWidget>("rehearsalProgress")->isVisible());
    }

    void theSameContentIsNotRehearsedAgainUnlessAsked()
    {
        m_keeper->want(request(QStringLiteral("a")));
        begun(1)->end(report(100, 0));
        RehearsalRequest saved = request(QStringLiteral("a"));
        saved.campaign.name = QStringLiteral("Another name");
        saved.topic->templates.first().id = 7;
        saved.topic->templates.first().version = 3;
        m_keeper->want(saved);
        QCOMPARE(m_keeper->state(), RehearsalKeeper::Done);
        find<QPushButton>("rehearseAgain")->click();
        QCOMPARE(m_keeper->state(), RehearsalKeeper::Running);
        begun(2);
    }

    void whoChangesItEndsTheOneThatRuns()
    {
        m_keeper->want(request(QStringLiteral("a")));
        begun(1);
        m_keeper->want(request(QStringLiteral("b")));
        QCOMPARE(m_alive, 0);
        begun(2)->end(report(3, 1));
        QCOMPARE(summary(), QStringLiteral("2 messages can be made, 1 fails."));
    }

    void whoLeavesEndsItAndFindsItAnewWhenHeComesBack()
    {
        m_keeper->want(request(QStringLiteral("a")));
        begun(1);
        m_keeper->leave();
        QCOMPARE(m_alive, 0);
        QCOMPARE(m_keeper->state(), RehearsalKeeper::Idle);
        m_keeper->want(request(QStringLiteral("a")));
        begun(2)->end(report(5, 0));
        m_keeper->leave();
        QCOMPARE(m_keeper->state(), RehearsalKeeper::Done);
    }

    void whatWasFoundBeforeCancellingStays()
    {
        m_keeper->want(request(QStringLiteral("a")));
        begun(1)->say(report(40, 2, {finding(RehearsalFinding::Failed, QStringLiteral("No."), 2)}));
        find<QPushButton>("cancelRehearsal")->click();
        QCOMPARE(m_keeper->state(), RehearsalKeeper::Cancelled);
        QCOMPARE(summary(), QStringLiteral("Cancelled after 40 contacts. 38 messages can be made, 2 fail."));
        QCOMPARE(find<QToolButton>("finding_0")->text(), QStringLiteral("2"));
    }

    void anErrorIsSaid()
    {
        m_keeper->want(request(QStringLiteral("a")));
        begun(1)->giveUp({ErrorCode::Storage, QStringLiteral("The disk is gone."), {}});
        QCOMPARE(summary(), QStringLiteral("The disk is gone."));
        QVERIFY(find<QPushButton>("rehearseAgain")->isVisible());
    }

    void aFindingLeadsToItsContacts()
    {
        m_keeper->want(request(QStringLiteral("a")));
        begun(1)->say(report(50, 1, {finding(RehearsalFinding::Failed, QStringLiteral("<b>No</b>."), 1)}));
        const QToolButton* line = find<QToolButton>("finding_0");
        QSignalSpy chosen(m_view.get(), &RehearsalView::findingChosen);
        m_runs.last()->end(report(100, 3, {finding(RehearsalFinding::Failed, QStringLiteral("<b>No</b>."), 3)}));
        QCOMPARE(find<QToolButton>("finding_0"), line); // still under the mouse
        find<QToolButton>("finding_0")->click();
        QCOMPARE(chosen.size(), 1);
        QCOMPARE(chosen.first().first().value<RehearsalFinding>().count, 3);
        QCOMPARE(line->parentWidget()->findChild<QLabel*>()->textFormat(), Qt::PlainText);
    }

    void veryManyFindingsAreCounted()
    {
        QList<RehearsalFinding> findings;
        for (int n = 0; n < 100; ++n)
            findings << finding(RehearsalFinding::MissingVariable, QStringLiteral("Value %1").arg(n), 1);
        m_keeper->want(request(QStringLiteral("a")));
        begun(1)->end(report(100, 0, findings));
        QVERIFY(find<QToolButton>("finding_29"));
        QVERIFY(!find<QToolButton>("finding_30"));
    }

    void textMessagesAreCountedByWhatTheyCost()
    {
        RehearsalReport parts = report(30, 0);
        parts.smsParts = {{1, 20}, {2, 10}};
        parts.smsTotalParts = 40;
        m_keeper->want(request(QStringLiteral("a")));
        begun(1)->end(parts);
        QCOMPARE(find<QLabel>("rehearsalFigures")->text(),
                 QStringLiteral("40 SMS parts will be billed: 20 of 1 part, 10 of 2 parts."));
    }

    void sendingInSpiteOfFailuresIsAskedForWithBothCounts()
    {
        const Question plain = sendQuestion({QStringLiteral("Spring"), 300, 0, true, 0});
        QCOMPARE(plain.text, QStringLiteral("Send 300 messages now?"));
        QVERIFY(!plain.destructive);
        const Question failing = sendQuestion({QStringLiteral("Spring"), 9841, 12, true, 0});
        QCOMPARE(failing.text, QStringLiteral("12 of 9,841 messages cannot be made. Send the other 9,829 anyway?"));
        QCOMPARE(failing.verb, QStringLiteral("Send anyway"));
        QVERIFY(failing.destructive);
        QVERIFY(!failing.detail.contains(u"not complete"));
        QVERIFY(sendQuestion({QStringLiteral("Spring"), 10, 0, false, 0}).detail.contains(u"not complete"));
    }
};

QTEST_MAIN(RehearsalViewTest)
#include "RehearsalViewTest.moc"
