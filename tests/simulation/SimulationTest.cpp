// SPDX-License-Identifier: GPL-3.0-or-later
// That the simulation replays exactly, and that it notices when a promise is broken.
#include "Simulation.h"

#include <QHashSeed>
#include <QTemporaryDir>
#include <QTest>

using namespace carillon;
using namespace carillon::simulation;

class SimulationTest : public QObject {
    Q_OBJECT

private:
    QTemporaryDir m_folder;
    FaultyDisk m_disk;

    Verdict run(quint64 seed, Mutation mutation = Mutation::None)
    {
        return Simulation(seed, m_folder.path(), m_disk, mutation, false).run();
    }

private Q_SLOTS:
    void initTestCase() { QVERIFY(Simulation::makeTemplate(m_folder.path()).has_value()); }

    void theSameSeedIsTheSameWorld()
    {
        for (quint64 seed = 1; seed <= 20; ++seed) {
            const Verdict first = run(seed);
            const Verdict second = run(seed);
            QCOMPARE(second.hash, first.hash);
            QCOMPARE(second.steps, first.steps);
        }
        QVERIFY(run(1).hash != run(2).hash);
    }

    void eachMistakeIsNoticed_data()
    {
        QTest::addColumn<QString>("mutation");
        for (const QString& name : mutationNames()) {
            if (name != QStringLiteral("none"))
                QTest::addRow("%s", qPrintable(name)) << name;
        }
    }
    void eachMistakeIsNoticed()
    {
        QFETCH(const QString, mutation);
        for (quint64 seed = 1; seed <= 300; ++seed) {
            const Verdict verdict = run(seed, *mutationOf(mutation));
            if (verdict.broken.isEmpty())
                continue;
            qInfo("seed %llu: %s", static_cast<unsigned long long>(seed), qPrintable(verdict.broken));
            return;
        }
        QFAIL("nothing was noticed in 300 worlds");
    }
};

int main(int argc, char** argv)
{
    QHashSeed::setDeterministicGlobalSeed(); // else the order of hashes differs from run to run
    QCoreApplication application(argc, argv);
    SimulationTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "SimulationTest.moc"
