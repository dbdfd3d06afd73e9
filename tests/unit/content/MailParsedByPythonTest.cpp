// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/base/Random.h"
#include "engine/content/MailBuilder.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

using namespace carillon;

// Python's strict e-mail parser reads what the builder writes, without a defect and with nothing lost.
class MailParsedByPythonTest : public QObject {
    Q_OBJECT

private:
    static QString anyText(SeededRandom& random, qsizetype longest)
    {
        static const char32_t scripts[][2]
            = {{0x20, 0x7e},     {0x20, 0x7e},     {0xa1, 0x17f},     {0x391, 0x3c9}, {0x410, 0x44f},
               {0x5d0, 0x5ea},   {0x627, 0x64a},   {0x905, 0x939},    {0xe01, 0xe2e}, {0x3042, 0x3093},
               {0x4e00, 0x9fa5}, {0xac00, 0xd7a3}, {0x1f300, 0x1f5ff}};
        QString result;
        const quint64 size = random.below(quint64(longest) + 1);
        const auto& script = scripts[random.below(std::size(scripts))];
        for (quint64 i = 0; i < size; ++i) {
            const char32_t c = random.below(5) ? script[0] + char32_t(random.below(script[1] - script[0] + 1)) : U' ';
            result += QString::fromUcs4(&c, 1);
        }
        return result;
    }

    // A name or subject as data may have it: control characters included.
    static QString anyLine(SeededRandom& random, qsizetype longest)
    {
        QString result = anyText(random, longest);
        if (random.below(4) == 0) {
            qsizetype at = qsizetype(random.below(quint64(result.size()) + 1));
            at -= at < result.size() && result[at].isLowSurrogate();
            result.insert(at, QStringLiteral("\r\nBcc: evil@example.net\r\n"));
        }
        if (random.below(4) == 0)
            result += QChar(ushort(random.below(32)));
        return result;
    }

    static Mail anyMail(SeededRandom& random, int number)
    {
        Mail mail;
        mail.fromName = anyText(random, 90);
        mail.fromAddress = QStringLiteral("news@shop.example");
        mail.toName = anyLine(random, 120);
        mail.toAddress = random.below(5) ? QStringLiteral("ana@mail.example") : QStringLiteral("ana@bücher.example");
        if (random.below(2))
            mail.replyTo = QStringLiteral("answers@shop.example");
        mail.subject = anyLine(random, 250).toStdString();
        if (random.below(5))
            mail.html = "<html><body><p>" + anyText(random, 2'000).toHtmlEscaped().toStdString()
                + "</p>\n.\nFrom me\n</body></html>";
        if (random.below(2) || mail.html.empty())
            mail.text = anyText(random, 1'500).toStdString() + "\n.\n..x \n" + anyText(random, 300).toStdString();
        mail.messageId = QStringLiteral("delivery-%1").arg(number);
        mail.date = 1'700'000'000'000 + number * 86'400'000LL;
        mail.category = random.below(2) ? Category::Marketing : Category::Transactional;
        mail.unsubscribeUrl = QStringLiteral("https://shop.example/u/%1").arg(random.hex(60));
        mail.listName = anyText(random, 60);
        mail.listKey = QStringLiteral("news");
        mail.feedbackId = QStringLiteral("1:news:marketing:carillon1");
        return mail;
    }

    // What any reader sees of a line of text: control characters are blanks, and blanks run together.
    static QString readable(const QString& text)
    {
        QString result;
        for (const QChar c : text)
            result += c.unicode() < 32 || c.unicode() == 127 ? QChar(u' ') : c;
        return result.simplified();
    }

    // Python gives the blank between two encoded-words of a long display name to the reader (in a subject it does not),
    // against RFC 2047 6.2: blanks are left out of the comparison of names.
    static QString withoutBlanks(const QString& text) { return readable(text).remove(u' '); }

    static QString body(const QString& text)
    {
        return QString(text).replace(QStringLiteral("\r\n"), QStringLiteral("\n")).trimmed();
    }

    static QJsonArray parseInPython(const QString& folder)
    {
        QProcess python;
        python.start(QStringLiteral("python3"),
                     {QStringLiteral(CARILLON_SOURCE_DIR "/tests/unit/content/parse_mails.py"), folder});
        if (!python.waitForFinished(60'000) || python.exitCode() != 0)
            qWarning("%s", python.readAllStandardError().constData());
        return QJsonDocument::fromJson(python.readAllStandardOutput()).array();
    }

private Q_SLOTS:
    void readsEveryMail()
    {
        if (QProcess::execute(QStringLiteral("python3"), {QStringLiteral("--version")}) != 0)
            QSKIP("python3 is not there");
        QTemporaryDir folder;
        SeededRandom random(42);
        QList<Mail> mails;
        for (int i = 0; i < 250; ++i) {
            mails << anyMail(random, i);
            const Result<Message> message = buildMail(mails.last());
            QVERIFY2(message, message ? "" : qPrintable(message.error().message));
            QByteArray bare = message->content;
            bare.replace("\r\n", "");
            QVERIFY(!bare.contains('\r') && !bare.contains('\n') && !bare.contains('\0'));
            for (const QByteArray& line : message->content.split('\n'))
                QVERIFY2(line.size() <= (line.contains("https://") ? 998 : 77), line.constData()); // a URL cannot be folded
            QFile file(folder.filePath(QStringLiteral("%1.eml").arg(i, 5, 10, QChar(u'0'))));
            QVERIFY(file.open(QIODevice::WriteOnly) && file.write(message->content) == message->content.size());
        }
        const QJsonArray parsed = parseInPython(folder.path());
        QCOMPARE(parsed.size(), mails.size());
        for (int i = 0; i < mails.size(); ++i) {
            compare(mails[i], parsed[i].toObject());
            if (QTest::currentTestFailed())
                return;
        }
    }

private:
    static void compare(const Mail& mail, const QJsonObject& seen)
    {
        QCOMPARE(seen[u"defects"].toArray(), QJsonArray());
        QCOMPARE(seen[u"bcc"].toInt(), 0);
        QCOMPARE(seen[u"subject"].toString().simplified(), readable(QString::fromStdString(mail.subject)));
        QCOMPARE(withoutBlanks(seen[u"to_name"].toString()), withoutBlanks(mail.toName));
        QCOMPARE(withoutBlanks(seen[u"from_name"].toString()), withoutBlanks(mail.fromName));
        QCOMPARE(seen[u"to"].toString(),
                 QString(mail.toAddress).replace(QStringLiteral("bücher"), QStringLiteral("xn--bcher-kva")));
        QCOMPARE(seen[u"message_id"].toString(), QStringLiteral("<") + mail.messageId + QStringLiteral("@shop.example>"));
        QCOMPARE(seen[u"date"].toInteger(), mail.date / 1000);
        QCOMPARE(body(seen[u"html"].toString()), body(QString::fromStdString(mail.html)));
        if (!mail.text.empty())
            QCOMPARE(body(seen[u"text"].toString()), body(QString::fromStdString(mail.text)));
        QCOMPARE(seen[u"unsubscribe"].toString(),
                 mail.category == Category::Marketing ? u'<' + mail.unsubscribeUrl + u'>' : QString());
    }
};

QTEST_GUILESS_MAIN(MailParsedByPythonTest)
#include "MailParsedByPythonTest.moc"
