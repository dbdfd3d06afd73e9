// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/topics/ContentEditor.h"
#include "tests/unit/ui/ContentRoom.h"
#include "ui/editor/LiquidEditor.h"
#include "ui/topics/AttachmentsEditor.h"
#include "ui/topics/ContentLevels.h"
#include "ui/topics/DiffView.h"
#include "ui/topics/HistoryDialog.h"
#include "ui/topics/ProblemPanel.h"
#include "ui/topics/ProblemsModel.h"
#include "ui/topics/SharedContentTab.h"
#include "ui/topics/TemplateOptions.h"
#include "ui/widgets/DataTable.h"

#include <QAbstractItemModelTester>
#include <QCheckBox>
#include <QComboBox>
#include <QFile>
#include <QJsonArray>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QTabWidget>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

using namespace carillon;
using namespace carillon::ui;

class ContentEditorTest : public ContentRoom {
    Q_OBJECT

private Q_SLOTS:
    void showsThePartsOfEveryChannel_data()
    {
        QTest::addColumn<QString>("channel");
        QTest::addColumn<QStringList>("tabs");
        QTest::addColumn<QStringList>("lines");
        const auto row = [](const char* channel, const QStringList& tabs, const QStringList& lines) {
            QTest::newRow(channel) << QString::fromLatin1(channel) << tabs << lines;
        };
        const auto words = [](const char* text) { return QString::fromLatin1(text).split(u' ', Qt::SkipEmptyParts); };
        row("email", words("HTML Markdown Text Attachments Options"), words("subject preheader"));
        row("sms", words("Text Options"), {});
        row("chat", words("Text Options"), words("title"));
        row("slack", words("Text Blocks Options"), {});
        row("telegram", words("Text Buttons Options"), words("photo"));
        row("whatsapp", words("Text Parameters Options"), {});
        for (const char* push : {"push", "web_push", "fcm", "apns"})
            row(push, words("Text Actions Options"), words("title image url tag"));
        row("in_app", words("Text Actions Options"), words("title image url"));
        row("webhook", words("Body Options"), {});
    }
    void showsThePartsOfEveryChannel()
    {
        QFETCH(QString, channel);
        QFETCH(QStringList, tabs);
        QFETCH(QStringList, lines);
        const TemplateEditor editor(ofChannel(channel), m_tools);
        const auto* parts = editor.findChild<QTabWidget*>(QStringLiteral("partTabs"));
        QStringList titles;
        for (int tab = 0; tab < parts->count(); ++tab)
            titles << parts->tabText(tab);
        QCOMPARE(titles, tabs);
        for (const QString& line : lines)
            QVERIFY(editor.findChild<LiquidEditor*>(line + u"Editor")->isSingleLine());
        QCOMPARE(editor.content(), ofChannel(channel)); // nothing is added by looking at it
    }

    void savingKeepsUndo()
    {
        ContentEditor content(m_tools);
        content.setTemplates({mail(QStringLiteral("Hi"), QStringLiteral("one"))});
        auto* html = content.findChild<LiquidEditor*>(QStringLiteral("htmlEditor"));
        QTest::keyClicks(html, QStringLiteral("a"));
        Template stored = content.templates().first();
        stored.version = 3;
        stored.updatedAt = 99;
        content.adopt({stored});
        QCOMPARE(content.templates().first().version, 3);
        content.setTemplates(content.templates()); // shown again after it was saved
        QCOMPARE(content.findChild<LiquidEditor*>(QStringLiteral("htmlEditor")), html);
        QVERIFY(html->document()->isUndoAvailable());
        html->undo();
        QCOMPARE(html->toPlainText(), QStringLiteral("one"));
        html->redo();
        QCOMPARE(html->toPlainText(), QStringLiteral("aone"));
    }

