// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/content/Markdown.h"
#include "Building.h"
#include "engine/base/Random.h"
#include "engine/content/HtmlToText.h"
#include "engine/content/MarkdownChat.h"
#include "engine/content/MarkdownMail.h"
#include "engine/content/RichTextWriter.h"
#include "engine/content/TelegramText.h"
#include "engine/liquid/Escape.h"

#include <QElapsedTimer>
#include <QTest>

using namespace carillon;

class MarkdownTest : public QObject {
    Q_OBJECT

private:
    static QString mail(const QString& markdown)
    {
        return QString::fromStdString(*markdownToMailHtml(markdown.toStdString()));
    }

    static RichText rich(const char* markdown) { return *markdownToRichText(markdown); }

    static Built chat(const char* platform, const QString& text, const QString& title = {})
    {
        return build(QLatin1String(platform), {{QStringLiteral("text"), text}, {QStringLiteral("title"), title}}, {},
                     QStringLiteral("chat"));
    }

private Q_SLOTS:
    void aMailHasItsStylesInline()
    {
        const QString html = mail(QStringLiteral(
            "# Hi\n\nText **bold** *it* ~~del~~ `c`\n\n- one\n- [x] two\n\n3. three\n\n> q\n\n---\n\n"
            "| a | b |\n|:--|--:|\n| 1 | 2 |\n\n```cpp\nx < y\n```\n\n![Logo](cid:logo) [to](https://a.example/?x=1&y=2)"));
        for (const char* piece :
             {"<h1 style=", "<strong>bold</strong>", "<em>it</em>", "<del>del</del>", "<ul style=", "&#9745; two",
              "<ol start=\"3\" style=", "<blockquote style=", "<hr style=", "text-align:right", "x &lt; y",
              "<img src=\"cid:logo\" style=\"max-width:100%;height:auto;border:0\" alt=\"Logo\">",
              "href=\"https://a.example/?x=1&amp;y=2\"", "<meta name=\"viewport\""})
            QVERIFY2(html.contains(QLatin1String(piece)), piece);
        QVERIFY(!html.contains(QStringLiteral("<style")) && !html.contains(QStringLiteral("class=")));
    }

    void noHtmlAndNoOddAddressesComeThrough()
    {
        const QString html = mail(
            QStringLiteral("<script>alert(1)</script> <b onclick=x>y</b>\n\n<div>z</div>\n\n[a](javascript:alert(1)) "
                           "[b](JavaScript&colon;x) [c](data:text/html,x) [d](vbscript:x) [e](/relative) ![f](file:///x) "
                           "[g](mailto:a@b.example) [h](tel:+1) <javascript:x>"));
        QVERIFY(!html.contains(QStringLiteral("<script")) && !html.contains(QStringLiteral("<b "))
                && !html.contains(QStringLiteral("<div>z")));
        QCOMPARE(html.count(QStringLiteral("href=")), 2);
        QCOMPARE(html.count(QStringLiteral("src=")), 0);
        QVERIFY(html.contains(QStringLiteral("mailto:a@b.example")) && html.contains(QStringLiteral("tel:+1")));
    }

    void dataIsTextWhateverItHolds()
    {
        for (const char* data :
             {"*a* _b_ [c](https://x.example) <b>", "https://a.example/x_y_z?a=1&b=2", "1. x", "# y", "- z", "`c` ~~d~~ | e",
              "a\\b &amp; &lt;", "![i](j)", "www.example.org", "ana@mail.example"}) {
            std::string markdown = "Dear ";
            liquid::appendMarkdownEscaped(data, markdown);
            const RichText text = rich(markdown.c_str());
            QCOMPARE(text.text, QStringLiteral("Dear ") + QLatin1String(data));
            QVERIFY(text.spans.isEmpty());
        }
    }

    void theMailsTextIsMadeFromItToo()
    {
        const RenderedParts parts = {{QStringLiteral("markdown"), "# Hi\n\nSee [us](https://a.example)"}};
        const std::string text = derivedText(QStringLiteral("email"), parts);
        QVERIFY2(text.find("us (https://a.example)") != text.npos, text.c_str());
        QVERIFY(derivedText(QStringLiteral("email"), {{QStringLiteral("markdown"), "x"}, {QStringLiteral("text"), "y"}})
                    .empty());
    }

