// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/base/Future.h"
#include "engine/service/ContactService.h"
#include "engine/service/TemplateService.h"
#include "engine/service/TopicService.h"
#include "tests/integration/ui/WindowRoom.h"
#include "ui/editor/LiquidEditor.h"
#include "ui/frame/MainWindow.h"
#include "ui/topics/TopicsPage.h"
#include "ui/widgets/DataTable.h"
#include "ui/widgets/Theme.h"

#include <QAbstractItemView>
#include <QComboBox>
#include <QDialog>
#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QTabWidget>
#include <QTableView>
#include <QTest>
#include <QToolButton>

using namespace carillon;
using namespace carillon::ui;

namespace {

// A mail with all that an editor colours, and some mistakes.
QString orderMail()
{
    QFile file(QStringLiteral(CARILLON_SOURCE_DIR "/tests/integration/ui/order.html"));
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

} // namespace

// The content of a workspace, written through the window over a whole engine.
class ContentTest : public QObject, private WindowRoom {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(openEngine());
        seed();
        makeWindow();
        m_window->addPage(new TopicsPage(m_engine->services(), m_caller, m_prompts));
        m_window->resize(1280, 800);
        m_window->show();
        m_window->showPage(QStringLiteral("topics"));
    }

    void cleanupTestCase() { closeAll(); }

    void aSnippetIsWrittenAndUsed()
    {
        click("viewSnippets");
        click("newSnippet");
        type("snippetName", QStringLiteral("Foot er"));
        auto* body = find<LiquidEditor>("bodyEditor");
        body->insertPlainText(
            QStringLiteral("<p>{{ brand.postal_address }}</p>\n<p><a href=\"{{ unsubscribe_url }}\">Leave</a></p>"));
        click("saveShared");
        QTRY_VERIFY(find<QLabel>("sharedError")->isVisible());
        find<QLineEdit>("snippetName")->clear();
        type("snippetName", QStringLiteral("footer"));
        m_prompts.texts = {QStringLiteral("First footer")};
        click("saveSharedWithNote");
        QTRY_VERIFY(!find<QPushButton>("saveShared")->isEnabled());
        QTRY_COMPARE(find<DataTable>("snippetTable")->model()->rowCount(), 1);
        QVERIFY(body->document()->isUndoAvailable());
        body->undo(); // saving has not taken it away
        QCOMPARE(body->toPlainText(), QString());
        body->redo();
        shoot("snippets");
    }

    void translationsAreSavedByLanguage()
    {
        click("viewTranslations");
        m_prompts.texts = {QStringLiteral("en"), QStringLiteral("de"), QStringLiteral("greeting"),
                           QStringLiteral("order.shipped"), QStringLiteral("bye")};
        // Without a key the table is not there yet, but its languages are.
        for (const char* button : {"addTextLocale", "addTextLocale", "addTextKey", "addTextKey", "addTextKey"})
            click(button);
        auto* table = find<QTableView>("textTable");
        QCOMPARE(table->model()->rowCount(), 3);
        QVERIFY(set(table, 0, 2, QStringLiteral("Bye, and thanks")));
        QVERIFY(set(table, 1, 1, QStringLiteral("Hallo")));
        QVERIFY(set(table, 1, 2, QStringLiteral("Hello")));
        QVERIFY(set(table, 2, 2, QStringLiteral("Your order %{number} is on its way.")));
        QVERIFY(find<QLabel>("textCount")->text().contains(u"texts missing: 2"));
        shoot("translations");
        click("saveTexts");
        QTRY_COMPARE(wait(m_engine->services().templates.shared(TemplateScope::Texts)).value_or(QList<Template>()).size(),
                     2);
        QVERIFY(!find<QPushButton>("saveTexts")->isEnabled());
    }

    void aCategoryHasContentForAChannel()
    {
        click("viewCategories");
        click("newCategoryContent");
        auto* channel = find<QComboBox>("sharedChannel");
        channel->setCurrentIndex(channel->findData(QStringLiteral("sms")));
        find<LiquidEditor>("textEditor")->setPlainText(QStringLiteral("{{ topic.name }}: look into your mail."));
        click("saveShared");
        QTRY_VERIFY(!find<QPushButton>("saveShared")->isEnabled());
        QVERIFY(!channel->isEnabled());
        showLastTab();
        shoot("category");
    }