    void movingBetweenContentsKeepsUndo()
    {
        ContentEditor content(m_tools);
        content.setChannels({QStringLiteral("email")});
        content.setTemplates({mail(QStringLiteral("Hi"), QStringLiteral("one"))});
        auto* html = content.findChild<LiquidEditor*>(QStringLiteral("htmlEditor"));
        QTest::keyClicks(html, QStringLiteral("a"));
        m_prompts.texts = {QStringLiteral("de")};
        content.findChild<QPushButton*>(QStringLiteral("addContent"))
            ->menu()
            ->findChild<QAction*>(QStringLiteral("addLocale_email"))
            ->trigger();
        auto* choice = content.findChild<QComboBox*>(QStringLiteral("contentChoice"));
        QCOMPARE(choice->count(), 2);
        QCOMPARE(choice->itemText(1), QStringLiteral("Email, German (de)"));
        choice->setCurrentIndex(0);
        html->undo();
        QCOMPARE(html->toPlainText(), QStringLiteral("one"));
        QCOMPARE(content.templates().at(1).parts.value(QStringLiteral("html")), QStringLiteral("aone"));
    }

    void contentIsAddedForABrandAndAVariant()
    {
        ContentEditor content(m_tools);
        Brand brand;
        brand.id = 5;
        brand.name = QStringLiteral("Shop");
        content.setBrands({brand});
        content.setChannels({QStringLiteral("email")});
        content.setTemplates({mail(QStringLiteral("Hi"), QStringLiteral("one"))});
        content.findChild<QPushButton*>(QStringLiteral("addContent"))
            ->menu()
            ->findChild<QAction*>(QStringLiteral("addPlace"))
            ->trigger();
        auto* dialog = content.findChild<QDialog*>(QStringLiteral("addContentDialog"));
        auto* add = dialog->findChild<QPushButton*>(QStringLiteral("newContentAdd"));
        QVERIFY(!add->isEnabled()); // there is one for everybody
        dialog->findChild<QComboBox*>(QStringLiteral("newContentBrand"))->setCurrentIndex(1);
        QVERIFY(add->isEnabled());
        dialog->findChild<QLineEdit*>(QStringLiteral("newContentVariant"))->setText(QStringLiteral("B!"));
        QVERIFY(!add->isEnabled());
        dialog->findChild<QLineEdit*>(QStringLiteral("newContentVariant"))->setText(QStringLiteral("b"));
        add->click();
        const Template added = content.templates().last();
        QCOMPARE(added.brandId, 5);
        QCOMPARE(added.variant, QStringLiteral("b"));
        QCOMPARE(added.id, 0);
        QCOMPARE(added.parts, mail(QStringLiteral("Hi"), QStringLiteral("one")).parts);
        QCOMPARE(content.findChild<QComboBox*>(QStringLiteral("contentChoice"))->currentText(),
                 QStringLiteral("Email, every language, Shop, variant b"));
    }

    void problemsStandAtTheirParts()
    {
        TemplateEditor editor(mail(QStringLiteral("a bad word"), QStringLiteral("meh, bad")), m_tools);
        editor.setChecker([](const Template& content) { return findings({content}, 0); });
        auto* subject = editor.findChild<LiquidEditor*>(QStringLiteral("subjectEditor"));
        auto* html = editor.findChild<LiquidEditor*>(QStringLiteral("htmlEditor"));
        QTRY_COMPARE(subject->problems().size(), 1);
        QCOMPARE(html->problems().size(), 2);
        editor.resize(900, 600);
        editor.show();
        QVERIFY(QTest::qWaitForWindowActive(&editor));
        auto* summary = editor.findChild<QToolButton*>(QStringLiteral("problemSummary"));
        QVERIFY2(summary->accessibleName().startsWith(u"2 errors, 1 hint"), qPrintable(summary->accessibleName()));
        subject->setFocus();
        QTest::keyClick(subject, Qt::Key_F8);
        QTRY_VERIFY(html->hasFocus());
        QTest::keyClick(html, Qt::Key_F8);
        QTRY_VERIFY(subject->hasFocus()); // the other error comes before the hint
        html->setPlainText(QStringLiteral("fine"));
        QTRY_VERIFY(html->problems().isEmpty());
        QCOMPARE(subject->problems().size(), 1);
    }

