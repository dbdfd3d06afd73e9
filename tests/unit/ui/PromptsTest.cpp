// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/frame/DialogPrompts.h"

#include <QFileDialog>
#include <QLabel>
#include <QLineEdit>
#include <QMessageBox>
#include <QPointer>
#include <QPushButton>
#include <QTest>

using namespace carillon;
using namespace carillon::ui;

namespace {

QPushButton* buttonWith(const QWidget* dialog, const QString& text)
{
    for (QPushButton* button : dialog->findChildren<QPushButton*>()) {
        if (button->text().remove(u'&') == text)
            return button;
    }
    return nullptr;
}

} // namespace

class PromptsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_window = std::make_unique<QWidget>();
        m_window->show();
        m_answers.clear();
    }

    void askingDoesNotBlockAndTheVerbMeansYes()
    {
        askToCancel();
        QVERIFY(m_answers.isEmpty());
        auto* box = m_window->findChild<QMessageBox*>(QStringLiteral("confirmDialog"));
        QVERIFY(box);
        QCOMPARE(box->text(), QStringLiteral("Cancel 8,214 queued deliveries?"));
        QTest::mouseClick(buttonWith(box, QStringLiteral("Cancel campaign")), Qt::LeftButton);
        QCOMPARE(m_answers, QList<bool>{true});
    }

    void escapeAndEnterAreTheSafeAnswerToADestructiveQuestion()
    {
        for (const Qt::Key key : {Qt::Key_Escape, Qt::Key_Return}) {
            askToCancel();
            QPointer box = m_window->findChild<QMessageBox*>(QStringLiteral("confirmDialog"));
            QTest::keyClick(box.data(), key);
            QCOMPARE(m_answers.takeLast(), false);
            QTRY_VERIFY(!box);
        }
    }

    void aNameThatLooksLikeMarkupIsShownAsItIs()
    {
        m_prompts.confirm(m_window.get(), {u"t"_qs, u"<b>bold</b> campaign"_qs, {}, u"Go"_qs, false}, [](bool) {});
        QCOMPARE(m_window->findChild<QMessageBox*>()->textFormat(), Qt::PlainText);
    }

    void anAnswerToADeadPageIsDropped()
    {
        askToCancel();
        m_window.reset();
        QVERIFY(m_answers.isEmpty());
    }

    void aChoiceGivesItsNumberAndCancellingGivesNothing()
    {
        QList<int> chosen;
        const Choice choice{u"t"_qs, u"Sending goes on"_qs, {u"In the tray"_qs, u"Stop"_qs}};
        m_prompts.choose(m_window.get(), choice, [&](int verb) { chosen.append(verb); });
        QPointer box = m_window->findChild<QMessageBox*>(QStringLiteral("choiceDialog"));
        QTest::mouseClick(buttonWith(box, QStringLiteral("Stop")), Qt::LeftButton);
        QCOMPARE(chosen, QList<int>{1});
        QTRY_VERIFY(!box);
        m_prompts.choose(m_window.get(), choice, [&](int verb) { chosen.append(verb); });
        QTest::keyClick(m_window->findChild<QMessageBox*>(QStringLiteral("choiceDialog")), Qt::Key_Escape);
        QCOMPARE(chosen, QList<int>{1});
    }

    void aTextIsCheckedWhileItIsTyped()
    {
        QStringList texts;
        const auto check = [](const QString& text) { return text == u"taken" ? u"This name is taken."_qs : QString(); };
        m_prompts.askText(m_window.get(), {u"New list"_qs, u"Name"_qs, {}, u"Create"_qs, check},
                          [&](const QString& text) { texts << text; });
        auto* dialog = m_window->findChild<QDialog*>(QStringLiteral("textDialog"));
        auto* field = dialog->findChild<QLineEdit*>(QStringLiteral("textField"));
        QPushButton* create = buttonWith(dialog, QStringLiteral("Create"));
        QVERIFY(!create->isEnabled());
        QTest::keyClicks(field, QStringLiteral("taken"));
        QVERIFY(!create->isEnabled());
        QTest::keyClicks(field, QStringLiteral(" not "));
        QVERIFY(create->isEnabled());
        QTest::keyClick(field, Qt::Key_Return);
        QCOMPARE(texts, QStringList{QStringLiteral("taken not")});
    }

    void anErrorIsShown()
    {
        m_prompts.showError(m_window.get(), {ErrorCode::StorageFull, QStringLiteral("The disk is full."), {}});
        QCOMPARE(m_window->findChild<QMessageBox*>(QStringLiteral("errorDialog"))->text(),
                 QStringLiteral("The disk is full."));
    }

private:
    void askToCancel()
    {
        const Question question{u"Spring sale"_qs, u"Cancel 8,214 queued deliveries?"_qs, {}, u"&Cancel campaign"_qs, true};
        m_prompts.confirm(m_window.get(), question, [this](bool yes) { m_answers.append(yes); });
    }

    DialogPrompts m_prompts;
    std::unique_ptr<QWidget> m_window;
    QList<bool> m_answers;
};

QTEST_MAIN(PromptsTest)
#include "PromptsTest.moc"
