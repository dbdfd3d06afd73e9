// SPDX-License-Identifier: GPL-3.0-or-later
#include "Building.h"
#include "engine/content/MailBuilder.h"

#include <QTest>

using namespace carillon;

class EmailBuilderTest : public QObject {
    Q_OBJECT

private:
    static ContentSet content()
    {
        ContentSet set;
        set.brand.fromName = QStringLiteral("The Shop");
        set.brand.fromAddress = QStringLiteral("news@shop.example");
        set.assets = {{QStringLiteral("aa"), QByteArray("%PDF-1.7")},
                      {QStringLiteral("bb"), QByteArray("\x89PNG")},
                      {QStringLiteral("empty"), QByteArray("")},
                      {QStringLiteral("big"), QByteArray(10 << 20, 'x')}};
        return set;
    }

    static Built mail(QMap<QString, QString> parts, const QJsonObject& settings = {})
    {
        return build(QStringLiteral("email"), parts, settings, {}, content());
    }

    static Built html(const QString& html, const QJsonArray& attachments = {})
    {
        return mail({{QStringLiteral("html"), html}}, {{QStringLiteral("attachments"), attachments}});
    }

    static QJsonObject attachment(const char* name, const char* asset, const char* type = "", const char* contentId = "")
    {
        return {{QStringLiteral("name"), QString::fromUtf8(name)},
                {QStringLiteral("type"), QString::fromUtf8(type)},
                {QStringLiteral("asset"), QString::fromUtf8(asset)},
                {QStringLiteral("content_id"), QString::fromUtf8(contentId)}};
    }

    static QByteArray contentOf(const Built& built) { return built.message ? built.message->content : QByteArray(); }

    // The content types in the order of the mail.
    static QStringList structure(const Built& built)
    {
        QStringList types;
        for (const QByteArray& line : contentOf(built).split('\n')) {
            if (line.startsWith("Content-Type: "))
                types << QString::fromLatin1(line.mid(14, line.indexOf(';') - 14));
        }
        return types;
    }

private Q_SLOTS:
    void onlyTheMultipartsThatAreNeeded()
    {
        QCOMPARE(structure(mail({{QStringLiteral("text"), QStringLiteral("x")}})),
                 QStringList{QStringLiteral("text/plain")});
        QCOMPARE(structure(html(QStringLiteral("<p>x"))),
                 (QStringList{QStringLiteral("multipart/alternative"), QStringLiteral("text/plain"),
                              QStringLiteral("text/html")}));
        const Built all
            = html(QStringLiteral("<img src=\"cid:logo\">"),
                   {attachment("terms.pdf", "aa", "application/pdf"), attachment("logo.png", "bb", "image/png", "logo")});
        QVERIFY2(all.isRight(), qPrintable(all.error()));
        QCOMPARE(structure(all),
                 (QStringList{QStringLiteral("multipart/mixed"), QStringLiteral("multipart/alternative"),
                              QStringLiteral("text/plain"), QStringLiteral("multipart/related"), QStringLiteral("text/html"),
                              QStringLiteral("image/png"), QStringLiteral("application/pdf")}));
        QVERIFY(contentOf(all).contains("cid:logo@shop.example")
                && contentOf(all).contains("Content-ID: <logo@shop.example>"));
        QCOMPARE(contentOf(all),
                 contentOf(html(QStringLiteral("<img src=\"cid:logo\">"),
                                {attachment("terms.pdf", "aa", "application/pdf"),
                                 attachment("logo.png", "bb", "image/png", "logo")})));
    }