    void hintsAreSilencedByRule()
    {
        QTemporaryDir folder;
        QSettings settings(folder.filePath(QStringLiteral("s.ini")), QSettings::IniFormat);
        SilencedRules silenced;
        silenced.useSettings(settings);
        ProblemPanel panel(silenced);
        const auto hint = problem(Severity::Hint, QStringLiteral("html"), 1, QStringLiteral("dull-word"));
        const auto error = problem(Severity::Error, QStringLiteral("html"), 1, QStringLiteral("bad-word"));
        panel.setProblems({hint, error});
        QCOMPARE(panel.shown().size(), 2);
        silenced.set(QStringLiteral("dull-word"), true);
        silenced.set(QStringLiteral("bad-word"), true); // errors are always shown
        QCOMPARE(panel.shown(), QList<TemplateProblem>{error});
        SilencedRules another;
        another.useSettings(settings);
        QVERIFY(another.contains(QStringLiteral("dull-word")));
        auto* menu = panel.findChild<QToolButton*>(QStringLiteral("problemMenu"))->menu();
        Q_EMIT menu->aboutToShow();
        auto* entry = menu->findChild<QAction*>(QStringLiteral("hint_dull-word"));
        QVERIFY(entry && !entry->isChecked());
        entry->trigger();
        QCOMPARE(panel.shown().size(), 2);
    }

    void problemsAreAModel()
    {
        ProblemsModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setProblems({problem(Severity::Warning, QStringLiteral("html"), 4, QStringLiteral("x"))});
        QCOMPARE(model.index(0, ProblemsModel::SeverityColumn).data().toString(), QStringLiteral("Warning"));
        QCOMPARE(model.index(0, ProblemsModel::PlaceColumn).data().toString(), QStringLiteral("HTML 1:4"));
        model.setProblems({});
        QVERIFY(model.rowCount() == 0);
    }

    void defaultsStayOutOfSettings()
    {
        const QJsonObject settings{{QStringLiteral("parse_mode"), QStringLiteral("markdown")},
                                   {QStringLiteral("unheard_of"), 1}};
        TemplateOptions options(ofChannel(QStringLiteral("telegram"), settings));
        QCOMPARE(options.settings(), settings);
        QSignalSpy changed(&options, &TemplateOptions::changed);
        options.findChild<QCheckBox*>(QStringLiteral("option_silent"))->click();
        options.findChild<QComboBox*>(QStringLiteral("option_overflow"))->setCurrentIndex(2);
        QCOMPARE(changed.size(), 2);
        QCOMPARE(options.settings().value(u"overflow").toString(), QStringLiteral("split"));
        QVERIFY(options.settings().value(u"silent").toBool());
        QVERIFY2(options.summary().contains(u"MarkdownV2"), qPrintable(options.summary()));
        options.findChild<QComboBox*>(QStringLiteral("option_parse_mode"))->setCurrentIndex(0);
        QVERIFY(!options.settings().contains(u"parse_mode") && options.settings().contains(u"unheard_of"));
        const TemplateOptions mail(ofChannel(QStringLiteral("email")));
        QVERIFY(!mail.findChild<QComboBox*>(QStringLiteral("option_overflow")));
        QCOMPARE(mail.settings(), QJsonObject());
    }

    void filesAreAttached()
    {
        QTemporaryDir folder;
        const QString picture = folder.filePath(QStringLiteral("My Logo.png"));
        QFile file(picture);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("\x89PNG\r\n\x1a\n----");
        file.close();
        TemplateEditor editor(mail({}, QStringLiteral("<p></p>")), m_tools);
        auto* files = editor.findChild<AttachmentsEditor*>();
        files->addFile(picture, true);
        QTRY_COMPARE(files->attachments().size(), 1);
        files->addFile(picture, false);
        QTRY_COMPARE(files->attachments().size(), 2);
        const QJsonObject image = editor.content().settings.value(u"attachments").toArray().first().toObject();
        QCOMPARE(image.value(u"name").toString(), QStringLiteral("My Logo.png"));
        QCOMPARE(image.value(u"type").toString(), QStringLiteral("image/png"));
        QCOMPARE(image.value(u"asset").toString(), QStringLiteral("hash-12"));
        QCOMPARE(image.value(u"content_id").toString(), QStringLiteral("my-logo"));
        QVERIFY(!files->attachments().at(1).toObject().contains(u"content_id"));
        files->findChild<DataTable*>()->selectRow(0);
        editor.findChild<LiquidEditor*>(QStringLiteral("htmlEditor"))->goTo(1, 4);
        files->findChild<QPushButton*>(QStringLiteral("insertCid"))->click();
        QCOMPARE(editor.content().parts.value(QStringLiteral("html")),
                 QStringLiteral("<p><img src=\"cid:my-logo\" alt=\"\"></p>"));
        files->findChild<QPushButton*>(QStringLiteral("removeAttachment"))->click();
        QCOMPARE(files->attachments().size(), 1);
        files->addFile(folder.filePath(QStringLiteral("nothing.pdf")), false);
        QVERIFY(files->findChild<QLabel*>(QStringLiteral("attachmentProblem"))->text().contains(u"nothing.pdf"));
        QCOMPARE(files->attachments().size(), 1);
    }

