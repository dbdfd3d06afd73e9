// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/preview/PreviewPane.h"
#include "ui/preview/PreviewSource.h"

#include <QAbstractButton>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPromise>
#include <QSignalSpy>
#include <QTabWidget>
#include <QTest>
#include <QTextBrowser>

#include <deque>

using namespace carillon;
using namespace carillon::ui;

namespace {

Future<Page<Contact>> people(const QString& text, const PageRequest& request)
{
    Page<Contact> page;
    for (const QString& name : {QStringLiteral("Anna"), QStringLiteral("Bert"), QStringLiteral("Berta")}) {
        if (name.startsWith(text))
            page.rows << Contact{qint64(name.at(0).unicode()) + name.size(), {}, name, {}, {}, {}, 0, 0, {}};
    }
    page.total = page.rows.size();
    page.rows = page.rows.mid(request.offset, request.limit);
    return readyFuture<Page<Contact>>(page);
}

Preview mail(const QString& html)
{
    Preview preview;
    preview.parts = {{QStringLiteral("subject"), QStringLiteral("Hello <b>Anna</b>")},
                     {QStringLiteral("html"), html},
                     {QStringLiteral("text"), QStringLiteral("Hello Anna")}};
    preview.source = "Subject: x\r\n\r\nbody\r\n";
    preview.from = QStringLiteral("Shop <news@example.org>");
    preview.to = QStringLiteral("anna@example.org");
    preview.explanation = QStringList{QStringLiteral("Template: email, every language.")};
    return preview;
}

} // namespace

class PreviewPaneTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void showsAMail()
    {
        PreviewPane pane(people, nullptr, makeTextHtmlView);
        pane.show();
        pane.showPreview(mail(QStringLiteral("<p>Dear Anna</p>")), QStringLiteral("email"));
        QCOMPARE(pane.findChild<QLabel*>(QStringLiteral("previewFrom"))->text(), QStringLiteral("Shop <news@example.org>"));
        QCOMPARE(pane.findChild<QLabel*>(QStringLiteral("previewSubject"))->text(), QStringLiteral("Hello <b>Anna</b>"));
        QCOMPARE(pane.findChild<QLabel*>(QStringLiteral("previewSubject"))->textFormat(), Qt::PlainText);
        QCOMPARE(pane.findChild<QTextBrowser*>(QStringLiteral("previewBrowser"))->toPlainText(),
                 QStringLiteral("Dear Anna"));
        QCOMPARE(pane.findChild<QPlainTextEdit*>(QStringLiteral("previewText"))->toPlainText(),
                 QStringLiteral("Hello Anna"));
        QCOMPARE(pane.findChild<QPlainTextEdit*>(QStringLiteral("previewSource"))->toPlainText(),
                 QStringLiteral("Subject: x\n\nbody\n"));
    }

    void showsTheWidthAsked()
    {
        PreviewPane pane(people, nullptr, makeTextHtmlView);
        pane.resize(900, 700);
        pane.show();
        pane.showPreview(mail(QStringLiteral("<p>x</p>")), QStringLiteral("email"));
        auto* html = pane.findChild<QWidget*>(QStringLiteral("previewHtml"));
        QTRY_COMPARE(html->width(), 600);
        pane.findChild<QAbstractButton*>(QStringLiteral("previewNarrow"))->click();
        QTRY_COMPARE(html->width(), 375);
    }

    // The view is costly, and what it loads is none of a preview's business.
    void makesTheViewLateAndLoadsNothing()
    {
        int made = 0;
        PreviewPane pane(people, nullptr, [&made](QWidget* parent) {
            ++made;
            return makeTextHtmlView(parent);
        });
        pane.showPreview(mail(QStringLiteral("<img src=\"file:///etc/hostname\"><p>x</p>")), QStringLiteral("email"));
        QCOMPARE(made, 0);
        pane.show();
        QCOMPARE(made, 1);
        auto* browser = pane.findChild<QTextBrowser*>(QStringLiteral("previewBrowser"));
        QVERIFY(
            !browser->loadResource(QTextDocument::ImageResource, QUrl(QStringLiteral("file:///etc/hostname"))).isValid());
        QVERIFY(!browser->loadResource(QTextDocument::StyleSheetResource, QUrl(QStringLiteral("https://example.org/x.css")))
                     .isValid());
    }

    void showsOtherChannelsAsTheyAre()
    {
        PreviewPane pane(people, nullptr, makeTextHtmlView);
        Preview preview;
        preview.parts = {{QStringLiteral("body"), QStringLiteral("{\"b\":{\"c\":1}}")}};
        pane.showPreview(preview, QStringLiteral("webhook"));
        QCOMPARE(pane.findChild<QPlainTextEdit*>(QStringLiteral("previewParts"))->toPlainText(),
                 QStringLiteral("{\n    \"b\": {\n        \"c\": 1\n    }\n}"));
        QVERIFY(pane.findChild<QLabel*>(QStringLiteral("previewSubject"))->isHidden());
    }

    void showsProblemsInPlaceOfTheContent()
    {
        PreviewPane pane(people, nullptr, makeTextHtmlView);
        pane.show();
        Preview preview = mail({});
        preview.problems
            = {{Severity::Error, QStringLiteral("html"), 3, 7, 2, QStringLiteral("There is no filter <b>."), 0, {}}};
        pane.showPreview(preview, QStringLiteral("email"));
        auto* problems = pane.findChild<QLabel*>(QStringLiteral("previewProblems"));
        QVERIFY(problems->isVisible());
        QVERIFY(problems->text().contains(u"html, line 3, column 7"));
        QVERIFY(problems->text().contains(u"&lt;b&gt;"));
        QSignalSpy activated(&pane, &PreviewPane::problemActivated);
        Q_EMIT problems->linkActivated(QStringLiteral("html:3:7"));
        QCOMPARE(activated.size(), 1);
        QCOMPARE(activated.first(), (QVariantList{QStringLiteral("html"), 3, 7}));
    }

    void explainsOnDemand()
    {
        PreviewPane pane(people, nullptr, makeTextHtmlView);
        pane.show();
        pane.showPreview(mail(QStringLiteral("<p>x</p>")), QStringLiteral("email"));
        auto* explanation = pane.findChild<QLabel*>(QStringLiteral("previewExplanation"));
        QVERIFY(!explanation->isVisible());
        pane.findChild<QAbstractButton*>(QStringLiteral("previewWhy"))->click();
        QVERIFY(explanation->isVisible());
        QVERIFY(explanation->text().contains(u"every language"));
    }

    void walksThroughContacts()
    {
        ContactPicker picker(people);
        picker.chooseFirst();
        QTRY_COMPARE(picker.contact().name, QStringLiteral("Anna"));
        auto* text = picker.findChild<QLineEdit*>(QStringLiteral("previewContact"));
        QTest::keyClick(text, Qt::Key_Down);
        QTRY_COMPARE(picker.contact().name, QStringLiteral("Bert"));
        QTest::keyClick(text, Qt::Key_Down);
        QTRY_COMPARE(picker.contact().name, QStringLiteral("Berta"));
        QTest::keyClick(text, Qt::Key_Down); // the last one stays
        QTest::keyClick(text, Qt::Key_Up);
        QTRY_COMPARE(picker.contact().name, QStringLiteral("Bert"));
        picker.findChild<QAbstractButton*>(QStringLiteral("previousContact"))->click();
        QTRY_COMPARE(picker.contact().name, QStringLiteral("Anna"));
    }

    // Ten keys while one answer is awaited ask once more, and for the last of them.
    void asksOneAtATimeAndTheLatestWins()
    {
        std::deque<QPromise<Result<Preview>>> promises;
        QList<QString> asked;
        PreviewSource source(
            [&](const PreviewRequest& request) {
                asked << request.channel;
                promises.emplace_back();
                promises.back().start();
                return promises.back().future();
            },
            this);
        QSignalSpy arrived(&source, &PreviewSource::arrived);
        const auto answer = [&](int index) {
            promises[std::size_t(index)].addResult(Result<Preview>(Preview()));
            promises[std::size_t(index)].finish();
        };
        PreviewRequest request;
        request.channel = QStringLiteral("0");
        source.request(request);
        QTRY_COMPARE(asked, QList<QString>{QStringLiteral("0")});
        for (int n = 1; n <= 10; ++n) {
            request.channel = QString::number(n);
            source.request(request);
        }
        QTest::qWait(60);
        QCOMPARE(asked.size(), 1);
        answer(0);
        QTRY_COMPARE(asked, (QList<QString>{QStringLiteral("0"), QStringLiteral("10")}));
        answer(1);
        QTRY_COMPARE(arrived.size(), 2);
    }
};

QTEST_MAIN(PreviewPaneTest)
#include "PreviewPaneTest.moc"