    void aChatMessage()
    {
        const RichText text = rich(
            "# Title\n\nA **bold** [link](https://a.example)\nnext line\n\n1. one\n2. two\n   - deep\n\n> quoted\n> more\n\n"
            "```sh\nls -l\n\ncd\n```\n\n| a | long |\n|---|---|\n| 1 | 2 |\n\n![pic](https://a.example/p.png)");
        QCOMPARE(text.text,
                 QString::fromUtf8(
                     "Title\n\nA bold link\nnext line\n\n1. one\n2. two\n  • deep\n\nquoted\nmore\n\nls -l\n\ncd\n\n"
                     "a  long\n1  2\n\npic"));
        QCOMPARE(toSlack(text),
                 QString::fromUtf8(
                     "*Title*\n\nA *bold* <https://a.example|link>\nnext line\n\n1. one\n2. two\n  • deep\n\n> quoted\n"
                     "> more\n\n```ls -l\n\ncd```\n\n```a  long\n1  2```\n\n<https://a.example/p.png|pic>"));
        QCOMPARE(toTelegramHtml(text),
                 QString::fromUtf8(
                     "<b>Title</b>\n\nA <b>bold</b> <a href=\"https://a.example\">link</a>\nnext line\n\n1. one\n2. two\n"
                     "  • deep\n\n<blockquote>quoted\nmore</blockquote>\n\n<pre><code class=\"language-sh\">ls "
                     "-l\n\ncd</code></pre>"
                     "\n\n<pre>a  long\n1  2</pre>\n\n<a href=\"https://a.example/p.png\">pic</a>"));
        QCOMPARE(
            toMatrixHtml(text),
            QString::fromUtf8(
                "<b>Title</b><br><br>A <b>bold</b> <a href=\"https://a.example\">link</a><br>next line<br><br>1. one<br>"
                "2. two<br>&nbsp;&nbsp;• deep<blockquote>quoted<br>more</blockquote>"
                "<pre><code class=\"language-sh\">ls -l\n\ncd</code></pre><pre><code>a  long\n1  2</code></pre>"
                "<a href=\"https://a.example/p.png\">pic</a>"));
        QCOMPARE(toMatrixHtml(rich("1 < 2 & ~~3~~")), QStringLiteral("1 &lt; 2 &amp; <del>3</del>"));
        QCOMPARE(toWhatsApp(text),
                 QString::fromUtf8(
                     "*Title*\n\nA *bold* link (https://a.example)\nnext line\n\n1. one\n2. two\n  • deep\n\n> quoted\n"
                     "> more\n\n```ls -l\n\ncd```\n\n```a  long\n1  2```\n\npic (https://a.example/p.png)"));
        QCOMPARE(toMarkdown(text),
                 QString::fromUtf8(
                     "**Title**  \n\nA **bold** [link](https://a.example)  \nnext line  \n\n1. one  \n2. two  \n"
                     "  • deep  \n\n> quoted  \n> more  \n\n```sh\nls -l\n\ncd\n```  \n\n```\na  long\n1  2\n```  \n\n"
                     "[pic](https://a.example/p.png)"));
        QCOMPARE(toPlainText(rich("**a** [b](https://c.example) <https://d.example>")),
                 QStringLiteral("a b (https://c.example) https://d.example"));
    }

    void signsWithinWordsAndOverLines()
    {
        const QString gap(QChar(0x200b));
        QCOMPARE(toSlack(rich("un**frigging**believable")),
                 QString(QStringLiteral("un") + gap + QStringLiteral("*frigging*") + gap + QStringLiteral("believable")));
        QCOMPARE(toSlack(rich("**two\nlines**")), QStringLiteral("*two*\n*lines*"));
        QCOMPARE(toSlack(rich("1 < 2 & 3")), QStringLiteral("1 &lt; 2 &amp; 3"));
        QCOMPARE(toSlack(rich("**`code`** in bold")), QStringLiteral("*`code`* in bold"));
    }

    void writtenMarkdownIsReadAsTheSame_data()
    {
        QTest::addColumn<QString>("markdown");
        for (const char* markdown :
             {"plain", "**bold** and *italic* and ~~struck~~", "**bold *italic* bold**", "a \\* b \\_ c \\[d\\](e) \\`f\\`",
              "\\# no heading\n\n\\- no item\n\n\\> no quote", "`a * b`", "```sh\n**x**\n\n  y\n```\n\nafter",
              "> **a**\n> b\n\nc", "[**x** y](https://a.example/?q=(1))", "one\ntwo\n\nthree", "a < b > c & d",
              "> ```\n> x\n> ```"})
            QTest::newRow(markdown) << QString::fromUtf8(markdown);
    }

