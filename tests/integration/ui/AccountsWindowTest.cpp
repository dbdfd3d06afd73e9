// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/service/AccountService.h"
#include "tests/integration/ui/AltLetters.h"
#include "tests/integration/ui/WindowRoom.h"
#include "tests/unit/ui/Shots.h"
#include "ui/accounts/AccountsPage.h"
#include "ui/accounts/ProviderForm.h"
#include "ui/frame/Pages.h"
#include "ui/widgets/DataTable.h"

#include <QComboBox>
#include <QDoubleSpinBox>
#include <QJsonDocument>
#include <QLabel>
#include <QPlainTextEdit>
#include <QRegularExpression>
#include <QToolButton>
#include <QTreeWidget>

using namespace carillon;
using namespace carillon::ui;

namespace {

const QString Password = QStringLiteral("hunter2-Zq8");

// Which parts of a card ask for more than it has.
QString widest(const QWidget& card, int width)
{
    QStringList names;
    const QList<QWidget*> parts = card.findChildren<QWidget*>();
    for (const QWidget* part : parts) {
        if (part->isVisible() && part->minimumSizeHint().width() > width - 3 * Theme::Space)
            names << QString::fromLatin1(part->metaObject()->className()) + u' ' + part->objectName();
    }
    return names.join(QStringLiteral(", "));
}

// Where a field and the words under it stand apart as if they had nothing to do with each other.
QStringList gaps(const QWidget& window)
{
    QStringList gaps;
    const QList<QLabel*> labels = window.findChildren<QLabel*>();
    for (const QLabel* label : labels) {
        static const QRegularExpression name(QStringLiteral("^(field|limit)_"));
        const QList<QWidget*> fields = label->parentWidget()->findChildren<QWidget*>(name, Qt::FindDirectChildrenOnly);
        const QWidget* field = fields.isEmpty() ? nullptr : fields.first();
        if (field && label->isVisible() && label->geometry().top() - field->geometry().bottom() > Theme::Space)
            gaps << field->objectName() + u": "_qs + QString::number(label->geometry().top() - field->geometry().bottom());
    }
    return gaps;
}

// Fields that are too narrow to type in.
QStringList tooNarrow(const QWidget& window)
{
    constexpr int Least = 140;
    QStringList narrow;
    const QList<QLineEdit*> lines = window.findChildren<QLineEdit*>();
    for (const QLineEdit* line : lines) {
        if (line->isVisible() && line->objectName().startsWith(u"field_") && line->width() < Least)
            narrow << u"%1: %2"_qs.arg(line->objectName()).arg(line->width());
    }
    return narrow;
}

// What a person could not read whole: forms that are wider than their card, and words that are wider than their label.
QStringList cutOff(const QWidget& window)
{
    QStringList cut;
    const QList<QScrollArea*> areas = window.findChildren<QScrollArea*>();
    for (const QScrollArea* area : areas) {
        if (area->isVisible() && area->widget() && area->horizontalScrollBarPolicy() == Qt::ScrollBarAlwaysOff
            && area->widget()->width() > area->viewport()->width())
            cut << QStringLiteral("a card's content is %1 wide in %2: ")
                        .arg(area->widget()->width())
                        .arg(area->viewport()->width())
                    + widest(*area->widget(), area->viewport()->width());
    }
    const QList<QLabel*> labels = window.findChildren<QLabel*>();
    for (const QLabel* label : labels) {
        const bool tooNarrow = !label->wordWrap() && label->sizeHint().width() > label->width() + 1;
        const bool tooLow = label->wordWrap() && label->heightForWidth(label->width()) > label->height() + 1;
        if (label->isVisible() && !label->text().isEmpty() && (tooNarrow || tooLow))
            cut << label->text();
    }
    const QList<QPushButton*> buttons = window.findChildren<QPushButton*>();
    for (const QPushButton* button : buttons) {
        if (button->isVisible() && button->sizeHint().width() > button->width() + 1)
            cut << button->text();
    }
    return cut;
}

} // namespace

