// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/service/TemplateService.h"
#include "engine/base/SystemClock.h"
#include "engine/model/Asset.h"
#include "engine/service/TopicService.h"
#include "engine/store/Connection.h"
#include "engine/store/LogRepository.h"
#include "engine/store/Store.h"

#include <QCryptographicHash>
#include <QJsonArray>
#include <QTemporaryDir>
#include <QTest>

using namespace carillon;

class TemplateServiceTest : public QObject {
    Q_OBJECT

private:
    QTemporaryDir m_folder;
    SystemClock m_clock;
    std::unique_ptr<Store> m_store;
    std::unique_ptr<TemplateService> m_templates;
    std::unique_ptr<TopicService> m_topics;
    const Caller m_ann{QStringLiteral("window:ann"), Role::Operator};
    const Caller m_viewer{QStringLiteral("window:vic"), Role::Viewer};

    static Template snippet(const QString& key, const QString& body, qint64 id = 0)
    {
        Template result;
        result.id = id;
        result.scope = TemplateScope::Snippet;
        result.key = key;
        result.parts = {{QStringLiteral("body"), body}};
        return result;
    }
    static Template category(const QString& key, const QString& channel, const QMap<QString, QString>& parts)
    {
        Template result;
        result.scope = TemplateScope::Category;
        result.key = key;
        result.channel = channel;
        result.parts = parts;
        return result;
    }
    Result<Template> save(const Template& content, const QString& note = {})
    {
        return m_templates->save(m_ann, content, note).result();
    }
    QList<LogEntry> entries(const QString& type)
    {
        return *m_store
                    ->read([type](Connection& connection) -> Result<QList<LogEntry>> {
                        QList<LogEntry> found;
                        Rows rows = connection.query("SELECT actor, data FROM log WHERE type = ? ORDER BY seq", type);
                        while (rows.next()) {
                            LogEntry entry;
                            entry.actor = rows.text(0);
                            entry.data = rows.json(1);
                            found << entry;
                        }
                        return found;
                    })
                    .result();
    }
    TopicDetail topicWith(const QString& html)
    {
        Brand brand;
        brand.name = QStringLiteral("Shop");
        brand.fromAddress = QStringLiteral("a@shop.example");
        TopicDetail detail;
        detail.topic.key = QStringLiteral("order");
        detail.topic.name = QStringLiteral("Order");
        detail.topic.brandId = *m_topics->saveBrand({QStringLiteral("x"), Role::Administrator}, brand).result();
        Template mail;
        mail.channel = QStringLiteral("email");
        mail.parts = {{QStringLiteral("html"), html}};
        detail.templates = {mail};
        return detail;
    }

private Q_SLOTS:
    void init()
    {
        static int number = 0;
        m_store = std::move(*Store::open(m_folder.filePath(QString::number(++number)), m_clock));
        m_templates = std::make_unique<TemplateService>(*m_store, m_clock);
        m_topics = std::make_unique<TopicService>(*m_store, m_clock);
    }

    void cleanup()
    {
        m_templates.reset();
        m_topics.reset();
        m_store.reset();
    }

    void everySaveIsAVersionWithAuthorAndNote()
    {
        const Result<Template> first = save(snippet(QStringLiteral("footer"), QStringLiteral("a")), QStringLiteral("first"));
        QVERIFY2(first, first ? "" : qPrintable(first.error().message));
        QCOMPARE(first->version, 1);
        QCOMPARE(save(*first)->version, 1);
        const Result<Template> second = save(snippet(QStringLiteral("footer"), QStringLiteral("b"), first->id));
        QCOMPARE(second->id, first->id);
        QCOMPARE(second->version, 2);
        const QList<TemplateVersion> versions = *m_templates->versions(first->id).result();
        QCOMPARE(versions.size(), 2);
        QCOMPARE(versions.last().author, QStringLiteral("window:ann"));
        QCOMPARE(versions.last().note, QStringLiteral("first"));
        QCOMPARE(entries(QStringLiteral("template.saved")).size(), 2);
        QCOMPARE(entries(QStringLiteral("template.saved")).first().actor, QStringLiteral("window:ann"));
        QCOMPARE(m_templates->shared(TemplateScope::Snippet).result()->size(), 1);
    }