    void writtenMarkdownIsReadAsTheSame()
    {
        QFETCH(QString, markdown);
        const RichText text = rich(markdown.toUtf8().constData());
        const RichText again = rich(toMarkdown(text).toUtf8().constData());
        QCOMPARE(again.text, text.text);
        QCOMPARE(again.spans.size(), text.spans.size());
        for (qsizetype i = 0; i < text.spans.size(); ++i) {
            QCOMPARE(int(again.spans[i].mark), int(text.spans[i].mark));
            QCOMPARE(again.spans[i].begin, text.spans[i].begin);
            QCOMPARE(again.spans[i].end, text.spans[i].end);
        }
    }

    void whatIsTooLongForAPlatformIsRefusedCutOrSplit()
    {
        const QString text = QStringLiteral("**bold *words*** and more. ").repeated(150);
        const auto built = [&](const QJsonObject& settings) {
            return build(QStringLiteral("discord"),
                         {{QStringLiteral("text"), text}, {QStringLiteral("title"), QStringLiteral("T")}}, settings,
                         QStringLiteral("chat"));
        };
        const Built refused = built({});
        QVERIFY2(!refused.isRight() && refused.field() == QStringLiteral("text")
                     && refused.error().contains(u"Discord takes"),
                 qPrintable(refused.error()));
        const Built cut = built({{QStringLiteral("overflow"), QStringLiteral("cut")}});
        QVERIFY2(cut.isRight() && cut.facts.cut && cut.text().size() <= 2'000 && cut.text().size() > 1'900,
                 qPrintable(cut.error()));
        QVERIFY(cut.text("plain").endsWith(QChar(0x2026)) && !cut.text("plain").contains(u'*'));
        const Built split = built({{QStringLiteral("overflow"), QStringLiteral("split")}});
        QCOMPARE(split.texts().size(), 3);
        QCOMPARE(split.facts.parts, 3);
        for (const QString& piece : split.texts())
            QVERIFY(piece.size() <= 2'000 && piece.count(QStringLiteral("**")) % 2 == 0);
        QCOMPARE(split.fields()[u"title"], QStringLiteral("T"));
        QVERIFY(!split.message->continuations.first().contains(u"title"));
        QVERIFY(split.message->continuations.first().contains(u"plain"));
    }

    void limitsCountWhatThePlatformCounts()
    {
        const QString umlauts(3'000, QChar(0xe4));
        QVERIFY(!build(QStringLiteral("ntfy"), {{QStringLiteral("text"), umlauts}}).isRight()); // 6,000 bytes
        const Built whole = build(QStringLiteral("mattermost"), {{QStringLiteral("text"), umlauts}});
        QCOMPARE(whole.text(), umlauts);
        QCOMPARE(whole.facts.length, 3'000);
        QCOMPARE(whole.facts.limit, 16'383);
        const Built unknown = build(QStringLiteral("of_a_file"), {{QStringLiteral("text"), umlauts.repeated(20)}});
        QVERIFY(unknown.isRight() && unknown.facts.limit == 0);
    }

    void theTitleCountsWhereItIsPartOfTheText()
    {
        const auto built = [&](const char* platform, qsizetype length, const QString& overflow = {}) {
            return build(
                QString::fromLatin1(platform),
                {{QStringLiteral("text"), QString(length, u'a')}, {QStringLiteral("title"), QStringLiteral("Alert")}},
                overflow.isEmpty() ? QJsonObject() : QJsonObject{{QStringLiteral("overflow"), overflow}},
                QStringLiteral("chat"));
        };
        const qsizetype title = qsizetype(qstrlen("**Alert**\n\n"));
        for (const auto& [platform, most] : {std::pair<const char*, qsizetype>{"mattermost", 16'383}, {"zulip", 10'000}}) {
            QVERIFY(built(platform, most - title).isRight());
            QVERIFY(!built(platform, most - title + 1).isRight());
            const Built split = built(platform, 2 * most - title, QStringLiteral("split"));
            QCOMPARE(split.texts().size(), 2);
            QCOMPARE(split.texts().first().size(), most - title);
            QCOMPARE(split.texts().last().size(), most);
        }
        QVERIFY(built("pushover", 1'024).isRight()); // a field of its own
    }

    void oneTemplateForEveryPlatform()
    {
        const QString text = QStringLiteral("Disk **full** on [db-1](https://a.example/?x=1&y=2)");
        QCOMPARE(chat("slack", text, QStringLiteral("Alert")).text(),
                 QStringLiteral("*Alert*\n\nDisk *full* on <https://a.example/?x=1&amp;y=2|db-1>"));
        const Built telegram = chat("telegram", text);
        QCOMPARE(telegram.text(), QStringLiteral("Disk <b>full</b> on <a href=\"https://a.example/?x=1&amp;y=2\">db-1</a>"));
        QCOMPARE(telegram.fields()[u"parse_mode"], QStringLiteral("HTML"));
        QCOMPARE(chat("whatsapp", text).fields()[u"text"][u"body"],
                 QStringLiteral("Disk *full* on db-1 (https://a.example/?x=1&y=2)"));
        const Built other = chat("matrix", text, QStringLiteral("Alert"));
        QCOMPARE(other.fields(),
                 (QJsonObject{{QStringLiteral("title"), QStringLiteral("Alert")},
                              {QStringLiteral("text"), text},
                              {QStringLiteral("plain"), QStringLiteral("Disk full on db-1 (https://a.example/?x=1&y=2)")},
                              {QStringLiteral("format"), QStringLiteral("markdown")},
                              {QStringLiteral("html"),
                               QStringLiteral("<b>Alert</b><br><br>Disk <b>full</b> on "
                                              "<a href=\"https://a.example/?x=1&amp;y=2\">db-1</a>")}}));
        QVERIFY(!chat("matrix", QStringLiteral("Only text")).fields().contains(QStringLiteral("html")));
        QVERIFY(!chat("ntfy", text).fields().contains(QStringLiteral("html")));
        QCOMPARE(build(QStringLiteral("discord"), {{QStringLiteral("text"), text}}).text(),
                 text); // its own template is Markdown, too
        for (const char* platform : {"slack", "telegram", "whatsapp", "matrix"})
            QCOMPARE(chat(platform, QStringLiteral(" ")).field(), QStringLiteral("text"));
    }

    void anyBytesBecomeAMessageThatTelegramTakes()
    {
        static constexpr char signs[] = "*_~`[]()<>|#-+.!\\&; \n\t1aé:/";
        SeededRandom random(8);
        for (int round = 0; round < 3000; ++round) {
            std::string markdown;
            for (quint64 i = random.below(60); i > 0; --i)
                markdown += random.below(40) ? signs[random.below(sizeof signs - 1)] : char(random.below(256));
            const Result<RichText> text = markdownToRichText(markdown);
            QVERIFY(text && markdownToMailHtml(markdown));
            const Result<RichText> read = readTelegramHtml(toTelegramHtml(*text));
            QVERIFY2(read, markdown.c_str());
            QCOMPARE(read->text, text->text);
            toSlack(*text);
            toWhatsApp(*text);
            QVERIFY2(markdownToRichText(toMarkdown(*text).toStdString()), markdown.c_str());
        }
    }

    void whatIsMadeToTakeLongDoesNot()
    {
        const int most = int(maxMarkdownBytes);
        QElapsedTimer timer;
        for (const char* piece :
             {"[",  "![",  "*a ",  "a**b",      "`a``",   "<",        "> ",   "- ",  "[a](",           "|a",
              "\\", "&",   "_a__", "https://a", "a@b.c ", "[a]: b\n", "~~a ", "1. ", "| a |\n|---|\n", "[a][",
              "(",  "www."}) {
            const std::string markdown = QByteArray(piece).repeated(most / int(qstrlen(piece))).toStdString();
            timer.start();
            QVERIFY(markdownToRichText(markdown).has_value());
            QVERIFY(markdownToMailHtml(markdown).has_value());
            QVERIFY2(timer.elapsed() < 20'000, piece);
        }
        const QByteArray table = QByteArray("|a").repeated(1000) + '\n' + QByteArray("|---").repeated(1000) + '\n'
            + QByteArray("|b\n").repeated(60'000);
        QVERIFY(!markdownToMailHtml(table.toStdString()));
        QVERIFY(!markdownToRichText(std::string(maxMarkdownBytes + 1, 'a')));
    }
};

QTEST_GUILESS_MAIN(MarkdownTest)
#include "MarkdownTest.moc"
