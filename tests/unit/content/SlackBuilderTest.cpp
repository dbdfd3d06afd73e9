// SPDX-License-Identifier: GPL-3.0-or-later
#include "Building.h"
#include "engine/base/Random.h"
#include "engine/content/RichTextWriter.h"
#include "engine/content/SignedText.h"

#include <QJsonDocument>
#include <QTest>

using namespace carillon;

class SlackBuilderTest : public QObject {
    Q_OBJECT

private:
    // moc reads no raw strings: ' for ".
    static QString json(const char* text) { return QString::fromUtf8(text).replace(u'\'', u'"'); }

    static Built slack(const QString& text, const QString& blocks = {}, const QJsonObject& settings = {})
    {
        return build(QStringLiteral("slack"), {{QStringLiteral("text"), text}, {QStringLiteral("blocks"), blocks}},
                     settings);
    }

    static QString section(const QString& text)
    {
        return json("{'type':'section','text':{'type':'mrkdwn','text':'%1'}}").arg(text);
    }

    static QString repeated(const QString& block, int times) { return u'[' + QStringList(times, block).join(u',') + u']'; }

private Q_SLOTS:
    void textAlone()
    {
        const Built built = slack(QStringLiteral("*Hi* <@U1> &amp; you"));
        QCOMPARE(built.fields(), (QJsonObject{{QStringLiteral("text"), QStringLiteral("*Hi* <@U1> &amp; you")}}));
        QCOMPARE(built.facts.limit, qint64(40'000));
        QCOMPARE(slack(QString()).field(), QStringLiteral("text"));
    }

    void blocksAsTheBuilderExportsThem()
    {
        const QString blocks = repeated(section(QStringLiteral("Disk full")), 2);
        Built built = slack(QStringLiteral("short"), blocks);
        QCOMPARE(built.text(), QStringLiteral("short"));
        QCOMPARE(built.fields()[u"blocks"].toArray().size(), 2);
        built = slack(QString(), QStringLiteral("{\"blocks\": %1}").arg(blocks));
        QVERIFY2(built.isRight(), qPrintable(built.error()));
        QCOMPARE(built.text(), QStringLiteral("Disk full\nDisk full"));
        QCOMPARE(slack(QString(), QStringLiteral("[{\"type\": \"divider\"")).field(), QStringLiteral("blocks"));
        QVERIFY(slack(QString(), QStringLiteral("[\n{,")).error().contains(QStringLiteral("Line 2")));
        QCOMPARE(slack(QString(), QStringLiteral("{}")).field(), QStringLiteral("blocks"));
    }

    void blockLimits_data()
    {
        QTest::addColumn<QString>("blocks");
        QTest::addColumn<QString>("says"); // empty: right
        const auto row
            = [](const char* name, const QString& blocks, const QString& says) { QTest::newRow(name) << blocks << says; };
        const QString a3001(3001, u'a');
        const auto one = [](const char* text) { return QString(u'[' + json(text) + u']'); };
        const auto button = [](const QString& more) {
            return json("[{'type':'actions','elements':[{'type':'button','text':{'type':'plain_text','text':'Go'}%1}]}]")
                .arg(more);
        };
        row("fifty", repeated(section(QStringLiteral("x")), 50), {});
        row("fifty-one", repeated(section(QStringLiteral("x")), 51),
            QStringLiteral("/blocks has 51 elements; 1 to 50 are allowed."));
        row("section 3000", repeated(section(QString(3000, u'a')), 1), {});
        row("section 3001", repeated(section(a3001), 1),
            QStringLiteral("/blocks/0/text/text has 3001 characters; at most 3000 are allowed."));
        row("section empty", repeated(section(QString()), 1), QStringLiteral("/blocks/0/text/text is empty"));
        row("section without text", one("{'type':'section'}"), QStringLiteral("/blocks/0/text is missing."));
        row("section of fields", one("{'type':'section','fields':[{'type':'mrkdwn','text':'x'}]}"), {});
        row("header of mrkdwn", one("{'type':'header','text':{'type':'mrkdwn','text':'x'}}"),
            QStringLiteral("/blocks/0/text/type is “mrkdwn”; allowed is plain_text."));
        row("header 151",
            one(qPrintable(json("{'type':'header','text':{'type':'plain_text','text':'%1'}}").arg(QString(151, u'a')))),
            QStringLiteral("151 characters; at most 150"));
        row("unknown block", one("{'type':'sektion'}"), QStringLiteral("/blocks/0/type is “sektion”"));
        row("no object", one("7"), QStringLiteral("/blocks/0 must be an object."));
        row("same id", one("{'type':'divider','block_id':'a'},{'type':'divider','block_id':'a'}"),
            QStringLiteral("/blocks/1/block_id is “a”"));
        row("image without alt", one("{'type':'image','image_url':'https://a.example/b.png'}"),
            QStringLiteral("/blocks/0/alt_text is missing."));
        row("context of eleven",
            json("[{'type':'context','elements':%1}]").arg(repeated(json("{'type':'mrkdwn','text':'x'}"), 11)),
            QStringLiteral("/blocks/0/elements has 11 elements; 1 to 10 are allowed."));
        row("button", button({}), {});
        row("button value", button(json(",'value':'%1'").arg(QString(2001, u'v'))),
            QStringLiteral("/blocks/0/elements/0/value has 2001 characters; at most 2000 are allowed."));
        row("button style", button(json(",'style':'green'")), QStringLiteral("allowed is primary, danger"));
        row("button confirm",
            button(json(",'confirm':{'title':{'type':'plain_text','text':'%1'},'text':{'type':'mrkdwn','text':'x'}}")
                       .arg(QString(101, u'a'))),
            QStringLiteral("/blocks/0/elements/0/confirm/title/text has 101"));
        row("overflow of six",
            json("[{'type':'actions','elements':[{'type':'overflow','options':%1}]}]")
                .arg(repeated(json("{'text':{'type':'plain_text','text':'x'},'value':'v'}"), 6)),
            QStringLiteral("options has 6 elements; 1 to 5 are allowed."));
        row("accessory",
            one("{'type':'section','text':{'type':'mrkdwn','text':'x'},'accessory':{'type':'button','text':'x'}}"),
            QStringLiteral("/blocks/0/accessory/text must be a text object"));
    }

    void blockLimits()
    {
        QFETCH(QString, blocks);
        QFETCH(QString, says);
        const Built built = slack(QStringLiteral("text"), blocks);
        QCOMPARE(built.isRight(), says.isEmpty());
        QVERIFY2(built.error().contains(says), qPrintable(built.error()));
        QCOMPARE(built.field(), says.isEmpty() ? QString() : QStringLiteral("blocks"));
    }

    void manyProblemsAreBounded()
    {
        const Built built = slack(QString(), repeated(QStringLiteral("{}"), 5000));
        QVERIFY(!built.isRight());
        QVERIFY2(built.error().count(u'\n') < 12, qPrintable(built.error()));
    }

    void longTexts()
    {
        const QString text = QStringLiteral("*bold words* and <https://example.org/a|a link> ").repeated(1000);
        QVERIFY(slack(text).error().contains(QStringLiteral("40000")));
        const Built split = slack(text, {}, {{QStringLiteral("overflow"), QStringLiteral("split")}});
        QVERIFY2(split.isRight(), qPrintable(split.error()));
        QCOMPARE(split.texts().size(), 2);
        for (const QString& piece : split.texts())
            QVERIFY(piece.size() <= 40'000 && piece.count(u'*') % 2 == 0 && piece.count(u'<') == piece.count(u'>'));
        const Built cut = slack(text, {}, {{QStringLiteral("overflow"), QStringLiteral("cut")}});
        QVERIFY(cut.isRight() && cut.text().size() <= 40'000 && cut.text().endsWith(u'…'));
        QVERIFY(
            !slack(text, repeated(section(QStringLiteral("x")), 1), {{QStringLiteral("overflow"), QStringLiteral("split")}})
                 .isRight());
        QVERIFY(
            !slack(QStringLiteral("*a _b <").repeated(200'000), {}, {{QStringLiteral("overflow"), QStringLiteral("split")}})
                 .isRight());
    }

    void mrkdwnIsReadAndWrittenTheSame_data()
    {
        QTest::addColumn<QString>("text");
        for (const char* text :
             {"*bold* _it_ ~gone~ `co*d*e`", "*bold _both_*", "<@U1> <!here> <https://a.example> <https://a.example|la bel>",
              "a * b * c_d_e", "```\nx = *1* &lt; 2\n```", "one *bold*\n_two_ &amp; three", "2*3*4", "*a*b", "```open",
              "* not bold*", "*über* _ça_"})
            QTest::newRow(text) << QString::fromUtf8(text);
    }

    void mrkdwnIsReadAndWrittenTheSame()
    {
        QFETCH(QString, text);
        QCOMPARE(toSlack(readSlack(text)), text);
    }

    void anyTextIsRead()
    {
        static constexpr char16_t signs[] = u"*_~`<>|&;a \n@!#";
        SeededRandom random(3);
        for (int round = 0; round < 3000; ++round) {
            QString text;
            for (quint64 i = random.below(30); i > 0; --i)
                text += signs[random.below(std::size(signs) - 1)];
            const RichText rich = readSlack(text);
            for (const RichText::Span& span : rich.spans)
                QVERIFY(span.begin < span.end && span.end <= rich.text.size());
            readWhatsApp(text);
            toWhatsApp(rich);
        }
    }
};

QTEST_GUILESS_MAIN(SlackBuilderTest)
#include "SlackBuilderTest.moc"
