// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/content/MailBuilder.h"

#include <QTest>

using namespace carillon;

class MailBuilderTest : public QObject {
    Q_OBJECT

private:
    static Mail sample()
    {
        Mail mail;
        mail.fromName = QStringLiteral("The Shop");
        mail.fromAddress = QStringLiteral("news@shop.example");
        mail.toName = QStringLiteral("Ana");
        mail.toAddress = QStringLiteral("ana@mail.example");
        mail.subject = "Hello";
        mail.html = "<html><BODY bgcolor=red><p>Hi <b>Ana</b></p></body></html>";
        mail.messageId = QStringLiteral("d-42");
        mail.date = 1'751'362'200'000;
        return mail;
    }

    static Mail marketing()
    {
        Mail mail = sample();
        mail.category = Category::Marketing;
        mail.unsubscribeUrl = QStringLiteral("https://shop.example/u/tok");
        mail.unsubscribeMailto = QStringLiteral("leave+x@shop.example");
        mail.listName = QStringLiteral("News");
        mail.listKey = QStringLiteral("news.weekly");
        mail.feedbackId = QStringLiteral("7:news.weekly:marketing:carillon1");
        return mail;
    }

private Q_SLOTS:
    void writesTheHeaders()
    {
        const Result<Message> message = buildMail(sample());
        QVERIFY(message);
        const QByteArray head = message->content.left(message->content.indexOf("\r\n\r\n") + 2);
        for (const char* line :
             {"Date: Tue, 01 Jul 2025 09:30:00 +0000\r\n", "From: The Shop <news@shop.example>\r\n",
              "To: Ana <ana@mail.example>\r\n", "Subject: Hello\r\n", "Message-ID: <d-42@shop.example>\r\n",
              "Auto-Submitted: auto-generated\r\n", "MIME-Version: 1.0\r\n"})
            QVERIFY2(head.contains(line), line);
        QVERIFY(!head.contains("List-") && !head.contains("Precedence"));
        QCOMPARE(message->from, QStringLiteral("news@shop.example"));
        QCOMPARE(message->to, QStringLiteral("ana@mail.example"));
        QVERIFY(!message->needsSmtpUtf8 && !message->has8Bit);
        QVERIFY(message->content.contains("Hi Ana\r\n"));
    }

    void marketingCanBeLeft()
    {
        const Result<Message> message = buildMail(marketing());
        QVERIFY(message);
        QByteArray head = message->content.left(message->content.indexOf("\r\n\r\n") + 2);
        head.replace("\r\n ", " ");
        QVERIFY(head.contains(
            "List-Unsubscribe: <https://shop.example/u/tok>, <mailto:leave%2Bx@shop.example?subject=unsubscribe>\r\n"));
        QVERIFY(head.contains("List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n"));
        QVERIFY(head.contains("List-Id: News <news.weekly.shop.example>\r\n"));
        QVERIFY(head.contains("Feedback-ID: 7:news.weekly:marketing:carillon1\r\n"));
        QVERIFY(!head.contains("Auto-Submitted"));
        Mail mailtoOnly = marketing();
        mailtoOnly.unsubscribeUrl.clear();
        QVERIFY(!buildMail(mailtoOnly)->content.contains("List-Unsubscribe-Post"));
        Mail notOneClick = marketing();
        notOneClick.unsubscribeUrl = QStringLiteral("http://shop.example/u");
        QVERIFY(!buildMail(notOneClick)->content.contains("List-Unsubscribe-Post"));
    }

    void theSameMailIsTheSameBytes()
    {
        QCOMPARE(buildMail(marketing())->content, buildMail(marketing())->content);
        Mail other = marketing();
        other.messageId = QStringLiteral("d-43");
        const auto boundary = [](const QByteArray& content) { return content.mid(content.indexOf("boundary="), 40); };
        QVERIFY(boundary(buildMail(other)->content) != boundary(buildMail(marketing())->content));
    }

    void refusesWhatCannotStandInAHeader_data()
    {
        QTest::addColumn<QString>("field");
        QTest::addColumn<QString>("value");
        const QStringList evil = {QStringLiteral("a\r\nBcc: x@y.example"), QStringLiteral("a@b.example\n"),
                                  QStringLiteral("a@b.example\r\nX: y"), QString(QStringLiteral("a@b.example") + QChar(0)),
                                  QStringLiteral("<a@b.example>, c@d.example")};
        for (const QString& value : evil) {
            for (const char* field : {"from_address", "to", "reply_to", "unsubscribe_mailto"})
                QTest::addRow("%s %s", field, qPrintable(value)) << QString::fromLatin1(field) << value;
        }
        for (const char* field : {"from_name", "list_name", "message_id", "unsubscribe_url"})
            QTest::addRow("%s", field) << QString::fromLatin1(field) << QStringLiteral("x>\r\nBcc: y@z.example");
        QTest::newRow("script") << QStringLiteral("unsubscribe_url") << QStringLiteral("javascript:alert(1)");
    }

    void refusesWhatCannotStandInAHeader()
    {
        QFETCH(QString, field);
        QFETCH(QString, value);
        Mail mail = marketing();
        const QHash<QString, QString*> fields = {{QStringLiteral("from_address"), &mail.fromAddress},
                                                 {QStringLiteral("to"), &mail.toAddress},
                                                 {QStringLiteral("reply_to"), &mail.replyTo},
                                                 {QStringLiteral("unsubscribe_mailto"), &mail.unsubscribeMailto},
                                                 {QStringLiteral("from_name"), &mail.fromName},
                                                 {QStringLiteral("list_name"), &mail.listName},
                                                 {QStringLiteral("message_id"), &mail.messageId},
                                                 {QStringLiteral("unsubscribe_url"), &mail.unsubscribeUrl}};
        *fields[field] = value;
        const Result<Message> message = buildMail(mail);
        QVERIFY(!message);
        QCOMPARE(message.error().field, field);
    }

    void addressesBeyondAscii()
    {
        Mail mail = sample();
        mail.toAddress = QStringLiteral("ana@BÜCHER.example");
        Result<Message> message = buildMail(mail);
        QVERIFY(message);
        QCOMPARE(message->to, QStringLiteral("ana@xn--bcher-kva.example"));
        QVERIFY(message->content.contains("<ana@xn--bcher-kva.example>") && !message->needsSmtpUtf8);
        mail.toAddress = QStringLiteral("añá@b.example");
        message = buildMail(mail);
        QVERIFY(message && message->needsSmtpUtf8 && message->has8Bit);
    }

    void hidesThePreheaderBehindTheBodyTag()
    {
        Mail mail = sample();
        mail.preheader = "Look inside";
        const QByteArray content = buildMail(mail)->content;
        QVERIFY(content.contains("<BODY bgcolor=3Dred><div style=3D\"display:none"));
        QCOMPARE(content.count("Look inside"), 1);
        mail.html = "no tags";
        QVERIFY(buildMail(mail)->content.contains("<div style=3D\"display:none"));
    }

    void textAloneIsOnePart()
    {
        Mail mail = sample();
        mail.html.clear();
        mail.text = "Just text";
        const QByteArray content = buildMail(mail)->content;
        QVERIFY(content.contains("Content-Type: text/plain; charset=utf-8\r\n") && !content.contains("multipart"));
        QVERIFY(content.endsWith("\r\n\r\nJust text\r\n"));
    }
};

QTEST_GUILESS_MAIN(MailBuilderTest)
#include "MailBuilderTest.moc"
