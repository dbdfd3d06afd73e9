// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/preview/PreviewPane.h"
#include "ui/preview/PreviewSource.h"

#include <QAbstractButton>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPlainTextEdit>
#include <QPromise>
#include <QSignalSpy>
#include <QTabBar>
#include <QTest>
#include <QTextBrowser>
#include <QToolButton>

#include <deque>

using namespace carillon;
using namespace carillon::ui;

namespace {

Future<Page<Contact>> people(const QString& text, const PageRequest& request)
{
    Page<Contact> page;
    for (const QString& name : {QStringLiteral("Anna"), QStringLiteral("Bert"), QStringLiteral("Berta")}) {
        if (name.startsWith(text))
            page.rows << Contact{qint64(name.at(0).unicode()) + name.size(), {}, name, {}, {}, {}, 0, 0, {}, {}};
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
    // Whoever knows it whole may write to the browser.
    void aBrowsersAddressIsNotShownWhole()
    {
        Preview push;
        push.parts = {{QStringLiteral("text"), QStringLiteral("Hello")}};
        push.fields = {{QStringLiteral("title"), QStringLiteral("Hello")}};
        push.to
            = QStringLiteral("{\"endpoint\":\"https://push.example.org/v2/secret-4711\",\"keys\":{\"p256dh\":"
                             "\"BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4\","
                             "\"auth\":\"AAAAAAAAAAAAAAAAAAAAAA\"}}");
        PreviewPane pane(people, nullptr, makeTextHtmlView);
        pane.show();
        pane.showPreview(push, QStringLiteral("web_push"));
        QCOMPARE(pane.findChild<QLabel*>(QStringLiteral("previewRecipient"))->text(),
                 QStringLiteral("To push.example.org …t-4711"));
    }

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
        auto* source = pane.findChild<QPlainTextEdit*>(QStringLiteral("previewSource"));
        QVERIFY(source->toPlainText().isEmpty()); // laid out only when it is looked at
        pane.findChild<QTabBar*>(QStringLiteral("previewTabs"))->setCurrentIndex(2);
        QCOMPARE(source->toPlainText(), QStringLiteral("Subject: x\n\nbody\n"));
        QVERIFY(pane.findChild<QWidget*>(QStringLiteral("previewInboxRow"))
                    ->accessibleName()
                    .contains(u"Shop. Hello <b>Anna</b>. Hello Anna"));
    }

    void showsTheWidthAsked()
    {
        PreviewPane pane(people, nullptr, makeTextHtmlView);
        pane.resize(900, 700);
        pane.show();
        pane.showPreview(mail(QStringLiteral("<p>x</p>")), QStringLiteral("email"));
        auto* html = pane.findChild<QWidget*>(QStringLiteral("previewBrowser"));
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
        preview.source = "{\"b\":{\"c\":1}}";
        pane.showPreview(preview, QStringLiteral("webhook"));
        QCOMPARE(pane.findChild<QPlainTextEdit*>(QStringLiteral("previewJson"))->toPlainText(),
                 QStringLiteral("{\n  \"b\": {\n    \"c\": 1\n  }\n}"));
    }

    void fallsBackToTextAndReturns()
    {
        PreviewPane pane(people, nullptr, makeTextHtmlView);
        pane.show();
        auto* tabs = pane.findChild<QTabBar*>(QStringLiteral("previewTabs"));
        pane.showPreview(mail({}), QStringLiteral("email"));
        QCOMPARE(tabs->currentIndex(), 1);
        QVERIFY(!tabs->isTabVisible(0));
        QVERIFY(pane.findChild<QWidget*>(QStringLiteral("previewText"))->isVisible());
        pane.showPreview(mail(QStringLiteral("<p>x</p>")), QStringLiteral("email"));
        QCOMPARE(tabs->currentIndex(), 0);
        tabs->setCurrentIndex(2); // what somebody chose stays
        pane.showPreview(mail({}), QStringLiteral("email"));
        pane.showPreview(mail(QStringLiteral("<p>x</p>")), QStringLiteral("email"));
        QCOMPARE(tabs->currentIndex(), 2);
    }

    // A tag that is half typed does not make the picture come and go.
    void keepsTheLastThatCouldBeRendered()
    {
        PreviewPane pane(people, nullptr, makeTextHtmlView);
        pane.show();
        pane.showPreview(mail(QStringLiteral("<p>Dear Anna</p>")), QStringLiteral("email"));
        auto* browser = pane.findChild<QTextBrowser*>(QStringLiteral("previewBrowser"));
        auto* problems = pane.findChild<QLabel*>(QStringLiteral("previewProblems"));
        QVERIFY(!problems->isVisible());
        Preview broken;
        broken.parts = {{QStringLiteral("subject"), QStringLiteral("Hello")}};
        broken.problems
            = {{Severity::Error, QStringLiteral("html"), 3, 7, 2, QStringLiteral("There is no filter <b>."), 0, {}}};
        pane.showPreview(broken, QStringLiteral("email"));
        QVERIFY(problems->isVisible());
        QVERIFY(problems->text().contains(u"html, line 3, column 7"));
        QVERIFY(problems->text().contains(u"&lt;b&gt;"));
        QVERIFY(problems->text().contains(u"the last that could"));
        QVERIFY(browser->isVisible());
        QSignalSpy activated(&pane, &PreviewPane::problemActivated);
        Q_EMIT problems->linkActivated(QStringLiteral("html:3:7"));
        QCOMPARE(activated.size(), 1);
        QCOMPARE(activated.first(), (QVariantList{QStringLiteral("html"), 3, 7}));
        pane.showPreview(broken, QStringLiteral("sms")); // nothing of this one was ever rendered
        QVERIFY(!browser->isVisible());
        QVERIFY(problems->isVisible());
        pane.showPreview(mail(QStringLiteral("<p>x</p>")), QStringLiteral("email"));
        QVERIFY(!problems->isVisible());
    }

    // What is too long for its channel can be looked at all the same.
    void showsProblemsBesideWhatCanBeShown()
    {
        PreviewPane pane(people, nullptr, makeTextHtmlView);
        pane.show();
        Preview preview;
        preview.parts = {{QStringLiteral("text"), QStringLiteral("much too long")}};
        preview.problems = {{Severity::Error, QStringLiteral("text"), 1, 1, 1, QStringLiteral("It is too long."), 0, {}}};
        preview.facts.length = 5'000;
        preview.facts.limit = 4'096;
        preview.facts.unit = QStringLiteral("characters");
        preview.facts.notes = QStringList{QStringLiteral("904 too many.")};
        pane.showPreview(preview, QStringLiteral("telegram"));
        QVERIFY(pane.findChild<QLabel*>(QStringLiteral("previewProblems"))->isVisible());
        QVERIFY(pane.findChild<QWidget*>(QStringLiteral("previewMessages"))->isVisible());
        QCOMPARE(pane.findChild<QLabel*>(QStringLiteral("previewFacts"))->text(),
                 QStringLiteral("5,000 of 4,096 characters"));
        QCOMPARE(pane.findChild<QLabel*>(QStringLiteral("previewNotes"))->text(), QStringLiteral("904 too many."));
    }

    void followsTheEditedChannelUntilAnotherIsChosen()
    {
        PreviewPane pane(people, nullptr, makeTextHtmlView);
        QSignalSpy chosen(&pane, &PreviewPane::channelChosen);
        const QStringList channels{QStringLiteral("email"), QStringLiteral("sms"), QStringLiteral("slack")};
        pane.setChannels(channels, QStringLiteral("sms"));
        QCOMPARE(pane.channel(), QStringLiteral("sms"));
        QCOMPARE(chosen.size(), 0);
        pane.findChild<QTabBar*>(QStringLiteral("previewChannels"))->setCurrentIndex(2);
        QCOMPARE(chosen.size(), 1);
        pane.setChannels(channels, QStringLiteral("sms")); // the next key in the editor
        QCOMPARE(pane.channel(), QStringLiteral("slack"));
        pane.setChannels(channels, QStringLiteral("email")); // another one is edited
        QCOMPARE(pane.channel(), QStringLiteral("email"));
        pane.setChannels({QStringLiteral("push")}, QString());
        QCOMPARE(pane.channel(), QStringLiteral("push"));
        pane.setChannels({}, QStringLiteral("sms"));
        QCOMPARE(pane.channel(), QStringLiteral("sms"));
    }

    void knowsTheChannelsOfATopic()
    {
        TopicDetail topic;
        Template content;
        content.channel = QStringLiteral("slack");
        topic.templates << content;
        content.channel = QStringLiteral("email");
        topic.templates << content << content;
        topic.routes << Route{0, 0, 7, 0, {}} << Route{0, 0, 8, 1, {}} << Route{0, 0, 9, 2, {}};
        QCOMPARE(previewChannels(topic, {{7, QStringLiteral("sms")}, {8, QStringLiteral("matrix")}}),
                 (QStringList{QStringLiteral("email"), QStringLiteral("sms"), QStringLiteral("slack"),
                              QStringLiteral("matrix")}));
    }

    void asksBeforeItLoadsImages()
    {
        PreviewPane pane(people, nullptr, makeTextHtmlView);
        pane.show();
        const QString html
            = QStringLiteral("<img src=\"https://127.0.0.1:1/a.png\"><td background='http://127.0.0.1:1/b.png'>");
        pane.showPreview(mail(html), QStringLiteral("email"));
        auto* bar = pane.findChild<QWidget*>(QStringLiteral("previewRemoteBar"));
        QVERIFY(bar->isVisible());
        QVERIFY(bar->findChild<QLabel*>()->text().startsWith(u"2 images"));
        pane.findChild<QAbstractButton*>(QStringLiteral("previewLoadImages"))->click();
        QVERIFY(!bar->isVisible());
        pane.showPreview(mail(html), QStringLiteral("email")); // the next key
        QVERIFY(!bar->isVisible());
        pane.picker()->choose(4, QStringLiteral("Someone else"));
        pane.showPreview(mail(html), QStringLiteral("email"));
        QVERIFY(bar->isVisible());
    }

    void listsAttachmentsAndSaysWhatDarkMeans()
    {
        PreviewPane pane(people, nullptr, makeTextHtmlView);
        pane.resize(800, 700);
        pane.show();
        Preview preview = mail(QStringLiteral("<p>x</p>"));
        preview.source
            = "Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\nContent-Type: text/plain\r\n\r\nHi\r\n"
              "--x\r\nContent-Type: application/pdf\r\nContent-Disposition: attachment; filename=\"terms.pdf\"\r\n"
              "Content-Transfer-Encoding: base64\r\n\r\nQUJD\r\n--x--\r\n";
        pane.showPreview(preview, QStringLiteral("email"));
        auto* files = pane.findChild<QLabel*>(QStringLiteral("previewAttachments"));
        QVERIFY(files->isVisible());
        QVERIFY2(files->text().contains(u"terms.pdf  3 bytes"), qPrintable(files->text()));
        auto* note = pane.findChild<QLabel*>(QStringLiteral("previewDarkNote"));
        QVERIFY(!note->isVisible());
        pane.findChild<QAbstractButton*>(QStringLiteral("previewDark"))->click();
        QVERIFY(note->isVisible());
        QVERIFY(note->text().contains(u"Gmail"));
        pane.showPreview(
            mail(QStringLiteral("<style>@media (prefers-color-scheme: dark) { p { color: red } }</style><p>x</p>")),
            QStringLiteral("email"));
        QVERIFY(note->text().contains(u"own dark style"));
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

    void walksWithAltAndGoesWhereItIsTold()
    {
        PreviewPane pane(people, nullptr, makeTextHtmlView);
        pane.show();
        QVERIFY(QTest::qWaitForWindowActive(&pane));
        pane.picker()->chooseFirst();
        QTRY_COMPARE(pane.picker()->contact().name, QStringLiteral("Anna"));
        QTest::keyClick(&pane, Qt::Key_Right, Qt::AltModifier);
        QTRY_COMPARE(pane.picker()->contact().name, QStringLiteral("Bert"));
        QTest::keyClick(&pane, Qt::Key_Left, Qt::AltModifier);
        QTRY_COMPARE(pane.picker()->contact().name, QStringLiteral("Anna"));
        auto* worst = pane.findChild<QToolButton*>(QStringLiteral("worstCases"));
        QVERIFY(!worst->isVisible());
        pane.setWorstCases({{WorstCase::Longest, QStringLiteral("email"), 42, QStringLiteral("Zoë & Co"), 1'204},
                            {WorstCase::RightToLeftName, {}, 43, QStringLiteral("עדה"), 0}});
        QVERIFY(worst->isVisible());
        QCOMPARE(worst->menu()->actions().first()->text(), QStringLiteral("Longest message (Email): Zoë && Co · 1,204"));
        pane.setChannels({QStringLiteral("sms"), QStringLiteral("email")}, QStringLiteral("sms"));
        QSignalSpy chosen(pane.picker(), &ContactPicker::chosen);
        worst->menu()->actions().first()->trigger();
        QCOMPARE(chosen.size(), 1);
        QCOMPARE(pane.picker()->contactId(), 42);
        QCOMPARE(pane.channel(), QStringLiteral("email")); // what is worst is worst there
        QCOMPARE(pane.findChild<QLineEdit*>(QStringLiteral("previewContact"))->text(), QStringLiteral("Zoë & Co"));
    }

    // Whatever was typed and left: the field says who is shown.
    void alwaysSaysWhoIsShown()
    {
        QWidget window;
        auto* picker = new ContactPicker(people, &window);
        auto* other = new QLineEdit(&window);
        window.show();
        QVERIFY(QTest::qWaitForWindowActive(&window));
        picker->choose(3, QStringLiteral("Anna"));
        auto* text = picker->findChild<QLineEdit*>(QStringLiteral("previewContact"));
        text->setFocus();
        text->selectAll();
        QTest::keyClicks(text, QStringLiteral("zzz"));
        other->setFocus();
        QCOMPARE(text->text(), QStringLiteral("Anna"));
    }

    // Several changes of one event are one request, and it goes out without waiting for another key.
    void asksAtOnce()
    {
        int asked = 0;
        PreviewSource source(
            [&](const PreviewRequest&) {
                ++asked;
                return readyFuture<Preview>(Preview());
            },
            this);
        source.request({});
        source.request({});
        QCOMPARE(asked, 0);
        QTRY_COMPARE(asked, 1);
        QTest::qWait(40);
        QCOMPARE(asked, 1);
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
