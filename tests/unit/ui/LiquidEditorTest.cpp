// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/liquid/Filter.h"
#include "engine/liquid/Tags.h"
#include "ui/editor/BracketMatcher.h"
#include "ui/editor/EditorPane.h"

#include <QAbstractItemView>
#include <QLabel>
#include <QLineEdit>
#include <QSignalSpy>
#include <QTest>

#include <algorithm>

using namespace carillon;
using namespace carillon::ui;

Q_DECLARE_METATYPE(carillon::ui::HostLanguage)

namespace {

// The spans of one line as "kind:text", so that a test reads like what is on screen.
QStringList spansOf(const QString& line, HostLanguage language, int& state)
{
    static const QHash<SpanKind, QString> names{
        {SpanKind::LiquidDelimiter, QStringLiteral("delimiter")},
        {SpanKind::LiquidTag, QStringLiteral("tag")},
        {SpanKind::LiquidVariable, QStringLiteral("variable")},
        {SpanKind::LiquidFilter, QStringLiteral("filter")},
        {SpanKind::LiquidString, QStringLiteral("string")},
        {SpanKind::LiquidNumber, QStringLiteral("number")},
        {SpanKind::LiquidOperator, QStringLiteral("operator")},
        {SpanKind::LiquidComment, QStringLiteral("comment")},
        {SpanKind::Markup, QStringLiteral("markup")},
        {SpanKind::Attribute, QStringLiteral("attribute")},
        {SpanKind::Value, QStringLiteral("value")},
        {SpanKind::Literal, QStringLiteral("literal")},
        {SpanKind::Comment, QStringLiteral("comment")},
    };
    QStringList described;
    for (const Span& span : scanLine(line, language, state))
        described << names.value(span.kind) + u':' + line.mid(span.start, span.length);
    return described;
}

QStringList spansOf(const QString& line, HostLanguage language)
{
    int state = 0;
    return spansOf(line, language, state);
}

TemplateProblem unknownTag(int line, int column)
{
    return {Severity::Error, QStringLiteral("html"), line, column, 4, QStringLiteral("There is no tag \"iff\"."), 0, {}};
}

} // namespace

class LiquidEditorTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void coloursLiquidOverHtml()
    {
        QCOMPARE(spansOf(QStringLiteral("<b class=\"x\">{{ contact.name | default: 'you' }}</b>"), HostLanguage::Html),
                 (QStringList{QStringLiteral("markup:<b"), QStringLiteral("attribute:class"), QStringLiteral("value:\"x\""),
                              QStringLiteral("markup:>"), QStringLiteral("delimiter:{{"), QStringLiteral("variable:contact"),
                              QStringLiteral("operator:."), QStringLiteral("variable:name"), QStringLiteral("operator:|"),
                              QStringLiteral("filter:default"), QStringLiteral("operator::"), QStringLiteral("string:'you'"),
                              QStringLiteral("delimiter:}}"), QStringLiteral("markup:</b>")}));
    }

    void coloursTagsAndKeepsStateOverLines()
    {
        int state = 0;
        QCOMPARE(spansOf(QStringLiteral("{% comment %}a"), HostLanguage::Text, state),
                 (QStringList{QStringLiteral("delimiter:{%"), QStringLiteral("tag:comment"), QStringLiteral("delimiter:%}"),
                              QStringLiteral("comment:a")}));
        QCOMPARE(spansOf(QStringLiteral("{{ no }}"), HostLanguage::Text, state),
                 QStringList{QStringLiteral("comment:{{ no }}")});
        spansOf(QStringLiteral("{%- endcomment -%}"), HostLanguage::Text, state);
        QCOMPARE(spansOf(QStringLiteral("{{ x }}"), HostLanguage::Text, state).value(1), QStringLiteral("variable:x"));
    }

    void tellsJsonKeysFromValues()
    {
        QCOMPARE(spansOf(QStringLiteral("{\"a\": \"b\", \"n\": 1}"), HostLanguage::Json),
                 (QStringList{QStringLiteral("markup:{"), QStringLiteral("attribute:\"a\""), QStringLiteral("markup::"),
                              QStringLiteral("value:\"b\""), QStringLiteral("markup:,"), QStringLiteral("attribute:\"n\""),
                              QStringLiteral("markup::"), QStringLiteral("literal:1"), QStringLiteral("markup:}")}));
    }

    // Whatever is typed half way: every span lies within its line.
    void scansAnything_data()
    {
        QTest::addColumn<HostLanguage>("language");
        QTest::newRow("text") << HostLanguage::Text;
        QTest::newRow("html") << HostLanguage::Html;
        QTest::newRow("json") << HostLanguage::Json;
        QTest::newRow("markdown") << HostLanguage::Markdown;
    }
    void scansAnything()
    {
        QFETCH(HostLanguage, language);
        const QString pieces = QStringLiteral("{}%\"'<>!-&;#*`[]()\\|:a1 ");
        quint32 seed = 1;
        int state = 0;
        for (int n = 0; n < 3'000; ++n) {
            QString line;
            for (int length = n % 40; length > 0; --length) {
                seed = seed * 1664525 + 1013904223;
                line += pieces.at(int((seed >> 16) % quint32(pieces.size())));
            }
            for (const Span& span : scanLine(line, language, state))
                QVERIFY2(span.start >= 0 && span.length > 0 && span.start + span.length <= line.size(), qPrintable(line));
        }
    }

    void completesWhatFits_data()
    {
        QTest::addColumn<QString>("before");
        QTest::addColumn<QString>("offered"); // one that must be there; empty: nothing at all
        QTest::newRow("outside") << QStringLiteral("cont") << QString();
        QTest::newRow("variable") << QStringLiteral("a {{ cont") << QStringLiteral("contact.plan");
        QTest::newRow("member") << QStringLiteral("{{ contact.pl") << QStringLiteral("contact.plan");
        QTest::newRow("data") << QStringLiteral("{% if data.") << QStringLiteral("data.coupon");
        QTest::newRow("filter") << QStringLiteral("{{ contact.plan | up") << QStringLiteral("upcase");
        QTest::newRow("tag") << QStringLiteral("{%- as") << QStringLiteral("assign");
        QTest::newRow("local") << QStringLiteral("{% for item in data.items %}{{ it") << QStringLiteral("item");
        QTest::newRow("in a string") << QStringLiteral("{{ \"cont") << QString();
        QTest::newRow("closed") << QStringLiteral("{{ x }} cont") << QString();
    }
    void completesWhatFits()
    {
        QFETCH(QString, before);
        QFETCH(QString, offered);
        const auto words = LiquidVocabulary::standard({QStringLiteral("plan")}, {QStringLiteral("coupon")});
        const auto completion = completionAt(before, words);
        if (offered.isEmpty())
            QVERIFY(!completion || completion->words.isEmpty());
        else
            QVERIFY(completion && completion->words.contains(offered));
    }

    // Nothing is offered that the engine would refuse.
    void offersWhatTheEngineKnows()
    {
        const auto has = [](const std::vector<std::string_view>& names, const QString& word) {
            return std::find(names.begin(), names.end(), word.toStdString()) != names.end();
        };
        const auto words = LiquidVocabulary::standard();
        for (const QString& filter : words.filters)
            QVERIFY2(has(liquid::filterNames(), filter), qPrintable(filter));
        for (const QString& tag : words.tags)
            QVERIFY2(has(liquid::tagNames(), tag), qPrintable(tag));
        QCOMPARE(words.filters.size(), qsizetype(liquid::filterNames().size()));
    }

    void typesACompletion()
    {
        EditorPane pane(QStringLiteral("html"));
        pane.editor()->setVocabulary(LiquidVocabulary::standard({QStringLiteral("favourite")}));
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
        QCOMPARE(pane.editor()->toPlainText(), QStringLiteral("{{ contact.favourite"));
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

    void matchesBrackets()
    {
        QCOMPARE(matchingBrackets(QStringLiteral("{{ a[b] }}"), 0), (std::pair(0, 9)));
        QCOMPARE(matchingBrackets(QStringLiteral("{{ a[b] }}"), 7), (std::pair(6, 4)));
        QVERIFY(!matchingBrackets(QStringLiteral("{{ a"), 0));
        QVERIFY(!matchingBrackets(QString(), 0));
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
};

QTEST_MAIN(LiquidEditorTest)
#include "LiquidEditorTest.moc"
