// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/store/TemplateRepository.h"
#include "engine/base/SystemClock.h"
#include "engine/store/AssetRepository.h"
#include "engine/store/BrandRepository.h"
#include "engine/store/CampaignRepository.h"
#include "engine/store/Connection.h"
#include "engine/store/ContentRevision.h"
#include "engine/store/Migrator.h"
#include "engine/store/TopicRepository.h"

#include <QTest>

using namespace carillon;

namespace {

const QString email = QStringLiteral("email");
const QString text = QStringLiteral("text");

} // namespace

class TemplateRepositoryTest : public QObject {
    Q_OBJECT

private:
    SystemClock m_clock;
    std::unique_ptr<Connection> m_connection;
    Topic m_topic;

    TemplateRepository templates() { return TemplateRepository(*m_connection); }
    Template own(const QString& words, const QString& locale = {}) const
    {
        Template result;
        result.topicId = m_topic.id;
        result.channel = email;
        result.locale = locale;
        result.parts = {{text, words}};
        return result;
    }
    static Template shared(TemplateScope scope, const QString& key, const QString& words)
    {
        Template result;
        result.scope = scope;
        result.key = key;
        result.parts = {{text, words}};
        return result;
    }
    static Authorship by(const QString& author, qint64 now = 1) { return {author, QStringLiteral("of ") + author, now}; }

private Q_SLOTS:
    void init()
    {
        m_connection = std::move(*Connection::open(QStringLiteral(":memory:"), Connection::Access::Write));
        QVERIFY(Migrator(*m_connection, QStringLiteral(":memory:"), m_clock).migrate(builtInMigrations()).has_value());
        Brand brand;
        brand.name = QStringLiteral("b");
        m_topic = {};
        m_topic.key = QStringLiteral("t");
        m_topic.category = Category::Marketing;
        m_topic.brandId = BrandRepository(*m_connection).save(brand);
        m_topic.id = TopicRepository(*m_connection).save(m_topic);
    }

    void eachSaveIsAVersionAndEqualContentIsNone()
    {
        const Template first = templates().save(own(QStringLiteral("a")), by(QStringLiteral("ann"), 10));
        QCOMPARE(first.version, 1);
        const qint64 revision = contentRevision(*m_connection);
        QCOMPARE(templates().save(own(QStringLiteral("a")), by(QStringLiteral("bob"), 20)), first);
        QCOMPARE(contentRevision(*m_connection), revision);
        Template changed = own(QStringLiteral("a"));
        changed.settings = {{QStringLiteral("overflow"), QStringLiteral("cut")}};
        const Template second = templates().save(changed, by(QStringLiteral("bob"), 30));
        QCOMPARE(second.id, first.id);
        QCOMPARE(second.version, 2);
        QCOMPARE(second.settings, changed.settings);
        QVERIFY(contentRevision(*m_connection) > revision);
        const QList<TemplateVersion> versions = templates().versions(first.id);
        QCOMPARE(versions.size(), 2);
        QCOMPARE(versions[0],
                 (TemplateVersion{first.id, 2, changed.parts, changed.settings, QStringLiteral("bob"),
                                  QStringLiteral("of bob"), 30}));
        QCOMPARE(versions[1],
                 (TemplateVersion{first.id, 1, first.parts, {}, QStringLiteral("ann"), QStringLiteral("of ann"), 10}));
    }

    void anEditorThatSavesByItselfGoesOnWithItsVersion()
    {
        const auto typed = [this](const char* words, qint64 now, const QString& author = QStringLiteral("ann")) {
            return templates().save(own(QString::fromLatin1(words)), {author, {}, now, true}).version;
        };
        QCOMPARE(templates().save(own(QStringLiteral("a")), by(QStringLiteral("ann"))).version, 1);
        QCOMPARE(typed("ab", 10), 2); // what somebody saved stays as it was
        QCOMPARE(typed("abc", 20), 2);
        QCOMPARE(templates().findSamePlace(own({}))->parts.value(text), QStringLiteral("abc"));
        QCOMPARE(typed("abcd", 30, QStringLiteral("bob")), 3);
        QCOMPARE(typed("abcde", 40), 4);
        QCOMPARE(typed("abcdef", 41 + TemplateRepository::autosaveSpanMs), 5);
        Campaign campaign;
        campaign.topicId = m_topic.id;
        templates().pin(CampaignRepository(*m_connection).save(campaign), templates().ofTopic(m_topic.id));
        const qint64 later = 50 + TemplateRepository::autosaveSpanMs;
        QCOMPARE(typed("g", later), 6); // a campaign keeps what it pinned
        QCOMPARE(templates().save(own(QStringLiteral("g")), by(QStringLiteral("ann"), later)).version, 6);
        QCOMPARE(templates().versions(1).first().note, QStringLiteral("of ann"));
        QCOMPARE(typed("h", later), 7); // saved in person meanwhile
        QCOMPARE(templates().version(1, 1)->parts.value(text), QStringLiteral("a"));
    }

