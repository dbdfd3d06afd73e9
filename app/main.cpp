// SPDX-License-Identifier: GPL-3.0-or-later
// The window: opens a workspace, starts its engine, shows the console.
#include "app/ConsoleSession.h"
#include "app/Paths.h"
#include "app/VaultChoice.h"
#include "app/ctl/Signals.h"
#include "ui/frame/StartDialog.h"
#include "ui/widgets/Theme.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QFileInfo>
#include <QIcon>
#include <QMessageBox>
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
    parser.addOption({QStringLiteral("vault"), vaultHelp(), QStringLiteral("kind")});
    parser.addOption({QStringLiteral("sample"), Main::tr("Open the sample workspace: nothing in it leaves this machine.")});
}

// The sample stands beside the user's own workspace.
Result<EngineOptions> sampleOptions()
{
    const Result<QString> path = defaultWorkspacePath();
    if (!path)
        return fail(path.error());
    EngineOptions options;
    options.path = QFileInfo(*path).path() + QStringLiteral("/sample.carillon");
    options.vault = VaultKind::Memory;
    return options;
}

// Before there is a window: said where people look first, on the terminal too.
void giveUp(const Error& error)
{
    std::fprintf(stderr, "carillon: %s\n", qPrintable(error.message));
    auto* box = new QMessageBox(QMessageBox::Critical, QStringLiteral("Carillon"), error.message, QMessageBox::Close);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setTextFormat(Qt::PlainText);
    QObject::connect(box, &QDialog::finished, qApp, [] { QCoreApplication::exit(1); });
    box->open();
}

void startSample(ConsoleSession& session, ui::Theme& theme)
{
    const Result<EngineOptions> options = sampleOptions();
    const Status started = options ? session.start(*options, true, theme) : Status(fail(options.error()));
    if (!started)
        giveUp(started.error());
}

void startWorkspace(ConsoleSession& session, ui::Theme& theme, const QString& path, const QString& vault)
{
    EngineOptions options;
    options.path = path;
    options.stateFolder = stateFolder();
    if (const Status chosen = chooseVault(vault, options); !chosen)
        return giveUp(chosen.error());
    if (const Status started = session.start(options, false, theme); !started)
        giveUp(started.error());
}

void askWhereToBegin(ConsoleSession& session, ui::Theme& theme, const QString& suggestedPath, const QString& vault)
{
    auto* dialog = new ui::StartDialog(suggestedPath);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    QObject::connect(dialog, &ui::StartDialog::sampleChosen, qApp, [&] { startSample(session, theme); });
    QObject::connect(dialog, &ui::StartDialog::workspaceChosen, qApp,
                     [&session, &theme, vault](const QString& path) { startWorkspace(session, theme, path, vault); });
    QObject::connect(dialog, &QDialog::rejected, qApp, &QCoreApplication::quit);
    dialog->show();
}

void begin(const QCommandLineParser& parser, ConsoleSession& session, ui::Theme& theme)
{
    if (parser.isSet(QStringLiteral("sample")))
        return startSample(session, theme);
    const QString vault = parser.value(QStringLiteral("vault"));
    const QString named = parser.value(QStringLiteral("workspace"));
    if (!named.isEmpty())
        return startWorkspace(session, theme, named, vault);
    const Result<QString> path = defaultWorkspacePath();
    if (!path)
        return giveUp(path.error());
    if (QFileInfo::exists(*path))
        return startWorkspace(session, theme, *path, vault);
    askWhereToBegin(session, theme, *path, vault);
}

} // namespace

int main(int argc, char* argv[])
{
    Signals::hold();
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
    // The end of a login session, or of the machine, closes the workspace in order. Not by quit(), which closes the windows:
    // they would ask what is to become of sends and of what is not saved, and nobody is there to answer.
    const Signals stops;
    QObject::connect(&stops, &Signals::stopRequested, &application, [] { QCoreApplication::exit(); });
    ConsoleSession session;
    begin(parser, session, theme);
    return QCoreApplication::exec();
}
