// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/preview/JsonText.h"
#include "ui/preview/MarkdownMarkup.h"
#include "ui/preview/SlackMarkup.h"
#include "ui/preview/SmsParts.h"
#include "ui/preview/TelegramMarkup.h"
#include "ui/preview/WhatsAppMarkup.h"

#include <QElapsedTimer>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRandomGenerator>
#include <QTest>
#include <QTextDocument>

using namespace carillon::ui;

namespace {

QString told(const RichSpan& span)
{
    const std::pair<int, QChar> letters[]
        = {{RichSpan::Bold, u'b'}, {RichSpan::Italic, u'i'},  {RichSpan::Strike, u's'}, {RichSpan::Underline, u'u'},
           {RichSpan::Code, u'c'}, {RichSpan::Spoiler, u'h'}, {RichSpan::Mention, u'@'}};
    QString style;
    for (const auto& [flag, letter] : letters) {
        if (span.style & flag)
            style += letter;
    }
    const QString link = span.link.isEmpty() ? QString() : u"->" + span.link;
    return style.isEmpty() && link.isEmpty() ? span.text : u'[' + style + u':' + span.text + link + u']';
}

// "P(plain [b:bold])|Q(quoted)|C(code)": what a reader made of its markup.
QString told(const RichMessage& message)
{
    QStringList blocks;
    for (const RichBlock& block : message) {
        QString text = QString(QStringLiteral("PHQCIR").at(block.kind)) + u'(' + block.marker;
        for (const RichSpan& span : block.spans)
            text += told(span);
        blocks << text.replace(u'\n', u'/') + u')';
    }
    return blocks.join(u'|');
}

// Written with ' for ".
QJsonObject json(const char* text)
{
    return QJsonDocument::fromJson(QByteArray(text).replace('\'', '"')).object();
}

struct Example {
    const char* markup;
    const char* told;
};

} // namespace

class PreviewMarkupTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void slack_data()
    {
        const Example examples[] = {
            {"plain", "P(plain)"},
            {"*bold* _it_ ~gone~ `x*y*`", "P([b:bold] [i:it] [s:gone] [c:x*y*])"},
            {"*b _bi_ b*", "P([b:b ][bi:bi][b: b])"},
            {"2*3*4 snake_case_name * a *", "P(2*3*4 snake_case_name * a *)"},
            {"*over\nlines*", "P(*over/lines*)"},
            {"(*bold*), _it_.", "P(([b:bold]), [i:it].)"},
            {"a\n> q *b*\nz", "P(a)|Q(q [b:b])|P(z)"},
            {"a\n&gt; q", "P(a)|Q(q)"},
            {">>> all\nof it", "Q(all/of it)"},
            {"x ```a *b*\nc``` y", "P(x )|C(a *b*/c)|P( y)"},
            {"<https://a.b/?x=1&amp;y=2|the *label*>", "P([:the *label*->https://a.b/?x=1&y=2])"},
            {"<https://a.b> <mailto:a@b.c|write>", "P([:https://a.b->https://a.b] [:write->mailto:a@b.c])"},
            {"<@U1> <#C1|general> <!here>", "P([@:@U1] [@:#general] [@:@here])"},
            {"1 &lt; 2 &amp;&amp; 3 &copy; :tada:", "P(1 < 2 && 3 &copy; :tada:)"},
            {"a < b and c > d", "P(a < b and c > d)"},
            {"- one\n- two", "P(- one/- two)"},
            {"``` never closed", "P(``` never closed)"},
        };
        addRows(examples);
    }
    void slack() { QCOMPARE(told(readSlackMarkup(markup())), expected()); }

    void slackTextObjects()
    {
        QCOMPARE(told(readSlackText(json("{'type':'plain_text','text':'*a*'}"))), QStringLiteral("P(*a*)"));
        QCOMPARE(told(readSlackText(json("{'type':'mrkdwn','text':'*a*'}"))), QStringLiteral("P([b:a])"));
        QCOMPARE(told(readSlackText(QJsonValue(7))), QString());
    }

    void slackRichText()
    {
        const QJsonObject block
            = json("{'elements':["
                   "{'type':'rich_text_section','elements':[{'type':'text','text':'Hi ','style':{'bold':true}},"
                   "{'type':'link','url':'https://a.b'}]},"
                   "{'type':'rich_text_list','style':'ordered','indent':1,'elements':[{'type':'rich_text_section',"
                   "'elements':[{'type':'text','text':'one'}]}]},"
                   "{'type':'rich_text_preformatted','elements':[{'type':'text','text':'x'}]},"
                   "{'type':'rich_text_quote','elements':[{'type':'emoji','name':'tada'}]}, 5]}");
        QCOMPARE(told(readSlackRichText(block)),
                 QStringLiteral("P([b:Hi ][:https://a.b->https://a.b])|I(1.one)|C(x)|Q(:tada:)|P()"));
    }

    void whatsApp_data()
    {
        const Example examples[] = {
            {"*bold* _it_ ~gone~ ```mono```", "P([b:bold] [i:it] [s:gone] )|C(mono)"},
            {"see `code`", "P(see [c:code])"},
            {"hi\n- one\n- *two*\n1. three", "P(hi)|I(•one)|I(•[b:two])|I(1.three)"},
            {"> quoted\nnot", "Q(quoted)|P(not)"},
            {"go to https://a.b/c?d=1. Now", "P(go to [:https://a.b/c?d=1->https://a.b/c?d=1]. Now)"},
            {"<b> &amp;", "P(<b> &amp;)"},
        };
        addRows(examples);
    }
    void whatsApp() { QCOMPARE(told(readWhatsAppMarkup(markup())), expected()); }

    void telegramHtml_data()
    {
        const Example examples[] = {
            {"<b>b <i>bi</i></b> <u>u</u> <del>s</del>", "P([b:b ][bi:bi] [u:u] [s:s])"},
            {"<a href=\"https://a.b/?x=1&amp;y=2\">go</a>", "P([:go->https://a.b/?x=1&y=2])"},
            {"<span class=\"tg-spoiler\">x</span> <tg-spoiler>y</tg-spoiler>", "P([h:x] [h:y])"},
            {"a\n<pre><code class=\"language-c\">x &lt; 1</code></pre>\nb", "P(a)|C(x < 1)|P(b)"},
            {"<blockquote expandable>q</blockquote>after", "Q(q)|P(after)"},
            {"1 &#60; &#x1F600; &nbsp; &quot;&amp;", "P(1 < 😀 &nbsp; \"&)"},
            {"<p>no</p> a < b", "P(<p>no</p> a < b)"},
            {"<b>never closed", "P([b:never closed])"},
            {"closed</b> only", "P(closed only)"},
            {"&#0; &#xD800; &#99999999;", "P(&#0; &#xD800; &#99999999;)"},
        };
        addRows(examples);
    }
    void telegramHtml() { QCOMPARE(told(readTelegramHtml(markup())), expected()); }

    void telegramMarkdown_data()
    {
        const Example examples[] = {
            {"*b* _i_ __u__ ~s~ ||h|| `c`", "P([b:b] [i:i] [u:u] [s:s] [h:h] [c:c])"},
            {"*b _bi_*", "P([b:b ][bi:bi])"},
            {"1\\.5 \\*no\\* \\\\", "P(1.5 *no* \\)"},
            {"[go *on*](https://a.b/\\(x\\))", "P([:go ->https://a.b/(x)][b:on->https://a.b/(x)])"},
            {">q1\n>q2\nz", "Q(q1/q2)|P(z)"},
            {"```cpp\nint x;\n```", "C(int x;)"},
            {"*open and `open", "P(*open and `open)"},
            {"[no link] (x)", "P([no link] (x))"},
        };
        addRows(examples);
    }
    void telegramMarkdown() { QCOMPARE(told(readTelegramMarkdown(markup())), expected()); }

    void telegramWithoutMode()
    {
        QCOMPARE(told(readTelegram(QStringLiteral("<b>x</b> *y*"), {})), QStringLiteral("P(<b>x</b> *y*)"));
    }

    void markdown_data()
    {
        const Example examples[] = {
            {"# Title\n\nA **b** *i* ~~s~~ `c` [l](https://a.b)", "H(Title)|P(A [b:b] [i:i] [s:s] [c:c] [:l->https://a.b])"},
            {"- one\n- two\n  - three", "I(•one)|I(•two)|I(•three)"},
            {"1. one\n2. two", "I(1.one)|I(2.two)"},
            {"> quoted", "Q(quoted)"},
            {"```\na\nb\n```", "C(a/b)"},
            {"a <b>x</b>", "P(a <b>x</b>)"},
            {"| a | b |\n|---|---|\n| 1 | 2 |", "P([b:a]  │  [b:b])|P(1  │  2)"},
        };
        addRows(examples);
    }
    void markdown() { QCOMPARE(told(readMarkdown(markup())), expected()); }

    // Every reader takes any bytes, in a time that grows with their number.
    void anyTextIsTaken()
    {
        const QString signs = QStringLiteral("*_~`<>&|[]()\\\n #-1.a\"=:/;!{}") + QChar(0xd83d) + QChar(0xde00) + QChar(0);
        QRandomGenerator random(4711);
        for (int round = 0; round < 300; ++round) {
            QString text;
            for (int n = 0; n < 200; ++n)
                text += signs.at(random.bounded(signs.size()));
            readAll(text);
        }
    }

    void longMarkupIsQuick_data()
    {
        QTest::addColumn<QString>("text");
        for (const char* unit :
             {"*a ", "_", "`", "<", "&", "[", "[x](", "||", "> ", "<b>", "</b>", "__", "~a", "<https:", "```", "\\_"})
            QTest::newRow(unit) << QString::fromLatin1(unit).repeated(60'000 / qsizetype(strlen(unit)));
    }
    void longMarkupIsQuick()
    {
        QFETCH(QString, text);
        QElapsedTimer time;
        time.start();
        readAll(text);
        QVERIFY2(time.elapsed() < 3'000, qPrintable(QString::number(time.elapsed())));
    }

    void smsPartsAreCounted()
    {
        QCOMPARE(smsParts(QString(160, u'a'), false).size(), 1);
        const QList<SmsPart> two = smsParts(QString(161, u'a'), false);
        QCOMPARE(two.size(), 2);
        QCOMPARE(two.first().units, 153);
        QCOMPARE(two.last().units, 8);
        QCOMPARE(smsParts(QString(80, u'€'), false).size(), 1);
        QCOMPARE(smsParts(QString(81, u'€'), false).first().units, 152); // an extension is not torn apart
        QCOMPARE(smsParts(QString(70, u'ж'), true).size(), 1);
        const QList<SmsPart> emoji = smsParts(QStringLiteral("😀").repeated(36), true);
        QCOMPARE(emoji.size(), 2);
        QCOMPARE(emoji.first().units, 66); // nor a pair
        QCOMPARE(charactersBeyondGsm(QStringLiteral("Grüße €5 – 😀ж😀")), (QStringList{u"–"_qs, u"😀"_qs, u"ж"_qs}));
    }

    void jsonKeepsItsOrder()
    {
        QCOMPARE(layOutJson("{\"z\":1.50,\"a\":[true,{}],\"s\":\"x:{,\\\"\"}"),
                 QStringLiteral("{\n  \"z\": 1.50,\n  \"a\": [\n    true,\n    {}\n  ],\n  \"s\": \"x:{,\\\"\"\n}"));
        QCOMPARE(layOutJson("{broken"), QStringLiteral("{broken"));
        QCOMPARE(layOutJson("\xff\xfe"), QString::fromUtf8("\xff\xfe"));
    }

    void drawsWhatWasRead()
    {
        QTextDocument document;
        const RichMessage message = readSlackMarkup(QStringLiteral("a *b*\n> q\n```c```"));
        fillDocument(document, message, {});
        QCOMPARE(document.toPlainText(), QStringLiteral("a b\nq\nc"));
        QCOMPARE(plainTextOf(message), QStringLiteral("a b\nq\nc"));
    }

private:
    template <std::size_t N>
    static void addRows(const Example (&examples)[N])
    {
        QTest::addColumn<QString>("markup");
        QTest::addColumn<QString>("told");
        for (const Example& example : examples)
            QTest::newRow(example.markup) << QString::fromUtf8(example.markup) << QString::fromUtf8(example.told);
    }
    static QString markup() { return *static_cast<QString*>(QTest::qData("markup", qMetaTypeId<QString>())); }
    static QString expected() { return *static_cast<QString*>(QTest::qData("told", qMetaTypeId<QString>())); }

    static void readAll(const QString& text)
    {
        readSlackMarkup(text);
        readWhatsAppMarkup(text);
        readTelegramHtml(text);
        readTelegramMarkdown(text);
        readMarkdown(text.left(4'000));
        layOutJson(text.toUtf8());
        smsParts(text, true);
    }
};

QTEST_MAIN(PreviewMarkupTest)
#include "PreviewMarkupTest.moc"
