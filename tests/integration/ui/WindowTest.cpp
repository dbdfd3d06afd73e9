// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/service/TopicService.h"
#include "tests/integration/ui/WindowRoom.h"
#include "tests/unit/ui/Shots.h"
#include "ui/editor/LiquidEditor.h"
#include "ui/frame/Pages.h"
#include "ui/widgets/DataTable.h"

#include <QComboBox>
#include <QDialog>
#include <QDir>
#include <QDoubleSpinBox>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QSpinBox>
#include <QTabWidget>
#include <QTest>
#include <QToolButton>

using namespace carillon;
using namespace carillon::ui;

namespace {

constexpr int people = 300;

// 300 good rows, one with an address that cannot be right, and one that comes twice.
QByteArray contactFile()
{
    QByteArray file = "external_id,email,first_name,last_name,plan\n";
    for (int n = 0; n < people; ++n)
        file += QByteArrayLiteral("c-%1,person%1@example.org,Zoë%1,Müller,free\n").replace("%1", QByteArray::number(n));
    file += "c-x,not an address,Bad,Row,free\n";
    file += "c-0,person0@example.org,Zoë0,Again,free\n";
    return file;
}

} // namespace

// From an empty workspace to a campaign that is on its way, through the widgets alone.
class WindowTest : public QObject, private WindowRoom {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(openEngine());
        makeWindow();
        addPages(*m_window, m_engine->services(), m_caller, m_prompts, m_clock);
        m_window->resize(1280, 800);
        m_window->show();
    }

    void cleanupTestCase() { closeAll(); }

    void aBrandIsMadeAndAWrongAddressSaidAtItsField()
    {
        m_window->showPage(QStringLiteral("topics"));
        takeShots(
            *m_window, *m_theme,
            {QStringLiteral("topics"), QStringLiteral("contacts"), QStringLiteral("accounts"), QStringLiteral("composer")},
            QStringLiteral("-empty"));
        m_window->showPage(QStringLiteral("topics"));
        click("openBrands");
        type("brand_name", QStringLiteral("Shop"));
        type("brand_from_address", QStringLiteral("no address"));
        click("saveBrand");
        QTRY_VERIFY(find<QLabel>("from_addressError")->isVisible());
        find<QLineEdit>("brand_from_address")->clear();
        type("brand_from_address", QStringLiteral("news@example.org"));
        click("saveBrand");
        QTRY_COMPARE(find<QListWidget>("brandList")->count(), 1);
        click("closeBrands");
    }

    void anAccountIsMadeFromItsProvidersForm()
    {
        m_window->showPage(QStringLiteral("accounts"));
        click("newAccount");
        auto* search = find<QLineEdit>("platformSearch");
        QTest::keyClicks(search, QStringLiteral("simulat"));
        QTest::keyClick(search, Qt::Key_Return);
        find<QLineEdit>("accountName")->clear();
        type("accountName", QStringLiteral("Pretend mail"));
        find<QDoubleSpinBox>("field_rate_per_second")->setValue(20);
        click("saveAccount");
        QTRY_COMPARE(find<DataTable>("accountTable")->model()->rowCount(), 1);
        QTRY_VERIFY(find<QPushButton>("probeAccount")->isEnabled());
        click("probeAccount");
        QTRY_VERIFY(find<QLabel>("accountAnswer")->text().startsWith(u"Connected"));
        type("testAddress", QStringLiteral("me@example.org"));
        click("sendTest");
        QTRY_VERIFY(find<QLabel>("accountAnswer")->text().startsWith(u"Sent"));
        takeShots(*m_window, *m_theme, {QStringLiteral("accounts")});
    }

    void aFileIsImportedOntoANewList()
    {
        const QString path = m_folder.filePath(QStringLiteral("people.csv"));
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(contactFile());
        file.close();
        m_window->showPage(QStringLiteral("contacts"));
        m_prompts.paths = {path};
        click("importContacts");
        QTRY_VERIFY(find<QPushButton>("startImport")->isEnabled());
        QCOMPARE(find<QComboBox>("map_1")->currentData().toString(), QStringLiteral("email"));
        QCOMPARE(find<QComboBox>("map_4")->currentData().toString(), QStringLiteral("attribute:plan"));
        find<QComboBox>("importList")->setCurrentIndex(1);
        QCOMPARE(find<QLineEdit>("importNewList")->text(), QStringLiteral("people"));
        click("startImport");
        auto* summary = find<QLabel>("importSummary");
        QTRY_VERIFY(summary->isVisible());
        QVERIFY2(summary->text().contains(u"300 new contacts"), qPrintable(summary->text()));
        QVERIFY2(summary->text().contains(u"2 refused"), qPrintable(summary->text()));
        const QString report = m_folder.filePath(QStringLiteral("refused.csv"));
        m_prompts.paths = {report};
        click("saveImportReport");
        QVERIFY(QFile::exists(report));
        click("closeImport");
        QTRY_COMPARE(find<QLabel>("contactCount")->text(), QStringLiteral("300 contacts"));
        QTRY_COMPARE(find<QComboBox>("contactListFilter")->itemText(1), QStringLiteral("people (300)"));
        find<DataTable>("contactTable")->selectRow(3);
        QTRY_VERIFY(find<QLineEdit>("contactName")->isVisible());
        takeShots(*m_window, *m_theme, {QStringLiteral("contacts")});
    }

    void aTopicIsWrittenAndItsMistakesAreUnderlined()
    {
        m_window->showPage(QStringLiteral("topics"));
        click("newTopic");
        type("topicName", QStringLiteral("Spring news"));
        QCOMPARE(find<QLineEdit>("topicKey")->text(), QStringLiteral("spring.news"));
        QTRY_VERIFY(find<QPushButton>("addRoute")->isEnabled());
        find<QPushButton>("addRoute")->menu()->actions().first()->trigger();
        QCOMPARE(find<QListWidget>("routeList")->count(), 1);
        find<QTabWidget>("topicTabs")->setCurrentIndex(1);
        choose("addContent", "add_email", page("topics"));
        auto* subject = editor("subject", "topics");
        auto* html = editor("html", "topics");
        QTest::keyClicks(subject, QStringLiteral("News for {{ contact.first_name }}"));
        html->setPlainText(QStringLiteral("<p>Dear {{ contact.first_name }}</p>\n{% iff %}"));
        QTRY_VERIFY(!html->problems().isEmpty());
        QCOMPARE(html->problems().first().line, 2);
        click("saveTopic");
        QTRY_VERIFY(find<QToolButton>("problemSummary")->accessibleName().contains(u"error"));
        QVERIFY(find<QPushButton>("saveTopic")->isEnabled());
        html->setPlainText(QStringLiteral("<p>Dear {{ contact.first_name }}, use {{ data.coupon }}</p>"));
        click("saveTopic");
        QTRY_VERIFY(!find<QPushButton>("saveTopic")->isEnabled());
        QTRY_COMPARE(find<DataTable>("topicTable")->model()->rowCount(), 1);
        takeShots(*m_window, *m_theme, {QStringLiteral("topics")});
    }

    void categoriesHaveCaps()
    {
        click("openCaps");
        auto* dialog = find<QDialog>("capsDialog");
        QTRY_VERIFY(dialog->isVisible());
        find<QSpinBox>("cap_marketing")->setValue(3);
        if (const QString folder = qEnvironmentVariable("CARILLON_SHOTS"); !folder.isEmpty())
            QVERIFY(dialog->grab().save(QDir(folder).filePath(QStringLiteral("caps.png"))));
        click("saveCaps");
        QTRY_COMPARE(m_engine->services().topics.frequencyCaps().result()->value(0).most, 3);
    }

    void aCampaignIsComposedAndSavedByItself()
    {
        m_window->showPage(QStringLiteral("composer"));
        auto* topics = find<QComboBox>("campaignTopic");
        QTRY_COMPARE(topics->count(), 1);
        QTest::keyClick(topics, Qt::Key_Down);
        QTRY_COMPARE(composerText("subject"), QStringLiteral("News for {{ contact.first_name }}"));
        find<QTabWidget>("contentTabs")->setCurrentIndex(1);
        QTest::keyClicks(editor("data", "composer"), QStringLiteral("{ \"coupon\": \"SPRING\" }"));
        find<QTabWidget>("contentTabs")->setCurrentIndex(0);
        auto* name = page("composer")->findChild<QLineEdit*>(QStringLiteral("campaignName"));
        name->clear();
        QTest::keyClicks(name, QStringLiteral("Spring"));
        QTRY_COMPARE(find<QLabel>("saveState")->text(), QStringLiteral("Draft saved"));
    }

    void thePreviewFollowsTheContactAndTheTyping()
    {
        auto* preview = find<QPlainTextEdit>("previewText");
        QTRY_VERIFY(preview->toPlainText().contains(u"Dear Zoë0, use SPRING"));
        QTest::keyClick(find<QLineEdit>("previewContact"), Qt::Key_Down);
        QTRY_VERIFY(preview->toPlainText().contains(u"Dear Zoë1, use SPRING"));
        QCOMPARE(find<QLabel>("previewSubject")->text(), QStringLiteral("News for Zoë1"));
        auto* html = editor("html", "composer");
        html->moveCursor(QTextCursor::End);
        QTest::keyClicks(html, QStringLiteral("<p>Bye</p>"));
        QTRY_VERIFY(preview->toPlainText().contains(u"Bye"));
        QTest::keyClicks(html, QStringLiteral("{% iff %}"));
        QTRY_VERIFY(find<QLabel>("previewProblems")->isVisible());
        for (int n = 0; n < 9; ++n)
            QTest::keyClick(html, Qt::Key_Backspace);
        QTRY_VERIFY(!find<QLabel>("previewProblems")->isVisible());
        QTRY_COMPARE(find<QLabel>("saveState")->text(), QStringLiteral("Draft saved"));
        takeShots(*m_window, *m_theme, {QStringLiteral("composer")}, QStringLiteral("-content"));
    }

    void theAudienceIsCounted()
    {
        click("stepAudience");
        auto* lists = find<QListWidget>("audienceChoice");
        QCOMPARE(lists->count(), 1);
        lists->setCurrentRow(0);
        QTest::keyClick(lists, Qt::Key_Space);
        QTRY_COMPARE(find<QLabel>("audienceCount")->text(), QStringLiteral("300 contacts"));
        takeShots(*m_window, *m_theme, {QStringLiteral("composer")}, QStringLiteral("-audience"));
    }

    void theScheduleShowsItsDates()
    {
        click("stepSchedule");
        find<QAbstractButton>("scheduleRecurring")->click();
        QTRY_COMPARE(find<QLabel>("scheduleDates")->text().split(u'\n').size(), 6);
        QTRY_COMPARE(find<QLabel>("saveState")->text(), QStringLiteral("Draft saved"));
        auto* often = find<QComboBox>("repeatChoice");
        often->setCurrentIndex(often->count() - 1);
        Q_EMIT often->activated(often->currentIndex());
        find<QLineEdit>("repeatRule")->clear();
        type("repeatRule", QStringLiteral("FREQ=HOURLY"));
        QTRY_VERIFY(find<QLabel>("scheduleProblem")->text().contains(u"HOURLY"));
        find<QLineEdit>("repeatRule")->clear();
        type("repeatRule", QStringLiteral("FREQ=MONTHLY;BYDAY=-1FR"));
        QTRY_VERIFY(!find<QLabel>("scheduleProblem")->isVisible());
        find<QAbstractButton>("windowOn")->click();
        QTRY_COMPARE(find<QLabel>("scheduleDates")->text().split(u'\n').size(), 6);
        takeShots(*m_window, *m_theme, {QStringLiteral("composer")}, QStringLiteral("-schedule"));
        find<QAbstractButton>("windowOn")->click();
        find<QAbstractButton>("scheduleNow")->click();
        QTRY_COMPARE(find<QLabel>("saveState")->text(), QStringLiteral("Draft saved"));
    }

    void theDryRunSaysWhoGetsItAndATestGoesOut()
    {
        click("stepReview");
        QTRY_COMPARE(find<QPushButton>("sendCampaign")->isEnabled(), true);
        QCOMPARE(find<QLabel>("willSend")->text(), QStringLiteral("300 messages"));
        QTRY_COMPARE(find<QLabel>("rehearsalSummary")->text(), QStringLiteral("300 messages can be made."));
        type("testSendAddress", QStringLiteral("me@example.org"));
        click("testSend");
        QTRY_VERIFY(find<QLabel>("testSendAnswer")->text().startsWith(u"Sent"));
        takeShots(*m_window, *m_theme, {QStringLiteral("composer")}, QStringLiteral("-review"));
    }

    void whatCannotBeMadeIsShownWithItsContacts()
    {
        click("stepContent");
        const QString good = composerText("html");
        editor("html", "composer")
            ->setPlainText(good
                           + QStringLiteral("{% if contact.first_name == 'Zoë7' or contact.first_name == 'Zoë9' %}"
                                            "{{ 1 | divided_by: 0 }}{% endif %}{{ contact.nickname }}"));
        click("stepReview");
        QTRY_COMPARE(find<QLabel>("rehearsalSummary")->text(), QStringLiteral("298 messages can be made, 2 fail."));
        QTRY_COMPARE(find<QPushButton>("sendCampaign")->text(), QStringLiteral("&Send the other 298…"));
        QCOMPARE(find<QToolButton>("finding_0")->text(), QStringLiteral("2"));
        click("finding_0");
        auto* contacts = find<DataTable>("foundTable");
        QTRY_COMPARE(contacts->model()->rowCount(), 2);
        QTRY_COMPARE(contacts->model()->index(1, 0).data().toString(), QStringLiteral("Zoë9 Müller"));
        contacts->selectRow(1);
        QTRY_VERIFY(find<QLineEdit>("previewContact")->text().contains(u"Zoë9"));
        takeShots(*m_window, *m_theme, {QStringLiteral("composer")}, QStringLiteral("-rehearsal"));
        m_prompts.confirms = {false};
        click("sendCampaign");
        QCOMPARE(m_prompts.asked.last(), QStringLiteral("2 of 300 messages cannot be made. Send the other 298 anyway?"));
        click("stepContent");
        editor("html", "composer")->setPlainText(good);
        click("stepReview");
        QTRY_COMPARE(find<QLabel>("rehearsalSummary")->text(), QStringLiteral("300 messages can be made."));
    }

    void sendingAsksWithTheCount()
    {
        m_prompts.confirms = {false};
        click("sendCampaign");
        QCOMPARE(m_prompts.asked.last(), QStringLiteral("Send 300 messages now?"));
        QCOMPARE(m_window->currentPage()->id(), QStringLiteral("composer"));
        m_prompts.confirms = {true};
        click("sendCampaign");
        QTRY_COMPARE(m_window->currentPage()->id(), QStringLiteral("campaigns"));
    }

    void itIsPausedResumedAndCancelled()
    {
        QTRY_VERIFY_WITH_TIMEOUT(find<QPushButton>("pauseCampaignButton")->isVisible(), 15'000);
        click("pauseCampaignButton");
        QTRY_VERIFY_WITH_TIMEOUT(find<QPushButton>("resumeCampaignButton")->isVisible(), 15'000);
        click("resumeCampaignButton");
        QTRY_VERIFY_WITH_TIMEOUT(find<QPushButton>("pauseCampaignButton")->isVisible(), 15'000);
        m_prompts.confirms = {true};
        click("cancelCampaignButton");
        QTRY_VERIFY_WITH_TIMEOUT(!find<QPushButton>("cancelCampaignButton")->isVisible(), 15'000);
    }

    void theLogShowsEveryDelivery()
    {
        m_window->showPage(QStringLiteral("deliveries"));
        // The test messages are no deliveries of the campaign.
        QTRY_VERIFY_WITH_TIMEOUT(find<DataTable>("deliveryTable")->model()->rowCount() >= people, 10'000);
    }

private:
    QWidget* page(const char* id) const { return m_window->page(QString::fromLatin1(id)); }

    LiquidEditor* editor(const char* part, const char* pageId) const
    {
        return page(pageId)->findChild<LiquidEditor*>(QString::fromLatin1(part) + u"Editor");
    }

    QString composerText(const char* part) const
    {
        const LiquidEditor* found = editor(part, "composer");
        return found ? found->toPlainText() : QString();
    }
};

QTEST_MAIN(WindowTest)
#include "WindowTest.moc"
