// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/accounts/HealthText.h"
#include "ui/accounts/LimitsForm.h"
#include "ui/overview/AccountHealthList.h"
#include "ui/widgets/DataTable.h"
#include "ui/widgets/StateBadge.h"

#include <QCheckBox>
#include <QDoubleSpinBox>
#include <QLabel>
#include <QLocale>
#include <QScrollBar>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTest>

using namespace carillon;
using namespace carillon::ui;

namespace {

constexpr qint64 Now = 1'780'000'000'000;

AccountHealth healthy()
{
    AccountHealth account;
    account.accountId = 1;
    account.name = QStringLiteral("Relay");
    account.channel = QStringLiteral("email");
    account.state = QStringLiteral("ok");
    account.breaker = QStringLiteral("closed");
    account.perSecond = 14;
    account.limitPerSecond = 14;
    account.inFlight = 3;
    account.inFlightLimit = 20;
    return account;
}

AccountHealth broken()
{
    AccountHealth account = healthy();
    account.name = QStringLiteral("Backup");
    account.state = QStringLiteral("down");
    account.breaker = QStringLiteral("open");
    account.waitsUntil = Now + 40'000;
    account.detail = QStringLiteral("Connection refused");
    return account;
}

} // namespace

// How accounts fare, in words and not by colour alone; and what may be set for them.
class AccountHealthTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    // Nothing is to be scrolled to: how many failed matters more than how many are on the wire.
    void aNarrowListShowsWhatMattersMost()
    {
        AccountHealthList list;
        list.setAccounts({AccountHealth()}, 0);
        list.show();
        const auto* table = list.findChild<QTableView*>();
        for (const int width : {900, 500, 430, 900}) {
            list.resize(width, 260);
            QTRY_VERIFY(!table->isColumnHidden(5) && !table->isColumnHidden(1));
            QTRY_COMPARE(table->isColumnHidden(3), width < 630);
            QTRY_COMPARE(table->horizontalScrollBar()->maximum(), 0);
        }
    }

    void initTestCase() { QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedKingdom)); }

    void wellIsShort()
    {
        QCOMPARE(healthTitle(healthy()), QStringLiteral("Healthy"));
        QCOMPARE(healthTone(healthy()), Tone::Good);
        QCOMPARE(healthSentence(healthy(), Now), QStringLiteral("Healthy."));
        QCOMPARE(healthRate(healthy()), QStringLiteral("14/s"));
        QCOMPARE(healthInFlight(healthy()), QStringLiteral("3 of 20"));
        QCOMPARE(healthRate({}), QStringLiteral("no limit"));
    }

    void anOpenBreakerSaysWhenItTriesAgain()
    {
        QCOMPARE(healthTitle(broken()), QStringLiteral("Breaker open"));
        QCOMPARE(healthTone(broken()), Tone::Bad);
        const QString sentence = healthSentence(broken(), Now);
        QVERIFY2(sentence.startsWith(u"Breaker open. It is tried again at "), qPrintable(sentence));
        QVERIFY2(sentence.endsWith(u", in about 40 s. Connection refused."), qPrintable(sentence));
    }

    // What was found out by hand is not forgotten beside it.
    void aFailedCheckIsNotHealthy()
    {
        AccountHealth account = healthy();
        account.checkedAt = Now - 60'000;
        QVERIFY(healthSentence(account, Now).startsWith(u"Healthy. The last check ("));
        QVERIFY(healthSentence(account, Now).endsWith(u") went well."));
        QCOMPARE(healthTone(account), Tone::Good);
        account.checkError = QStringLiteral("Connection refused");
        QCOMPARE(healthTitle(account), QStringLiteral("Check failed"));
        QCOMPARE(healthTone(account), Tone::Bad);
        const QString sentence = healthSentence(account, Now);
        QVERIFY2(sentence.startsWith(u"Check failed ("), qPrintable(sentence));
        QVERIFY2(sentence.endsWith(u"): Connection refused."), qPrintable(sentence));
        account.breaker = QStringLiteral("open");
        QCOMPARE(healthTitle(account), QStringLiteral("Breaker open")); // what it does to sending is worse
    }

    void aProbeIsSaid()
    {
        AccountHealth account = broken();
        account.breaker = QStringLiteral("half_open");
        account.waitsUntil = 0;
        QCOMPARE(healthTitle(account), QStringLiteral("Probing"));
        QVERIFY(healthSentence(account, Now).contains(u"One message is out"));
    }

    void aSlowedAccountSaysHowMuch()
    {
        AccountHealth account = healthy();
        account.state = QStringLiteral("throttled");
        account.perSecond = 7.5;
        account.slowDestinations = 3;
        QCOMPARE(healthRate(account), QStringLiteral("7.5/s of 14/s"));
        const QString sentence = healthSentence(account, Now);
        QVERIFY2(sentence.contains(u"7.5/s instead of 14/s"), qPrintable(sentence));
        QVERIFY2(sentence.contains(u"3 destinations wait."), qPrintable(sentence));
    }

    void theListTellsOfTheFirstThatIsNotWell()
    {
        AccountHealthList list;
        list.setAccounts({healthy(), broken()}, Now);
        auto* table = list.findChild<DataTable*>(QStringLiteral("accountHealthTable"));
        QCOMPARE(table->model()->rowCount(), 2);
        const QModelIndex state = table->model()->index(1, 1);
        QCOMPARE(state.data().toString(), QStringLiteral("Breaker open"));
        QCOMPARE(state.data(ToneRole).toInt(), static_cast<int>(Tone::Bad));
        QVERIFY(state.data(Qt::AccessibleTextRole).toString().contains(u"Connection refused"));
        auto* sentence = list.findChild<QLabel*>(QStringLiteral("accountHealthSentence"));
        QVERIFY(sentence->text().startsWith(u"Backup: Breaker open."));
        table->selectRow(0);
        QVERIFY(sentence->text().startsWith(u"Relay: Healthy."));
        table->clearSelection();
        table->setCurrentIndex({});
        list.setAccounts({healthy()}, Now);
        QVERIFY(sentence->isHidden());
    }

    void limitsGoThroughTheFormUnchanged()
    {
        const AccountLimits limits{0.2, 50, 20, 1, 3, 2, false};
        LimitsForm form(limits, {});
        QCOMPARE(form.limits(), limits);
        QCOMPARE(LimitsForm({}, {}).limits(), AccountLimits());
    }

    void whatIsDocumentedIsSaidAtItsField()
    {
        AccountLimits documented;
        documented.destinationPerSecond = 1;
        LimitsForm form({}, documented);
        QVERIFY(form.field(u"destination_per_second"_qs)->accessibleDescription().endsWith(u"The platform documents 1."));
        QVERIFY(!form.field(u"per_second"_qs)->accessibleDescription().contains(u"documents"));
        auto* box = form.findChild<QDoubleSpinBox*>(QStringLiteral("limit_per_second"));
        QCOMPARE(box->text(), QStringLiteral("no limit"));
        QSignalSpy edited(&form, &LimitsForm::edited);
        box->setValue(14);
        QCOMPARE(edited.size(), 1);
        QVERIFY(form.showError({ErrorCode::InvalidInput, QStringLiteral("Too much."), QStringLiteral("per_second")}));
    }
};

QTEST_MAIN(AccountHealthTest)
#include "AccountHealthTest.moc"
