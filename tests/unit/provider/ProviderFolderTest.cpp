// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/provider/ProviderFolder.h"
#include "engine/base/SystemClock.h"
#include "engine/provider/DeclarativeProvider.h"

#include <QDir>
#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <optional>

using namespace carillon;

namespace {

// JSON with single quotes instead of double ones.
QByteArray provider(const QByteArray& key, const QByteArray& name)
{
    QByteArray json = "{'format': 1, 'key': '" + key + "', 'name': '" + name
        + "', 'channel': 'chat', 'help': 'x',\n 'address': {'label': 'room'}, 'fields': [],"
          " 'request': {'url': 'https://chat.example'}}";
    return json.replace('\'', '"');
}

constexpr int PatienceMs = 20'000;

} // namespace

// A folder of files as the registry follows it.
class ProviderFolderTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_place.emplace();
        m_registry.emplace();
        m_path = m_place->filePath(u"providers"_qs);
        QVERIFY(m_registry->add(builtIn()));
        m_folder.emplace(*m_registry, m_path, m_services);
    }

    void cleanup() { m_folder.reset(); }

    void aFolderThatIsNotThereHasNoFiles()
    {
        QVERIFY(m_folder->read().isEmpty());
        QCOMPARE(keys(), QStringList{u"built_in"_qs});
    }

    void filesComeChangeAndGo()
    {
        save("b.json", provider("chatty", "One"));
        QCOMPARE(m_folder->read().changed, QStringList{u"chatty"_qs});
        QVERIFY(m_folder->read().isEmpty());
        const ProviderPtr old = m_registry->find(u"chatty"_qs);
        save("b.json", provider("chatty", "Two"));
        QCOMPARE(m_folder->read().changed, QStringList{u"chatty"_qs});
        QCOMPARE(m_registry->find(u"chatty"_qs)->description().name, u"Two"_qs);
        QCOMPARE(old->description().name, u"One"_qs); // lives on for who holds it
        save("b.json", provider("renamed", "Three"));
        const ProviderNews news = m_folder->read();
        QCOMPARE(news.changed, QStringList{u"renamed"_qs});
        QCOMPARE(news.removed, QStringList{u"chatty"_qs});
        QVERIFY(QFile::remove(QDir(m_path).filePath(u"b.json"_qs)));
        QCOMPARE(m_folder->read().removed, QStringList{u"renamed"_qs});
        QCOMPARE(keys(), QStringList{u"built_in"_qs});
        QVERIFY(m_registry->problems().isEmpty());
    }

    void theLastGoodVersionStays()
    {
        save("a.json", provider("chatty", "Good"));
        m_folder->read();
        save("a.json", "{\n \"format\": 1,\n oops");
        const ProviderNews news = m_folder->read();
        QVERIFY(news.changed.isEmpty() && news.removed.isEmpty());
        QCOMPARE(news.refused.size(), 1);
        QVERIFY2(news.refused.first().startsWith(u"a.json: Line 3, column "), qPrintable(news.refused.first()));
        QCOMPARE(m_registry->problems(), news.refused);
        QCOMPARE(m_registry->find(u"chatty"_qs)->description().name, u"Good"_qs);
        QVERIFY(m_folder->read().isEmpty()); // said once
        save("a.json", provider("chatty", "Better"));
        QCOMPARE(m_folder->read().changed, QStringList{u"chatty"_qs});
        QVERIFY(m_registry->problems().isEmpty());
    }

    void nothingTakesAnothersKey()
    {
        save("a.json", provider("chatty", "A"));
        save("b.json", provider("chatty", "B"));
        save("c.json", provider("built_in", "C"));
        QCOMPARE(m_folder->read().refused.size(), 2);
        QCOMPARE(m_registry->find(u"chatty"_qs)->description().name, u"A"_qs);
        QCOMPARE(m_registry->find(u"built_in"_qs)->description().name, u"Built in"_qs);
        QVERIFY(QFile::remove(QDir(m_path).filePath(u"c.json"_qs)));
        QVERIFY(m_folder->read().removed.isEmpty());
        QVERIFY(m_registry->find(u"built_in"_qs));
        save("a.json", provider("another", "A")); // and the key is free for the other file
        const ProviderNews news = m_folder->read();
        QCOMPARE(news.changed, (QStringList{u"another"_qs, u"chatty"_qs}));
        QVERIFY(news.removed.isEmpty());
        QVERIFY(m_registry->problems().isEmpty());
    }

    void theFolderIsWatchedFromBeforeItIsThere()
    {
        m_folder->watch();
        QSignalSpy spy(&*m_folder, &ProviderFolder::changed);
        save("a.json", provider("chatty", "One"));
        QTRY_VERIFY_WITH_TIMEOUT(m_registry->find(u"chatty"_qs), PatienceMs);
        save("a.json", provider("chatty", "Two"));
        QTRY_COMPARE_WITH_TIMEOUT(m_registry->find(u"chatty"_qs)->description().name, u"Two"_qs, PatienceMs);
        save("a.json", "{");
        QTRY_COMPARE_WITH_TIMEOUT(m_registry->problems().size(), 1, PatienceMs);
        save("new", provider("chatty", "Three")); // as editors do it: another file is put in its place
        QVERIFY(QFile::remove(QDir(m_path).filePath(u"a.json"_qs)));
        QVERIFY(QFile::rename(QDir(m_path).filePath(u"new"_qs), QDir(m_path).filePath(u"a.json"_qs)));
        QTRY_VERIFY_WITH_TIMEOUT(
            m_registry->find(u"chatty"_qs) && m_registry->find(u"chatty"_qs)->description().name == u"Three"_qs, PatienceMs);
        QVERIFY(QDir(m_path).removeRecursively());
        QTRY_VERIFY_WITH_TIMEOUT(!m_registry->find(u"chatty"_qs), PatienceMs);
        save("a.json", provider("chatty", "Four"));
        QTRY_VERIFY_WITH_TIMEOUT(m_registry->find(u"chatty"_qs), PatienceMs);
        QVERIFY(!spy.isEmpty());
    }

private:
    std::unique_ptr<Provider> builtIn()
    {
        QList<Error> problems;
        auto file = ProviderFile::parse(provider("built_in", "Built in"), problems);
        return std::make_unique<DeclarativeProvider>(std::move(*file), m_clock, m_services.http);
    }

    void save(const char* name, const QByteArray& content)
    {
        QVERIFY(QDir().mkpath(m_path));
        QFile file(QDir(m_path).filePath(QString::fromLatin1(name)));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(content) == content.size());
    }

    QStringList keys() const
    {
        QStringList keys;
        for (const ProviderPtr& provider : m_registry->all())
            keys << provider->description().key;
        return keys;
    }

    SystemClock m_clock;
    ProviderServices m_services{m_clock, std::make_shared<HttpTransport>(), nullptr};
    std::optional<QTemporaryDir> m_place;
    QString m_path;
    std::optional<ProviderRegistry> m_registry;
    std::optional<ProviderFolder> m_folder;
};

QTEST_GUILESS_MAIN(ProviderFolderTest)
#include "ProviderFolderTest.moc"