    void rollingBackMakesANewVersion()
    {
        const Template first = *save(snippet(QStringLiteral("footer"), QStringLiteral("a")));
        save(snippet(QStringLiteral("footer"), QStringLiteral("b"), first.id));
        const Result<Template> back = m_templates->rollBack(m_ann, first.id, 1).result();
        QVERIFY(back);
        QCOMPARE(back->version, 3);
        QCOMPARE(back->parts, first.parts);
        QCOMPARE(m_templates->rollBack(m_ann, first.id, 9).result().error().code, ErrorCode::NotFound);
        QCOMPARE(m_templates->rollBack(m_viewer, first.id, 1).result().error().code, ErrorCode::Forbidden);
        QCOMPARE(m_templates->versions(first.id).result()->size(), 3);
    }

    void aTopicsTemplatesHaveVersionsToo()
    {
        TopicDetail detail = topicWith(QStringLiteral("<p>a</p>"));
        detail.note = QStringLiteral("the first");
        const Result<qint64> id = m_topics->save(m_ann, detail).result();
        QVERIFY2(id, id ? "" : qPrintable(id.error().message));
        detail = *m_topics->get(*id).result();
        QVERIFY(detail.note.isEmpty());
        QCOMPARE(detail.templates.first().version, 1);
        detail.templates.first().parts[QStringLiteral("html")] = QStringLiteral("<p>b</p>");
        QVERIFY(m_topics->save(m_ann, detail).result());
        const QList<TemplateVersion> versions = *m_templates->versions(detail.templates.first().id).result();
        QCOMPARE(versions.size(), 2);
        QCOMPARE(versions.last().note, QStringLiteral("the first"));
        QVERIFY(m_templates->rollBack(m_ann, detail.templates.first().id, 1).result());
        QCOMPARE(m_topics->get(*id).result()->templates.first().parts.value(QStringLiteral("html")),
                 QStringLiteral("<p>a</p>"));
        detail.templates << detail.templates.first();
        QCOMPARE(m_topics->save(m_ann, detail).result().error().code, ErrorCode::InvalidInput);
    }

    void aKeyIsTakenOnceForEachLocaleAndBrand()
    {
        const Template footer = *save(snippet(QStringLiteral("footer"), QStringLiteral("a")));
        QCOMPARE(save(snippet(QStringLiteral("footer"), QStringLiteral("b"))).error().code, ErrorCode::Conflict);
        Template german = snippet(QStringLiteral("footer"), QStringLiteral("b"));
        german.locale = QStringLiteral("de");
        QVERIFY(save(german));
        Template renamed = footer;
        renamed.key = QStringLiteral("end");
        const Result<Template> end = save(renamed);
        QVERIFY(end);
        QVERIFY(end->id != footer.id);
        QCOMPARE(m_templates->versions(footer.id).result()->size(), 1);
        QVERIFY(save(snippet(QStringLiteral("footer"), QStringLiteral("again"))));
    }

    void whatIsRemovedKeepsItsVersions()
    {
        const Template footer = *save(snippet(QStringLiteral("footer"), QStringLiteral("a")));
        QVERIFY(m_templates->remove(m_ann, footer.id).result());
        QVERIFY(m_templates->shared(TemplateScope::Snippet).result()->isEmpty());
        QCOMPARE(m_templates->versions(footer.id).result()->size(), 1);
        QCOMPARE(entries(QStringLiteral("template.removed")).size(), 1);
        QCOMPARE(m_templates->remove(m_viewer, footer.id).result().error().code, ErrorCode::Forbidden);
        QCOMPARE(m_templates->remove(m_ann, 4711).result().error().code, ErrorCode::NotFound);
    }