    void aTopicsProblemsAreListedByPart()
    {
        click("viewTopics");
        find<DataTable>("topicTable")->selectRow(0);
        QTRY_VERIFY(find<QTabWidget>("topicTabs")->isVisible());
        find<QTabWidget>("topicTabs")->setCurrentIndex(1);
        auto* editor = find<LiquidEditor>("htmlEditor");
        editor->setPlainText(orderMail());
        QVERIFY(!editor->text().isEmpty());
        QTRY_VERIFY(!editor->problems().isEmpty());
        find<QToolButton>("problemSummary")->click();
        editor->goTo(11, 9);
        m_window->activateWindow();
        shoot("problems");
        QTest::keyClick(editor, Qt::Key_F8);
        const auto* walked = qobject_cast<LiquidEditor*>(QApplication::focusWidget());
        QVERIFY(walked && !walked->problems().isEmpty());
        QCOMPARE(walked->textCursor().blockNumber() + 1, walked->problems().first().line);
        editor->setFocus();
        find<QToolButton>("problemSummary")->click();
        editor->goTo(12, 6);
        QTest::keyClick(editor, Qt::Key_F, Qt::ControlModifier);
        QTest::keyClick(editor, Qt::Key_H, Qt::ControlModifier);
        find<QLineEdit>("findText")->setText(QStringLiteral("item"));
        shoot("find");
        QTest::keyClick(find<QLineEdit>("findText"), Qt::Key_Escape);
    }

    void completionTellsExamples()
    {
        auto* editor = find<LiquidEditor>("htmlEditor");
        editor->setFocus();
        editor->goTo(11, 5);
        QTest::keyClick(editor, Qt::Key_End);
        QTest::keyClicks(editor, QStringLiteral("{{ contact."));
        QWidget* popup = nullptr;
        for (QWidget* widget : QApplication::topLevelWidgets()) {
            if (widget->objectName() == u"completionPopup" && widget->isVisible())
                popup = widget;
        }
        QVERIFY(popup);
        shootWith("completion", popup);
        QTest::keyClick(popup, Qt::Key_Escape);
        QTest::keyClicks(editor, QStringLiteral("plan | "));
        for (QWidget* widget : QApplication::topLevelWidgets()) {
            if (widget->objectName() == u"completionPopup" && widget->isVisible())
                popup = widget;
        }
        shootWith("completion-filters", popup);
        QTest::keyClick(popup, Qt::Key_Escape);
        editor->setPlainText(QStringLiteral("<p>Hello {{ contact.first_name }}</p>"));
    }

    void savingMakesVersionsAndHistoryGoesBack()
    {
        auto* editor = find<LiquidEditor>("htmlEditor");
        click("saveTopic");
        QTRY_VERIFY(!find<QPushButton>("saveTopic")->isEnabled());
        editor->setPlainText(
            QStringLiteral("<h1>News</h1>\n<p>Hello {{ contact.first_name | default: \"friend\" }}</p>\n<p>Bye</p>"));
        m_prompts.texts = {QStringLiteral("A heading, and nobody is nameless")};
        click("saveTopicWithNote");
        QTRY_VERIFY(!find<QPushButton>("saveTopic")->isEnabled());
        QTest::keyClicks(editor, QStringLiteral("x"));
        QTRY_VERIFY(find<QPushButton>("contentHistory")->isEnabled());
        click("contentHistory");
        auto* dialog = m_window->findChild<QDialog*>(QStringLiteral("historyDialog"));
        auto* versions = dialog->findChild<DataTable*>(QStringLiteral("versionTable"));
        QTRY_COMPARE(versions->model()->rowCount(), 3);
        QCOMPARE(versions->model()->index(0, 3).data().toString(), QStringLiteral("A heading, and nobody is nameless"));
        shootWith("history", dialog);
        versions->selectRow(1);
        m_prompts.confirms = {true};
        dialog->findChild<QPushButton*>(QStringLiteral("rollBack"))->click();
        QTRY_COMPARE(editor->toPlainText(), QStringLiteral("<p>Hello {{ contact.first_name }}</p>"));
        QTRY_COMPARE(versions->model()->rowCount(), 4);
        dialog->close();
        editor->undo();
        QVERIFY(editor->toPlainText().contains(u"<h1>News</h1>"));
    }

