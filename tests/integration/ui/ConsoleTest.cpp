// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/SampleWorkspace.h"
#include "engine/service/CampaignService.h"
#include "tests/integration/ui/WindowRoom.h"
#include "tests/unit/ui/Shots.h"
#include "ui/campaigns/ThrottleScale.h"
#include "ui/deliveries/DeliveriesPage.h"
#include "ui/frame/Pages.h"
#include "ui/widgets/DataTable.h"
#include "ui/widgets/KeyFigure.h"
#include "ui/widgets/StateBadge.h"

#include <QCheckBox>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QListWidget>
#include <QPushButton>
#include <QRadioButton>
#include <QSignalSpy>
#include <QSlider>
#include <QTest>
#include <QToolButton>

using namespace carillon;
using namespace carillon::ui;

// The sample workspace, its campaign sent through the simulator, everything done by clicking and typing.
class ConsoleTest : public QObject, private WindowRoom {
    Q_OBJECT

    qint64 count(DeliveryState state)
    {
        DeliveryQuery query;
        query.states = {state};
        const auto page = m_engine->services().deliveries.page(query, {0, 1}).result();
        return page ? page->total : -1;
    }

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(openEngine());
        const Result<qint64> campaign = fillSampleWorkspace(m_engine->services(), m_caller);
        QVERIFY2(campaign, qPrintable(campaign ? QString() : campaign.error().message));
        m_campaign = *campaign;
        makeWindow();
        addPages(*m_window, m_engine->services(), m_caller, m_prompts, m_clock);
        m_window->show();
    }

    void cleanupTestCase() { closeAll(); }

    void theFirstPageIsTheOverviewAndTheNumbersAreReal()
    {
        QCOMPARE(m_window->currentPage()->id(), QStringLiteral("overview"));
        QTRY_COMPARE(find<KeyFigure>("figureContacts")->value(), QStringLiteral("250"));
    }

    void aDraftCanBeEditedAndNotPaused()
    {
        m_window->showPage(QStringLiteral("campaigns"));
        QTRY_VERIFY(find<QWidget>("campaignDetail")->isVisible());
        QCOMPARE(find<QLabel>("campaignName")->text(), QStringLiteral("Welcome, everyone"));
        QVERIFY(find<QPushButton>("editCampaignButton")->isVisible());
        QVERIFY(find<QPushButton>("removeCampaignButton")->isVisible());
        QVERIFY(!find<QPushButton>("pauseCampaignButton")->isVisible());
        QVERIFY(!find<QPushButton>("cancelCampaignButton")->isVisible());
        takeShots(*m_window, *m_theme, {QStringLiteral("campaigns")}, QStringLiteral("-draft"));
    }

    void whatIsSentAppearsByItself()
    {
        m_window->showPage(QStringLiteral("deliveries"));
        QVERIFY(m_engine->services().campaigns.schedule(m_caller, m_campaign, 0).result());
        QTRY_VERIFY_WITH_TIMEOUT(find<DataTable>("deliveryTable")->model()->rowCount() > 200, 15'000);
        m_window->showPage(QStringLiteral("campaigns"));
        QTRY_VERIFY_WITH_TIMEOUT(find<QPushButton>("pauseCampaignButton")->isVisible(), 15'000);
        takeShots(*m_window, *m_theme,
                  {QStringLiteral("overview"), QStringLiteral("campaigns"), QStringLiteral("deliveries")},
                  QStringLiteral("-sending"));
    }

    void pauseAndResume()
    {
        m_window->showPage(QStringLiteral("campaigns"));
        QTRY_VERIFY(find<QPushButton>("pauseCampaignButton")->isVisible());
        click("pauseCampaignButton");
        QTRY_VERIFY(find<QPushButton>("resumeCampaignButton")->isVisible());
        QVERIFY(!find<QPushButton>("pauseCampaignButton")->isVisible());
        QVERIFY(find<QLabel>("noticeText")->text().contains(QStringLiteral("is paused")));
        click("resumeCampaignButton");
        QTRY_VERIFY(find<QPushButton>("pauseCampaignButton")->isVisible());
    }

    void theThrottleIsChangedWhileItRuns()
    {
        const auto throttle = [this] {
            const auto campaign = m_engine->services().campaigns.get(m_campaign).result();
            return campaign ? campaign->campaign.control.perMinute : -1;
        };
        QVERIFY(find<QCheckBox>("throttleOff")->isChecked());
        find<QSlider>("throttleSlider")->setValue(ThrottleScale::stepOf(1'000));
        QTRY_COMPARE(throttle(), 1'000.0);
        QTRY_COMPARE(find<QLabel>("throttleState")->text(), QStringLiteral("In force"));
        QTRY_VERIFY(!find<QLabel>("campaignEnd")->text().isEmpty());
        takeShots(*m_window, *m_theme, {QStringLiteral("campaigns")}, QStringLiteral("-throttled"));
    }

    void cancellingAsksWithTheCountAndNoMeansNo()
    {
        m_prompts.confirms = {false};
        click("cancelCampaignButton");
        static const QRegularExpression question(QStringLiteral("^Cancel \\d+ queued deliveries\\?$"));
        QVERIFY2(question.match(m_prompts.asked.last()).hasMatch(), qPrintable(m_prompts.asked.last()));
        QVERIFY(find<QPushButton>("cancelCampaignButton")->isVisible());
        m_prompts.confirms = {true};
        click("cancelCampaignButton");
        QTRY_VERIFY(!find<QPushButton>("cancelCampaignButton")->isVisible());
        const auto campaign = m_engine->services().campaigns.get(m_campaign).result();
        QVERIFY(campaign);
        QCOMPARE(campaign->campaign.state, CampaignState::Cancelled);
        // What was on the wire still gets its answer.
        QTRY_COMPARE_WITH_TIMEOUT(m_engine->services().live.status().queued, 0, 15'000);
        takeShots(*m_window, *m_theme, {QStringLiteral("campaigns")}, QStringLiteral("-cancelled"));
    }

    void aDuplicateIsADraftAndIsShown()
    {
        click("duplicateCampaignButton");
        QTRY_VERIFY(find<QPushButton>("editCampaignButton")->isVisible());
        QTRY_COMPARE(find<DataTable>("campaignTable")->model()->rowCount(), 2);
    }

    void aFilterNarrowsAndAWrongOneSaysWhy()
    {
        m_window->showPage(QStringLiteral("deliveries"));
        auto* table = find<DataTable>("deliveryTable");
        QTRY_VERIFY(table->model()->rowCount() > 0);
        const int all = table->model()->rowCount();
        typeAndEnter("deliveryFilter", QStringLiteral("status:cancelled"));
        QTRY_VERIFY(table->model()->rowCount() > 0 && table->model()->rowCount() < all);
        QTRY_COMPARE(table->model()->index(0, 1).data().toString(), QStringLiteral("Cancelled"));
        typeAndEnter("deliveryFilter", QStringLiteral("status:lost"));
        auto* problem = find<QLabel>("deliveryFilterProblem");
        QVERIFY(problem->isVisible());
        QVERIFY(problem->text().contains(QStringLiteral("lost")));
        typeAndEnter("deliveryFilter", QStringLiteral("nobody-is-called-so"));
        QVERIFY(!problem->isVisible());
        QTRY_COMPARE(find<QLabel>("deliveryCount")->text(), QStringLiteral("0 match"));
    }

    void aDeliveryTellsWhatHappenedToIt()
    {
        // The simulated platform has told what became of everything that it took.
        QTRY_COMPARE_WITH_TIMEOUT(count(DeliveryState::Sent), 0, 15'000);
        typeAndEnter("deliveryFilter", QStringLiteral("status:delivered"));
        auto* table = find<DataTable>("deliveryTable");
        QTRY_VERIFY(table->model()->rowCount() > 0);
        table->selectRow(0);
        QTRY_COMPARE(find<StateBadge>("deliveryState")->text(), QStringLiteral("Delivered"));
        QTRY_VERIFY(find<DataTable>("deliveryLog")->model()->rowCount() >= 2);
        takeShots(*m_window, *m_theme, {QStringLiteral("deliveries")}, QStringLiteral("-detail"));
    }

    void whatIsFilteredIsExported()
    {
        const QString path = m_folder.filePath(QStringLiteral("out.csv"));
        m_prompts.paths = {path};
        click("exportDeliveriesButton");
        QTRY_VERIFY(QFile::exists(path));
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QList<QByteArray> lines = file.readAll().split('\n');
        QVERIFY(lines.first().startsWith("id,created,updated,state"));
        const qint64 rows = count(DeliveryState::Delivered);
        QCOMPARE(lines.size() - 2, rows); // the header, and nothing after the last line end
        for (qsizetype i = 1; i <= rows; ++i)
            QVERIFY(lines.at(i).contains(",delivered,email,"));
    }

    void thePaletteFindsACampaignAndOpensIt()
    {
        m_window->showPage(QStringLiteral("overview"));
        click("paletteButton");
        QTest::keyClicks(find<QLineEdit>("commandField"), QStringLiteral("welcome, everyone"));
        auto* list = find<QListView>("commandList");
        QTRY_VERIFY(list->model()->rowCount() > 0);
        QTest::keyClick(find<QLineEdit>("commandField"), Qt::Key_Return);
        QCOMPARE(m_window->currentPage()->id(), QStringLiteral("campaigns"));
    }

    void whoWasMissedGetsADraft()
    {
        m_window->findChild<ConsolePage*>(QStringLiteral("campaigns"))->open(m_campaign);
        QTRY_VERIFY(find<QPushButton>("sendToMissedButton")->isVisible());
        click("sendToMissedButton");
        QTRY_VERIFY(m_window->findChild<QListWidget*>(QStringLiteral("missedGroups")));
        auto* groups = find<QListWidget>("missedGroups");
        QVERIFY(groups->count() >= 2); // cancelled, and without an address
        for (int row = 0; row < groups->count(); ++row)
            groups->item(row)->setCheckState(Qt::Checked);
        click("makeMissedDraft");
        QTRY_COMPARE(m_window->currentPage()->id(), QStringLiteral("composer"));
        QTRY_VERIFY(find<QRadioButton>("audienceMissed")->isChecked());
    }

    void theDashboardOpensWithAToken()
    {
        m_window->showPage(QStringLiteral("dashboards"));
        QVERIFY(find<QLabel>("dashboardAddress")->text().startsWith(QStringLiteral("http://127.0.0.1:")));
        click("copyToken");
        QTRY_VERIFY(find<QLabel>("noticeText")->text().contains(QStringLiteral("token")));
        takeShots(*m_window, *m_theme,
                  {u"overview"_qs, u"composer"_qs, u"topics"_qs, u"contacts"_qs, u"accounts"_qs, u"dashboards"_qs});
    }

    void closingWithNothingToSendAsksNothing()
    {
        QSignalSpy closed(m_window.get(), &MainWindow::closed);
        const qsizetype asked = m_prompts.asked.size();
        m_window->close();
        QTRY_COMPARE(closed.size(), 1);
        QCOMPARE(m_prompts.asked.size(), asked);
    }

private:
    void typeAndEnter(const char* name, const QString& text)
    {
        auto* field = find<QLineEdit>(name);
        field->clear();
        QTest::keyClicks(field, text);
        QTest::keyClick(field, Qt::Key_Return);
    }

    qint64 m_campaign = 0;
};

QTEST_MAIN(ConsoleTest)
#include "ConsoleTest.moc"
