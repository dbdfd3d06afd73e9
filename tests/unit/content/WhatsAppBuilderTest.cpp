// SPDX-License-Identifier: GPL-3.0-or-later
#include "Building.h"

#include <QTest>

using namespace carillon;

class WhatsAppBuilderTest : public QObject {
    Q_OBJECT

private:
    // ' for ", which reads better here.
    static Built filled(const char* parameters, QJsonObject settings = {})
    {
        settings.insert(QStringLiteral("template_name"), QStringLiteral("order_ready"));
        return build(QStringLiteral("whatsapp"),
                     {{QStringLiteral("parameters"), QString::fromUtf8(parameters).replace(u'\'', u'"')}}, settings);
    }

    static Built text(const QString& body, const QJsonObject& settings = {})
    {
        return build(QStringLiteral("whatsapp"), {{QStringLiteral("text"), body}}, settings);
    }

    static QString bodyOf(const QJsonObject& fields) { return fields[u"text"][u"body"].toString(); }

private Q_SLOTS:
    void aTextWithinTheWindow()
    {
        const Built built = text(QStringLiteral("*Hi* https://a.example"));
        QCOMPARE(built.fields(),
                 (QJsonObject{{QStringLiteral("type"), QStringLiteral("text")},
                              {QStringLiteral("text"),
                               QJsonObject{{QStringLiteral("body"), QStringLiteral("*Hi* https://a.example")},
                                           {QStringLiteral("preview_url"), true}}}}));
        QVERIFY(built.facts.notes.join(u' ').contains(QStringLiteral("24 hours")));
        QCOMPARE(text(QString()).field(), QStringLiteral("text"));
    }

    void longTexts()
    {
        const QString body = QStringLiteral("*some bold words* ").repeated(400);
        QVERIFY(text(body).error().contains(QStringLiteral("4096")));
        const Built split = text(body, {{QStringLiteral("overflow"), QStringLiteral("split")}});
        QVERIFY2(split.isRight(), qPrintable(split.error()));
        QCOMPARE(split.message->continuations.size(), 1);
        for (const QString& piece : {bodyOf(split.fields()), bodyOf(split.message->continuations[0])})
            QVERIFY(piece.size() <= 4096 && piece.count(u'*') % 2 == 0 && piece.startsWith(u'*'));
        const Built cut = text(body, {{QStringLiteral("overflow"), QStringLiteral("cut")}});
        QVERIFY(bodyOf(cut.fields()).endsWith(u'…') && bodyOf(cut.fields()).size() <= 4096);
    }

    void parametersByPlace()
    {
        const Built built
            = filled("['Ana', 4711, '12.50 €']", {{QStringLiteral("template_language"), QStringLiteral("de")}});
        QVERIFY2(built.isRight(), qPrintable(built.error()));
        const QJsonObject made = built.fields()[u"template"].toObject();
        QCOMPARE(built.fields()[u"type"], QStringLiteral("template"));
        QCOMPARE(made[u"name"], QStringLiteral("order_ready"));
        QCOMPARE(made[u"language"][u"code"], QStringLiteral("de"));
        const QJsonValue body = made[u"components"][0];
        QCOMPARE(body[u"type"], QStringLiteral("body"));
        QCOMPARE(body[u"parameters"].toArray().size(), 3);
        QCOMPARE(body[u"parameters"][1],
                 QJsonValue(QJsonObject{{QStringLiteral("type"), QStringLiteral("text")},
                                        {QStringLiteral("text"), QStringLiteral("4711")}}));
    }

    void everyComponent()
    {
        const Built built = filled("{'header': {'image': 'https://a.example/b.jpg'}, 'body': {'first_name': 'Ana'},"
                                   " 'buttons': ['track/1', null, {'payload': 'yes'}]}");
        QVERIFY2(built.isRight(), qPrintable(built.error()));
        const QJsonArray components = built.fields()[u"template"][u"components"].toArray();
        QCOMPARE(components.size(), 4);
        QCOMPARE(components[0][u"parameters"][0][u"image"][u"link"], QStringLiteral("https://a.example/b.jpg"));
        QCOMPARE(components[1][u"parameters"][0][u"parameter_name"], QStringLiteral("first_name"));
        QCOMPARE(components[2][u"sub_type"], QStringLiteral("url"));
        QCOMPARE(components[2][u"index"], QStringLiteral("0"));
        QCOMPARE(components[3][u"sub_type"], QStringLiteral("quick_reply"));
        QCOMPARE(components[3][u"index"], QStringLiteral("2"));
        QCOMPARE(components[3][u"parameters"][0][u"payload"], QStringLiteral("yes"));
    }

    void aTemplateWithoutParameters()
    {
        const Built built = filled("");
        QVERIFY(built.isRight() && !built.fields()[u"template"].toObject().contains(u"components"));
    }

    void whatMetaRefusesIsNamed_data()
    {
        QTest::addColumn<QString>("parameters");
        QTest::addColumn<QString>("says");
        const auto row = [](const char* json, const char* says) {
            QTest::newRow(json) << QString::fromUtf8(json) << QString::fromUtf8(says);
        };
        row("['Ana', '']", "body 2 is empty");
        row("['a\\nb']", "body 1 has a line break");
        row("['a\\tb']", "a tab");
        row("['a     b']", "more than four blanks");
        row("{'body': {'name': ' '}}", "body “name” is empty");
        row("{'head': ['x']}", "“head” is not known");
        row("{'header': {'image': 'ftp://x'}}", "no http or https address");
        row("{'buttons': ['']}", "button 1 is empty");
        row("{'buttons': 'x'}", "must be a list");
        row("{'body': 'x'}", "must be a list or an object");
        row("[", "Line 1");
    }

    void whatMetaRefusesIsNamed()
    {
        QFETCH(QString, parameters);
        QFETCH(QString, says);
        const Built built = filled(qPrintable(parameters));
        QVERIFY2(!built.isRight() && built.error().contains(says), qPrintable(built.error()));
        QCOMPARE(built.field(), QStringLiteral("parameters"));
    }

    void fourBlanksAreTaken() { QVERIFY(filled("['a    b']").isRight()); }
};

QTEST_GUILESS_MAIN(WhatsAppBuilderTest)
#include "WhatsAppBuilderTest.moc"