    void brandVariantAndScopeArePlacesOfTheirOwn()
    {
        QList<Template> all{own(QStringLiteral("a")), own(QStringLiteral("b")), own(QStringLiteral("c"))};
        all[1].brandId = m_topic.brandId;
        all[2].variant = QStringLiteral("b");
        templates().replaceForTopic(m_topic.id, all, by(QStringLiteral("ann")));
        QCOMPARE(templates().ofTopic(m_topic.id).size(), 3);
        templates().save(shared(TemplateScope::Snippet, QStringLiteral("footer"), QStringLiteral("s")), by({}));
        templates().save(shared(TemplateScope::Texts, {}, QStringLiteral("x")), by({}));
        templates().save(shared(TemplateScope::Category, QStringLiteral("marketing"), QStringLiteral("m")), by({}));
        templates().save(shared(TemplateScope::Category, QStringLiteral("system"), QStringLiteral("y")), by({}));
        QCOMPARE(templates().shared(TemplateScope::Category).size(), 2);
        QStringList words;
        for (const Template& one : templates().forTopic(m_topic))
            words << one.parts.value(text);
        words.sort();
        QCOMPARE(words.join(u' '), QStringLiteral("a b c m s x"));
    }

    void whatIsMissingIsRetiredAndComesBackWithItsHistory()
    {
        templates().replaceForTopic(m_topic.id, {own(QStringLiteral("a")), own(QStringLiteral("d"), QStringLiteral("de"))},
                                    by({}));
        const qint64 german = templates().ofTopic(m_topic.id)[1].id;
        templates().replaceForTopic(m_topic.id, {own(QStringLiteral("a"))}, by({}));
        QCOMPARE(templates().ofTopic(m_topic.id).size(), 1);
        QCOMPARE(templates().versions(german).size(), 1);
        QVERIFY(!templates().findSamePlace(own({}, QStringLiteral("de"))));
        templates().replaceForTopic(m_topic.id, {own(QStringLiteral("a")), own(QStringLiteral("e"), QStringLiteral("de"))},
                                    by({}));
        const Template back = templates().ofTopic(m_topic.id)[1];
        QCOMPARE(back.id, german);
        QCOMPARE(back.version, 2);
        templates().retire(german, 5);
        QCOMPARE(templates().save(own(QStringLiteral("e"), QStringLiteral("de")), by({})).version, 2);
        QCOMPARE(templates().ofTopic(m_topic.id).size(), 2);
    }

    void aCampaignKeepsWhatItPinned()
    {
        Campaign campaign;
        campaign.name = QStringLiteral("c");
        campaign.topicId = m_topic.id;
        campaign.id = CampaignRepository(*m_connection).save(campaign);
        const Template first = templates().save(own(QStringLiteral("a")), by({}));
        const Template footer
            = templates().save(shared(TemplateScope::Snippet, QStringLiteral("footer"), QStringLiteral("s")), by({}));
        templates().pin(campaign.id, templates().forTopic(m_topic));
        templates().save(own(QStringLiteral("b")), by({}));
        templates().retire(footer.id, 3);
        QList<Template> pinned = templates().pinned(campaign.id);
        QCOMPARE(pinned.size(), 2);
        QCOMPARE(pinned[0].parts, footer.parts);
        QCOMPARE(pinned[1].parts, first.parts);
        QCOMPARE(pinned[1].version, 1);
        templates().pin(campaign.id, templates().forTopic(m_topic));
        pinned = templates().pinned(campaign.id);
        QCOMPARE(pinned.size(), 1);
        QCOMPARE(pinned[0].version, 2);
        templates().unpin(campaign.id);
        QVERIFY(templates().pinned(campaign.id).isEmpty());
    }

    void aRemovedTopicTakesItsContentAlong()
    {
        const Template one = templates().save(own(QStringLiteral("a")), by({}));
        TopicRepository(*m_connection).remove(m_topic.id);
        QVERIFY(!templates().find(one.id));
        QVERIFY(templates().versions(one.id).isEmpty());
    }

    void filesAreKeptOnceByteForByte()
    {
        AssetRepository assets(*m_connection);
        const QByteArray bytes("\0\xff\x80 PDF", 7);
        const Asset one = assets.add(bytes, 1);
        QCOMPARE(one.hash.size(), 64);
        QCOMPARE(assets.add(bytes, 2).hash, one.hash);
        QCOMPARE(m_connection->integer("SELECT COUNT(*) FROM asset"), 1);
        QCOMPARE(assets.find(one.hash)->data, bytes);
        QVERIFY(assets.contains(one.hash));
        QVERIFY(!assets.find(QStringLiteral("0")));
    }

    void whoeverKeepsContentSeesTopicsAndBrandsChange()
    {
        qint64 revision = contentRevision(*m_connection);
        TopicRepository(*m_connection).save(m_topic);
        QVERIFY(contentRevision(*m_connection) > revision);
        revision = contentRevision(*m_connection);
        BrandRepository(*m_connection).save(*BrandRepository(*m_connection).find(m_topic.brandId));
        QVERIFY(contentRevision(*m_connection) > revision);
    }
};

QTEST_GUILESS_MAIN(TemplateRepositoryTest)
#include "TemplateRepositoryTest.moc"
