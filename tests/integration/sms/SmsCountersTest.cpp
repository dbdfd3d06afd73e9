// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/base/Json.h"
#include "engine/base/Random.h"
#include "engine/content/SmsText.h"

#include <QFileInfo>
#include <QProcess>
#include <QTest>

using namespace carillon;

namespace {

const QString Folder = QStringLiteral(CARILLON_SOURCE_DIR "/tests/integration/sms");

} // namespace

// Our count of SMS parts beside those of two npm libraries: sms-segments-calculator (Twilio's own) and split-sms.
//
// Where they differ from us and from each other, by the standard we are right:
// - Twilio's keeps emoji of several code points whole between parts, which no network does: it can count a part more.
class SmsCountersTest : public QObject {
    Q_OBJECT

private:
    static QJsonArray ask(const QStringList& texts)
    {
        QProcess node;
        node.setWorkingDirectory(Folder);
        node.start(QStringLiteral("node"), {QStringLiteral("count.mjs")});
        node.write(compactJson({{QStringLiteral("texts"), QJsonArray::fromStringList(texts)}}));
        node.closeWriteChannel();
        if (!node.waitForFinished(60'000) || node.exitCode() != 0)
            qWarning("%s", node.readAllStandardError().constData());
        return parseJsonObject(node.readAllStandardOutput()).value_or(QJsonObject())[u"answers"].toArray();
    }

    static QString anyText(SeededRandom& random)
    {
        static const QStringList pieces = {QStringLiteral("Hello, your order 4711 "),
                                           QString::fromUtf8("€"),
                                           QStringLiteral("{[~]}|\\^"),
                                           QString::fromUtf8("äöüß ñ É à "),
                                           QString::fromUtf8("ΔΦΓΛΩ"),
                                           QStringLiteral("line\n"),
                                           QStringLiteral("@£$¥")};
        static const QStringList beyond = {QString::fromUtf8("’"),       QString::fromUtf8("😀"),    QString::fromUtf8("ç"),
                                           QString::fromUtf8("привет "), QString::fromUtf8("漢字"), QStringLiteral("`")};
        QString text;
        const bool isUcs2 = random.below(2);
        for (quint64 i = random.below(60); i > 0; --i)
            text += isUcs2 && random.below(3) == 0 ? beyond[qsizetype(random.below(quint64(beyond.size())))]
                                                   : pieces[qsizetype(random.below(quint64(pieces.size())))];
        return text + QString(qsizetype(random.below(170)), u'a');
    }

    static void compare(const QStringList& texts)
    {
        const QJsonArray answers = ask(texts);
        QCOMPARE(answers.size(), texts.size());
        QStringList differences;
        for (qsizetype i = 0; i < texts.size(); ++i) {
            const SmsText ours(texts[i]);
            for (const char* library : {"twilio", "split"}) {
                const QJsonValue theirs = answers[i][QLatin1String(library)];
                if (theirs[u"encoding"] != ours.encodingName() || theirs[u"parts"].toInt() != ours.parts())
                    differences << QStringLiteral("%1: %2 %3, we: %4 %5: %6")
                                       .arg(QLatin1String(library), theirs[u"encoding"].toString())
                                       .arg(theirs[u"parts"].toInt())
                                       .arg(ours.encodingName())
                                       .arg(ours.parts())
                                       .arg(texts[i]);
            }
        }
        QVERIFY2(differences.isEmpty(),
                 qPrintable(QString::number(differences.size()) + u'\n' + differences.mid(0, 10).join(u'\n')));
    }

private Q_SLOTS:
    void initTestCase()
    {
        if (!QFileInfo::exists(Folder + QStringLiteral("/node_modules/split-sms")))
            QSKIP("run \"npm ci\" in tests/integration/sms first");
    }

    void theyCountAsWeDo()
    {
        SeededRandom random(5);
        QStringList texts;
        for (int i = 0; i < 1200; ++i)
            texts << anyText(random);
        texts.removeAll(QString());
        compare(texts);
    }

    // What takes two units and must not be torn, and what takes one, at each place around the end of a part: of a message
    // that is alone (160 and 70 units), and of the first three parts of a longer one (153 and 67 units each).
    void theyCountAsWeDoAtTheEndsOfParts_data()
    {
        QTest::addColumn<QString>("filler");
        QTest::addColumn<QString>("sign");
        QTest::addColumn<QList<int>>("ends");
        const QList<int> septets{153, 160, 306, 459};
        const QList<int> units{67, 70, 134, 201};
        QTest::newRow("extended characters") << u"a"_qs << u"€"_qs << septets;
        QTest::newRow("extended characters of ASCII") << u"a"_qs << u"{"_qs << septets;
        QTest::newRow("basic characters beyond ASCII") << u"a"_qs << u"Ω"_qs << septets;
        QTest::newRow("surrogate pairs") << u"ж"_qs << u"😀"_qs << units;
        QTest::newRow("surrogate pairs among ASCII") << u"a"_qs << u"𝄞"_qs << units;
        QTest::newRow("extended characters in UCS-2") << u"ж"_qs << u"€"_qs << units;
    }

    void theyCountAsWeDoAtTheEndsOfParts()
    {
        QFETCH(QString, filler);
        QFETCH(QString, sign);
        QFETCH(QList<int>, ends);
        QStringList texts;
        for (const int end : ends) {
            for (int before = end - 3; before <= end + 1; ++before) {
                const QString begin = filler.repeated(before);
                for (const int after : {0, 1, 2, ends.first() - 2, ends.first() - 1, ends.first()})
                    texts << begin + sign + filler.repeated(after) << begin + sign + sign + filler.repeated(after);
            }
        }
        for (int count = 1; count <= ends.last(); ++count)
            texts << sign.repeated(count);
        compare(texts);
    }

    void twilioKeepsEmojiWhole()
    {
        const QString family = QString::fromUtf8("👩‍👩‍👧‍👦");
        const QString text = QString(60, u'a') + family + QString(60, u'b');
        const QJsonArray answers = ask({text});
        QCOMPARE(SmsText(text).parts(), qint64(2));
        QCOMPARE(answers[0][u"split"][u"parts"].toInt(), 2);
        QCOMPARE(answers[0][u"twilio"][u"parts"].toInt(), 3);
    }
};

QTEST_GUILESS_MAIN(SmsCountersTest)
#include "SmsCountersTest.moc"
