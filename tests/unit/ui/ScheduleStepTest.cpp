// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/composer/ScheduleStep.h"
#include "ui/contacts/ContactEditor.h"
#include "ui/forms/DurationField.h"
#include "ui/forms/FieldForm.h"
#include "ui/topics/RulesForm.h"
#include "ui/widgets/Theme.h"

#include <QAbstractButton>
#include <QComboBox>
#include <QDateTimeEdit>
#include <QDir>
#include <QLabel>
#include <QLineEdit>
#include <QScrollArea>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTest>

using namespace carillon;
using namespace carillon::ui;

namespace {

constexpr qint64 hourMs = 3'600'000;

template <typename T>
T* part(const QObject& of, const char* name)
{
    T* found = of.findChild<T*>(QString::fromLatin1(name));
    if (!found)
        qFatal("there is no %s", name);
    return found;
}

Campaign filled(const ScheduleStep& step)
{
    Campaign campaign;
    step.fill(campaign);
    return campaign;
}

Campaign recurring(const char* rule)
{
    Campaign campaign;
    campaign.schedule.kind = ScheduleKind::Recurring;
    campaign.schedule.localTime = QStringLiteral("2126-12-01T09:00");
    campaign.schedule.zone = QStringLiteral("Europe/Madrid");
    campaign.schedule.rule = QString::fromLatin1(rule);
    return campaign;
}

} // namespace

