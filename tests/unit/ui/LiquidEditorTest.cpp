// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/EditorPane.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QElapsedTimer>
#include <QLabel>
#include <QLineEdit>
#include <QSignalSpy>
#include <QTest>
#include <QTextBlock>
#include <QTextLayout>

using namespace carillon;
using namespace carillon::ui;

namespace {

TemplateProblem unknownTag(int line, int column)
{
    return {Severity::Error, QStringLiteral("html"), line, column, 4, QStringLiteral("There is no tag \"iff\"."), 0, {}};
}

} // namespace

class LiquidEditorTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void typesACompletion()
    {
        EditorPane pane(QStringLiteral("html"));
        pane.editor()->setVocabulary(LiquidVocabulary::standard({{QStringLiteral("favourite"), QStringLiteral("blue")}}));
        pane.show();
        QVERIFY(QTest::qWaitForWindowActive(&pane));
        pane.editor()->setFocus();
        QTest::keyClicks(pane.editor(), QStringLiteral("{{ contact.fav"));
        auto* popup = pane.findChild<QAbstractItemView*>(QStringLiteral("completionPopup"));
        if (!popup)
            for (QWidget* widget : QApplication::topLevelWidgets())
                popup = widget->objectName() == u"completionPopup" ? qobject_cast<QAbstractItemView*>(widget) : popup;
        QVERIFY(popup);
        QTRY_VERIFY(popup->isVisible());
        QTest::keyClick(popup, Qt::Key_Return);
        QCOMPARE(pane.editor()->toPlainText(), QStringLiteral("{{ contact.favourite }}"));
    }

    void underlinesProblemsAndNamesTheirPlace()
    {
        EditorPane pane(QStringLiteral("html"));
        LiquidEditor* editor = pane.editor();
        editor->setChecker([](const QString& source) {
            const auto at = source.indexOf(u"iff");
            return at < 0 ? QList<TemplateProblem>() : QList<TemplateProblem>{unknownTag(2, 4)};
        });
        editor->setPlainText(QStringLiteral("\U0001F514\n{% iff x %}"));
        auto* line = pane.findChild<QLabel*>(QStringLiteral("htmlProblem"));
        QTRY_COMPARE(editor->problems().size(), 1);
        QVERIFY(line->text().contains(u"Line 2, column 4"));
        const auto selections = editor->extraSelections();
        QCOMPARE(selections.size(), 1);
        QCOMPARE(selections.first().format.underlineStyle(), QTextCharFormat::WaveUnderline);
        QCOMPARE(selections.first().cursor.selectedText(), QStringLiteral("iff "));
        editor->setPlainText(QStringLiteral("fine"));
        QTRY_VERIFY(editor->problems().isEmpty());
        QVERIFY(line->isHidden());
    }

    void problemsOfAnotherTextDoNoHarm()
    {
        LiquidEditor editor;
        editor.setPlainText(QStringLiteral("x"));
        editor.setProblems({unknownTag(99, 1), unknownTag(1, 999), unknownTag(0, 0)});
        QCOMPARE(editor.problems().size(), 3);
    }

    void coloursAreNoEdit()
    {
        LiquidEditor editor;
        editor.setPlainText(QStringLiteral("{{ a }}"));
        QSignalSpy edited(&editor, &LiquidEditor::edited);
        editor.setLanguage(HostLanguage::Html);
        QPalette dark;
        dark.setColor(QPalette::Base, Qt::black);
        editor.setPalette(dark);
        QTest::qWait(1);
        QCOMPARE(edited.size(), 0);
        editor.insertPlainText(QStringLiteral("b"));
        QCOMPARE(edited.size(), 1);
    }

    void indentsWithBlanks()
    {
        LiquidEditor editor;
        QTest::keyClick(&editor, Qt::Key_Tab);
        QTest::keyClicks(&editor, QStringLiteral("a"));
        QTest::keyClick(&editor, Qt::Key_Return);
        QTest::keyClicks(&editor, QStringLiteral("b"));
        QCOMPARE(editor.toPlainText(), QStringLiteral("  a\n  b"));
        editor.selectAll();
        QTest::keyClick(&editor, Qt::Key_Backtab);
        QCOMPARE(editor.toPlainText(), QStringLiteral("a\nb"));
        editor.selectAll();
        QTest::keyClick(&editor, Qt::Key_Tab);
        QCOMPARE(editor.toPlainText(), QStringLiteral("  a\n  b"));
    }

    void aSingleLineStaysOne()
    {
        LiquidEditor editor;
        editor.setSingleLine(true);
        QTest::keyClicks(&editor, QStringLiteral("a"));
        QTest::keyClick(&editor, Qt::Key_Return);
        QTest::keyClicks(&editor, QStringLiteral("b"));
        QCOMPARE(editor.toPlainText(), QStringLiteral("ab"));
    }

    void finds()
    {
        EditorPane pane(QStringLiteral("text"));
        pane.editor()->setPlainText(QStringLiteral("one two one"));
        pane.show();
        QVERIFY(QTest::qWaitForWindowActive(&pane));
        pane.editor()->setFocus();
        QTest::keyClick(pane.editor(), Qt::Key_F, Qt::ControlModifier);
        auto* text = pane.findChild<QLineEdit*>(QStringLiteral("findText"));
        QTRY_VERIFY(text->hasFocus());
        QTest::keyClicks(text, QStringLiteral("one"));
        QCOMPARE(pane.editor()->textCursor().selectionStart(), 0);
        QTest::keyClick(text, Qt::Key_Return);
        QCOMPARE(pane.editor()->textCursor().selectionStart(), 8);
        QTest::keyClick(text, Qt::Key_Return);
        QCOMPARE(pane.editor()->textCursor().selectionStart(), 0);
        QTest::keyClick(text, Qt::Key_Escape);
        QVERIFY(!text->isVisible());
    }

    void completesATagWithItsEnd()
    {
        EditorPane pane(QStringLiteral("html"));
        LiquidEditor* editor = pane.editor();
        pane.show();
        QVERIFY(QTest::qWaitForWindowActive(&pane));
        editor->setFocus();
        QTest::keyClicks(editor, QStringLiteral("{% unl"));
        QTest::keyClick(editor, Qt::Key_Return);
        QTest::keyClicks(editor, QStringLiteral("x"));
        QCOMPARE(editor->toPlainText(), QStringLiteral("{% unless x %}{% endunless %}"));
        editor->setPlainText(QStringLiteral("{% if a %}\n\n{% endif %}"));
        editor->goTo(2, 1);
        QTest::keyClicks(editor, QStringLiteral("{% els"));
        QTest::keyClick(editor, Qt::Key_Return); // else, the first of the two
        QCOMPARE(editor->toPlainText(), QStringLiteral("{% if a %}\n{% else %}\n{% endif %}"));
        editor->setPlainText(QStringLiteral("{% if a %}\n\n{% endif %}"));
        editor->goTo(2, 1);
        QTest::keyClicks(editor, QStringLiteral("{% captu"));
        QTest::keyClick(editor, Qt::Key_Return);
        QCOMPARE(editor->toPlainText(), QStringLiteral("{% if a %}\n{% capture  %}{% endcapture %}\n{% endif %}"));
    }

    void closesBracesAndGoesOverThem()
    {
        LiquidEditor editor;
        QTest::keyClicks(&editor, QStringLiteral("a {{ b }} c"));
        QCOMPARE(editor.toPlainText(), QStringLiteral("a {{ b }} c"));
        editor.clear();
        QTest::keyClicks(&editor, QStringLiteral("{% if x %}y"));
        QCOMPARE(editor.toPlainText(), QStringLiteral("{% if x %}y"));
        editor.clear();
        QTest::keyClicks(&editor, QStringLiteral("{{"));
        QCOMPARE(editor.toPlainText(), QStringLiteral("{{}}"));
        QTest::keyClick(&editor, Qt::Key_Backspace);
        QCOMPARE(editor.toPlainText(), QString());
    }

    void commentsLinesAndTakesItBack()
    {
        LiquidEditor editor;
        editor.setPlainText(QStringLiteral("a\n  b\nc"));
        editor.goTo(2, 1);
        QTest::keyClick(&editor, Qt::Key_Slash, Qt::ControlModifier);
        QCOMPARE(editor.toPlainText(), QStringLiteral("a\n  {% comment %}b{% endcomment %}\nc"));
        QTest::keyClick(&editor, Qt::Key_Slash, Qt::ControlModifier);
        QCOMPARE(editor.toPlainText(), QStringLiteral("a\n  b\nc"));
        editor.selectAll();
        QTest::keyClick(&editor, Qt::Key_Slash, Qt::ControlModifier);
        QCOMPARE(editor.toPlainText(), QStringLiteral("{% comment %}a\n  b\nc{% endcomment %}"));
        QTest::keyClick(&editor, Qt::Key_Slash, Qt::ControlModifier);
        QCOMPARE(editor.toPlainText(), QStringLiteral("a\n  b\nc"));
    }

    void goesRoundABlock()
    {
        LiquidEditor editor;
        editor.setPlainText(QStringLiteral("{% if a %}x{% else %}y{% endif %}"));
        editor.goTo(1, 4);
        QTest::keyClick(&editor, Qt::Key_B, Qt::ControlModifier | Qt::ShiftModifier);
        QCOMPARE(editor.textCursor().position(), 14); // else
        QTest::keyClick(&editor, Qt::Key_B, Qt::ControlModifier | Qt::ShiftModifier);
        QCOMPARE(editor.textCursor().position(), 25); // endif
        QTest::keyClick(&editor, Qt::Key_B, Qt::ControlModifier | Qt::ShiftModifier);
        QCOMPARE(editor.textCursor().position(), 3);
    }

    void zooms()
    {
        LiquidEditor editor;
        const qreal normal = editor.font().pointSizeF();
        QTest::keyClick(&editor, Qt::Key_Plus, Qt::ControlModifier);
        QCOMPARE(editor.font().pointSizeF(), normal + 1);
        for (int n = 0; n < 100; ++n)
            QTest::keyClick(&editor, Qt::Key_Minus, Qt::ControlModifier);
        QCOMPARE(editor.font().pointSizeF(), 6.0);
        QTest::keyClick(&editor, Qt::Key_0, Qt::ControlModifier);
        QCOMPARE(editor.font().pointSizeF(), normal);
    }

    void replacesAllAsOneStep()
    {
        EditorPane pane(QStringLiteral("text"));
        LiquidEditor* editor = pane.editor();
        editor->setPlainText(QStringLiteral("Cat cat cats"));
        pane.show();
        QVERIFY(QTest::qWaitForWindowActive(&pane));
        editor->setFocus();
        QTest::keyClick(editor, Qt::Key_H, Qt::ControlModifier);
        auto* text = pane.findChild<QLineEdit*>(QStringLiteral("findText"));
        auto* with = pane.findChild<QLineEdit*>(QStringLiteral("replaceText"));
        auto* count = pane.findChild<QLabel*>(QStringLiteral("findCount"));
        QTRY_VERIFY(with->isVisible());
        QTest::keyClicks(text, QStringLiteral("cat"));
        QCOMPARE(count->text(), QStringLiteral("1 of 3"));
        pane.findChild<QAbstractButton*>(QStringLiteral("findWord"))->click();
        QCOMPARE(count->text(), QStringLiteral("1 of 2"));
        pane.findChild<QAbstractButton*>(QStringLiteral("findCase"))->click();
        QCOMPARE(count->text(), QStringLiteral("1 of 1"));
        pane.findChild<QAbstractButton*>(QStringLiteral("findCase"))->click();
        QTest::keyClicks(with, QStringLiteral("dog"));
        pane.findChild<QAbstractButton*>(QStringLiteral("replaceAll"))->click();
        QCOMPARE(editor->toPlainText(), QStringLiteral("dog dog cats"));
        QCOMPARE(count->text(), QStringLiteral("2 replaced"));
        editor->undo();
        QCOMPARE(editor->toPlainText(), QStringLiteral("Cat cat cats"));
        pane.findChild<QAbstractButton*>(QStringLiteral("findRegular"))->click();
        text->setText(QStringLiteral("c(a"));
        QVERIFY2(count->text().contains(u"character 4"), qPrintable(count->text()));
    }

    void replacesOneAfterTheOther()
    {
        EditorPane pane(QStringLiteral("text"));
        LiquidEditor* editor = pane.editor();
        editor->setPlainText(QStringLiteral("a-1 a-2"));
        pane.show();
        QVERIFY(QTest::qWaitForWindowActive(&pane));
        editor->setFocus();
        QTest::keyClick(editor, Qt::Key_H, Qt::ControlModifier);
        pane.findChild<QAbstractButton*>(QStringLiteral("findRegular"))->click();
        auto* with = pane.findChild<QLineEdit*>(QStringLiteral("replaceText"));
        pane.findChild<QLineEdit*>(QStringLiteral("findText"))->setText(QStringLiteral("a-(\\d)"));
        with->setText(QStringLiteral("b\\1"));
        with->setFocus();
        QTest::keyClick(with, Qt::Key_Return);
        QCOMPARE(editor->toPlainText(), QStringLiteral("b1 a-2"));
        QTest::keyClick(with, Qt::Key_Return);
        QCOMPARE(editor->toPlainText(), QStringLiteral("b1 b2"));
    }

    void anotherTextIsAnEditThatKeepsWhatIsTheSame()
    {
        LiquidEditor editor;
        editor.setPlainText(QStringLiteral("one two three"));
        editor.goTo(1, 3);
        editor.replaceText(QStringLiteral("one 2 three"));
        QCOMPARE(editor.toPlainText(), QStringLiteral("one 2 three"));
        QCOMPARE(editor.textCursor().position(), 2);
        editor.undo();
        QCOMPARE(editor.toPlainText(), QStringLiteral("one two three"));
        editor.replaceText(QString());
        QCOMPARE(editor.toPlainText(), QString());
    }

    void underlinesMoveWithTheText()
    {
        LiquidEditor editor;
        editor.setPlainText(QStringLiteral("{% iff x %}"));
        editor.setProblems({unknownTag(1, 4)});
        QTest::keyClicks(&editor, QStringLiteral("ab"));
        QCOMPARE(editor.extraSelections().last().cursor.selectedText(), QStringLiteral("iff "));
    }

    // The colours of a long text come in slices: a key is answered at once, and in the end all is coloured.
    void aLongTextStaysResponsive()
    {
        LiquidEditor editor;
        editor.setLanguage(HostLanguage::Html);
        QString text;
        while (text.size() < 1'000'000)
            text += QStringLiteral("<p class=\"a\">Dear {{ contact.name | default: 'you' }}</p>\n");
        editor.setPlainText(text);
        QElapsedTimer timer;
        timer.start();
        QTest::keyClicks(&editor, QStringLiteral("<!--"));
        QVERIFY2(timer.elapsed() < 1'000, qPrintable(QString::number(timer.elapsed())));
        const QTextBlock last = editor.document()->lastBlock().previous();
        const auto isComment = [&last] { return last.layout()->formats().value(0).format.fontItalic(); };
        QTRY_VERIFY_WITH_TIMEOUT(isComment(), 20'000);
    }
};

QTEST_MAIN(LiquidEditorTest)
#include "LiquidEditorTest.moc"
