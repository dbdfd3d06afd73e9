// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/preview/MailHtml.h"
#include "ui/preview/MimeReader.h"

#include <QElapsedTimer>
#include <QRandomGenerator>
#include <QTest>

using namespace carillon::ui;

namespace {

// A mail with everything: alternatives within related within mixed, names in every way that they are written.
const QByteArray wholeMail
    = "Subject: x\r\nContent-Type: multipart/mixed;\r\n boundary=\"outer\"\r\n\r\npreamble\r\n"
      "--outer\r\nContent-Type: multipart/related; boundary=inner\r\n\r\n"
      "--inner\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<img src=\"cid:logo@shop\">--inner is no border here\r\n"
      "--inner\r\nContent-Type: image/png; name=\"logo.png\"\r\nContent-ID: <logo@shop>\r\nContent-Transfer-Encoding: "
      "base64\r\n"
      "Content-Disposition: inline\r\n\r\niVBO\r\nRw==\r\n--inner--\r\n"
      "--outer\r\nContent-Type: application/pdf\r\nContent-Transfer-Encoding: base64\r\n"
      "Content-Disposition: attachment;\r\n filename*=UTF-8''Gr%C3%BC%C3%9Fe.pdf\r\n\r\nQUJDREU=\r\n"
      "--outer\r\nContent-Type: text/csv\r\nContent-Disposition: attachment; filename=\"=?UTF-8?B?w6QuY3N2?=\"\r\n"
      "Content-Transfer-Encoding: quoted-printable\r\n\r\na=3Db=\r\n;c\r\n"
      "--outer\r\nContent-Type: text/plain\r\nContent-Disposition: attachment; filename*0=\"long \"; "
      "filename*1=\"name.txt\"\r\n\r\n\r\n"
      "--outer--\r\nepilogue";

} // namespace

