// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/integration/ui/AltLetters.h"
#include "app/SampleWorkspace.h"
#include "engine/service/AccountService.h"
#include "engine/service/CampaignService.h"
#include "tests/integration/ui/WindowRoom.h"
#include "ui/frame/ConsolePage.h"
#include "ui/frame/Pages.h"
#include "ui/widgets/DataTable.h"

#include <QTabBar>
#include <QToolButton>

using namespace carillon;
using namespace carillon::ui;

// Every page, part and tab, as a person opens them one after another: a letter with Alt leads to one thing.
class AltLettersTest : public QObject, private WindowRoom {
    Q_OBJECT

    QStringList m_twice;
    QStringList m_places; // where it has looked

    void look(const QString& where)
    {
        QCoreApplication::sendPostedEvents();
        m_places << where;
        const QStringList twice = claimedTwice(*m_window);
        for (const QString& names : twice) {
            if (const QString found = where + u": " + names; !m_twice.contains(found))
                m_twice << found;
        }
    }

    // Every tab of the page, and every tab within it.
    void lookIntoTabs(const QString& where, const QWidget& within)
    {
        look(where);
        const QList<QTabBar*> bars = within.findChildren<QTabBar*>();
        for (QTabBar* bar : bars) {
            const int first = bar->currentIndex();
            for (int tab = 0; bar->isVisible() && tab < bar->count(); ++tab) {
                if (!bar->isTabVisible(tab))
                    continue;
                bar->setCurrentIndex(tab);
                const QString inside = where + u" / " + bar->tabText(tab).remove(u'&');
                auto* tabs = qobject_cast<QTabWidget*>(bar->parentWidget());
                if (tabs)
                    lookIntoTabs(inside, *tabs->currentWidget());
                else
                    look(inside);
            }
            if (first >= 0)
                bar->setCurrentIndex(first);
        }
    }

    void show(const char* page, const char* table = nullptr)
    {
        m_window->showPage(QString::fromLatin1(page));
        if (!table)
            return;
        auto* rows = find<DataTable>(table);
        QTRY_VERIFY_WITH_TIMEOUT(rows->model()->rowCount() > 0, 15'000);
        rows->selectRow(0);
    }

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(openEngine());
        const Result<qint64> campaign = fillSampleWorkspace(m_engine->services(), m_caller);
        QVERIFY(campaign);
        m_campaign = *campaign;
        makeWindow();
        addPages(*m_window, m_engine->services(), m_caller, m_prompts, m_clock);
        m_window->resize(1360, 860);
        m_window->show();
    }

    void cleanupTestCase() { closeAll(); }

    void whatIsClaimedTwiceIsFound()
    {
        QWidget window;
        QPushButton save(QStringLiteral("&Save"), &window);
        QPushButton send(QStringLiteral("&Send"), &window);
        QPushButton name(QStringLiteral("&Name"), &window);
        window.show();
        QCOMPARE(claimedTwice(window).size(), 1);
        send.hide();
        QCOMPARE(claimedTwice(window).size(), 0);
    }

    void theComposer()
    {
        m_window->findChild<ConsolePage*>(QStringLiteral("composer"))->open(m_campaign);
        show("composer");
        QTRY_COMPARE(find<QLineEdit>("campaignName")->text(), QStringLiteral("Welcome, everyone"));
        for (const char* step : {"stepContent", "stepAudience", "stepSchedule", "stepReview"}) {
            click(step);
            lookIntoTabs(QString::fromLatin1(step), *m_window->currentPage());
        }
        QCOMPARE(m_twice.join(u'\n'), QString());
    }

    void aTopic()
    {
        show("topics", "topicTable");
        QTRY_VERIFY(find<QLineEdit>("topicName")->isVisible());
        lookIntoTabs(QStringLiteral("topics"), *m_window->currentPage());
        QVERIFY2(m_places.contains(QStringLiteral("topics / Content / Attachments")), qPrintable(m_places.join(u'\n')));
        QCOMPARE(m_twice.join(u'\n'), QString());
    }

    void aContact()
    {
        show("contacts", "contactTable");
        QTRY_VERIFY(find<QLineEdit>("contactName")->isVisible());
        lookIntoTabs(QStringLiteral("contacts"), *m_window->currentPage());
        QCOMPARE(m_twice.join(u'\n'), QString());
    }

    // As a draft, while it goes out, paused, and when it has been cancelled.
    void aCampaign()
    {
        const auto at = [this](const char* button, const char* where) {
            QTRY_VERIFY_WITH_TIMEOUT(find<QPushButton>(button)->isVisible(), 15'000);
            lookIntoTabs(QString::fromLatin1(where), *m_window->currentPage());
        };
        m_window->findChild<ConsolePage*>(QStringLiteral("campaigns"))->open(m_campaign);
        show("campaigns");
        at("editCampaignButton", "a draft");
        CampaignService& campaigns = m_engine->services().campaigns;
        QVERIFY(campaigns.schedule(m_caller, m_campaign, 0).result());
        at("pauseCampaignButton", "sending");
        QVERIFY(campaigns.pause(m_caller, m_campaign).result());
        at("resumeCampaignButton", "paused");
        QVERIFY(campaigns.cancel(m_caller, m_campaign).result());
        at("sendToMissedButton", "cancelled");
        show("overview");
        look(QStringLiteral("overview"));
        show("deliveries", "deliveryTable");
        look(QStringLiteral("deliveries"));
        QCOMPARE(m_twice.join(u'\n'), QString());
    }

    void accountsAndDashboards()
    {
        show("accounts", "accountTable");
        QTRY_VERIFY(find<QPushButton>("probeAccount")->isVisible());
        look(QStringLiteral("an account"));
        click("newAccount");
        look(QStringLiteral("a new account"));
        show("dashboards");
        look(QStringLiteral("dashboards"));
        QCOMPARE(m_twice.join(u'\n'), QString());
    }

private:
    qint64 m_campaign = 0;
};

QTEST_MAIN(AltLettersTest)
#include "AltLettersTest.moc"
