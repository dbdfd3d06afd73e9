// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/base/SystemClock.h"
#include "engine/service/RehearsalRunner.h"
#include "engine/store/AccountRepository.h"
#include "engine/store/BrandRepository.h"
#include "engine/store/Connection.h"
#include "engine/store/ContactRepository.h"
#include "engine/store/Store.h"
#include "engine/store/TemplateRepository.h"
#include "engine/store/TopicRepository.h"

#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace carillon;

namespace {

constexpr int people = 2000;
const QString email = QStringLiteral("email");
const QString subject = QStringLiteral("subject");
const QString html = QStringLiteral("html");

// Takes some milliseconds a message: so that a rehearsal can be met while it runs.
const QString slow = QStringLiteral("{% for i in (1..20000) %}{{ i }}{% endfor %}");

// A second passes whenever somebody looks at it: a rehearsal tells after each page how far it is.
class HurriedClock final : public Clock {
public:
    qint64 now() const override { return 1'700'000'000'000; }
    qint64 steady() const override { return m_time += 1000; }
    void after(qint64, QObject*, std::function<void()>) override { qFatal("Nobody waits for this clock."); }

private:
    mutable qint64 m_time = 0;
};

bool hasZeroOrders(int n)
{
    return n % 100 == 50;
}

bool hasWrongAddress(int n)
{
    return n % 400 == 7;
}

bool hasNoAddress(int n)
{
    return n % 500 == 3;
}

Contact person(int n)
{
    Contact contact;
    contact.externalId = QStringLiteral("c-%1").arg(n);
    contact.name = QStringLiteral("Person %1").arg(n);
    if (n == 1234)
        contact.name = QStringLiteral("مريم");
    if (n == 1500)
        contact.name = QStringLiteral("Adolph Blaine Charles David Earl Frederick Gerald Hubert Irvin");
    contact.attributes = {{QStringLiteral("orders"), hasZeroOrders(n) ? 0 : n}};
    const QString address = hasWrongAddress(n) ? QStringLiteral("nobody %1").arg(n) : QStringLiteral("p%1@x.org").arg(n);
    if (!hasNoAddress(n))
        contact.addresses = {{0, 0, email, address, AddressState::Active}};
    return contact;
}

template <typename Test>
QList<qint64> idsWhere(Test test)
{
    QList<qint64> ids;
    for (int n = 1; n <= people; ++n) {
        if (test(n))
            ids << n;
    }
    return ids;
}

} // namespace

// A whole rehearsal over a workspace with two thousand people and faults that were planted among them.
class RehearsalTest : public QObject {
    Q_OBJECT

private:
    QTemporaryDir m_folder;
    SystemClock m_clock;
    HurriedClock m_hurried;
    std::unique_ptr<Store> m_store;
    TopicDetail m_topic;

