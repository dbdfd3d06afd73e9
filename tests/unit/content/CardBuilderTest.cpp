// SPDX-License-Identifier: GPL-3.0-or-later
#include "Building.h"
#include "engine/base/Json.h"

#include <QTest>

using namespace carillon;

// Cards of push and in_app, and the body of a webhook.
class CardBuilderTest : public QObject {
    Q_OBJECT

private:
    static Built card(const char* channel, QMap<QString, QString> parts, const QJsonObject& settings = {})
    {
        return build(QLatin1String(channel), parts, settings);
    }

    static QMap<QString, QString> parts()
    {
        return {{QStringLiteral("title"), QStringLiteral(" Order \n ready ")},
                {QStringLiteral("text"), QStringLiteral("It waits\nfor you")},
                {QStringLiteral("image"), QStringLiteral("https://a.example/b.png")},
                {QStringLiteral("url"), QStringLiteral("https://a.example/o/1")},
                {QStringLiteral("actions"), QStringLiteral("[{\"title\":\"Open\",\"url\":\"https://a.example\"}]")}};
    }

    static QMap<QString, QString> with(const char* part, const QString& text)
    {
        QMap<QString, QString> changed = parts();
        changed[QLatin1String(part)] = text;
        return changed;
    }

private Q_SLOTS:
    void pushAndInAppDifferInNames()
    {
        const Built push = card("push", parts());
        QCOMPARE(push.text("title"), QStringLiteral("Order ready"));
        QCOMPARE(push.text("body"), QStringLiteral("It waits\nfor you"));
        QCOMPARE(push.fields()[u"actions"][0][u"action"], QStringLiteral("1"));
        QVERIFY(!push.fields().contains(u"text"));
        const Built inApp = card("in_app", parts());
        QCOMPARE(inApp.text(), QStringLiteral("It waits\nfor you"));
        QCOMPARE(inApp.fields()[u"actions"][0].toObject(),
                 (QJsonObject{{QStringLiteral("title"), QStringLiteral("Open")},
                              {QStringLiteral("url"), QStringLiteral("https://a.example")}}));
        QCOMPARE(inApp.fields().keys().size(), 5);
        const Built least = card("push", {{QStringLiteral("title"), QStringLiteral("x")}});
        QCOMPARE(least.fields().keys(), (QStringList{QStringLiteral("body"), QStringLiteral("title")}));
        QCOMPARE(card("push", {}).field(), QStringLiteral("title"));
    }

    void aPushTemplateServesEveryPushPlatform()
    {
        for (const char* channel : {"web_push", "fcm", "apns"}) {
            const Built own = card(channel, parts());
            QCOMPARE(own.fields(), card("push", parts()).fields());
            QCOMPARE(build(QLatin1String(channel), parts(), {}, QStringLiteral("push")).fields(), own.fields());
            QCOMPARE(own.message->channel, QLatin1String(channel));
        }
    }

    void aTagReplacesWhatHasTheSame()
    {
        QCOMPARE(card("fcm", with("tag", QStringLiteral(" order-12 "))).text("tag"), QStringLiteral("order-12"));
        QVERIFY(!card("push", parts()).fields().contains(u"tag"));
        QCOMPARE(card("push", with("tag", QString(65, u't'))).field(), QStringLiteral("tag"));
        QVERIFY(!card("in_app", with("tag", QStringLiteral("x"))).fields().contains(u"tag"));
    }

    void onlyWebAddresses()
    {
        for (const char* part : {"image", "url"}) {
            for (const char* wrong : {"javascript:alert(1)", "data:image/png;base64,AA", "ftp://a.example", "/relative",
                                      "https://", "not a url"})
                QCOMPARE(card("in_app", with(part, QLatin1String(wrong))).field(), QLatin1String(part));
        }
        QVERIFY(card("push", with("url", QStringLiteral(" http://a.example/ "))).isRight());
    }

    void actionsAreChecked()
    {
        for (const char* wrong : {"{", "{}", "[1]", "[{\"title\":\"x\"}]", "[{\"url\":\"https://a.example\"}]",
                                  "[{\"title\":\"x\",\"url\":\"javascript:x\"}]"})
            QCOMPARE(card("push", with("actions", QLatin1String(wrong))).field(), QStringLiteral("actions"));
        const QString action = QStringLiteral("{\"title\":\"x\",\"url\":\"https://a.example\"}");
        const QString three = u'[' + QStringList{action, action, action}.join(u',') + u']';
        QVERIFY(card("push", with("actions", three)).error().contains(QStringLiteral("3 actions; at most 2")));
        QVERIFY(card("in_app", with("actions", three)).isRight());
    }

    void aPushHasALimitInBytes()
    {
        const QString text = QString::fromUtf8("ñandú 👩‍👩‍👧‍👦 ").repeated(300);
        const Built refused = card("push", with("text", text));
        QVERIFY2(refused.error().contains(QStringLiteral("bytes")) && refused.field() == QStringLiteral("text"),
                 qPrintable(refused.error()));
        const Built cut = card("push", with("text", text), {{QStringLiteral("overflow"), QStringLiteral("cut")}});
        QVERIFY2(cut.isRight(), qPrintable(cut.error()));
        const qsizetype size = compactJson(cut.fields()).size();
        QVERIFY2(size <= 3800 && size > 3700, qPrintable(QString::number(size)));
        QVERIFY(cut.text("body").endsWith(u'…') && cut.facts.cut);
        QVERIFY(!card("push", with("text", text), {{QStringLiteral("overflow"), QStringLiteral("split")}}).isRight());
        // What is fixed leaves no room: there is nothing to cut.
        QMap<QString, QString> wide = with("title", QString(5000, u't'));
        QVERIFY(!card("push", wide, {{QStringLiteral("overflow"), QStringLiteral("cut")}}).isRight());
        QVERIFY(!card("in_app", with("text", QString(10'000'000, u'x'))).isRight());
    }

    void notesSayWhatPhonesShow()
    {
        const Built built
            = card("push", {{QStringLiteral("title"), QString(60, u't')}, {QStringLiteral("text"), QString(200, u't')}});
        QCOMPARE(built.facts.notes.size(), 2);
        QCOMPARE(built.facts.unit, QStringLiteral("bytes"));
    }

    void aWebhookTakesAnyDocument()
    {
        for (const char* body : {"{\"a\": 1}", "[1, \"x\"]", " [] ", "{}"}) {
            const Built built = build(QStringLiteral("webhook"), {{QStringLiteral("body"), QLatin1String(body)}});
            QVERIFY2(built.isRight(), qPrintable(built.error()));
            QCOMPARE(built.message->content, QByteArray(body));
        }
        const Built wrong = build(QStringLiteral("webhook"), {{QStringLiteral("body"), QStringLiteral("{\n\"a\": ,\n}")}});
        QVERIFY2(wrong.error().contains(QStringLiteral("Line 2, column 7")) && wrong.field() == QStringLiteral("body"),
                 qPrintable(wrong.error()));
        for (const char* none : {"", " \n", "7 8", "\"x"})
            QCOMPARE(build(QStringLiteral("webhook"), {{QStringLiteral("body"), QLatin1String(none)}}).field(),
                     QStringLiteral("body"));
        const QString deep(100'000, u'[');
        QVERIFY(!build(QStringLiteral("webhook"), {{QStringLiteral("body"), deep}}).isRight());
    }
};

QTEST_GUILESS_MAIN(CardBuilderTest)
#include "CardBuilderTest.moc"
