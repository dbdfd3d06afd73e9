// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/store/Store.h"
#include "engine/base/SystemClock.h"
#include "engine/store/Connection.h"
#include "engine/store/ContactRepository.h"
#include "engine/store/LogRepository.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <future>

using namespace carillon;

class StoreTest : public QObject {
    Q_OBJECT

private:
    QTemporaryDir m_folder;
    SystemClock m_clock;
    int m_count = 0;

    QString freshPath() { return m_folder.filePath(QStringLiteral("w%1.carillon").arg(++m_count)); }
    std::unique_ptr<Store> openStore(const QString& path)
    {
        auto store = Store::open(path, m_clock);
        return store ? std::move(*store) : nullptr;
    }
    static Contact contactNamed(const QString& name)
    {
        Contact contact;
        contact.name = name;
        contact.addresses = {{0, 0, QStringLiteral("email"), name + QStringLiteral("@Example.org"), AddressState::Active}};
        return contact;
    }
    static Future<qint64> insert(Store& store, const Contact& contact)
    {
        return store.write([contact](Connection& c) -> Result<qint64> { return ContactRepository(c).insert(contact); });
    }

private Q_SLOTS:
    void keepsWhatWasWrittenAcrossOpenings()
    {
        const QString path = freshPath();
        QString id;
        {
            auto store = openStore(path);
            QVERIFY(store);
            id = store->workspaceId();
            QVERIFY(insert(*store, contactNamed(QStringLiteral("Ada"))).result().has_value());
        }
        auto store = openStore(path);
        QVERIFY(store);
        QCOMPARE(store->workspaceId(), id);
        const auto found
            = store->read([](Connection& c) -> Result<Contact> { return *ContactRepository(c).find(1); }).result();
        QCOMPARE(found->name, QStringLiteral("Ada"));
        QCOMPARE(found->addresses.size(), 1);
    }

    void findsAddressesWithoutRegardToCase()
    {
        auto store = openStore(freshPath());
        insert(*store, contactNamed(QStringLiteral("Ada"))).waitForFinished();
        const auto id = store
                            ->read([](Connection& c) -> Result<qint64> {
                                return ContactRepository(c)
                                    .findByAddress(QStringLiteral("email"), QStringLiteral("ADA@example.ORG"))
                                    .value_or(0);
                            })
                            .result();
        QCOMPARE(*id, 1);
    }

    void undoesOnlyTheJobThatFails()
    {
        auto store = openStore(freshPath());
        QList<Future<qint64>> futures;
        for (int i = 0; i < 50; ++i) {
            futures << store->write([i](Connection& c) -> Result<qint64> {
                const qint64 id = ContactRepository(c).insert(contactNamed(QString::number(i)));
                if (i % 5 == 0)
                    return fail(ErrorCode::InvalidInput, QStringLiteral("no"));
                if (i % 7 == 0)
                    c.run("INSERT INTO address (contact_id, channel, value, value_key, state) VALUES (999999, '', '', '', "
                          "'')");
                return id;
            });
        }
        int good = 0;
        for (auto& future : futures)
            good += future.result().has_value() ? 1 : 0;
        QCOMPARE(good, 34);
        QCOMPARE(*store->read([](Connection& c) -> Result<qint64> { return ContactRepository(c).count({}, 0); }).result(),
                 34);
    }

    void urgentWritesOvertakeAndAreCommittedAtOnce()
    {
        auto store = openStore(freshPath());
        // Names in the order in which they were carried out; used by the writer alone until all is done.
        auto order = std::make_shared<QString>();
        std::promise<void> gate;
        const std::shared_future<void> opened = gate.get_future().share();
        const auto name = [order](const QString& text) {
            return [order, text](Connection&) -> Result<qint64> {
                order->append(text);
                return 0;
            };
        };
        store->write([opened](Connection&) -> Result<qint64> { // holds the writer until all are waiting
            opened.wait();
            return 0;
        });
        QList<Future<qint64>> all{store->write(name(u"a"_qs)), store->write(name(u"b"_qs)),
                                  store->writeUrgent(name(u"U"_qs)), store->writeUrgent(name(u"V"_qs))};
        gate.set_value();
        for (Future<qint64>& future : all)
            QVERIFY(future.result().has_value());
        QCOMPARE(*order, u"UVab"_qs);
        QVERIFY(store->figures().transactions >= 2); // the urgent ones did not wait for "a" and "b" to be done
        QVERIFY(store->figures().longestUs > 0);
    }

    void urgentWritesKeepNothingOutForGood()
    {
        JobQueue queue(200);
        QVERIFY(queue.push({nullptr, nullptr, nullptr, false}));
        for (int i = 0; i < 100; ++i)
            QVERIFY(queue.push({nullptr, nullptr, nullptr, true}));
        int before = 0;
        while (queue.poll()->urgent)
            ++before;
        QVERIFY2(before < 100, "the other one came last");
    }