    Result<qint64> fill(Connection& connection)
    {
        Brand brand;
        brand.name = QStringLiteral("Shop");
        brand.fromAddress = QStringLiteral("shop@example.org");
        Account account;
        account.name = QStringLiteral("Relay");
        account.channel = email;
        Topic topic;
        topic.key = QStringLiteral("news");
        topic.brandId = BrandRepository(connection).save(brand);
        const qint64 id = TopicRepository(connection).save(topic);
        const Route route{0, id, AccountRepository(connection).save(account), 0, {}};
        TopicRepository(connection).replaceRoutes(id, {route});
        TemplateRepository(connection)
            .replaceForTopic(id, {mail(QStringLiteral("{{ 100 | divided_by: contact.orders }}"))}, {{}, {}, 1});
        for (int n = 1; n <= people; ++n)
            ContactRepository(connection).insert(person(n));
        m_topic = {*TopicRepository(connection).find(id),
                   TopicRepository(connection).routes(id),
                   TemplateRepository(connection).ofTopic(id),
                   {}};
        return id;
    }
    static Template mail(const QString& body)
    {
        return {0, 0, email, {}, {{subject, QStringLiteral("Dear {{ contact.name }}")}, {html, body}}, 0, 0};
    }
    RehearsalRequest everyone() const
    {
        RehearsalRequest request;
        request.campaign.topicId = m_topic.topic.id;
        request.campaign.audience.everyone = true;
        return request;
    }
    RehearsalRequest everyoneWith(const QString& body) const
    {
        RehearsalRequest request = everyone();
        request.topic = m_topic;
        request.topic->templates = {mail(body)};
        return request;
    }
    std::unique_ptr<RehearsalRunner> begin(const RehearsalRequest& request)
    {
        auto run = std::make_unique<RehearsalRunner>(*m_store, m_hurried, request);
        run->start();
        return run;
    }
    RehearsalReport whole(const RehearsalRequest& request)
    {
        const auto run = begin(request);
        QSignalSpy finished(run.get(), &RehearsalRun::finished);
        if (!finished.wait(60'000))
            qFatal("The rehearsal does not end.");
        return run->report();
    }
    static WorstCase worst(const RehearsalReport& report, WorstCase::Kind kind)
    {
        for (const WorstCase& one : report.worstCases) {
            if (one.kind == kind)
                return one;
        }
        return {};
    }

private Q_SLOTS:
    void initTestCase()
    {
        m_store = std::move(*Store::open(m_folder.filePath(QStringLiteral("w")), m_clock));
        const Result<qint64> filled = m_store->write([this](Connection& connection) { return fill(connection); }).result();
        QVERIFY(filled);
    }
    void cleanupTestCase() { m_store.reset(); }

    void findsWhatWasPlantedAndNothingElse()
    {
        const RehearsalReport report = whole(everyone());
        QCOMPARE(report.contacts, people);
        QCOMPARE(report.messages, people - idsWhere(hasNoAddress).size());
        QCOMPARE(report.failed, 25);
        QList<RehearsalFinding> failures;
        for (const RehearsalFinding& finding : report.findings) {
            if (finding.kind == RehearsalFinding::Failed)
                failures << finding;
        }
        QCOMPARE(failures.size(), 2);
        QCOMPARE(failures[0].count, 20);
        QCOMPARE(failures[0].contacts, idsWhere(hasZeroOrders));
        QCOMPARE(failures[0].part, html);
        QVERIFY2(failures[0].sentence.contains(u"line 1, column"), qPrintable(failures[0].sentence));
        QCOMPARE(failures[1].count, 5);
        QCOMPARE(failures[1].contacts, idsWhere(hasWrongAddress));
        QCOMPARE(worst(report, WorstCase::RightToLeftName).contactId, 1234);
        QCOMPARE(worst(report, WorstCase::LongestName).contactId, 1500);
        QCOMPARE(worst(report, WorstCase::Failing).contactId, 7);
        QCOMPARE(report.byTemplate.size(), 1);
        QCOMPARE(report.byTemplate.first(), report.messages);
    }

    void looksAtThoseWhoWouldGetIt()
    {
        const auto planned = m_store
                                 ->read([request = everyone()](Connection& connection) -> Result<PlannedPage> {
                                     Planner planner(*readPlanSource(connection, request.campaign));
                                     return planner.page(connection, 0, 2 * people, 1);
                                 })
                                 .result();
        QVERIFY(planned);
        QCOMPARE(whole(everyone()).messages, planned->deliveries.size());
    }

    void twiceGivesTheSame()
    {
        const RehearsalReport one = whole(everyone());
        const RehearsalReport other = whole(everyone());
        QCOMPARE(one.findings.size(), other.findings.size());
        for (qsizetype i = 0; i < one.findings.size(); ++i) {
            QCOMPARE(one.findings[i].sentence, other.findings[i].sentence);
            QCOMPARE(one.findings[i].contacts, other.findings[i].contacts);
        }
        QCOMPARE(one.worstCases.size(), other.worstCases.size());
        for (qsizetype i = 0; i < one.worstCases.size(); ++i)
            QCOMPARE(one.worstCases[i].contactId, other.worstCases[i].contactId);
    }

    void takesTheContentOfTheEditor()
    {
        const RehearsalReport report = whole(everyoneWith(QStringLiteral("Hello")));
        QCOMPARE(report.failed, idsWhere(hasWrongAddress).size());
        const auto broken = begin(everyoneWith(QStringLiteral("{% iff %}")));
        QSignalSpy failed(broken.get(), &RehearsalRun::failed);
        QVERIFY(failed.wait(60'000));
        const Error error = failed.first().first().value<Error>();
        QVERIFY2(error.message.contains(QStringLiteral("html, line 1")), qPrintable(error.message));
    }

    void aSampleIsTheFirstContacts()
    {
        RehearsalRequest request = everyone();
        request.maxContacts = 777;
        const RehearsalReport report = whole(request);
        QCOMPARE(report.contacts, 777);
        QCOMPARE(report.failed, 8 + 2);
    }

    void nobodyAtAllIsNoError()
    {
        RehearsalRequest request = everyone();
        request.campaign.audience = {{4711}, false};
        const RehearsalReport report = whole(request);
        QCOMPARE(report.contacts, 0);
        QCOMPARE(report.messages, 0);
    }

    void withoutATopicItFails()
    {
        RehearsalRequest request = everyone();
        request.campaign.topicId = 4711;
        const auto run = begin(request);
        QSignalSpy failed(run.get(), &RehearsalRun::failed);
        QSignalSpy finished(run.get(), &RehearsalRun::finished);
        QVERIFY(failed.wait());
        QCOMPARE(failed.first().first().value<Error>().field, QStringLiteral("topic"));
        QVERIFY(finished.isEmpty());
    }

    void tellsHowFarItIs()
    {
        const auto run = begin(everyone());
        QList<qint64> told;
        connect(run.get(), &RehearsalRun::progressed, this, [&] {
            told << run->done();
            QCOMPARE(run->total(), people);
            QCOMPARE(run->report().contacts, run->done());
        });
        QSignalSpy finished(run.get(), &RehearsalRun::finished);
        QVERIFY(finished.wait(60'000));
        QVERIFY(!told.isEmpty());
        QVERIFY(told.first() > 0 && told.last() <= people);
        QVERIFY(std::is_sorted(told.begin(), told.end()));
        QCOMPARE(run->done(), people);
    }

    void cancelEndsItAtOnce()
    {
        const auto run = begin(everyoneWith(slow));
        QElapsedTimer timer;
        connect(run.get(), &RehearsalRun::progressed, this, [&] {
            timer.start();
            run->cancel();
            run->cancel();
        });
        QSignalSpy finished(run.get(), &RehearsalRun::finished);
        QVERIFY(finished.wait(60'000));
        QVERIFY2(timer.elapsed() < 1'000, qPrintable(QString::number(timer.elapsed())));
        QVERIFY(run->done() < run->total());
        QVERIFY(!finished.wait(50));
        QCOMPARE(finished.size(), 1);
    }

    void canBeDestroyedAtAnyTime()
    {
        for (int looks = 0; looks < 30; ++looks) {
            const auto run = begin(everyoneWith(slow));
            for (int n = 0; n < looks; ++n)
                QTest::qWait(1);
            if (looks % 3 == 0)
                run->cancel();
        }
        QVERIFY(whole(everyone()).messages > 0);
    }

    void doesNotKeepWhoDestroysItWaiting()
    {
        auto run = begin(everyoneWith(slow));
        QSignalSpy progressed(run.get(), &RehearsalRun::progressed);
        QVERIFY(progressed.wait(60'000));
        QElapsedTimer timer;
        timer.start();
        run.reset();
        QVERIFY2(timer.elapsed() < 1'000, qPrintable(QString::number(timer.elapsed())));
    }
};

QTEST_MAIN(RehearsalTest)
#include "RehearsalTest.moc"