    void filesAreAttached()
    {
        const QString path = m_folder.filePath(QStringLiteral("terms.pdf"));
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(QByteArray("%PDF-1.4\n") + QByteArray(40'000, 'x'));
        file.close();
        auto* tabs = find<QTabWidget>("partTabs");
        tabs->setCurrentIndex(tabs->count() - 2);
        m_prompts.paths = {path};
        click("attachFile");
        QTRY_COMPARE(find<DataTable>("attachmentTable")->model()->rowCount(), 1);
        shoot("attachments");
        showLastTab();
        shoot("options");
        click("saveTopic");
        QTRY_VERIFY(!find<QPushButton>("saveTopic")->isEnabled());
        const auto topic = wait(m_engine->services().topics.find(QStringLiteral("order.shipped")));
        QVERIFY(topic);
        QCOMPARE(topic->templates.first().settings.value(u"attachments").toArray().size(), 1);
    }

private:
    template <typename T>
    static Result<T> wait(const Future<T>& future)
    {
        std::optional<Result<T>> answer;
        QObject context;
        whenReady(future, &context, [&answer](const Result<T>& result) { answer = result; });
        if (!QTest::qWaitFor([&answer] { return answer.has_value(); }, 10'000))
            return fail(ErrorCode::Cancelled, QStringLiteral("no answer"));
        return *answer;
    }

    void seed()
    {
        Brand brand;
        brand.name = QStringLiteral("Shop");
        brand.fromAddress = QStringLiteral("news@example.org");
        const auto brandId = wait(m_engine->services().topics.saveBrand(m_caller, brand));
        QVERIFY(brandId);
        Contact contact;
        contact.name = QStringLiteral("Zoë Müller");
        contact.locale = QStringLiteral("de");
        contact.attributes = {{QStringLiteral("first_name"), QStringLiteral("Zoë")},
                              {QStringLiteral("plan"), QStringLiteral("gold")},
                              {QStringLiteral("date of birth"), QStringLiteral("1980-02-29")}};
        contact.addresses = {{0, 0, QStringLiteral("email"), QStringLiteral("zoe@example.org"), AddressState::Active}};
        QVERIFY(wait(m_engine->services().contacts.save(m_caller, contact)));
        TopicDetail topic;
        topic.topic.key = QStringLiteral("order.shipped");
        topic.topic.name = QStringLiteral("Order shipped");
        topic.topic.brandId = *brandId;
        Template mail;
        mail.channel = QStringLiteral("email");
        mail.parts = {{QStringLiteral("subject"), QStringLiteral("Your order {{ data.number }}")},
                      {QStringLiteral("html"), QStringLiteral("<p>Hello</p>")}};
        topic.templates = {mail};
        QVERIFY(wait(m_engine->services().topics.save(m_caller, topic)));
    }

    static bool set(QTableView* table, int row, int column, const QString& text)
    {
        return table->model()->setData(table->model()->index(row, column), text);
    }

    void showLastTab()
    {
        auto* tabs = find<QTabWidget>("partTabs");
        tabs->setCurrentIndex(tabs->count() - 1);
    }
    void shoot(const char* name) { shootWith(name, nullptr); }

    // A picture of the window, with another window painted over it where that stands, in light and in dark.
    void shootWith(const char* name, QWidget* over)
    {
        const QString folder = qEnvironmentVariable("CARILLON_SHOTS");
        if (folder.isEmpty())
            return;
        QVERIFY(QDir().mkpath(folder));
        for (const ThemeChoice look : {ThemeChoice::Dark, ThemeChoice::Light}) {
            m_theme->setChoice(look);
            QTest::qWait(300);
            QPixmap picture = m_window->grab();
            if (over)
                over->render(&picture, over->mapToGlobal(QPoint()) - m_window->mapToGlobal(QPoint()));
            const QString file
                = u"editor-%1-%2.png"_qs.arg(QString::fromLatin1(name), m_theme->isDark() ? u"dark"_qs : u"light"_qs);
            QVERIFY(picture.save(QDir(folder).filePath(file)));
        }
    }
};

QTEST_MAIN(ContentTest)
#include "ContentTest.moc"
