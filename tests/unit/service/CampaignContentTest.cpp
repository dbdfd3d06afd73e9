// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/base/Random.h"
#include "engine/base/SystemClock.h"
#include "engine/content/ContentCache.h"
#include "engine/dispatch/Dispatch.h"
#include "engine/provider/BuiltInProviders.h"
#include "engine/security/MemoryVault.h"
#include "engine/service/CampaignService.h"
#include "engine/service/TemplateService.h"
#include "engine/service/TestMessage.h"
#include "engine/store/AccountRepository.h"
#include "engine/store/ContactRepository.h"
#include "engine/store/Store.h"
#include "engine/store/TemplateRepository.h"

#include <QElapsedTimer>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

using namespace carillon;

namespace {

const QString email = QStringLiteral("email");
const QString html = QStringLiteral("html");

} // namespace

// What campaigns and previews make of content, through the operations and a dispatcher that sends to the simulator.
class CampaignContentTest : public QObject {
    Q_OBJECT

private:
    static constexpr int patience = 60'000;

    QTemporaryDir m_folder;
    SystemClock m_clock;
    SystemRandom m_random;
    MemoryVault m_vault;
    ProviderRegistry m_registry;
    std::shared_ptr<SimulatorOutbox> m_outbox = std::make_shared<SimulatorOutbox>(100);
    std::unique_ptr<ContentCache> m_cache;
    std::unique_ptr<Store> m_store;
    std::unique_ptr<Dispatch> m_dispatch;
    std::unique_ptr<TopicService> m_topics;
    std::unique_ptr<TemplateService> m_templates;
    std::unique_ptr<CampaignService> m_campaigns;
    const Caller m_ann{QStringLiteral("window:ann"), Role::Administrator};
    Account m_account;
    Brand m_brand;
    qint64 m_topic = 0;
    qint64 m_contact = 0;

    TopicDetail topic() { return *m_topics->get(m_topic).result(); }
    qint64 campaign()
    {
        Campaign campaign;
        campaign.name = QStringLiteral("c");
        campaign.topicId = m_topic;
        campaign.audience.everyone = true;
        return *m_campaigns->save(m_ann, campaign).result();
    }
    void write(const QString& words)
    {
        TopicDetail detail = topic();
        detail.templates.first().parts[html] = words;
        QVERIFY(m_topics->save(m_ann, detail).result());
    }
    qsizetype sentWith(const QByteArray& words)
    {
        const auto messages = m_outbox->messages();
        return std::count_if(messages.begin(), messages.end(),
                             [&](const auto& message) { return message.content.contains(words); });
    }
    CampaignSummary summary(qint64 id) { return *m_campaigns->get(id).result(); }
    Preview preview(const TopicDetail& detail, const QString& channel = email)
    {
        return *m_campaigns->preview({detail, {}, m_contact, channel}).result();
    }

private Q_SLOTS:
    void initTestCase()
    {
        m_store = std::move(*Store::open(m_folder.filePath(QStringLiteral("w")), m_clock));
        m_cache = std::make_unique<ContentCache>(m_clock);
        QVERIFY(addBuiltInProviders(m_registry, {m_clock, std::make_shared<HttpTransport>(), m_outbox}).isEmpty());
        const auto link = [](const Delivery& delivery, const Brand& brand) -> QString {
            return brand.publicUrl + QStringLiteral("/u/") + delivery.address;
        };
        m_dispatch = std::make_unique<Dispatch>(*m_store, m_clock, m_random, m_registry, m_vault, QStringLiteral("l"), link);
        m_dispatch->start();
        m_topics = std::make_unique<TopicService>(*m_store, m_clock);
        m_templates = std::make_unique<TemplateService>(*m_store, m_clock);
        m_campaigns = std::make_unique<CampaignService>(*m_store, m_clock, *m_dispatch, *m_cache);
        m_brand.name = QStringLiteral("Shop");
        m_brand.fromAddress = QStringLiteral("shop@shop.example");
        m_brand.publicUrl = QStringLiteral("https://shop.example");
        m_brand.id = *m_topics->saveBrand(m_ann, m_brand).result();
        m_account.name = QStringLiteral("Sink");
        m_account.provider = QStringLiteral("simulator");
        m_account.channel = email;
        m_account.settings = {{QStringLiteral("latency_ms"), 1}, {QStringLiteral("jitter_ms"), 0}};
        Contact ana;
        ana.name = QStringLiteral("Ana");
        ana.locale = QStringLiteral("pt-BR");
        ana.addresses = {{0, 0, email, QStringLiteral("ana@b.example"), AddressState::Active}};
        m_contact = *m_store
                         ->write([&](Connection& connection) -> Result<qint64> {
                             m_account.id = AccountRepository(connection).save(m_account);
                             return ContactRepository(connection).insert(ana);
                         })
                         .result();
        TopicDetail detail;
        detail.topic.key = QStringLiteral("news");
        detail.topic.name = QStringLiteral("News");
        detail.topic.category = Category::Marketing;
        detail.topic.brandId = m_brand.id;
        detail.routes = {{0, 0, m_account.id, 0, {}}};
        Template mail;
        mail.channel = email;
        mail.parts = {{QStringLiteral("subject"), QStringLiteral("S")}, {html, QStringLiteral("<p>first</p>")}};
        detail.templates = {mail};
        const Result<qint64> saved = m_topics->save(m_ann, detail).result();
        QVERIFY2(saved, saved ? "" : qPrintable(saved.error().message));
        m_topic = *saved;
    }