// Accounts as an administrator makes, tries and changes them.
class AccountsWindowTest : public QObject, private WindowRoom {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(openEngine());
        makeWindow();
        addPages(*m_window, m_engine->services(), m_caller, m_prompts, m_clock);
        m_window->resize(1024, 700);
        m_window->show();
        m_window->showPage(QStringLiteral("accounts"));
    }

    void cleanupTestCase() { closeAll(); }

    void whatIsNotKnownIsSaid()
    {
        click("newAccount");
        QVERIFY(!find<QPushButton>("continueAccount")->isEnabled());
        paste(QStringLiteral("what is this?"));
        QTRY_VERIFY(find<QLabel>("pasteAnswer")->isVisible());
        QVERIFY(find<QLabel>("pasteAnswer")->text().contains(u"not known"));
        QCOMPARE(claimedTwice(*m_window).join(u' '), QString());
        QTRY_COMPARE(cutOff(*m_window).join(u'\n'), QString());
        takeShots(*m_window, *m_theme, {QStringLiteral("accounts")}, QStringLiteral("-new"));
        m_window->resize(1024, 700);
    }

    void aMailServersAddressFillsInTheForm()
    {
        paste(QStringLiteral("smtps://anna:%1@127.0.0.1:1/").arg(Password));
        QTRY_VERIFY(isShown("field_host"));
        QCOMPARE(find<QLineEdit>("field_host")->text(), QStringLiteral("127.0.0.1"));
        QCOMPARE(find<QDoubleSpinBox>("field_port")->value(), 1.0);
        QCOMPARE(find<QComboBox>("field_security")->currentText(), QStringLiteral("tls"));
        QCOMPARE(find<QLineEdit>("field_username")->text(), QStringLiteral("anna"));
        QCOMPARE(find<QLineEdit>("field_password")->text(), Password);
        QCOMPARE(find<QLineEdit>("field_password")->echoMode(), QLineEdit::Password);
        QVERIFY2(find<QPlainTextEdit>("pasteCredential")->toPlainText().isEmpty(), "what was pasted does not stay there");
        QVERIFY(!isShown("field_timeout_data"));
        QTRY_COMPARE(cutOff(*m_window).join(u'\n'), QString());
    }

    void aWrongFieldIsSaidWhileItIsTyped()
    {
        auto* host = find<QLineEdit>("field_host");
        host->selectAll();
        QTest::keyClicks(host, QStringLiteral("two words"));
        QTRY_VERIFY(!find<QLabel>("hostError")->text().isEmpty());
        host->selectAll();
        QTest::keyClicks(host, QStringLiteral("127.0.0.1"));
        QVERIFY(find<QLabel>("hostError")->text().isEmpty());
        QTest::qWait(ProviderForm::PauseMs + 100); // the check that follows finds nothing
        QVERIFY(find<QLabel>("hostError")->text().isEmpty());
    }

    void aSavedSecretIsKeptAndNeverShown()
    {
        click("saveAccount");
        QTRY_COMPARE(find<DataTable>("accountTable")->model()->rowCount(), 1);
        auto* password = find<QLineEdit>("field_password");
        QTRY_VERIFY(find<QLineEdit>("field_password")->placeholderText().startsWith(u"Kept"));
        password = find<QLineEdit>("field_password");
        QCOMPARE(password->text(), QString());
        const auto fields = m_window->findChildren<QLineEdit*>();
        for (const QLineEdit* field : fields)
            QVERIFY2(!field->text().contains(Password), qPrintable(field->objectName()));
        const auto accounts = m_engine->services().accounts.list().result();
        QCOMPARE(accounts.value().first().keptSecrets, QStringList{QStringLiteral("password")});
        QVERIFY(!QJsonDocument(accounts->first().account.settings).toJson().contains(Password.toUtf8()));
    }

    void aProbeThatFailsSaysWhatToDo()
    {
        QTRY_VERIFY(find<QPushButton>("probeAccount")->isEnabled());
        click("probeAccount");
        QTRY_COMPARE_WITH_TIMEOUT(find<QLabel>("accountAnswer")->text(), QStringLiteral("Not connected."), 15'000);
        QVERIFY(!find<QLabel>("accountRawAnswer")->text().isEmpty());
        // Nor is it called healthy beside that.
        QTRY_VERIFY_WITH_TIMEOUT(find<QLabel>("accountHealthLine")->text().startsWith(u"Check failed ("), 15'000);
        QCOMPARE(find<DataTable>("accountTable")->model()->index(0, 2).data().toString(), QStringLiteral("Check failed"));
        QCOMPARE(claimedTwice(*m_window).join(u' '), QString());
        QVERIFY2(find<QLabel>("accountAdvice")->text().startsWith(u"Nobody answers there"),
                 qPrintable(find<QLabel>("accountRawAnswer")->text() + find<QLabel>("accountAdvice")->text()));
        type("testAddress", QStringLiteral("me@example.org"));
        click("sendTest");
        QTRY_VERIFY_WITH_TIMEOUT(!find<QLabel>("accountAnswer")->text().startsWith(u"Asking"), 15'000);
        QVERIFY2(find<QLabel>("accountAnswer")->text().contains(u"nothing was sent"),
                 qPrintable(find<QLabel>("accountAnswer")->text()));
        QVERIFY(!find<QLabel>("accountAdvice")->text().isEmpty());
        QTRY_VERIFY(!find<QLabel>("accountAdvice")->visibleRegion().isEmpty());
        QTRY_COMPARE(cutOff(*m_window).join(u'\n'), QString());
        takeShots(*m_window, *m_theme, {QStringLiteral("accounts")}, QStringLiteral("-failed"));
        m_window->resize(1024, 700);
    }

    void theRestOfTheFormUnfolds()
    {
        click("formFold");
        QTRY_VERIFY(isShown("field_timeout_data"));
        QTRY_COMPARE(cutOff(*m_window).join(u'\n'), QString());
        takeShots(*m_window, *m_theme, {QStringLiteral("accounts")}, QStringLiteral("-unfolded"));
        m_window->resize(1024, 700);
    }

    // A look at the platforms, and back.
    void theSameAccountIsOpenedAgain()
    {
        click("newAccount");
        QTRY_VERIFY(find<QTreeWidget>("platformList")->isVisible());
        auto* table = find<DataTable>("accountTable");
        const QRect row = table->visualRect(table->model()->index(0, 0));
        QTest::mouseClick(table->viewport(), Qt::LeftButton, Qt::NoModifier, row.center());
        QTRY_VERIFY(isShown("field_host"));
    }

    // From the search or a problem's link, while something is typed: it stays what is seen, tried and saved.
    void anotherAccountIsOpenedFromElsewhere()
    {
        Account other;
        other.name = QStringLiteral("Other");
        other.provider = QStringLiteral("simulator");
        other.channel = QStringLiteral("email");
        AccountService& accounts = m_engine->services().accounts;
        const Result<qint64> id = accounts.save(m_caller, other, {}).result();
        QVERIFY(id.has_value());
        type("accountName", QStringLiteral(" changed"));
        m_prompts.confirms = {false, true};
        auto* page = m_window->findChild<AccountsPage*>();
        page->open(*id);
        auto* table = find<DataTable>("accountTable");
        QTRY_COMPARE(table->model()->rowCount(), 2);
        QTRY_COMPARE(m_prompts.confirms.size(), 1);
        QVERIFY(find<QLineEdit>("accountName")->text().endsWith(u" changed"));
        QCOMPARE(table->currentIndex().siblingAtColumn(0).data().toString() + u" changed",
                 find<QLineEdit>("accountName")->text());
        page->open(*id);
        QTRY_COMPARE(find<QLineEdit>("accountName")->text(), other.name);
        QVERIFY(accounts.remove(m_caller, *id).result().has_value());
        m_window->showPage(QStringLiteral("accounts"));
        QTRY_COMPARE(table->model()->rowCount(), 1);
    }

    // With the keyboard alone: from the search to the form.
    void aPlatformIsFoundByTyping()
    {
        click("newAccount");
        auto* search = find<QLineEdit>("platformSearch");
        QTest::keyClicks(search, QStringLiteral("no such platform"));
        QTRY_VERIFY(!find<QPushButton>("continueAccount")->isEnabled());
        for (const char* name : {"Web Push", "Webhook"}) { // others speak of them, too
            search->clear();
            QTest::keyClicks(search, QString::fromLatin1(name));
            auto* list = find<QTreeWidget>("platformList");
            QTRY_VERIFY(list->currentItem() && list->currentItem()->text(0) == QString::fromLatin1(name));
        }
        QVERIFY(find<QPushButton>("continueAccount")->isEnabled());
        QTest::keyClick(search, Qt::Key_Return);
        QTRY_VERIFY(isShown("field_signing_secret"));
        QCOMPARE(m_window->focusWidget(), find<QLineEdit>("accountName"));
        QTRY_COMPARE(cutOff(*m_window).join(u'\n'), QString());
        takeShots(*m_window, *m_theme, {QStringLiteral("accounts")}, QStringLiteral("-webhook"));
        m_window->resize(1024, 700);
    }

    void everyPlatformsFormFits()
    {
        const auto providers = m_engine->services().accounts.providers();
        for (const ProviderDescription& provider : providers) {
            m_prompts.confirms = {true};
            click("newAccount");
            auto* list = find<QTreeWidget>("platformList");
            const auto found = list->findItems(provider.name, Qt::MatchExactly | Qt::MatchRecursive);
            QVERIFY2(!found.isEmpty(), qPrintable(provider.name));
            list->setCurrentItem(found.last());
            click("continueAccount");
            QTRY_VERIFY(find<QLineEdit>("accountName")->isVisible());
            if (auto* fold = m_window->findChild<QToolButton*>(QStringLiteral("formFold")))
                fold->setChecked(true);
            QTest::qWait(50); // the layout settles
            QTRY_VERIFY2(cutOff(*m_window).isEmpty(), qPrintable(provider.key + u": "_qs + cutOff(*m_window).join(u'\n')));
            QCOMPARE((gaps(*m_window) + tooNarrow(*m_window)).join(u' '), QString());
            QCOMPARE(leftOutByTab(provider).join(u' '), QString());
        }
    }

    void theTopicsFormFits()
    {
        m_prompts.confirms = {true};
        m_window->showPage(QStringLiteral("topics"));
        click("newTopic");
        QTRY_VERIFY(find<QWidget>("saveTopic")->isVisible());
        QTest::qWait(50);
        QTRY_COMPARE(cutOff(*m_window).join(u'\n'), QString());
        takeShots(*m_window, *m_theme, {QStringLiteral("topics")}, QStringLiteral("-narrow"));
    }

private:
    // With the Tab key from the name to Save: which fields are not met, or not in the order in which the eye meets them.
    QStringList leftOutByTab(const ProviderDescription& provider) const
    {
        constexpr int Most = 80;
        find<QLineEdit>("accountName")->setFocus();
        const QWidget* content = nullptr;
        for (const QWidget* around = m_window->focusWidget(); !content; around = around->parentWidget()) {
            if (const auto* area = qobject_cast<const QScrollArea*>(around->parentWidget()->parentWidget()))
                content = area->widget();
        }
        QStringList missing;
        for (const ProviderField& field : provider.fields)
            missing << u"field_" + field.key;
        int lowest = 0;
        for (int n = 0; n < Most && m_window->focusWidget()->objectName() != u"saveAccount"; ++n) {
            const QWidget* at = m_window->focusWidget();
            const int y = content->isAncestorOf(at) ? at->mapTo(content, QPoint()).y() : lowest;
            if (y >= lowest)
                missing.removeAll(at->objectName());
            lowest = std::max(lowest, y);
            QTest::keyClick(m_window->focusWidget(), Qt::Key_Tab);
        }
        if (m_window->focusWidget()->objectName() != u"saveAccount")
            missing << QStringLiteral("saveAccount");
        return missing;
    }

    bool isShown(const char* name) const
    {
        const auto* widget = m_window->findChild<QWidget*>(QString::fromLatin1(name));
        return widget && widget->isVisible();
    }

    void paste(const QString& text)
    {
        auto* field = find<QPlainTextEdit>("pasteCredential");
        field->clear();
        field->insertPlainText(text);
    }
};

QTEST_MAIN(AccountsWindowTest)
#include "AccountsWindowTest.moc"