    void announcesCommittedEntriesOnlyAndInOrder()
    {
        auto store = openStore(freshPath());
        QSignalSpy committed(store.get(), &Store::committed);
        insert(*store, contactNamed(QStringLiteral("quiet"))).waitForFinished();
        for (int i = 0; i < 20; ++i) {
            store
                ->write([i](Connection& c) -> Result<qint64> {
                    const qint64 seq = LogRepository(c).append({0, 1, QStringLiteral("test.entry"), {}, 0, 0, 0, 0, {}, {}});
                    if (i % 2 == 0)
                        return fail(ErrorCode::InvalidInput, QStringLiteral("undone"));
                    return seq;
                })
                .waitForFinished();
        }
        QVERIFY(!committed.isEmpty());
        qint64 last = 0;
        for (const auto& arguments : std::as_const(committed)) {
            QVERIFY(arguments.at(0).toLongLong() > last);
            last = arguments.at(0).toLongLong();
        }
        QCOMPARE(*store->read([](Connection& c) -> Result<qint64> { return LogRepository(c).lastSeq(); }).result(), last);
    }

    void refusesASecondEngine()
    {
        const QString path = freshPath();
        auto store = openStore(path);
        QVERIFY(store);
        const auto second = Store::open(path, m_clock);
        QVERIFY(!second);
        QCOMPARE(second.error().code, ErrorCode::Busy);
    }

    void saysThatAFileIsNoWorkspace()
    {
        const QString path = freshPath();
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(QByteArray(8192, 'x'));
        file.close();
        const auto store = Store::open(path, m_clock);
        QVERIFY(!store);
        QCOMPARE(store.error().code, ErrorCode::StorageDamaged);
    }

    void saysThatAFolderIsMissing()
    {
        const auto store = Store::open(m_folder.filePath(QStringLiteral("no/such/folder/w.carillon")), m_clock);
        QVERIFY(!store);
        QCOMPARE(store.error().code, ErrorCode::Storage);
    }

    void saysThatTheDiskIsFullAndGoesOn()
    {
        auto store = openStore(freshPath());
        store
            ->write([](Connection& c) -> Status {
                c.integer("PRAGMA max_page_count = 60");
                return {};
            })
            .waitForFinished();
        Contact big = contactNamed(QStringLiteral("big"));
        big.attributes = {{QStringLiteral("text"), QString(400'000, u'x')}};
        const auto refused = insert(*store, big).result();
        QVERIFY(!refused);
        QCOMPARE(refused.error().code, ErrorCode::StorageFull);
        store
            ->write([](Connection& c) -> Status {
                c.integer("PRAGMA max_page_count = 100000");
                return {};
            })
            .waitForFinished();
        QVERIFY(insert(*store, big).result().has_value());
    }

    // Nobody commits the log into the database but the store's own thread, and the log begins anew behind it.
    void theLogIsMovedIntoTheDatabaseWhileItIsWritten()
    {
        const QString path = freshPath();
        auto store = openStore(path);
        constexpr qint64 enough = 40'000'000;
        constexpr qsizetype page = 1'000'000;
        qint64 written = 0;
        while (QFileInfo(path).size() < enough && written < 20 * enough) {
            const auto done = store->write([](Connection& c) -> Status {
                c.run("INSERT INTO asset (hash, data, created_at) VALUES (hex(randomblob(16)), ?, 0)",
                      Blob{QByteArray(page, 'x')});
                return {};
            });
            QVERIFY(done.result().has_value());
            written += page;
        }
        QVERIFY(QFileInfo(path).size() >= enough);
    }

    void withoutThreadsJobsRunWhenTheyAreRun()
    {
        const QString path = freshPath();
        auto store = std::move(*Store::open(path, m_clock, StoreThreads::None));
        const auto first = insert(*store, contactNamed(QStringLiteral("first")));
        const auto second = insert(*store, contactNamed(QStringLiteral("second")));
        const auto count = store->read([](Connection& c) -> Result<qint64> { return ContactRepository(c).count({}, 0); });
        QCOMPARE(store->waitingWrites(), 2U);
        QCOMPARE(store->waitingReads(), 1U);
        QVERIFY(store->runWrites(1));
        QVERIFY(first.isFinished() && !second.isFinished());
        const std::function<void()> answer = store->runRead();
        QVERIFY(store->runWrites(1) && !store->runWrites(1));
        QVERIFY(second.isFinished() && !count.isFinished());
        answer();
        QCOMPARE(*count.result(), 1); // as of when it ran
        QVERIFY(!store->runRead());

        const auto lost = insert(*store, contactNamed(QStringLiteral("lost")));
        store.reset();
        QVERIFY(lost.isFinished() && lost.resultCount() == 0);
        store = openStore(path);
        QCOMPARE(*store->read([](Connection& c) -> Result<qint64> { return ContactRepository(c).count({}, 0); }).result(),
                 2);
    }
};

QTEST_GUILESS_MAIN(StoreTest)
#include "StoreTest.moc"