    void cleanupTestCase()
    {
        const Future<void> stopped = m_dispatch->stop();
        QTRY_VERIFY_WITH_TIMEOUT(stopped.isFinished(), patience);
        m_dispatch.reset();
        m_store.reset();
    }

    void anEditAfterSchedulingChangesNothingOfTheCampaign()
    {
        const qint64 first = campaign();
        QVERIFY(summary(first).content.isEmpty());
        QVERIFY(m_campaigns->schedule(m_ann, first, m_clock.now() + 1'000).result());
        write(QStringLiteral("<p>second</p>"));
        QCOMPARE(summary(first).content.size(), 1);
        QCOMPARE(summary(first).content.first().version, 1);
        const qint64 second = campaign();
        QVERIFY(m_campaigns->schedule(m_ann, second, 0).result());
        QTRY_COMPARE_WITH_TIMEOUT(summary(second).campaign.state, CampaignState::Finished, patience);
        QTRY_COMPARE_WITH_TIMEOUT(summary(first).campaign.state, CampaignState::Finished, patience);
        QCOMPARE(m_outbox->messages().size(), 2); // in whatever order: a slow disk lets the hour of the first come before
        QCOMPARE(sentWith("first"), 1);
        QCOMPARE(sentWith("second"), 1);
    }

    void unschedulingLetsGoOfTheContent()
    {
        const qint64 id = campaign();
        QVERIFY(m_campaigns->schedule(m_ann, id, m_clock.now() + 3'600'000).result());
        const int version = summary(id).content.first().version;
        QVERIFY(m_campaigns->unschedule(m_ann, id).result());
        QVERIFY(summary(id).content.isEmpty());
        write(QStringLiteral("<p>third</p>"));
        QVERIFY(m_campaigns->schedule(m_ann, id, m_clock.now() + 3'600'000).result());
        QCOMPARE(summary(id).content.first().version, version + 1);
        QVERIFY(m_campaigns->cancel(m_ann, id).result());
    }

    void contentThatDoesNotCompileIsNotScheduled()
    {
        Template footer;
        footer.scope = TemplateScope::Snippet;
        footer.key = QStringLiteral("footer");
        footer.parts = {{QStringLiteral("body"), QStringLiteral("--")}};
        footer = *m_templates->save(m_ann, footer, {}).result();
        write(QStringLiteral("<p>{% render 'footer' %}</p>"));
        const qint64 id = campaign();
        QVERIFY(m_campaigns->schedule(m_ann, id, m_clock.now() + 3'600'000).result());
        QVERIFY(m_campaigns->unschedule(m_ann, id).result());
        const Status used = m_templates->remove(m_ann, footer.id).result();
        QVERIFY(!used);
        QVERIFY2(used.error().message.contains(QStringLiteral("email of the topic news")), qPrintable(used.error().message));
        QVERIFY(m_store
                    ->write([&](Connection& connection) -> Result<bool> { // as another program would
                        TemplateRepository(connection).retire(footer.id, 1);
                        return true;
                    })
                    .result());
        const Status refused = m_campaigns->schedule(m_ann, id, m_clock.now() + 3'600'000).result();
        QVERIFY(!refused);
        QVERIFY2(refused.error().message.contains(QStringLiteral("footer")), qPrintable(refused.error().message));
        QCOMPARE(summary(id).campaign.state, CampaignState::Draft);
        QVERIFY(summary(id).content.isEmpty());
        write(QStringLiteral("<p>last</p>"));
    }

    void aPreviewIsWhatWouldBeSentAndSaysWhy()
    {
        TopicDetail detail = topic();
        detail.templates.first().parts[html] = QStringLiteral("<a href='{{ unsubscribe_url }}'>{{ contact.city }}</a>");
        const Preview shown = preview(detail);
        QCOMPARE(shown.to, QStringLiteral("ana@b.example"));
        QVERIFY(shown.parts[html].contains(QStringLiteral("https://shop.example/u/ana@b.example")));
        QVERIFY(shown.source.contains("List-Unsubscribe: <https://shop.example/u/ana@b.example>"));
        QVERIFY(shown.explanation.first().contains(QStringLiteral("was taken")));
        QVERIFY2(shown.explanation.join(u' ').contains(QStringLiteral("“pt-BR”")), qPrintable(shown.explanation.join(u' ')));
        QVERIFY(shown.facts.notes.join(u' ').contains(QStringLiteral("contact.city (html)")));
        detail.templates.first().parts[html] = QStringLiteral("\n{% nosuch %}");
        const Preview broken = preview(detail);
        QCOMPARE(broken.problems.first().part, html);
        QCOMPARE(broken.problems.first().line, 2);
        QVERIFY(preview(detail, QStringLiteral("push")).explanation.first().contains(QStringLiteral("push")));
    }

    void theTestOfAnAccountIsBuiltIn()
    {
        const Result<Message> mail = testMessage(m_account, m_brand, QStringLiteral("me@x.example"), QStringLiteral("w"), 1);
        QVERIFY2(mail, mail ? "" : qPrintable(mail.error().message));
        QVERIFY(mail->content.contains("Sink"));
        Account hook = m_account;
        hook.channel = QStringLiteral("webhook");
        const Result<Message> json = testMessage(hook, m_brand, QStringLiteral("https://x.example"), QStringLiteral("w"), 1);
        QVERIFY2(json, json ? "" : qPrintable(json.error().message));
    }
};

QTEST_GUILESS_MAIN(CampaignContentTest)
#include "CampaignContentTest.moc"
