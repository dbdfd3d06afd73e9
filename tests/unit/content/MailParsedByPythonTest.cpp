// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/base/Random.h"
#include "engine/content/MailBuilder.h"

#include <QCryptographicHash>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

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
        if (random.below(3) == 0)
            addFiles(random, mail);
        return mail;
    }

    static QByteArray anyBytes(SeededRandom& random)
    {
        QByteArray bytes;
        for (quint64 i = random.below(3'000); i > 0; --i)
            bytes += char(random.below(256));
        return bytes.isNull() ? QByteArray("") : bytes;
    }

    // Attachments, images by content id, and one that stands in the HTML.
    static void addFiles(SeededRandom& random, Mail& mail)
    {
        for (quint64 i = random.below(4); i > 0; --i) {
            MailFile file;
            file.name = anyText(random, 120).remove(u'/').remove(u'\\').trimmed() + QStringLiteral("x.pdf");
            file.type = random.below(2) ? "application/pdf" : "text/calendar; method=REQUEST";
            file.data = anyBytes(random);
            mail.files << file;
        }
        if (mail.html.empty() || random.below(2))
            return;
        mail.files << MailFile{QStringLiteral("logo.png"), "image/png", anyBytes(random), QStringLiteral("logo")};
        mail.html += "<img src=\"cid:logo\"><img alt=x src='data:image/png;base64,"
            + QByteArray("picture").toBase64().toStdString() + "'>";
    }

    // The HTML as it arrives, with the addresses that its images have got.
    static std::string arriving(const Mail& mail)
    {
        Mail changed = mail;
        moveDataImages(changed.html, changed.files);
        qualifyContentIds(QStringLiteral("shop.example"), changed.html, changed.files);
        return changed.html;
    }

    // What any reader sees of a line of text: control characters are blanks, and blanks run together.
    static QString readable(const QString& text)
    {
        QString result;
        for (const QChar c : text)
            result += c.unicode() < 32 || c.unicode() == 127 ? QChar(u' ') : c;
        return result.simplified();
    }

    // Python gives the blank between two encoded-words of a display name to the reader (in a subject it does not), against
    // RFC 2047 6.2. A word that needs two is compared without blanks; in any other name it falls on a blank.
    static QString readableName(const QString& text, const QString& name)
    {
        const QStringList words = name.split(u' ');
        const bool hasLongWord
            = std::any_of(words.begin(), words.end(), [](const QString& word) { return word.toUtf8().size() > 42; });
        return hasLongWord ? readable(text).remove(u' ') : readable(text);
    }

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
        for (int i = 0; i < 400; ++i) {
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
    static QJsonObject fileSeen(const MailFile& file)
    {
        const bool isInline = !file.contentId.isEmpty();
        return {{QStringLiteral("name"), file.name},
                {QStringLiteral("type"), QString::fromLatin1(file.type.split(';').first())},
                {QStringLiteral("disposition"), isInline ? QStringLiteral("inline") : QStringLiteral("attachment")},
                {QStringLiteral("id"), isInline ? u'<' + file.contentId + u'>' : QString()},
                {QStringLiteral("sha"),
                 QString::fromLatin1(QCryptographicHash::hash(file.data, QCryptographicHash::Sha256).toHex())}};
    }

    // In the order of the mail: what is within the HTML comes first.
    static void compareFiles(Mail mail, const QJsonArray& seen)
    {
        moveDataImages(mail.html, mail.files);
        qualifyContentIds(QStringLiteral("shop.example"), mail.html, mail.files);
        std::stable_partition(mail.files.begin(), mail.files.end(),
                              [](const MailFile& file) { return !file.contentId.isEmpty(); });
        QCOMPARE(seen.size(), mail.files.size());
        for (qsizetype i = 0; i < seen.size(); ++i)
            QCOMPARE(seen[i].toObject(), fileSeen(mail.files[i]));
    }

    static void compare(const Mail& mail, const QJsonObject& seen)
    {
        QCOMPARE(seen[u"defects"].toArray(), QJsonArray());
        QCOMPARE(seen[u"bcc"].toInt(), 0);
        QCOMPARE(seen[u"subject"].toString().simplified(), readable(QString::fromStdString(mail.subject)));
        QCOMPARE(readableName(seen[u"to_name"].toString(), mail.toName), readableName(mail.toName, mail.toName));
        QCOMPARE(readableName(seen[u"from_name"].toString(), mail.fromName), readableName(mail.fromName, mail.fromName));
        QCOMPARE(seen[u"to"].toString(),
                 QString(mail.toAddress).replace(QStringLiteral("bücher"), QStringLiteral("xn--bcher-kva")));
        QCOMPARE(seen[u"message_id"].toString(), QStringLiteral("<") + mail.messageId + QStringLiteral("@shop.example>"));
        QCOMPARE(seen[u"date"].toInteger(), mail.date / 1000);
        QCOMPARE(body(seen[u"html"].toString()), body(QString::fromStdString(arriving(mail))));
        compareFiles(mail, seen[u"files"].toArray());
        if (!mail.text.empty())
            QCOMPARE(body(seen[u"text"].toString()), body(QString::fromStdString(mail.text)));
        QCOMPARE(seen[u"unsubscribe"].toString(),
                 mail.category == Category::Marketing ? u'<' + mail.unsubscribeUrl + u'>' : QString());
    }
};

QTEST_GUILESS_MAIN(MailParsedByPythonTest)
#include "MailParsedByPythonTest.moc"
