// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/service/AccountService.h"
#include "tests/integration/ui/WindowRoom.h"
#include "tests/unit/ui/Shots.h"
#include "ui/frame/Pages.h"
#include "ui/widgets/DataTable.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QLabel>
#include <QSaveFile>
#include <QTreeWidget>

using namespace carillon;
using namespace carillon::ui;

namespace {

constexpr int PatienceMs = 30'000; // the folder is looked at a moment after it changed, by a machine that may be busy

QJsonObject field(const QString& key, const QString& label, bool secret = false, bool advanced = false)
{
    return {{QStringLiteral("key"), key},
            {QStringLiteral("label"), label},
            {QStringLiteral("type"), secret ? QStringLiteral("password") : QStringLiteral("text")},
            {QStringLiteral("secret"), secret},
            {QStringLiteral("advanced"), advanced}};
}

// A service that Carillon has never heard of.
QJsonObject pager(const QJsonArray& fields)
{
    return {{QStringLiteral("format"), 1},
            {QStringLiteral("key"), QStringLiteral("pager")},
            {QStringLiteral("name"), QStringLiteral("Pager")},
            {QStringLiteral("channel"), QStringLiteral("sms")},
            {QStringLiteral("help"), QStringLiteral("Beeps on a belt.")},
            {QStringLiteral("address"), QJsonObject{{QStringLiteral("label"), QStringLiteral("a pager's number")}}},
            {QStringLiteral("fields"), fields},
            {QStringLiteral("request"), QJsonObject{{QStringLiteral("url"), QStringLiteral("https://pager.example/send")}}}};
}

const QJsonObject Station = field(QStringLiteral("station"), QStringLiteral("Station"));
const QJsonObject Token = field(QStringLiteral("token"), QStringLiteral("Token"), true);
const QJsonObject Volume = field(QStringLiteral("volume"), QStringLiteral("Volume"), false, true);
const QJsonObject Melody = field(QStringLiteral("melody"), QStringLiteral("Melody"));

} // namespace