    void refusesWhatCannotBeRight_data()
    {
        QTest::addColumn<Template>("content");
        QTest::addColumn<QString>("field");
        const auto s = [](const char* text) { return QString::fromLatin1(text); };
        QTest::newRow("upper case") << snippet(s("Footer"), s("a")) << s("key");
        QTest::newRow("blank") << snippet(s("foo ter"), s("a")) << s("key");
        QTest::newRow("no name") << snippet({}, s("a")) << s("key");
        QTest::newRow("does not compile") << snippet(s("footer"), s("{% if %}")) << s("body");
        Template withChannel = snippet(s("footer"), s("a"));
        withChannel.channel = s("email");
        QTest::newRow("snippet with a channel") << withChannel << s("channel");
        Template twoParts = snippet(s("footer"), s("a"));
        twoParts.parts.insert(s("html"), s("b"));
        QTest::newRow("snippet with two parts") << twoParts << s("parts");
        QTest::newRow("no category") << category(s("gossip"), s("email"), {}) << s("key");
        QTest::newRow("no channel") << category(s("system"), {}, {}) << s("channel");
        QTest::newRow("category, wrong part")
            << category(s("system"), s("email"), {{s("html"), s("{{ x | nofilter }}")}}) << s("html");
        Template locale = snippet(s("footer"), s("a"));
        locale.locale = s("not a locale");
        QTest::newRow("locale") << locale << s("locale");
        Template brand = snippet(s("footer"), s("a"));
        brand.brandId = 99;
        QTest::newRow("brand") << brand << s("brand");
        Template texts;
        texts.scope = TemplateScope::Texts;
        texts.parts = {{s("a key"), s("x")}};
        QTest::newRow("key of a text") << texts << s("a key");
        texts.parts = {{s("long"), QString(30'000, u'x')}};
        QTest::newRow("long text") << texts << s("long");
        Template overflow = category(s("system"), s("sms"), {{s("text"), s("x")}});
        overflow.settings = {{s("overflow"), s("burst")}};
        QTest::newRow("settings") << overflow << s("settings");
        Template attachment = category(s("system"), s("email"), {{s("text"), s("x")}});
        attachment.settings = {{s("attachments"), QJsonArray{QJsonObject{{s("name"), s("a.pdf")}, {s("asset"), s("00")}}}}};
        QTest::newRow("no such file") << attachment << s("settings");
        Template topics = category({}, s("email"), {});
        topics.scope = TemplateScope::Topic;
        QTest::newRow("a topic's own") << topics << QString();
    }

    void refusesWhatCannotBeRight()
    {
        QFETCH(Template, content);
        const Result<Template> saved = save(content);
        QVERIFY(!saved);
        QCOMPARE(saved.error().code, ErrorCode::InvalidInput);
        QTEST(saved.error().field, "field");
        QVERIFY(!saved.error().message.isEmpty());
    }

    void viewersChangeNothing()
    {
        const auto refused = m_templates->save(m_viewer, snippet(QStringLiteral("a"), QStringLiteral("a")), {}).result();
        QCOMPARE(refused.error().code, ErrorCode::Forbidden);
        QCOMPARE(m_templates->addAsset(m_viewer, "x").result().error().code, ErrorCode::Forbidden);
    }

    void filesAreKeptByTheirHash()
    {
        const QByteArray bytes("\0\xff file", 7);
        const QString hash = *m_templates->addAsset(m_ann, bytes).result();
        QCOMPARE(hash, QString::fromLatin1(QCryptographicHash::hash(bytes, QCryptographicHash::Sha256).toHex()));
        QCOMPARE(*m_templates->asset(hash).result(), bytes);
        QCOMPARE(m_templates->asset(QStringLiteral("0")).result().error().code, ErrorCode::NotFound);
        QCOMPARE(m_templates->addAsset(m_ann, {}).result().error().code, ErrorCode::InvalidInput);
        QCOMPARE(m_templates->addAsset(m_ann, QByteArray(Asset::maxBytes + 1, 'x')).result().error().code,
                 ErrorCode::InvalidInput);
    }
};

QTEST_GUILESS_MAIN(TemplateServiceTest)
#include "TemplateServiceTest.moc"