// The forms for when something goes out: what is put in comes out again, and what cannot be is said.
class ScheduleStepTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { m_theme = new Theme(*qApp); }
    void cleanupTestCase() { delete m_theme; }

    void beginsWithNow()
    {
        const ScheduleStep step;
        QVERIFY(step.isNow());
        QVERIFY(step.problem().isEmpty());
        QVERIFY(filled(step) == Campaign());
    }

    void keepsWhatItIsGiven_data()
    {
        QTest::addColumn<QString>("rule");
        for (const char* rule :
             {"FREQ=DAILY", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR;COUNT=12", "FREQ=MONTHLY;BYMONTHDAY=-1", "FREQ=YEARLY;COUNT=3",
              "FREQ=MONTHLY;BYDAY=-1FR;UNTIL=21301231", "FREQ=MONTHLY;BYDAY=2TU;COUNT=5"})
            QTest::newRow(rule) << QString::fromLatin1(rule);
    }
    void keepsWhatItIsGiven()
    {
        QFETCH(QString, rule);
        Campaign campaign = recurring(qPrintable(rule));
        campaign.schedule.window = SendWindow{{22 * 60, 24 * 60}, 0b0011111, QStringLiteral("Asia/Tokyo")};
        campaign.schedule.missed = MissedPolicy::Skip;
        campaign.schedule.missedWithinMs = 2 * hourMs;
        campaign.schedule.expiresAfterMs = 90'500; // not to be shown exactly, and kept
        campaign.control.holdMs = 45'000;
        ScheduleStep step;
        step.setCampaign(campaign);
        const Campaign back = filled(step);
        QVERIFY(back.schedule == campaign.schedule);
        QCOMPARE(back.control.holdMs, campaign.control.holdMs);
        QVERIFY(!step.isNow());
        campaign.schedule = {};
        campaign.schedule.kind = ScheduleKind::ContactZone;
        campaign.schedule.localTime = QStringLiteral("2126-12-24T09:30");
        step.setCampaign(campaign);
        QVERIFY(filled(step).schedule == campaign.schedule);
        step.setCampaign({});
        QVERIFY(filled(step) == Campaign());
    }

    void theUsualRulesHaveNames()
    {
        ScheduleStep step;
        step.setCampaign(recurring("FREQ=WEEKLY;COUNT=8"));
        const auto* choice = part<QComboBox>(step, "repeatChoice");
        QCOMPARE(choice->currentData().toString(), QStringLiteral("FREQ=WEEKLY"));
        QVERIFY(choice->currentText().contains(QLocale().dayName(QDate(2126, 12, 1).dayOfWeek())));
        QCOMPARE(part<QSpinBox>(step, "repeatTimes")->value(), 8);
        QVERIFY(!part<QLineEdit>(step, "repeatRule")->isVisibleTo(&step));
        step.setCampaign(recurring("FREQ=MONTHLY;BYDAY=-1FR"));
        QVERIFY(part<QLineEdit>(step, "repeatRule")->isVisibleTo(&step));
        QVERIFY(!part<QSpinBox>(step, "repeatTimes")->isVisibleTo(&step));
    }

    void aTimeThatIsPastIsSaid()
    {
        ScheduleStep step;
        part<QAbstractButton>(step, "scheduleLater")->click();
        QVERIFY(step.problem().isEmpty());
        part<QDateTimeEdit>(step, "scheduleAt")->setDateTime(QDateTime::currentDateTime().addSecs(-3600));
        QVERIFY(!step.problem().isEmpty());
        QCOMPARE(part<QLabel>(step, "scheduleProblem")->text(), step.problem());
    }

    void aChoiceIsToldOnce()
    {
        ScheduleStep step;
        QSignalSpy changed(&step, &ScheduleStep::changed);
        step.setCampaign(recurring("FREQ=DAILY"));
        QCOMPARE(changed.size(), 0);
        part<QAbstractButton>(step, "scheduleContactZone")->click();
        QCOMPARE(changed.size(), 1);
        part<QAbstractButton>(step, "windowOn")->click();
        QCOMPARE(changed.size(), 2);
        QVERIFY(filled(step).schedule.window.has_value());
    }

    void aWindowThatIsNeverOpenIsSaid()
    {
        ScheduleStep step;
        part<QAbstractButton>(step, "windowOn")->click();
        QVERIFY(step.problem().isEmpty());
        part<QComboBox>(step, "windowZone")->setCurrentText(QStringLiteral("Mars/Olympus"));
        QVERIFY(step.problem().contains(QStringLiteral("Mars/Olympus")));
        part<QComboBox>(step, "windowZone")->setCurrentText({});
        for (int day = 1; day <= 7; ++day)
            part<QAbstractButton>(step, qPrintable(QStringLiteral("windowDay%1").arg(day)))->click();
        QVERIFY(!step.problem().isEmpty());
    }

    void theNextDatesAreShownByTheirOwnClock()
    {
        ScheduleStep step;
        step.setCampaign(recurring("FREQ=DAILY"));
        const qint64 first = QDateTime(QDate(2126, 12, 1), QTime(8, 0), Qt::UTC).toMSecsSinceEpoch();
        step.showNextDates(QList<qint64>{first, first + 24 * hourMs});
        const QString text = part<QLabel>(step, "scheduleDates")->text();
        QVERIFY2(text.contains(QStringLiteral("09:00")) && text.contains(QStringLiteral("Europe/Madrid")), qPrintable(text));
        QCOMPARE(step.nextDate(), first);
        const QString said = QStringLiteral("FREQ is missing.");
        step.showNextDates(fail(ErrorCode::InvalidInput, said, QStringLiteral("rule")));
        QCOMPARE(step.problem(), said);
        QVERIFY(part<QLabel>(step, "scheduleDates")->text().isEmpty());
    }

    void anOwnRuleIsTyped()
    {
        ScheduleStep step;
        step.setCampaign(recurring("FREQ=DAILY"));
        auto* choice = part<QComboBox>(step, "repeatChoice");
        choice->setCurrentIndex(choice->count() - 1);
        Q_EMIT choice->activated(choice->currentIndex());
        auto* rule = part<QLineEdit>(step, "repeatRule");
        rule->clear();
        QTest::keyClicks(rule, QStringLiteral("FREQ=MONTHLY;BYDAY=1MO"));
        QCOMPARE(filled(step).schedule.rule, QStringLiteral("FREQ=MONTHLY;BYDAY=1MO"));
    }

    void durations()
    {
        DurationField field(QStringLiteral("d"), QStringLiteral("D"), QStringLiteral("none"));
        for (const qint64 ms : {0LL, 1'000LL, 90'000LL, 3'600'000LL, 172'800'000LL, 1'234LL}) {
            field.setMs(ms);
            QCOMPARE(field.ms(), ms);
        }
        field.setMs(hourMs);
        part<QSpinBox>(field, "d")->setValue(3);
        QCOMPARE(field.ms(), 3 * hourMs);
    }

    void theRulesOfATopic()
    {
        FieldForm form;
        RulesForm rules(&form);
        const DispatchRules given{30'000, DayPart{22 * 60, 7 * 60}, false, 0};
        rules.setRules(given);
        QVERIFY(*rules.rules() == given);
        part<QLineEdit>(form, "topicQuietHours")->setText(QStringLiteral("at night"));
        QCOMPARE(rules.rules().error().field, QStringLiteral("quiet_hours"));
        QVERIFY(form.showError(rules.rules().error()));
    }

    void theQuietHoursOfAContact()
    {
        ContactEditor editor;
        Contact contact;
        contact.name = QStringLiteral("Ann");
        contact.quietHours = QStringLiteral("22:00-07:00");
        editor.setContact(contact);
        QCOMPARE(editor.contact().quietHours, contact.quietHours);
        QVERIFY(editor.showError({ErrorCode::InvalidInput, QStringLiteral("?"), QStringLiteral("quiet_hours")}));
    }

    // Pictures, where CARILLON_SHOTS says.
    void pictures()
    {
        const QString folder = qEnvironmentVariable("CARILLON_SHOTS");
        if (folder.isEmpty())
            QSKIP("CARILLON_SHOTS is not set");
        QVERIFY(QDir().mkpath(folder));
        Campaign series = recurring("FREQ=WEEKLY;COUNT=8");
        series.schedule.window = SendWindow{{9 * 60, 18 * 60}, 0b0011111, {}};
        series.schedule.missed = MissedPolicy::Send;
        series.schedule.missedWithinMs = 2 * hourMs;
        Campaign zoned;
        zoned.schedule.kind = ScheduleKind::ContactZone;
        zoned.schedule.localTime = QStringLiteral("2126-12-24T09:00");
        const qint64 first = QDateTime(QDate(2126, 12, 1), QTime(8, 0), Qt::UTC).toMSecsSinceEpoch();
        for (const ThemeChoice look : {ThemeChoice::Dark, ThemeChoice::Light}) {
            m_theme->setChoice(look);
            const QString suffix = look == ThemeChoice::Dark ? QStringLiteral("-dark.png") : QStringLiteral("-light.png");
            const std::pair<QString, Campaign> steps[] = {
                {QStringLiteral("now"), Campaign()}, {QStringLiteral("recurring"), series}, {QStringLiteral("zone"), zoned}};
            for (const auto& [name, campaign] : steps) {
                ScheduleStep step;
                step.setCampaign(campaign);
                if (!step.isNow())
                    step.showNextDates(QList<qint64>{first, first + 26 * hourMs});
                step.resize(500, 640);
                QVERIFY(step.grab().save(QDir(folder).filePath(QStringLiteral("schedule-") + name + suffix)));
            }
            FieldForm form;
            RulesForm rules(&form);
            rules.setRules({30'000, DayPart{22 * 60, 7 * 60}, true, 0});
            form.resize(600, form.sizeHint().height());
            QVERIFY(form.grab().save(QDir(folder).filePath(QStringLiteral("rules") + suffix)));
        }
    }

private:
    Theme* m_theme = nullptr;
};

QTEST_MAIN(ScheduleStepTest)
#include "ScheduleStepTest.moc"
