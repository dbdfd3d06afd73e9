// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/content/ContentCache.h"
#include "engine/base/ManualClock.h"
#include "engine/content/ContentReader.h"
#include "engine/store/AssetRepository.h"
#include "engine/store/BrandRepository.h"
#include "engine/store/CampaignRepository.h"
#include "engine/store/Connection.h"
#include "engine/store/Migrator.h"
#include "engine/store/TemplateRepository.h"
#include "engine/store/TopicRepository.h"

#include <QJsonArray>
#include <QTest>

using namespace carillon;

class ContentCacheTest : public QObject {
    Q_OBJECT

private:
    ManualClock m_clock{1'700'000'000'000};
    std::unique_ptr<Connection> m_connection;
    Topic m_topic;

    Topic makeTopic(const QString& key)
    {
        Topic topic;
        topic.key = key;
        topic.brandId = 1;
        topic.id = TopicRepository(*m_connection).save(topic);
        return topic;
    }
    Template mail(const QString& words) const
    {
        Template result;
        result.topicId = m_topic.id;
        result.channel = QStringLiteral("email");
        result.parts = {{QStringLiteral("text"), words}};
        return result;
    }
    void save(const QString& words) { TemplateRepository(*m_connection).save(mail(words), {}); }
    static QString words(const CompiledContent& content)
    {
        return content.content().templates.first().parts.value(QStringLiteral("text"));
    }

private Q_SLOTS:
    void init()
    {
        m_connection = std::move(*Connection::open(QStringLiteral(":memory:"), Connection::Access::Write));
        QVERIFY(Migrator(*m_connection, QStringLiteral(":memory:"), m_clock).migrate(builtInMigrations()).has_value());
        Brand brand;
        brand.name = QStringLiteral("b");
        BrandRepository(*m_connection).save(brand);
        m_topic = makeTopic(QStringLiteral("t"));
        save(QStringLiteral("first"));
    }

