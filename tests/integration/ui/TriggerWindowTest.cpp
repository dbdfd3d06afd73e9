// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/SampleWorkspace.h"
#include "engine/service/ContactService.h"
#include "engine/service/DeliveryService.h"
#include "engine/service/TopicService.h"
#include "tests/integration/ui/WindowRoom.h"
#include "tests/unit/ui/Shots.h"
#include "ui/dashboards/TokenDialog.h"
#include "ui/forms/FieldForm.h"
#include "ui/frame/Pages.h"
#include "ui/triggers/SendNowDialog.h"
#include "ui/widgets/DataTable.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QTest>

using namespace carillon;
using namespace carillon::ui;

// "Send to someone now", and on to the next channel, by clicking and typing over a whole engine.
class TriggerWindowTest : public QObject, private WindowRoom {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(openEngine());
        QVERIFY(fillSampleWorkspace(m_engine->services(), m_caller));
        makeWindow();
        addPages(*m_window, m_engine->services(), m_caller, m_prompts, m_clock);
        m_window->show();
    }

    void cleanupTestCase() { closeAll(); }

    void whatIsWrongStaysInTheDialog()
    {
        m_window->showPage(QStringLiteral("topics"));
        QTRY_COMPARE(find<DataTable>("topicTable")->model()->rowCount(), 1);
        find<DataTable>("topicTable")->selectRow(0);
        click("sendToSomeoneButton");
        QTRY_COMPARE(find<QComboBox>("sendNowTopic")->count(), 1);
        click("sendNow");
        QTRY_COMPARE(errorOf("to"), QStringLiteral("Choose who gets it."));
        find<QComboBox>("sendNowKind")->setCurrentIndex(1);
        find<QLineEdit>("sendNowAddress")->setText(QStringLiteral("not an address"));
        click("sendNow");
        QTRY_VERIFY(!errorOf("to").isEmpty());
        find<QLineEdit>("sendNowAddress")->setText(QStringLiteral("new@sample.example.org"));
        find<QPlainTextEdit>("sendNowData")->setPlainText(QStringLiteral("{\"order\": }"));
        click("sendNow");
        QTRY_VERIFY(errorOf("data").contains(QStringLiteral("Line 1")));
        takeDialogShots(QStringLiteral("send-now-wrong"));
        QCOMPARE(deliveries(QStringLiteral("channel:email")), 0);
    }

    void anAddressGetsItAndTheDeliveryIsShown()
    {
        find<QPlainTextEdit>("sendNowData")->setPlainText(QStringLiteral("{\"order\": 12}"));
        takeDialogShots(QStringLiteral("send-now"));
        click("sendNow");
        QTRY_COMPARE(m_window->currentPage()->id(), QStringLiteral("deliveries"));
        QCOMPARE(find<QLineEdit>("deliveryFilter")->text(), QStringLiteral("trigger:1"));
        QTRY_COMPARE_WITH_TIMEOUT(deliveries(QStringLiteral("trigger:1 status:delivered")), 1, 15'000);
        auto* table = find<DataTable>("deliveryTable");
        QTRY_COMPARE(table->model()->rowCount(), 1);
        QVERIFY(table->model()->index(0, 4).data().toString().contains(QStringLiteral("trigger 1")));
        table->selectRow(0);
        QTRY_VERIFY(find<DataTable>("deliveryLog")->model()->rowCount() >= 2);
        takeShots(*m_window, *m_theme, {QStringLiteral("deliveries")}, QStringLiteral("-trigger"));
    }

    void aContactGetsIt()
    {
        m_window->showPage(QStringLiteral("contacts"));
        auto* table = find<DataTable>("contactTable");
        QTRY_VERIFY(table->model()->rowCount() > 0);
        QVERIFY(!find<QPushButton>("sendToContact")->isEnabled());
        table->selectRow(rowOf(table, QStringLiteral("sample-0001")));
        QTRY_VERIFY(find<QPushButton>("sendToContact")->isEnabled());
        takeShots(*m_window, *m_theme, {QStringLiteral("contacts")}, QStringLiteral("-send"));
        click("sendToContact");
        QTRY_COMPARE(find<QComboBox>("sendNowTopic")->count(), 1);
        takeDialogShots(QStringLiteral("send-now-contact"));
        click("sendNow");
        QTRY_COMPARE(m_window->currentPage()->id(), QStringLiteral("deliveries"));
        QTRY_COMPARE_WITH_TIMEOUT(deliveries(QStringLiteral("trigger:2 status:delivered")), 1, 15'000);
        QTRY_VERIFY(!m_window->findChild<SendNowDialog*>());
    }

    void whoIsLeftOutIsToldInTheDialog()
    {
        m_window->showPage(QStringLiteral("contacts"));
        auto* table = find<DataTable>("contactTable");
        table->selectRow(rowOf(table, QStringLiteral("sample-0024"))); // without an address
        QTRY_VERIFY(find<QPushButton>("sendToContact")->isEnabled());
        click("sendToContact");
        QTRY_COMPARE(find<QComboBox>("sendNowTopic")->count(), 1);
        click("sendNow");
        QTRY_VERIFY(errorOf("to").startsWith(QStringLiteral("Left out, nothing was sent:")));
        takeDialogShots(QStringLiteral("send-now-left-out"));
        find<SendNowDialog>("sendNowDialog")->reject();
        QTRY_VERIFY(!m_window->findChild<SendNowDialog*>());
    }

    void theNextChannelIsSetAndKept()
    {
        m_window->showPage(QStringLiteral("topics"));
        QTRY_COMPARE(find<DataTable>("topicTable")->model()->rowCount(), 1);
        find<DataTable>("topicTable")->selectRow(0);
        QTRY_VERIFY(find<QCheckBox>("nextChannelOn")->isVisible());
        QVERIFY(!find<QCheckBox>("nextChannelOn")->isChecked());
        QVERIFY(!find<QSpinBox>("nextChannelAfter")->isEnabled());
        QVERIFY(!find<QPushButton>("saveTopic")->isEnabled());
        find<QCheckBox>("nextChannelOn")->setChecked(true);
        find<QSpinBox>("nextChannelAfter")->setValue(15);
        QVERIFY(find<QPushButton>("saveTopic")->isEnabled());
        takeShots(*m_window, *m_theme, {QStringLiteral("topics")}, QStringLiteral("-next-channel"));
        click("saveTopic");
        QTRY_COMPARE(nextChannelAfter(), 15 * 60'000);
        QTRY_VERIFY(!find<QPushButton>("saveTopic")->isEnabled());
        find<QComboBox>("nextChannelUnit")->setCurrentIndex(2);
        QCOMPARE(find<QSpinBox>("nextChannelAfter")->maximum(), 30);
        find<QCheckBox>("nextChannelOn")->setChecked(false);
        click("saveTopic");
        QTRY_COMPARE(nextChannelAfter(), 0);
    }

    void anApplicationGetsAToken()
    {
        m_window->showPage(QStringLiteral("dashboards"));
        click("applicationToken");
        auto* dialog = find<TokenDialog>("tokenDialog");
        click("makeToken");
        QVERIFY(!dialog->findChild<FieldForm*>()->errorOf(QStringLiteral("name")).isEmpty());
        find<QLineEdit>("tokenName")->setText(QStringLiteral("shop"));
        find<QCheckBox>("trigger:send")->setChecked(false);
        click("makeToken");
        QVERIFY(!dialog->findChild<FieldForm*>()->errorOf(QStringLiteral("scope")).isEmpty());
        find<QCheckBox>("trigger:send")->setChecked(true);
        click("makeToken");
        QCOMPARE(find<QLineEdit>("tokenText")->text().count(u'.'), 2); // a JSON Web Token
        takeDialogShots(QStringLiteral("token"), dialog);
        dialog->reject();
    }

private:
    QString errorOf(const char* field) const
    {
        return find<SendNowDialog>("sendNowDialog")->findChild<FieldForm*>()->errorOf(QString::fromLatin1(field));
    }

    qint64 deliveries(const QString& filter) const
    {
        const auto query = DeliveryService::parseQuery(filter);
        const auto page = m_engine->services().deliveries.page(*query, {0, 1}).result();
        return page ? page->total : -1;
    }

    qint64 nextChannelAfter() const
    {
        const auto topic = m_engine->services().topics.find(QStringLiteral("sample.welcome")).result();
        return topic ? topic->topic.rules.nextChannelAfterMs : -1;
    }

    // The rows come page by page: the one that is looked for is searched for.
    int rowOf(DataTable* table, const QString& externalId)
    {
        auto* search = find<QLineEdit>("contactSearch");
        search->setText(externalId);
        QTest::keyClick(search, Qt::Key_Return);
        const auto found
            = [&] { return table->model()->rowCount() == 1 && table->model()->index(0, 2).data().toString() == externalId; };
        return QTest::qWaitFor(found) ? 0 : -1;
    }

    void takeDialogShots(const QString& name, QDialog* dialog = nullptr)
    {
        const QString folder = qEnvironmentVariable("CARILLON_SHOTS");
        if (folder.isEmpty())
            return;
        QVERIFY(QDir().mkpath(folder));
        for (const ThemeChoice look : {ThemeChoice::Dark, ThemeChoice::Light}) {
            m_theme->setChoice(look);
            QTest::qWait(100); // the look is taken up
            const QString file = u"%1-%2.png"_qs.arg(name, m_theme->isDark() ? u"dark"_qs : u"light"_qs);
            QVERIFY((dialog ? dialog : find<QDialog>("sendNowDialog"))->grab().save(QDir(folder).filePath(file)));
        }
    }
};

QTEST_MAIN(TriggerWindowTest)
#include "TriggerWindowTest.moc"
