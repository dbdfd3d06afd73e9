// SPDX-License-Identifier: GPL-3.0-or-later
#include "Building.h"
#include "engine/content/TelegramText.h"

#include <QTest>

using namespace carillon;

class TelegramBuilderTest : public QObject {
    Q_OBJECT

private:
    static Built telegram(const QString& text, const QJsonObject& settings = {}, QMap<QString, QString> parts = {})
    {
        parts.insert(QStringLiteral("text"), text);
        return build(QStringLiteral("telegram"), parts, settings);
    }

    static QJsonObject setting(const char* key, const QString& value) { return {{QLatin1String(key), value}}; }

private Q_SLOTS:
    void sendsWhatIsRight()
    {
        Built built = telegram(QStringLiteral("<b>Hi</b> Ana &amp; Bo"));
        QCOMPARE(built.fields(),
                 (QJsonObject{{QStringLiteral("text"), QStringLiteral("<b>Hi</b> Ana &amp; Bo")},
                              {QStringLiteral("parse_mode"), QStringLiteral("HTML")}}));
        QCOMPARE(built.facts.length, qint64(11));
        QCOMPARE(built.facts.limit, qint64(4096));
        built = telegram(QStringLiteral("*Hi* Ana\\!"),
                         {{QStringLiteral("parse_mode"), QStringLiteral("markdown")}, {QStringLiteral("silent"), true}});
        QCOMPARE(built.fields()[u"parse_mode"], QStringLiteral("MarkdownV2"));
        QCOMPARE(built.fields()[u"disable_notification"], true);
        built = telegram(QStringLiteral("1 < 2 *"), setting("parse_mode", QStringLiteral("plain")));
        QCOMPARE(built.fields(), (QJsonObject{{QStringLiteral("text"), QStringLiteral("1 < 2 *")}}));
    }

