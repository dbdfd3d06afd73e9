// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/store/WorkspaceGuard.h"
#include "engine/base/SystemClock.h"
#include "engine/store/Connection.h"
#include "engine/store/LogRepository.h"
#include "engine/store/Store.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace carillon;

// A workspace that was copied, renamed, restored or taken to another machine, with real files.
class WorkspaceGuardTest : public QObject {
    Q_OBJECT

private:
    SystemClock m_clock;
    std::unique_ptr<QTemporaryDir> m_folder;

    QString path(const QString& name) const { return m_folder->filePath(name); }
    QString states() const { return m_folder->filePath(QStringLiteral("state")); }

    // Opens and closes it as an engine does; why it was held. `work` is done to the open database.
    template <typename Work>
    QString use(const QString& name, const QString& stateFolder, Work work)
    {
        const auto store = std::move(*Store::open(path(name), m_clock));
        WorkspaceGuard guard(*store, m_clock, stateFolder);
        const Status checked = guard.check();
        [&] { QVERIFY2(checked, checked ? "" : qPrintable(checked.error().message)); }();
        work(*store, guard);
        [&] { QVERIFY(guard.remember()); }();
        return guard.held() ? guard.sentence() : QString();
    }
    QString use(const QString& name)
    {
        return use(name, states(), [](Store&, WorkspaceGuard&) {});
    }
    static void log(Store& store)
    {
        QVERIFY(store
                    .write([](Connection& connection) -> Result<qint64> {
                        return LogRepository(connection).append({0, 1, QStringLiteral("test"), {}, 0, 0, 0, 0, {}, {}});
                    })
                    .result());
    }
    // Into the same file, as cp does.
    void restore(const QString& from, const QString& to)
    {
        QFile source(path(from));
        QFile target(path(to));
        QVERIFY(source.open(QIODevice::ReadOnly) && target.open(QIODevice::ReadWrite | QIODevice::Truncate));
        target.write(source.readAll());
    }

private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void theSameFileIsNeverHeld()
    {
        for (int i = 0; i < 3; ++i)
            QCOMPARE(use(QStringLiteral("w")), QString());
        QVERIFY(QFile::rename(path(QStringLiteral("w")), path(QStringLiteral("renamed"))));
        QCOMPARE(use(QStringLiteral("renamed")), QString());
        QCOMPARE(use(QStringLiteral("renamed"), {}, [](Store&, WorkspaceGuard&) {}), QString());
    }

    void aCopyIsHeldUntilItIsReleased()
    {
        QCOMPARE(use(QStringLiteral("w")), QString());
        QVERIFY(QFile::copy(path(QStringLiteral("w")), path(QStringLiteral("copy"))));
        for (int i = 0; i < 2; ++i)
            QVERIFY(use(QStringLiteral("copy")).contains(path(QStringLiteral("w"))));
        QCOMPARE(use(QStringLiteral("w")), QString()); // the original is not
        use(QStringLiteral("copy"), states(), [&](Store& store, WorkspaceGuard& guard) {
            QVERIFY(store
                        .write([&](Connection& connection) -> Result<bool> {
                            guard.takePlace(connection, m_clock.now());
                            return true;
                        })
                        .result());
            guard.markReleased();
        });
        QCOMPARE(use(QStringLiteral("copy")), QString());
        QVERIFY(!use(QStringLiteral("w")).isEmpty()); // now it is the older one
    }

    void anOlderStateInTheSameFileIsNoticed()
    {
        QCOMPARE(use(QStringLiteral("w")), QString());
        QVERIFY(QFile::copy(path(QStringLiteral("w")), path(QStringLiteral("backup"))));
        QCOMPARE(use(QStringLiteral("w")), QString());
        restore(QStringLiteral("backup"), QStringLiteral("w"));
        QVERIFY(use(QStringLiteral("w")).contains(QStringLiteral("older")));
    }

    void anOlderStateOfTheSameOpeningIsNoticedByItsLog()
    {
        use(QStringLiteral("w"), states(), [&](Store& store, WorkspaceGuard&) {
            const auto reader = std::move(*Connection::open(path(QStringLiteral("w")), Connection::Access::Read));
            reader->run("VACUUM INTO ?", path(QStringLiteral("backup")));
            log(store);
        });
        restore(QStringLiteral("backup"), QStringLiteral("w"));
        QVERIFY(use(QStringLiteral("w")).contains(QStringLiteral("older")));
    }

    void theNewestStateMayComeBackIntoItsPlace()
    {
        QCOMPARE(use(QStringLiteral("w")), QString());
        QVERIFY(QFile::rename(path(QStringLiteral("w")), path(QStringLiteral("moved"))));
        QVERIFY(QFile::copy(path(QStringLiteral("moved")), path(QStringLiteral("w"))));
        QCOMPARE(use(QStringLiteral("w")), QString());
        QVERIFY(!use(QStringLiteral("moved")).isEmpty());
    }

    void anotherMachineIsToldByItsHash()
    {
        const WorkspacePlace here = WorkspacePlace::here(QStringLiteral("/"), QStringLiteral("w1"));
        if (here.machine.isEmpty())
            QSKIP("this machine has no /etc/machine-id");
        QFile file(QStringLiteral("/etc/machine-id"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        QVERIFY(!QString::fromLatin1(file.readAll()).contains(here.machine)); // never the id itself
        QVERIFY(here.machine != WorkspacePlace::here(QStringLiteral("/"), QStringLiteral("w2")).machine);
        WorkspacePlace there = here;
        there.machine = QStringLiteral("another");
        QCOMPARE(judgePlace(there, here, std::nullopt, 0), PlaceVerdict::OtherMachine);
        there.machine.clear(); // one that has none tells nothing
        QCOMPARE(judgePlace(there, here, std::nullopt, 0), PlaceVerdict::Same);
    }

    void aPlaceIsReadBackWhole()
    {
        WorkspacePlace place{
            QStringLiteral("m"), QStringLiteral("h"), QStringLiteral("/p"), 1, std::numeric_limits<qint64>::max(), 3, 4};
        QCOMPARE(workspacePlaceOf(toJson(place)), place);
        QCOMPARE(workspacePlaceOf({}), std::nullopt);
        WorkspacePlace restarted = place;
        restarted.device = 2; // numbers of devices change
        QCOMPARE(judgePlace(place, restarted, std::nullopt, 0), PlaceVerdict::Same);
        restarted.path = QStringLiteral("/q");
        QCOMPARE(judgePlace(place, restarted, std::nullopt, 0), PlaceVerdict::OtherFile);
    }
};

QTEST_GUILESS_MAIN(WorkspaceGuardTest)
#include "WorkspaceGuardTest.moc"
