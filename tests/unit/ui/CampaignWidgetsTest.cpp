// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/campaigns/CampaignPace.h"
#include "ui/campaigns/MissedDialog.h"
#include "ui/campaigns/ThrottleControl.h"
#include "ui/campaigns/ThrottleScale.h"
#include "ui/widgets/FunnelView.h"

#include <QCheckBox>
#include <QDoubleSpinBox>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QProgressBar>
#include <QPushButton>
#include <QSignalSpy>
#include <QSlider>
#include <QTest>
#include <QToolButton>

using namespace carillon;
using namespace carillon::ui;

// The parts of the campaign's page that need no engine.
class CampaignWidgetsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void movingTheSliderAsksOnceItRests()
    {
        ThrottleControl control;
        control.setThrottle(0);
        QSignalSpy asked(&control, &ThrottleControl::throttleAsked);
        auto* slider = control.findChild<QSlider*>(QStringLiteral("throttleSlider"));
        QVERIFY(control.findChild<QCheckBox*>(QStringLiteral("throttleOff"))->isChecked());
        for (int step = 40; step <= 60; ++step)
            slider->setValue(step);
        QCOMPARE(asked.size(), 0); // the hand still moves
        QCOMPARE(stateOf(control), QStringLiteral("Changing\u2026"));
        QVERIFY(!control.findChild<QCheckBox*>(QStringLiteral("throttleOff"))->isChecked());
        QTRY_COMPARE(asked.size(), 1);
        QCOMPARE(asked.first().first().toDouble(), 1'000.0);
        QCOMPARE(control.throttle(), 1'000.0);
        control.acknowledge();
        QCOMPARE(stateOf(control), QStringLiteral("In force"));
    }

    void whatIsStillPendingIsNotOverwritten()
    {
        ThrottleControl control;
        control.setThrottle(600);
        QSignalSpy asked(&control, &ThrottleControl::throttleAsked);
        auto* number = control.findChild<QDoubleSpinBox*>(QStringLiteral("throttleNumber"));
        number->setValue(1'200);
        control.setThrottle(600); // the page looks again meanwhile
        QCOMPARE(control.throttle(), 1'200.0);
        QCOMPARE(control.findChild<QSlider*>(QStringLiteral("throttleSlider"))->value(), ThrottleScale::stepOf(1'200));
        QTRY_COMPARE(asked.size(), 1);
        control.setThrottle(600);
        QCOMPARE(control.throttle(), 1'200.0);
        control.refuse(QStringLiteral("It has finished."));
        QCOMPARE(control.throttle(), 600.0);
        QCOMPARE(stateOf(control), QStringLiteral("Not changed"));
    }

    void noLimitAndBackAgain()
    {
        ThrottleControl control;
        control.setThrottle(600);
        QSignalSpy asked(&control, &ThrottleControl::throttleAsked);
        auto* off = control.findChild<QCheckBox*>(QStringLiteral("throttleOff"));
        off->click();
        QTRY_COMPARE(asked.size(), 1);
        QCOMPARE(asked.last().first().toDouble(), 0.0);
        QVERIFY(!control.findChild<QDoubleSpinBox*>(QStringLiteral("throttleNumber"))->isEnabled());
        control.acknowledge();
        off->click();
        QTRY_COMPARE(asked.size(), 2);
        QVERIFY(asked.last().first().toDouble() > 0);
    }

    void aReaderCannotTurnIt()
    {
        ThrottleControl control;
        control.setWritable(false);
        control.setThrottle(600);
        for (const char* name : {"throttleSlider", "throttleNumber", "throttleOff"})
            QVERIFY2(!control.findChild<QWidget*>(QString::fromLatin1(name))->isEnabled(), name);
    }

    void aFunnelChangesInPlaceAndSaysWhatIsChosen()
    {
        using Kind = FunnelLine::Kind;
        FunnelView funnel;
        const FunnelLine whole{u"audience"_qs, u"Audience"_qs, 200, u"200"_qs, Kind::Stage, Tone::Info, {}};
        FunnelLine failed{u"group_failed"_qs, u"Failed & bounced"_qs, 20, u"20"_qs, Kind::Part, Tone::Bad, u"Show"_qs};
        funnel.setLines({whole, failed});
        auto* button = funnel.findChild<QToolButton*>(QStringLiteral("group_failedButton"));
        QVERIFY(button);
        QCOMPARE(button->accessibleName(), QStringLiteral("Failed & bounced: 20"));
        QCOMPARE(button->text(), QStringLiteral("Failed && bounced"));
        failed.count = 50;
        failed.text = QStringLiteral("50");
        funnel.setLines({whole, failed});
        QCOMPARE(funnel.findChild<QToolButton*>(QStringLiteral("group_failedButton")), button); // keeps the focus
        QCOMPARE(funnel.findChild<QLabel*>(QStringLiteral("group_failed"))->text(), QStringLiteral("50"));
        QCOMPARE(funnel.findChildren<QProgressBar*>().last()->value(), 250);
        QSignalSpy chosen(&funnel, &FunnelView::chosen);
        button->click();
        QCOMPARE(chosen.first().first().toString(), QStringLiteral("group_failed"));
        funnel.setLines({whole});
        QVERIFY(!funnel.findChild<QToolButton*>(QStringLiteral("group_failedButton")));
    }

    void theMissedAreChosenInGroups()
    {
        Campaign campaign;
        campaign.id = 7;
        campaign.name = QStringLiteral("Spring");
        auto* dialog = new MissedDialog(
            campaign,
            {{DeliveryState::Failed, {}, QStringLiteral("Failed"), 12},
             {DeliveryState::Uncertain, {}, QStringLiteral("Uncertain"), 3},
             {std::nullopt, LeftOutReason::NoAddress, LeftOutReason::sentence(LeftOutReason::NoAddress), 10}},
            nullptr);
        auto* groups = dialog->findChild<QListWidget*>(QStringLiteral("missedGroups"));
        QCOMPARE(dialog->findChild<QLabel*>(QStringLiteral("missedCount"))->text(), QStringLiteral("12 contacts"));
        groups->item(2)->setCheckState(Qt::Checked);
        QCOMPARE(dialog->findChild<QLabel*>(QStringLiteral("missedCount"))->text(), QStringLiteral("22 contacts"));
        const MissedAudience expected{7, {DeliveryState::Failed}, {LeftOutReason::NoAddress}};
        QCOMPARE(dialog->chosen(), expected);
        MissedAudience asked;
        connect(dialog, &MissedDialog::draftAsked, dialog, [&asked](const MissedAudience& missed) { asked = missed; });
        dialog->findChild<QPushButton*>(QStringLiteral("makeMissedDraft"))->click();
        QCOMPARE(asked, expected);
    }

    void whoMissedNobodyCannotMakeADraft()
    {
        MissedDialog dialog({}, {}, nullptr);
        dialog.setAttribute(Qt::WA_DeleteOnClose, false);
        QVERIFY(!dialog.findChild<QPushButton*>(QStringLiteral("makeMissedDraft"))->isEnabled());
        QCOMPARE(dialog.findChild<QLabel*>(QStringLiteral("missedCount"))->text(), QStringLiteral("It has missed nobody."));
    }

    void thePaceHidesWhenThereIsNone()
    {
        QWidget parent;
        CampaignPace pace(&parent);
        CampaignSummary campaign;
        campaign.campaign.state = CampaignState::Sending;
        campaign.total = 10;
        CampaignForecast forecast;
        forecast.remaining = 5;
        forecast.perMinute = 60;
        forecast.endsAt = 60'000;
        pace.show(campaign, forecast, 0);
        QVERIFY(!pace.isHidden());
        QCOMPARE(pace.findChild<QLabel*>(QStringLiteral("campaignRate"))->text(), QStringLiteral("1.0/s"));
        campaign.campaign.state = CampaignState::Finished;
        pace.show(campaign, forecast, 0);
        QVERIFY(pace.isHidden());
    }

private:
    static QString stateOf(const ThrottleControl& control)
    {
        return control.findChild<QLabel*>(QStringLiteral("throttleState"))->text();
    }
};

QTEST_MAIN(CampaignWidgetsTest)
#include "CampaignWidgetsTest.moc"