    void explainsWhatTelegramRefuses_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("mode");
        QTest::addColumn<QString>("says");
        const QString html = QStringLiteral("html");
        const QString markdown = QStringLiteral("markdown");
        QTest::newRow("br") << QStringLiteral("a\nb<br>c") << html
                            << QStringLiteral("Line 2, column 2: Telegram has no tag <br>: write a line break");
        QTest::newRow("p") << QStringLiteral("<p>a</p>") << html << QStringLiteral("leave an empty line");
        QTest::newRow("less than") << QStringLiteral("1 < 2") << html << QStringLiteral("&lt;");
        QTest::newRow("crossed") << QStringLiteral("<b><i>x</b></i>") << html
                                 << QStringLiteral("</b> stands where </i> must come first");
        QTest::newRow("open") << QStringLiteral("<b>x") << html << QStringLiteral("Line 1, column 1: <b> is never closed");
        QTest::newRow("stray end") << QStringLiteral("x</i>") << html << QStringLiteral("closes nothing");
        QTest::newRow("no end of tag") << QStringLiteral("x<b") << html << QStringLiteral("has no >");
        QTest::newRow("no end of quote") << QStringLiteral("<a href=\"x>y</a>") << html << QStringLiteral("attribute");
        QTest::newRow("span") << QStringLiteral("<span>x</span>") << html << QStringLiteral("tg-spoiler");
        QTest::newRow("reserved") << QStringLiteral("a.b") << markdown
                                  << QStringLiteral("Line 1, column 2: “.” is reserved in MarkdownV2: write “\\.”");
        QTest::newRow("unbalanced") << QStringLiteral("a *b") << markdown
                                    << QStringLiteral("Line 1, column 3: What “*” opens is never closed");
        QTest::newRow("link") << QStringLiteral("[a](b") << markdown << QStringLiteral("never closed with “)”");
        QTest::newRow("quote") << QStringLiteral("a > b") << markdown << QStringLiteral("“\\>”");
        QTest::newRow("deep") << QStringLiteral("<b>").repeated(500'000) << html << QStringLiteral("More than 100");
        QTest::newRow("deep marks") << QStringLiteral("[").repeated(500'000) << markdown << QStringLiteral("More than 100");
        QTest::newRow("mode") << QStringLiteral("a") << QStringLiteral("rtf")
                              << QStringLiteral("“html”, “markdown” or “plain”");
    }

    void explainsWhatTelegramRefuses()
    {
        QFETCH(QString, text);
        QFETCH(QString, mode);
        QFETCH(QString, says);
        const Built built = telegram(text, setting("parse_mode", mode));
        QVERIFY2(!built.isRight() && built.error().contains(says), qPrintable(built.error()));
    }

    void countsCodePointsOfWhatIsRead()
    {
        const QString emoji = QString::fromUtf8("😀");
        const Built whole = telegram(QStringLiteral("<b>%1</b>").arg(emoji.repeated(4096)));
        QVERIFY2(whole.isRight(), qPrintable(whole.error()));
        QCOMPARE(whole.facts.length, qint64(4096));
        const Built longer = telegram(emoji.repeated(4097));
        QVERIFY(!longer.isRight());
        QCOMPARE(longer.facts.length, qint64(4097)); // the facts are there although there is no message
        QVERIFY2(longer.error().contains(QStringLiteral("4097 characters, and Telegram takes 4096")),
                 qPrintable(longer.error()));
        QVERIFY(!telegram(QStringLiteral("x").repeated(10'000'000), setting("overflow", QStringLiteral("split"))).isRight());
    }

    void closesAndOpensMarksAroundACut()
    {
        const QString text = QStringLiteral("<b>one <i>%1</i></b> end").arg(QStringLiteral("word ").repeated(1000));
        const Built cut = telegram(text, setting("overflow", QStringLiteral("cut")));
        QVERIFY2(cut.isRight() && cut.facts.cut, qPrintable(cut.error()));
        QVERIFY2(cut.text().endsWith(QStringLiteral("word</i></b>…")), qPrintable(cut.text().right(40)));
        const Built split = telegram(text, setting("overflow", QStringLiteral("split")));
        QCOMPARE(split.facts.parts, 2);
        QCOMPARE(split.texts().size(), 2);
        QVERIFY(split.texts()[1].startsWith(QStringLiteral("<b><i>word"))
                && split.texts()[1].endsWith(QStringLiteral("</i></b> end")));
        QString all;
        for (const QString& piece : split.texts())
            all += readTelegramHtml(piece)->text + u' ';
        QCOMPARE(all.simplified(), readTelegramHtml(text)->text.simplified());
    }

    void markdownThatIsCutBecomesHtml()
    {
        const QString text = QStringLiteral("*%1* ||secret||").arg(QStringLiteral("a\\.b ").repeated(1200));
        const Built built = telegram(text,
                                     {{QStringLiteral("parse_mode"), QStringLiteral("markdown")},
                                      {QStringLiteral("overflow"), QStringLiteral("split")}});
        QVERIFY2(built.isRight(), qPrintable(built.error()));
        QCOMPARE(built.fields()[u"parse_mode"], QStringLiteral("HTML"));
        QVERIFY(built.texts()[0].startsWith(QStringLiteral("<b>a.b a.b")));
        QVERIFY(built.texts().last().endsWith(QStringLiteral("<tg-spoiler>secret</tg-spoiler>")));
    }

    void aPhotoHasACaption()
    {
        const QMap<QString, QString> photo = {{QStringLiteral("photo"), QStringLiteral("https://x.example/a.jpg")}};
        Built built = telegram(QStringLiteral("Look"), {}, photo);
        QCOMPARE(built.text("caption"), QStringLiteral("Look"));
        QVERIFY(!built.fields().contains(u"text"));
        built = telegram(QString(), {}, photo);
        QVERIFY(built.isRight() && !built.fields().contains(u"caption"));
        const QString longText = QStringLiteral("word ").repeated(300);
        QVERIFY(telegram(longText, {}, photo).error().contains(QStringLiteral("1024")));
        built = telegram(longText, setting("overflow", QStringLiteral("split")), photo);
        QVERIFY(built.isRight() && built.text("caption").size() <= 1024);
        QCOMPARE(built.message->continuations.size(), 1);
        QVERIFY(built.message->continuations[0].contains(u"text"));
        QCOMPARE(
            telegram(QStringLiteral("x"), {}, {{QStringLiteral("photo"), QStringLiteral("file:///etc/passwd")}}).field(),
            QStringLiteral("photo"));
    }

    void buttonsStandBelowTheLastMessage()
    {
        const auto buttons = [](const char* json) {
            return QMap<QString, QString>{{QStringLiteral("buttons"), QString::fromUtf8(json).replace(u'\'', u'"')}};
        };
        Built built = telegram(QStringLiteral("x"), {},
                               buttons("[{'title':'A','url':'https://"
                                       "a.example'},[{'title':'B','data':'b'},{'title':'C','url':'tg://user?id=1'}]]"));
        QVERIFY2(built.isRight(), qPrintable(built.error()));
        const QJsonArray rows = built.fields()[u"reply_markup"][u"inline_keyboard"].toArray();
        QCOMPARE(rows.size(), 2);
        QCOMPARE(rows[0][0][u"text"], QStringLiteral("A"));
        QCOMPARE(rows[1][0][u"callback_data"], QStringLiteral("b"));
        built = telegram(QStringLiteral("word ").repeated(1000), setting("overflow", QStringLiteral("split")),
                         buttons("[{'title':'A','url':'https://a.example'}]"));
        QVERIFY(!built.fields().contains(u"reply_markup") && built.message->continuations.last().contains(u"reply_markup"));
        for (const char* wrong :
             {"{", "{\"x\":1}", "[1]", "[{\"title\":\"A\"}]", "[{\"title\":\"A\",\"url\":\"javascript:x\"}]",
              "[{\"title\":\"A\",\"data\":\"0123456789012345678901234567890123456789012345678901234567890123456789\"}]"})
            QCOMPARE(telegram(QStringLiteral("x"), {}, buttons(wrong)).field(), QStringLiteral("buttons"));
    }

    void nothingIsRefused()
    {
        for (const char* empty : {"", " \n", "<b> </b>"})
            QCOMPARE(telegram(QLatin1String(empty)).field(), QStringLiteral("text"));
        QCOMPARE(telegram(QStringLiteral("x"), setting("overflow", QStringLiteral("shrink"))).field(),
                 QStringLiteral("overflow"));
    }
};

QTEST_GUILESS_MAIN(TelegramBuilderTest)
#include "TelegramBuilderTest.moc"