// What the preview reads out of a mail before it shows it.
class PreviewMailTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void findsFilesAndImages()
    {
        const MailFiles files = readMailFiles(wholeMail);
        QStringList told;
        for (const MailAttachment& file : files.attachments)
            told << QStringLiteral("%1 %2 %3%4")
                        .arg(file.name, file.type)
                        .arg(file.size)
                        .arg(file.isInline ? u" inline"_qs : QString());
        QCOMPARE(told,
                 (QStringList{u"logo.png image/png 4 inline"_qs, u"Grüße.pdf application/pdf 5"_qs, u"ä.csv text/csv 7"_qs,
                              u"long name.txt text/plain 2"_qs}));
        QCOMPARE(files.images.size(), 1);
        QCOMPARE(files.images.value(u"logo@shop"_qs).bytes, QByteArray("\x89PNG"));
        QCOMPARE(files.images.value(u"logo@shop"_qs).type, QByteArray("image/png"));
    }

    void aPlainMailHasNoFiles()
    {
        QVERIFY(readMailFiles("Subject: x\r\n\r\nbody").attachments.isEmpty());
        QVERIFY(readMailFiles("Content-Type: multipart/alternative; boundary=x\r\n\r\n--x\r\n\r\na\r\n--x\r\nContent-Type: "
                              "text/html\r\n\r\nb\r\n--x--")
                    .attachments.isEmpty());
        QVERIFY(readMailFiles({}).attachments.isEmpty());
    }

    void anyBytesAreTaken()
    {
        QRandomGenerator random(4711);
        for (int round = 0; round < 2'000; ++round) {
            QByteArray broken = wholeMail;
            for (int n = 0; n < 12; ++n) {
                const qsizetype at = random.bounded(broken.size());
                if (n % 3 == 0)
                    broken.remove(at, random.bounded(20));
                else
                    broken[at] = char(random.bounded(256));
                if (broken.isEmpty())
                    break;
            }
            readMailFiles(broken);
        }
        // Parts within parts of the same border, without an end.
        const QByteArray nested = QByteArray("Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n").repeated(5'000);
        QElapsedTimer time;
        time.start();
        readMailFiles(nested);
        QVERIFY(time.elapsed() < 3'000);
    }

    void findsRemoteImages_data()
    {
        QTest::addColumn<QString>("html");
        QTest::addColumn<QStringList>("found");
        const auto row
            = [](const char* html, const QStringList& found) { QTest::newRow(html) << QString::fromLatin1(html) << found; };
        row("<img src=\"https://a.b/1.png?x=1&amp;y=2\">", {u"https://a.b/1.png?x=1&y=2"_qs});
        row("<IMG alt='>' SRC = 'http://a.b/1.png'>", {u"http://a.b/1.png"_qs});
        row("<img width=1 src=http://a.b/1.png>", {u"http://a.b/1.png"_qs});
        row("<td background=\"https://a.b/2.png\"><img src=cid:x><img src=\"data:image/png;base64,x\">",
            {u"https://a.b/2.png"_qs});
        row("<div style=\"background:url('https://a.b/3.png')\"><style>p{background:url( //a.b/4.png )}</style>",
            {u"https://a.b/3.png"_qs, u"https://a.b/4.png"_qs});
        row("<img srcset=\"https://a.b/1.png 1x, https://a.b/2.png 2x\">",
            {u"https://a.b/1.png"_qs, u"https://a.b/2.png"_qs});
        row("<img src=\"https://a.b/1.png\"><img src=\"https://a.b/1.png\"><a href=\"https://a.b/\">",
            {u"https://a.b/1.png"_qs});
        row("<script src=\"https://a.b/x.js\"></script><iframe src=\"https://a.b/\"></iframe>", {});
    }
    void findsRemoteImages()
    {
        QFETCH(QString, html);
        QFETCH(QStringList, found);
        QStringList told;
        for (const QUrl& url : remoteImagesOf(html))
            told << url.toString();
        QCOMPARE(told, found);
    }

    void answersWhatIsAskedAboutTheColourScheme()
    {
        const QString html
            = u"<meta name=\"color-scheme\" content=\"light dark\"><style>:root{color-scheme:light dark}"
              "@media (prefers-color-scheme: dark){a{b:c}}@media (PREFERS-COLOR-SCHEME:light) and (min-width:1px){d{e:f}}"
              "</style><p>(prefers-color-scheme: dark)</p>"_qs;
        QVERIFY(hasDarkStyle(html));
        QCOMPARE(
            withColourScheme(html, true),
            u"<meta name=\"color-scheme\" content=\"dark\"><style>:root{color-scheme: dark}"
            "@media (min-width: 0px){a{b:c}}@media (max-width: 0px) and (min-width:1px){d{e:f}}</style><p>(prefers-color-scheme: dark)</p>"_qs);
        QCOMPARE(
            withColourScheme(html, false),
            u"<meta name=\"color-scheme\" content=\"light\"><style>:root{color-scheme: light}"
            "@media (max-width: 0px){a{b:c}}@media (min-width: 0px) and (min-width:1px){d{e:f}}</style><p>(prefers-color-scheme: dark)</p>"_qs);
        const QString none = u"<style>p{color:red}</style><p>dark"_qs;
        QVERIFY(!hasDarkStyle(none));
        QCOMPARE(withColourScheme(none, true), none);
        QVERIFY(hasDarkStyle(u"<meta content='light dark' name='color-scheme'>"_qs));
    }

    void knowsTheDoctype()
    {
        QCOMPARE(doctypeOf(u"\n<!-- x --><!DOCTYPE html><p>"_qs), u"<!DOCTYPE html>"_qs);
        QCOMPARE(doctypeOf(u"<p><!doctype html>"_qs), QString());
    }

    void longHtmlIsQuick_data()
    {
        QTest::addColumn<QString>("html");
        for (const char* unit : {"<img ", "<style>", "url(", "<meta name=color-scheme ", "src=", "<!--",
                                 "<style>color-scheme:dark light;</style>"})
            QTest::newRow(unit) << QString::fromLatin1(unit).repeated(100'000 / qsizetype(strlen(unit)));
    }
    void longHtmlIsQuick()
    {
        QFETCH(QString, html);
        QElapsedTimer time;
        time.start();
        remoteImagesOf(html);
        hasDarkStyle(html);
        withColourScheme(html, true);
        doctypeOf(html);
        QVERIFY2(time.elapsed() < 3'000, qPrintable(QString::number(time.elapsed())));
    }
};

QTEST_GUILESS_MAIN(PreviewMailTest)
#include "PreviewMailTest.moc"
