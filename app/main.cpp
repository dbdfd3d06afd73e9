// SPDX-License-Identifier: GPL-3.0-or-later
// The window: opens a workspace, starts its engine, shows the console.
#include "app/Paths.h"
#include "app/SampleWorkspace.h"
#include "engine/Engine.h"
#include "engine/base/Random.h"
#include "engine/base/SystemClock.h"
#include "ui/frame/DialogPrompts.h"
#include "ui/frame/MainWindow.h"
#include "ui/frame/Pages.h"
#include "ui/widgets/Theme.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QFileInfo>
#include <QIcon>
#include <QMessageBox>
#include <QSettings>
#include <QTranslator>

#include <cstdio>

using namespace carillon;

namespace {

struct Main {
    Q_DECLARE_TR_FUNCTIONS(Main)
};

void addOptions(QCommandLineParser& parser)
{
    parser.setApplicationDescription(Main::tr("Compose notifications, send them, and watch every delivery."));
    parser.addHelpOption();
    parser.addVersionOption();
    parser.addOption({QStringLiteral("workspace"), Main::tr("Open this workspace; made when it does not exist."),
                      QStringLiteral("file")});
    parser.addOption({QStringLiteral("sample"), Main::tr("Open the sample workspace: nothing in it leaves this machine.")});
}

Result<EngineOptions> readOptions(const QCommandLineParser& parser)
{
    EngineOptions options;
    options.path = parser.value(QStringLiteral("workspace"));
    const bool sample = parser.isSet(QStringLiteral("sample"));
    if (sample)
        options.vault = VaultKind::Memory;
    if (!options.path.isEmpty())
        return options;
    const Result<QString> path = defaultWorkspacePath();
    if (!path)
        return fail(path.error());
    options.path = sample ? QFileInfo(*path).path() + QStringLiteral("/sample.carillon") : *path;
    return options;
}

// Before there is a window: said where people look first, on the terminal too.
int giveUp(const Error& error)
{
    std::fprintf(stderr, "carillon: %s\n", qPrintable(error.message));
    QMessageBox box(QMessageBox::Critical, QStringLiteral("Carillon"), error.message, QMessageBox::Close);
    box.setTextFormat(Qt::PlainText);
    box.open();
    QObject::connect(&box, &QDialog::finished, qApp, [] { QCoreApplication::exit(1); });
    return QCoreApplication::exec();
}

int run(const QCommandLineParser& parser, ui::Theme& theme)
{
    const Result<EngineOptions> options = readOptions(parser);
    if (!options)
        return giveUp(options.error());
    SystemClock clock;
    SystemRandom random;
    const auto engine = Engine::open(*options, clock, random);
    if (!engine)
        return giveUp(engine.error());
    const Services& services = (*engine)->services();
    const Caller caller{QStringLiteral("window:") + userName(), Role::Administrator};
    if (parser.isSet(QStringLiteral("sample"))) {
        if (const Result<qint64> filled = fillSampleWorkspace(services, caller); !filled)
            return giveUp(filled.error());
    }
    ui::DialogPrompts prompts;
    QSettings settings;
    ui::MainWindow window(services, prompts, theme, settings);
    ui::addPages(window, services, caller, prompts, clock);
    window.showWarnings((*engine)->warnings());
    QObject::connect(&window, &ui::MainWindow::closed, qApp, &QCoreApplication::quit);
    window.show();
    return QCoreApplication::exec();
}

} // namespace

int main(int argc, char* argv[])
{
    QApplication application(argc, argv);
    QApplication::setApplicationName(QStringLiteral("carillon"));
    QApplication::setApplicationDisplayName(QStringLiteral("Carillon"));
    QApplication::setApplicationVersion(QStringLiteral(CARILLON_VERSION));
    QApplication::setWindowIcon(QIcon(QStringLiteral(":/icons/carillon.svg")));
    QApplication::setQuitOnLastWindowClosed(false); // sends may go on behind the tray icon
    QTranslator translator;
    if (translator.load(QLocale(), QStringLiteral("carillon"), QStringLiteral("_"), QStringLiteral(":/i18n")))
        QCoreApplication::installTranslator(&translator);
    ui::Theme theme(application);
    QCommandLineParser parser;
    addOptions(parser);
    parser.process(application);
    return run(parser, theme);
}
