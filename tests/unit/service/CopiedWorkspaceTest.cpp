// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/Engine.h"
#include "engine/base/Random.h"
#include "engine/base/SystemClock.h"
#include "engine/service/CampaignService.h"
#include "engine/service/DeliveryService.h"
#include "engine/service/LiveService.h"
#include "engine/service/WorkspaceService.h"
#include "engine/store/AccountRepository.h"
#include "engine/store/BrandRepository.h"
#include "engine/store/Connection.h"
#include "engine/store/ContactRepository.h"
#include "engine/store/Store.h"
#include "engine/store/TemplateRepository.h"
#include "engine/store/TopicRepository.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace carillon;

namespace {

const QString email = QStringLiteral("email");
constexpr int contacts = 5;
constexpr int patience = 60'000;

} // namespace

// Whole engines on a workspace and its copies: what is held sends nothing, says why, and goes on when it is released.
class CopiedWorkspaceTest : public QObject {
    Q_OBJECT

private:
    SystemClock m_clock;
    SystemRandom m_random;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Engine> m_engine;
    const Caller m_ann{QStringLiteral("window:ann"), Role::Administrator};
    qint64 m_topic = 0;

    QString path(const QString& name) const { return m_folder->filePath(name); }
    void open(const QString& name)
    {
        m_engine.reset(); // before the next one takes its lock
        EngineOptions options;
        options.path = path(name);
        options.vault = VaultKind::Memory;
        options.stateFolder = path(QStringLiteral("state"));
        options.serve = false;
        auto opened = Engine::open(options, m_clock, m_random);
        QVERIFY2(opened, opened ? "" : qPrintable(opened.error().message));
        m_engine = std::move(*opened);
    }
    void fill(const QString& name)
    {
        const auto store = std::move(*Store::open(path(name), m_clock));
        const auto filled = store
                                ->write([this](Connection& connection) -> Status {
                                    insertTopic(connection);
                                    return {};
                                })
                                .result();
        QVERIFY(filled);
    }
    void insertTopic(Connection& connection)
    {
        Account account;
        account.name = QStringLiteral("Sink");
        account.provider = QStringLiteral("simulator");
        account.channel = email;
        account.settings = {{QStringLiteral("latency_ms"), 1}, {QStringLiteral("jitter_ms"), 0}};
        Brand brand;
        brand.name = QStringLiteral("Shop");
        brand.fromAddress = QStringLiteral("shop@x.example");
        Topic topic;
        topic.key = topic.name = QStringLiteral("news");
        topic.brandId = BrandRepository(connection).save(brand);
        m_topic = TopicRepository(connection).save(topic);
        TopicRepository(connection)
            .replaceRoutes(m_topic, {{0, m_topic, AccountRepository(connection).save(account), 0, {}}});
        Template mail;
        mail.channel = email;
        mail.parts = {{QStringLiteral("subject"), QStringLiteral("S")}, {QStringLiteral("text"), QStringLiteral("T")}};
        TemplateRepository(connection).replaceForTopic(m_topic, {mail}, {{}, {}, 1});
        for (int i = 0; i < contacts; ++i) {
            Contact contact;
            contact.addresses = {{0, 0, email, QStringLiteral("p%1@x.example").arg(i), AddressState::Active}};
            ContactRepository(connection).insert(contact);
        }
    }
    CampaignService& campaigns() const { return m_engine->services().campaigns; }
    WorkspaceService& workspace() const { return m_engine->services().workspace; }
    // A campaign that is to start at a time; its number.
    qint64 schedule(qint64 at)
    {
        Campaign campaign;
        campaign.name = QStringLiteral("c");
        campaign.topicId = m_topic;
        campaign.audience.everyone = true;
        const qint64 id = *campaigns().save(m_ann, campaign).result();
        [&] { QVERIFY(campaigns().schedule(m_ann, id, at).result()); }();
        return id;
    }
    CampaignSummary summary(qint64 id) const { return *campaigns().get(id).result(); }
    qsizetype logged(const QString& type) const
    {
        LogFilter filter;
        filter.types = {type};
        return m_engine->services().deliveries.log(0, filter, 1'000).result()->size();
    }

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        fill(QStringLiteral("w"));
        open(QStringLiteral("w"));
    }
    void cleanup() { m_engine.reset(); }