    void historyComparesAndGoesBack()
    {
        m_versions
            = {{7,
                3,
                {{QStringLiteral("html"), QStringLiteral("one\nthree")}},
                {},
                QStringLiteral("window:anna"),
                QStringLiteral("shorter"),
                2'000},
               {7, 2, {{QStringLiteral("html"), QStringLiteral("one\ntwo")}}, {}, QStringLiteral("window:bert"), {}, 1'000}};
        ContentEditor content(m_tools);
        Template current = mail({}, QStringLiteral("one\nthree typed"));
        current.version = 3;
        content.setTemplates({current});
        auto* html = content.findChild<LiquidEditor*>(QStringLiteral("htmlEditor"));
        content.findChild<QPushButton*>(QStringLiteral("contentHistory"))->click();
        auto* dialog = content.findChild<HistoryDialog*>();
        auto* table = dialog->findChild<DataTable*>(QStringLiteral("versionTable"));
        QTRY_COMPARE(table->model()->rowCount(), 2);
        auto* diff = dialog->findChild<DiffView*>();
        QVERIFY2(diff->toPlainText().contains(u"two") && diff->toPlainText().contains(u"three"),
                 qPrintable(diff->toPlainText()));
        auto* back = dialog->findChild<QPushButton*>(QStringLiteral("rollBack"));
        QVERIFY(!back->isEnabled()); // it is the one in use
        table->selectRow(1);
        auto* other = dialog->findChild<QComboBox*>(QStringLiteral("compareWith"));
        other->setCurrentIndex(1); // what is typed
        QVERIFY(diff->toPlainText().contains(u"three typed"));
        m_prompts.confirms = {true};
        back->click();
        QVERIFY(m_prompts.asked.last().contains(u"version 2"));
        QTRY_COMPARE(html->toPlainText(), QStringLiteral("one\ntwo"));
        QCOMPARE(content.templates().first().version, 4);
        html->undo();
        QCOMPARE(html->toPlainText(), QStringLiteral("one\nthree typed"));
    }

    void snippetsAreFoundInWhatPutsThemIn()
    {
        Template content;
        content.parts = {{QStringLiteral("html"), QStringLiteral("{% render 'footer' %}{%- include \"head\" -%}")},
                         {QStringLiteral("text"), QStringLiteral("{% liquid\n  render 'line', a: 1\n%}{{ 'render' }}")}};
        QCOMPARE(snippetsIn(content),
                 (QStringList{QStringLiteral("footer"), QStringLiteral("head"), QStringLiteral("line")}));
    }

    void tellsWhereContentIsBorrowedFrom()
    {
        TopicDetail topic;
        topic.topic.category = Category::Marketing;
        QList<Account> accounts;
        for (const char* channel : {"email", "sms", "push", "slack"}) {
            Account account;
            account.id = accounts.size() + 1;
            account.channel = QString::fromLatin1(channel);
            accounts << account;
            topic.routes << Route{0, 0, account.id, int(accounts.size()), {}};
        }
        topic.templates = {mail({}, {}), ofChannel(QStringLiteral("chat"))}; // chat serves Slack
        Template category = ofChannel(QStringLiteral("sms"));
        category.scope = TemplateScope::Category;
        category.key = QStringLiteral("marketing");
        QCOMPARE(borrowedContent(topic, accounts, {category}),
                 (QStringList{QStringLiteral("SMS: what the category Marketing says"),
                              QStringLiteral("Push: built-in content, or the emergency text")}));
        topic.topic.category = Category::System;
        QVERIFY(borrowedContent(topic, accounts, {category}).first().contains(u"built-in"));
    }
};

QTEST_MAIN(ContentEditorTest)
#include "ContentEditorTest.moc"