// Files come, change and go in the workspace's folder "providers" while the console is open.
class ProviderFilesWindowTest : public QObject, private WindowRoom {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(openEngine());
        makeWindow();
        addPages(*m_window, m_engine->services(), m_caller, m_prompts, m_clock);
        m_window->resize(1360, 860);
        m_window->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
        m_window->showPage(QStringLiteral("accounts"));
    }

    void cleanupTestCase() { closeAll(); }

    // Somebody is looking for it already.
    void aNewFileIsInTheListOfPlatforms()
    {
        click("newAccount");
        QTest::keyClicks(find<QLineEdit>("platformSearch"), QStringLiteral("belt"));
        QTRY_VERIFY(!find<QPushButton>("continueAccount")->isEnabled());
        QVERIFY(platform(QStringLiteral("Pager")) == nullptr);
        save("pager.json", pager({Station, Token, Volume}));
        QTRY_VERIFY_WITH_TIMEOUT(platform(QStringLiteral("Pager")), PatienceMs);
        QVERIFY(!platform(QStringLiteral("Pager"))->isHidden());
        QCOMPARE(find<QLineEdit>("platformSearch")->text(), QStringLiteral("belt"));
        QVERIFY2(platform(QStringLiteral("SMTP server"))->isHidden(), "what was searched for still narrows the list");
    }

    void whatIsChosenStaysChosen()
    {
        QJsonObject other = pager({});
        other.insert(QStringLiteral("key"), QStringLiteral("another"));
        other.insert(QStringLiteral("name"), QStringLiteral("Another"));
        click("newAccount"); // nothing is searched for
        find<QTreeWidget>("platformList")->setCurrentItem(platform(QStringLiteral("SMTP server")));
        save("another.json", other);
        QTRY_VERIFY_WITH_TIMEOUT(platform(QStringLiteral("Another")), PatienceMs);
        QCOMPARE(find<QTreeWidget>("platformList")->currentItem(), platform(QStringLiteral("SMTP server")));
        QVERIFY(find<QPushButton>("continueAccount")->isEnabled());
    }

    void aWrongFileIsSaidWithItsLineAndRule()
    {
        QVERIFY(!m_window->findChild<QLabel*>(QStringLiteral("providerNotice"))->isVisible());
        save("another.json", QByteArray("{\"format\": 1,\n \"key\": \"another\",\n \"name\": 7}"));
        QTRY_VERIFY_WITH_TIMEOUT(find<QLabel>("providerNotice")->isVisible(), PatienceMs);
        const QString said = find<QLabel>("providerNotice")->text();
        QVERIFY2(said.startsWith(u"another.json: Line 3, column 2: /name: this must be text."), qPrintable(said));
        QVERIFY2(platform(QStringLiteral("Another")), "the last good version stays");
        takeShots(*m_window, *m_theme, {QStringLiteral("accounts")}, QStringLiteral("-wrong-file"));
        m_window->resize(1360, 860);
        QVERIFY(QFile::remove(path("another.json")));
        QTRY_VERIFY_WITH_TIMEOUT(!find<QLabel>("providerNotice")->isVisible(), PatienceMs);
        QTRY_VERIFY(!platform(QStringLiteral("Another")));
    }

    void aChangedFileChangesTheOpenForm()
    {
        find<QTreeWidget>("platformList")->setCurrentItem(platform(QStringLiteral("Pager")));
        click("continueAccount");
        find<QLineEdit>("accountName")->selectAll();
        type("accountName", QStringLiteral("Belt"));
        type("field_station", QStringLiteral("north"));
        type("field_token", QStringLiteral("hush"));
        click("formFold");
        type("field_volume", QStringLiteral("loud"));
        find<QLineEdit>("field_volume")->setFocus();
        QTest::keyClick(find<QLineEdit>("field_volume"), Qt::Key_Left);
        save("pager.json", pager({Melody, Station, Token, Volume}));
        QTRY_VERIFY_WITH_TIMEOUT(isShown("field_melody"), PatienceMs);
        QCOMPARE(find<QLineEdit>("accountName")->text(), QStringLiteral("Belt"));
        QCOMPARE(find<QLineEdit>("field_station")->text(), QStringLiteral("north"));
        QCOMPARE(find<QLineEdit>("field_token")->text(), QStringLiteral("hush"));
        QVERIFY(isShown("field_volume"));
        QTest::keyClicks(m_window->focusWidget(), QStringLiteral("u")); // where the cursor was
        QCOMPARE(find<QLineEdit>("field_volume")->text(), QStringLiteral("loud").insert(3, u'u'));
        click("saveAccount");
        QTRY_COMPARE(find<DataTable>("accountTable")->model()->rowCount(), 1);
        const auto stored = m_engine->services().accounts.list().result();
        QCOMPARE(stored->first().account.settings.value(QStringLiteral("station")), QJsonValue(QStringLiteral("north")));
        QCOMPARE(stored->first().keptSecrets, QStringList{QStringLiteral("token")});
    }

    // What its author takes out for a moment is not lost by who fills in the form.
    void aFieldThatComesBackHasWhatWasTyped()
    {
        QTRY_VERIFY(find<QPushButton>("probeAccount")->isEnabled());
        QVERIFY2(isShown("field_volume"), "saving folds nothing");
        type("field_melody", QStringLiteral("Elise"));
        save("pager.json", pager({Station, Token, Volume}));
        QTRY_VERIFY_WITH_TIMEOUT(!m_window->findChild<QWidget*>(QStringLiteral("field_melody")), PatienceMs);
        save("pager.json", pager({Station, Token, Volume, Melody}));
        QTRY_VERIFY_WITH_TIMEOUT(isShown("field_melody"), PatienceMs);
        QCOMPARE(find<QLineEdit>("field_melody")->text(), QStringLiteral("Elise"));
        QVERIFY(find<QPushButton>("saveAccount")->isEnabled());
    }

    void withoutItsFileAnAccountCanBeRead()
    {
        QVERIFY(QFile::remove(path("pager.json")));
        QTRY_COMPARE_WITH_TIMEOUT(state(), QStringLiteral("Platform gone"), PatienceMs);
        QTRY_VERIFY(find<QLabel>("accountHealthLine")->text().contains(u"its file is no longer in the folder"));
        QVERIFY2(!find<QPushButton>("saveAccount")->isEnabled(), "nobody could check it");
        QVERIFY(!find<QPushButton>("probeAccount")->isEnabled());
        QCOMPARE(find<QLineEdit>("field_melody")->text(), QStringLiteral("Elise"));
        save("pager.json", pager({Station, Token, Volume, Melody}));
        QTRY_VERIFY_WITH_TIMEOUT(find<QPushButton>("saveAccount")->isEnabled(), PatienceMs);
        QCOMPARE(find<QLineEdit>("field_melody")->text(), QStringLiteral("Elise"));
        QTRY_VERIFY(!find<QLabel>("accountHealthLine")->text().contains(u"its file is no longer"));
        click("saveAccount");
        QTRY_VERIFY(find<QPushButton>("probeAccount")->isEnabled());
    }

    // Opened when its platform was gone already, as after a start.
    void aLostAccountIsOpenedAndDeleted()
    {
        click("newAccount");
        QVERIFY(QFile::remove(path("pager.json")));
        QTRY_COMPARE_WITH_TIMEOUT(state(), QStringLiteral("Platform gone"), PatienceMs);
        find<DataTable>("accountTable")->selectRow(0);
        QTRY_VERIFY(isShown("field_station"));
        QCOMPARE(find<QLineEdit>("accountName")->text(), QStringLiteral("Belt"));
        QCOMPARE(find<QLineEdit>("field_station")->text(), QStringLiteral("north"));
        QVERIFY(!find<QLineEdit>("field_station")->isEnabled());
        QVERIFY(m_prompts.errors.isEmpty());
        takeShots(*m_window, *m_theme, {QStringLiteral("accounts")}, QStringLiteral("-lost"));
        m_window->resize(1360, 860);
        m_prompts.confirms = {true};
        click("removeAccount");
        QTRY_COMPARE(find<DataTable>("accountTable")->model()->rowCount(), 0);
    }

private:
    QString path(const char* name) const { return m_folder.filePath(u"providers/"_qs + QString::fromLatin1(name)); }

    // As editors do it: the new one takes the old one's place at once.
    void save(const char* name, const QByteArray& content)
    {
        QVERIFY(QDir(m_folder.path()).mkpath(QStringLiteral("providers")));
        QSaveFile file(path(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
        QCOMPARE(file.write(content), content.size());
        QVERIFY(file.commit());
    }

    void save(const char* name, const QJsonObject& content) { save(name, QJsonDocument(content).toJson()); }

    QTreeWidgetItem* platform(const QString& name) const
    {
        return find<QTreeWidget>("platformList")->findItems(name, Qt::MatchExactly | Qt::MatchRecursive).value(0);
    }

    bool isShown(const char* name) const
    {
        const auto* widget = m_window->findChild<QWidget*>(QString::fromLatin1(name));
        return widget && widget->isVisible();
    }

    // Of the only account there is.
    QString state() const { return find<DataTable>("accountTable")->model()->index(0, 2).data().toString(); }
};

QTEST_MAIN(ProviderFilesWindowTest)
#include "ProviderFilesWindowTest.moc"