    void aCopySendsNothingUntilSomebodySaysThatItDoes()
    {
        const qint64 later = schedule(m_clock.now() + 3'600'000);
        QVERIFY(!workspace().hold().result()->held);
        m_engine.reset();
        QVERIFY(QFile::copy(path(QStringLiteral("w")), path(QStringLiteral("copy"))));
        open(QStringLiteral("copy"));

        const WorkspaceHold hold = *workspace().hold().result();
        QVERIFY(hold.held);
        QVERIFY2(hold.sentence.contains(path(QStringLiteral("w"))), qPrintable(hold.sentence));
        QCOMPARE(hold.scheduled, 1);
        QCOMPARE(m_engine->services().live.status().problem, hold.sentence);
        QVERIFY(!m_engine->services().live.status().running);
        const qint64 now = schedule(0); // an operation is carried out, and nothing begins
        QVERIFY(campaigns().pause(m_ann, now).result());
        QVERIFY(campaigns().resume(m_ann, now).result());
        QTest::qWait(200);
        QCOMPARE(summary(now).campaign.state, CampaignState::Scheduled);
        QCOMPARE(summary(now).total, 0);

        QCOMPARE(workspace().release({{}, Role::Operator}).result().error().code, ErrorCode::Forbidden);
        QCOMPARE(logged(QStringLiteral("workspace.released")), 0);
        QVERIFY(workspace().release(m_ann).result());
        QVERIFY(!workspace().hold().result()->held);
        QCOMPARE(logged(QStringLiteral("workspace.released")), 1);
        QTRY_COMPARE_WITH_TIMEOUT(summary(now).campaign.state, CampaignState::Finished, patience);
        QCOMPARE(summary(now).counts.value(DeliveryState::Sent), contacts);
        QCOMPARE(summary(later).campaign.state, CampaignState::Scheduled);
        QTRY_VERIFY_WITH_TIMEOUT(m_engine->services().live.status().running, patience);
        QVERIFY(m_engine->services().live.status().problem.isEmpty());

        open(QStringLiteral("copy")); // it is asked once
        QVERIFY(!workspace().hold().result()->held);
        open(QStringLiteral("w")); // and the original is the one that is behind now
        QVERIFY(workspace().hold().result()->held);
    }

    void anOlderBackupThatIsPutBackIsHeldAndAMovedFileIsNot()
    {
        m_engine.reset();
        QVERIFY(QFile::copy(path(QStringLiteral("w")), path(QStringLiteral("backup"))));
        open(QStringLiteral("w"));
        const qint64 sent = schedule(0);
        QTRY_COMPARE_WITH_TIMEOUT(summary(sent).campaign.state, CampaignState::Finished, patience);
        m_engine.reset();
        QVERIFY(QFile::rename(path(QStringLiteral("w")), path(QStringLiteral("moved"))));
        open(QStringLiteral("moved"));
        QVERIFY(!workspace().hold().result()->held);
        m_engine.reset();
        QVERIFY(QFile::rename(path(QStringLiteral("backup")), path(QStringLiteral("moved2"))));
        open(QStringLiteral("moved2"));
        const WorkspaceHold hold = *workspace().hold().result();
        QVERIFY(hold.held);
        QVERIFY2(hold.sentence.contains(QStringLiteral("older")), qPrintable(hold.sentence));
    }
};

QTEST_GUILESS_MAIN(CopiedWorkspaceTest)
#include "CopiedWorkspaceTest.moc"
