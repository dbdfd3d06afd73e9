// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/content/SmsText.h"
#include "Building.h"

#include <QTest>

using namespace carillon;

class SmsTextTest : public QObject {
    Q_OBJECT

private:
    static Built sms(const QString& text, const QJsonObject& settings = {})
    {
        return build(QStringLiteral("sms"), {{QStringLiteral("text"), text}}, settings);
    }

    static QJsonObject setting(const char* key, const QJsonValue& value) { return {{QLatin1String(key), value}}; }

private Q_SLOTS:
    void countsParts_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("encoding");
        QTest::addColumn<int>("units");
        QTest::addColumn<int>("parts");
        const QString a = QStringLiteral("a");
        const QString gsm = QStringLiteral("GSM-7");
        const QString ucs = QStringLiteral("UCS-2");
        const QString euro = QString::fromUtf8("€");
        const QString emoji = QString::fromUtf8("😀");
        QTest::newRow("empty") << QString() << gsm << 0 << 0;
        QTest::newRow("one part") << a.repeated(160) << gsm << 160 << 1;
        QTest::newRow("two parts") << a.repeated(161) << gsm << 161 << 2;
        QTest::newRow("two full parts") << a.repeated(306) << gsm << 306 << 2;
        QTest::newRow("three parts") << a.repeated(307) << gsm << 307 << 3;
        QTest::newRow("the euro takes two") << QString(a.repeated(159) + euro) << gsm << 161 << 2;
        QTest::newRow("an escape is not split") << QString(a.repeated(152) + euro.repeated(77)) << gsm << 306 << 3;
        QTest::newRow("line ends and form feed") << QStringLiteral("a\nb\rc\f") << gsm << 7 << 1;
        QTest::newRow("greek capitals") << QString::fromUtf8("ΔΦΓΛΩΠΨΣΘΞ") << gsm << 10 << 1;
        QTest::newRow("accents of the alphabet") << QString::fromUtf8("èéùìòÇØøÅåÆæßÉÄÖÑÜäöñüà§¿¡£¥¤") << gsm << 29 << 1;
        QTest::newRow("cyrillic") << QString::fromUtf8("я").repeated(70) << ucs << 70 << 1;
        QTest::newRow("cyrillic, two parts") << QString::fromUtf8("я").repeated(71) << ucs << 71 << 2;
        QTest::newRow("an emoji takes two") << QString(a.repeated(69) + emoji) << ucs << 71 << 2;
        QTest::newRow("a pair is not split") << QString(a.repeated(66) + emoji + a.repeated(66)) << ucs << 134 << 3;
        QTest::newRow("escape is no letter") << QStringLiteral("\x1b") << ucs << 1 << 1;
        QTest::newRow("grave accent") << QStringLiteral("`") << ucs << 1 << 1;
    }

    void countsParts()
    {
        QFETCH(QString, text);
        QFETCH(QString, encoding);
        QFETCH(int, units);
        QFETCH(int, parts);
        const SmsText sms(text);
        QCOMPARE(sms.encodingName(), encoding);
        QCOMPARE(sms.units(), qint64(units));
        QCOMPARE(sms.parts(), qint64(parts));
        QCOMPARE(sms.split().join(QString()), text);
        for (const QString& part : sms.split())
            QVERIFY(!part.front().isLowSurrogate() && SmsText(part).units() <= sms.unitsPerPart());
    }

    void namesWhatMakesItUcs2()
    {
        const SmsText sms(QString::fromUtf8("It’s 5\u00a0° – 你 \u200bá"));
        QCOMPARE(sms.encoding(), SmsText::Encoding::Ucs2);
        QVERIFY(!sms.canBeGsm7());
        QStringList found;
        for (const SmsText::Offender& offender : sms.offenders())
            found << QStringLiteral("%1:%2")
                         .arg(offender.position)
                         .arg(offender.hasLookAlike ? offender.lookAlike : QStringLiteral("?"));
        QCOMPARE(found,
                 (QStringList{QStringLiteral("2:'"), QStringLiteral("6: "), QStringLiteral("7:o"), QStringLiteral("9:-"),
                              QStringLiteral("11:?"), QStringLiteral("13:"), QStringLiteral("14:a")}));
        QCOMPARE(SmsText(QString::fromUtf8("你").repeated(10'000)).offenders().size(), SmsText::mostOffenders);
    }

    void lookAlikesAreOfTheAlphabet()
    {
        for (char32_t c = 1; c < 0x30000; ++c) {
            if (QChar::isSurrogate(c))
                continue;
            const SmsText sms(QString::fromUcs4(&c, 1));
            for (const SmsText::Offender& offender : sms.offenders())
                QVERIFY2(SmsText(offender.lookAlike).encoding() == SmsText::Encoding::Gsm7, qPrintable(offender.lookAlike));
        }
    }

    void transliterates()
    {
        QCOMPARE(SmsText::transliterated(QString::fromUtf8("“Zoë’s” café… – ½ ﬁn\u00a0€ À-la Łódź ｆｕｌｌ")),
                 QString::fromUtf8("\"Zoe's\" café... - 1/2 fin € A-la Lodz full"));
        QCOMPARE(SmsText::transliterated(QString::fromUtf8("cafe\u0301")), QString::fromUtf8("café"));
        const Built built = sms(QString::fromUtf8("“Hi”"), setting("transliterate", true));
        QCOMPARE(built.text(), QStringLiteral("\"Hi\""));
        QCOMPARE(built.fields()[u"encoding"], QStringLiteral("GSM-7"));
        // What stays UCS-2 anyhow stays as it was written.
        QCOMPARE(sms(QString::fromUtf8("“你”"), setting("transliterate", true)).text(), QString::fromUtf8("“你”"));
    }

    void factsSayWhatItCosts()
    {
        const Built built = sms(QString::fromUtf8("It’s a long text ").repeated(10));
        QVERIFY(built.isRight());
        QCOMPARE(built.fields()[u"parts"], 3);
        QCOMPARE(built.facts.parts, 3);
        QCOMPARE(built.facts.encoding, QStringLiteral("UCS-2"));
        QCOMPARE(built.facts.length, qint64(170));
        QVERIFY2(built.facts.notes.join(u' ').contains(QString::fromUtf8("“’” as “'”")),
                 qPrintable(built.facts.notes.join(u' ')));
    }

    void maxPartsIsKept()
    {
        const QString text = QStringLiteral("word ").repeated(100);
        Built built = sms(text, setting("max_parts", 2));
        QVERIFY(!built.isRight());
        QCOMPARE(built.field(), QStringLiteral("text"));
        QCOMPARE(built.facts.parts, 4);
        QVERIFY2(built.error().contains(QStringLiteral("4 SMS parts")), qPrintable(built.error()));
        built = sms(text, {{QStringLiteral("max_parts"), 1}, {QStringLiteral("overflow"), QStringLiteral("cut")}});
        QVERIFY(built.isRight() && built.facts.cut);
        QVERIFY(built.text().endsWith(QStringLiteral("word...")) && SmsText(built.text()).parts() == 1);
        QVERIFY(built.text().size() > 150);
        built = sms(text, {{QStringLiteral("max_parts"), 2}, {QStringLiteral("overflow"), QStringLiteral("split")}});
        QVERIFY2(built.isRight(), qPrintable(built.error()));
        QCOMPARE(built.texts().join(u' ').simplified(), text.simplified());
        for (const QString& piece : built.texts())
            QVERIFY(SmsText(piece).parts() <= 2);
        for (const QJsonValue& wrong : {QJsonValue(0), QJsonValue(256), QJsonValue(QStringLiteral("many"))})
            QCOMPARE(sms(text, setting("max_parts", wrong)).field(), QStringLiteral("max_parts"));
        QCOMPARE(sms(QString(2000, u'a')).field(), QStringLiteral("text")); // ten parts unless it says otherwise
    }

    void emptyAndHugeTexts()
    {
        QCOMPARE(sms(QStringLiteral(" \n")).field(), QStringLiteral("text"));
        QVERIFY(!sms(QString(2'000'000, u'a')).isRight());
        QVERIFY(!sms(QString(2'000'000, u'a'), setting("overflow", QStringLiteral("split"))).isRight());
        QVERIFY(sms(QString(2'000'000, QChar(0x4f60)), setting("overflow", QStringLiteral("cut"))).isRight());
    }
};

QTEST_GUILESS_MAIN(SmsTextTest)
#include "SmsTextTest.moc"