    void markdownIsUsedWhenThereIsNoHtml()
    {
        const Built built = mail(
            {{QStringLiteral("markdown"), QStringLiteral("**Hi** Ana")}, {QStringLiteral("html"), QStringLiteral(" \n")}});
        QVERIFY2(built.isRight(), qPrintable(built.error()));
        QVERIFY(contentOf(built).contains("<strong>Hi</strong> Ana") && contentOf(built).contains("\r\n\r\nHi Ana\r\n"));
        const Built both = mail(
            {{QStringLiteral("markdown"), QStringLiteral("**Hi**")}, {QStringLiteral("html"), QStringLiteral("<p>html")}});
        QVERIFY(contentOf(both).contains("<p>html") && !contentOf(both).contains("<strong>"));
        QCOMPARE(mail({{QStringLiteral("markdown"), QString(300'000, u'a')}}).field(), QStringLiteral("markdown"));
    }

    void thePreheaderIsText()
    {
        const Built built = mail({{QStringLiteral("html"), QStringLiteral("<body><p>x")},
                                  {QStringLiteral("preheader"), QStringLiteral("1 < 2 & </div>")}});
        QVERIFY(contentOf(built).contains("1 &lt; 2 &amp; &lt;/div&gt;"));
    }

    void nothingToSay()
    {
        const Built built
            = mail({{QStringLiteral("subject"), QStringLiteral("x")}, {QStringLiteral("html"), QStringLiteral(" ")}});
        QCOMPARE(built.field(), QStringLiteral("html"));
    }

    void attachmentsAreChecked_data()
    {
        QTest::addColumn<QJsonValue>("setting");
        QTest::addColumn<QString>("says");
        const auto row
            = [](const char* says, const QJsonValue& setting) { QTest::newRow(says) << setting << QString::fromUtf8(says); };
        row("names the file nosuch", QJsonArray{attachment("a.pdf", "nosuch")});
        row("Attachment 2 (“b.pdf”)", QJsonArray{attachment("a.pdf", "aa"), attachment("b.pdf", "cc")});
        row("needs a name", QJsonArray{attachment("", "aa")});
        row("without slashes", QJsonArray{attachment("../../etc/passwd", "aa")});
        row("at most 200 characters", QJsonArray{attachment("a\r\nBcc: x.pdf", "aa")});
        row("has the type “pdf”", QJsonArray{attachment("a.pdf", "aa", "pdf")});
        row("has the type “a/b; c=\r\nX: y”", QJsonArray{attachment("a.pdf", "aa", "a/b; c=\r\nX: y")});
        row("has the type “multipart/mixed”", QJsonArray{attachment("a.pdf", "aa", "multipart/mixed")});
        row("has the type “message/rfc822”", QJsonArray{attachment("a.eml", "aa", "message/rfc822")});
        row("content_id", QJsonArray{attachment("a.png", "bb", "image/png", "a>b")});
        row("must be a list", QJsonValue(QStringLiteral("a.pdf")));
    }

    void attachmentsAreChecked()
    {
        QFETCH(QJsonValue, setting);
        QFETCH(QString, says);
        const Built built
            = mail({{QStringLiteral("html"), QStringLiteral("x")}}, {{QStringLiteral("attachments"), setting}});
        QVERIFY2(!built.isRight() && built.error().contains(says), qPrintable(built.error()));
        QCOMPARE(built.field(), QStringLiteral("attachments"));
    }

    void namesBeyondAscii()
    {
        const Built built = html(
            QStringLiteral("x"),
            {attachment("naïve – 漢字.pdf", "aa", "application/pdf"), attachment("empty.txt", "empty", "text/plain")});
        QVERIFY2(built.isRight(), qPrintable(built.error()));
        QVERIFY(contentOf(built).contains("filename*=UTF-8''na%C3%AFve%20%E2%80%93%20%E6%BC%A2%E5%AD%97.pdf"));
        QVERIFY(contentOf(built).contains("name=\"na_ve _ __.pdf\"") && contentOf(built).contains("filename=\"empty.txt\""));
    }

    void imagesInTheHtmlBecomeFiles()
    {
        const Built built = html(QStringLiteral(
            "<img src=\"data:image/png;base64,iVBO Rw0K\"><div style='background:url(data:image/gif;base64,R0lGOD==)'>"
            "<img src='data:image/png;base64,iVBORw0K'><img src=\"data:image/svg+xml,%3Csvg/%3E\">"));
        QVERIFY2(built.isRight(), qPrintable(built.error()));
        QVERIFY(!contentOf(built).contains("data:image"));
        QCOMPARE(contentOf(built).count("Content-ID:"), 3); // one picture stands there twice
        QCOMPARE(contentOf(built).count("src=3D\"cid:image-") + contentOf(built).count("src=3D'cid:image-"), 3);
        // What is no image, or damaged, stays.
        for (const char* left :
             {"<a href=\"data:text/html,x\">", "<img src=\"data:image/png;base64,***\">", "<img src=\"data:image/png\">",
              "<p>data:image/png;base64,iVBO</p>", "<img src=\"data:image/png;base64,\">"}) {
            const Built kept = html(QLatin1String(left));
            QVERIFY2(kept.isRight() && !contentOf(kept).contains("Content-ID"), left);
        }
        QVERIFY(html(QStringLiteral("<img src='data:image/").repeated(100'000)).isRight());
        QVERIFY(html(QStringLiteral("(data:image/").repeated(200'000)).isRight());
        QVERIFY(html(QStringLiteral("cid:logo ").repeated(200'000), {attachment("logo.png", "bb", "image/png", "logo")})
                    .isRight());
    }

    void aMailHasALimit()
    {
        const Built built
            = html(QStringLiteral("x"), {attachment("1", "big"), attachment("2", "big"), attachment("3", "big")});
        QVERIFY2(built.error().contains(QStringLiteral("40.0 MB, and mail services take 25 MB")), qPrintable(built.error()));
        QVERIFY(html(QStringLiteral("x"), {attachment("1", "big")}).isRight());
    }

    void factsSayWhatMailProgramsDo()
    {
        const Built built = html(QString(110'000, u'x'), {attachment("logo.png", "bb", "image/png", "logo")});
        QCOMPARE(built.facts.length, qint64(contentOf(built).size()));
        QCOMPARE(built.facts.unit, QStringLiteral("bytes"));
        const QString notes = built.facts.notes.join(u' ');
        QVERIFY2(notes.contains(QStringLiteral("Gmail")) && notes.contains(QStringLiteral("cid:logo")), qPrintable(notes));
    }
};

QTEST_GUILESS_MAIN(EmailBuilderTest)
#include "EmailBuilderTest.moc"
