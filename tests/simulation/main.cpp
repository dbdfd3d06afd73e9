// SPDX-License-Identifier: GPL-3.0-or-later
// Whole campaigns in worlds where things go wrong, and whether the promises were kept. See --help.
#include "Simulation.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QElapsedTimer>
#include <QFileInfo>
#include <QHashSeed>
#include <QTemporaryDir>

#include <cstdio>

using namespace carillon;
using namespace carillon::simulation;

namespace {

struct Options {
    quint64 firstSeed = 1;
    qint64 campaigns = 1;
    qint64 seconds = 0; // 0: no limit
    bool trace = false;
    Mutation mutation = Mutation::None;
};

struct Totals {
    qint64 worlds = 0;
    qint64 campaigns = 0;
    qint64 deliveries = 0;
    qint64 steps = 0;
    qint64 crashes = 0;
};

std::optional<Options> parse(const QCoreApplication& application)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(QStringLiteral("Runs whole campaigns in simulated worlds and checks the promises."));
    parser.addHelpOption();
    parser.addOptions(
        {{QStringLiteral("seed"), QStringLiteral("Replay this world alone."), QStringLiteral("n")},
         {QStringLiteral("first-seed"), QStringLiteral("Begin with this one."), QStringLiteral("n")},
         {QStringLiteral("campaigns"), QStringLiteral("How many campaigns, at least."), QStringLiteral("n")},
         {QStringLiteral("seconds"), QStringLiteral("Begin no world after so long."), QStringLiteral("n")},
         {QStringLiteral("mutation"), QStringLiteral("Build in a mistake: %1.").arg(mutationNames().join(u", ")),
          QStringLiteral("name"), QStringLiteral("none")},
         {QStringLiteral("trace"), QStringLiteral("Print each step.")}});
    parser.process(application);
    Options options;
    const std::optional<Mutation> mutation = mutationOf(parser.value(QStringLiteral("mutation")));
    if (!mutation) {
        std::fprintf(stderr, "There is no such mutation; see --help.\n");
        return {};
    }
    options.mutation = *mutation;
    options.trace = parser.isSet(QStringLiteral("trace"));
    options.campaigns = parser.value(QStringLiteral("campaigns")).toLongLong();
    options.seconds = parser.value(QStringLiteral("seconds")).toLongLong();
    options.firstSeed
        = parser.isSet(QStringLiteral("first-seed")) ? parser.value(QStringLiteral("first-seed")).toULongLong() : 1;
    if (parser.isSet(QStringLiteral("seed"))) {
        options.firstSeed = parser.value(QStringLiteral("seed")).toULongLong();
        options.campaigns = 1;
    }
    return options;
}

void report(const Verdict& verdict, const Options& options)
{
    if (!options.trace) {
        for (const QString& line : verdict.lastLines)
            std::printf("%s\n", qPrintable(line));
    }
    std::printf("seed %llu: %s\nReplay it with: simulation --seed %llu --trace\n",
                static_cast<unsigned long long>(verdict.seed), qPrintable(verdict.broken),
                static_cast<unsigned long long>(verdict.seed));
}

void add(Totals& totals, const Verdict& verdict)
{
    ++totals.worlds;
    totals.campaigns += verdict.campaigns;
    totals.deliveries += verdict.deliveries;
    totals.steps += verdict.steps;
    totals.crashes += verdict.crashes;
}

} // namespace

int main(int argc, char** argv)
{
    QHashSeed::setDeterministicGlobalSeed();
    QCoreApplication application(argc, argv);
    const std::optional<Options> options = parse(application);
    if (!options)
        return 2;
    const QTemporaryDir folder(QFileInfo(QStringLiteral("/dev/shm")).isWritable()
                                   ? QStringLiteral("/dev/shm/carillon-simulation-XXXXXX")
                                   : QStringLiteral("carillon-simulation-XXXXXX"));
    FaultyDisk disk;
    if (const Status made = Simulation::makeTemplate(folder.path()); !made) {
        std::fprintf(stderr, "%s\n", qPrintable(made.error().message));
        return 2;
    }
    QElapsedTimer timer;
    timer.start();
    Totals totals;
    for (quint64 seed = options->firstSeed; totals.campaigns < options->campaigns; ++seed) {
        if (options->seconds > 0 && timer.elapsed() > options->seconds * 1000)
            break;
        const Verdict verdict = Simulation(seed, folder.path(), disk, options->mutation, options->trace).run();
        add(totals, verdict);
        if (!verdict.broken.isEmpty()) {
            report(verdict, *options);
            return 1;
        }
        if (options->trace)
            std::printf("seed %llu: hash %016llx\n", static_cast<unsigned long long>(seed),
                        static_cast<unsigned long long>(verdict.hash));
    }
    std::printf("%lld campaigns in %lld worlds, %lld deliveries, %lld steps, %lld crashes, %.1f s: every promise was kept\n",
                totals.campaigns, totals.worlds, totals.deliveries, totals.steps, totals.crashes,
                double(timer.elapsed()) / 1000);
    return 0;
}