    void givesTheSameUntilASaveOrFiveMinutes()
    {
        ContentCache cache(m_clock);
        const auto first = *cache.saved(*m_connection, m_topic.id);
        QCOMPARE(words(*first), QStringLiteral("first"));
        m_clock.advance(5 * 60'000 - 1);
        QCOMPARE(*cache.saved(*m_connection, m_topic.id), first);
        m_clock.advance(1);
        QVERIFY(*cache.saved(*m_connection, m_topic.id) != first);
        save(QStringLiteral("second"));
        QCOMPARE(words(**cache.saved(*m_connection, m_topic.id)), QStringLiteral("second"));
        QCOMPARE(words(*first), QStringLiteral("first"));
        QCOMPARE(cache.counters().hits, 1);
        QCOMPARE(cache.counters().loads, 3);
        QVERIFY(cache.counters().loadNanoseconds > 0);
        QCOMPARE(cache.saved(*m_connection, 4711).error().code, ErrorCode::NotFound);
    }

    void aSaveThroughAnotherConnectionIsSeenAtOnce()
    {
        ContentCache ours(m_clock);
        ContentCache theirs(m_clock);
        QCOMPARE(words(**ours.saved(*m_connection, m_topic.id)), QStringLiteral("first"));
        QCOMPARE(words(**theirs.saved(*m_connection, m_topic.id)), QStringLiteral("first"));
        save(QStringLiteral("second"));
        QCOMPARE(words(**ours.saved(*m_connection, m_topic.id)), QStringLiteral("second"));
        QCOMPARE(words(**theirs.saved(*m_connection, m_topic.id)), QStringLiteral("second"));
    }

    void isBoundedByNumberAndBytes()
    {
        ContentCache few(m_clock, {5 * 60'000, 2, 1 << 20});
        const qint64 second = makeTopic(QStringLiteral("second")).id;
        const qint64 third = makeTopic(QStringLiteral("third")).id;
        for (const qint64 id : {m_topic.id, second, m_topic.id, third})
            QVERIFY(few.saved(*m_connection, id));
        QCOMPARE(few.size(), std::size_t(2));
        QVERIFY(few.saved(*m_connection, m_topic.id)); // was used last before the third
        QCOMPARE(few.counters().loads, 3);
        ContentCache small(m_clock, {5 * 60'000, 64, 1'000});
        save(QString(10'000, u'x'));
        for (const qint64 id : {m_topic.id, second, third})
            QVERIFY(small.saved(*m_connection, id));
        QCOMPARE(small.size(), std::size_t(2));
    }

    void editedContentHasWhatIsSavedOfAllElse()
    {
        ContentCache cache(m_clock);
        Template footer;
        footer.scope = TemplateScope::Snippet;
        footer.key = QStringLiteral("footer");
        footer.parts = {{QStringLiteral("body"), QStringLiteral("--")}};
        TemplateRepository(*m_connection).save(footer, {});
        const auto first = cache.edited(*m_connection, m_topic, {mail(QStringLiteral("a {% render 'footer' %}"))});
        QVERIFY(first->problems().isEmpty());
        QCOMPARE(cache.edited(*m_connection, m_topic, {mail(QStringLiteral("a {% render 'footer' %}"))}), first);
        const auto second = cache.edited(*m_connection, m_topic, {mail(QStringLiteral("b {% render 'header' %}"))});
        QCOMPARE(second->problems().size(), 1);
        footer.key = QStringLiteral("header");
        TemplateRepository(*m_connection).save(footer, {});
        QVERIFY(
            cache.edited(*m_connection, m_topic, {mail(QStringLiteral("b {% render 'header' %}"))})->problems().isEmpty());
        QCOMPARE(words(**cache.saved(*m_connection, m_topic.id)), QStringLiteral("first"));
    }

    void filesComeWithTheTemplatesThatNameThem()
    {
        const QString hash = AssetRepository(*m_connection).add("bytes", 1).hash;
        Template one = mail(QStringLiteral("x"));
        one.settings
            = {{QStringLiteral("attachments"),
                QJsonArray{QJsonObject{{QStringLiteral("name"), QStringLiteral("a")}, {QStringLiteral("asset"), hash}},
                           QJsonObject{{QStringLiteral("name"), QStringLiteral("b")},
                                       {QStringLiteral("asset"), QStringLiteral("gone")}}}}};
        const ContentSet edited = contentOf(*m_connection, m_topic, {one});
        QCOMPARE(edited.assets, (QHash<QString, QByteArray>{{hash, "bytes"}}));
        TemplateRepository(*m_connection).save(one, {});
        QCOMPARE(contentOf(*m_connection, m_topic.id)->assets, edited.assets);
    }

    void aCampaignIsSentWithWhatItPinned()
    {
        Campaign campaign;
        campaign.name = QStringLiteral("c");
        campaign.topicId = m_topic.id;
        campaign.id = CampaignRepository(*m_connection).save(campaign);
        const auto text = [&] { return contentOf(*m_connection, campaign)->templates.first().parts.first(); };
        pinContent(*m_connection, campaign);
        save(QStringLiteral("second"));
        QCOMPARE(text(), QStringLiteral("second")); // still a draft
        campaign.state = CampaignState::Scheduled;
        QCOMPARE(text(), QStringLiteral("first"));
        QCOMPARE(TemplateRepository(*m_connection).pins(campaign.id).first().version, 1);
        Template added = mail(QStringLiteral("more"));
        added.locale = QStringLiteral("de");
        TemplateRepository(*m_connection).save(added, {});
        QCOMPARE(contentOf(*m_connection, campaign)->templates.size(), 1);
        pinContent(*m_connection, campaign);
        QCOMPARE(text(), QStringLiteral("second"));
        QCOMPARE(contentOf(*m_connection, campaign)->templates.size(), 2);
    }
};

QTEST_GUILESS_MAIN(ContentCacheTest)
#include "ContentCacheTest.moc"
