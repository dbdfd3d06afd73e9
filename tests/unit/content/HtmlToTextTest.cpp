// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/content/HtmlToText.h"
#include "engine/base/Random.h"

#include <QElapsedTimer>
#include <QTest>

using namespace carillon;

class HtmlToTextTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void reads_data()
    {
        QTest::addColumn<QString>("html");
        QTest::addColumn<QString>("text");
        const auto row = [](const char* html, const char* text) {
            QTest::newRow(html) << QString::fromUtf8(html) << QString::fromUtf8(text);
        };
        row("", "");
        row("  plain \n text  ", "plain text\n");
        row("<p>One</p><p>Two<br>three<br/>four</p>", "One\n\nTwo\nthree\nfour\n");
        row("<html><head><title>T</title><style>p{}</style></head><body><!-- c -->a<script>if (1 < 2) "
            "x();</script>b</body></html>",
            "ab\n");
        row("<h1>Title</h1><p>x</p><h2>Süß</h2>y<h3>z</h3>w", "Title\n=====\n\nx\n\nSüß\n---\n\ny\n\nz\n\nw\n");
        row("see <a href=\"https://x.example/?a=1&amp;b=2\">our page</a>.", "see our page (https://x.example/?a=1&b=2).\n");
        row("<a href='https://x.example'>https://x.example</a> <a href=mailto:a@b.example>a@b.example</a> <a "
            "href='#top'>up</a>",
            "https://x.example a@b.example up\n");
        row("<a href='https://x.example'><img src='l.png' alt='Logo'></a><a href='https://y.example'></a>",
            "Logo (https://x.example)https://y.example\n");
        row("<p>List:</p><ul><li>one</li><li>two<ul><li>deep</li></ul></li></ul>after",
            "List:\n\n- one\n- two\n  - deep\n\nafter\n");
        row("<ol><li><p>a</p><li>b</ol>", "1. \n\na\n\n2. b\n");
        row("<table><tr><th>Item</th><th>Price</th></tr><tr><td>Tea</td><td>3 &euro;</td></tr></table>",
            "Item  Price\nTea  3 €\n");
        row("<div>a<div>b</div>c</div>", "a\nb\nc\n");
        row("<blockquote>a<p>b</p></blockquote>c", "> a\n>\n> b\n\nc\n");
        row("<pre>a  b\n  c</pre>d", "a  b\n  c\n\nd\n");
        row("a<hr>b", "a\n\n----------------------------------------\n\nb\n");
        row("&lt;b&gt; &amp;&quot;&#39;&nbsp;&eacute;&#8364;&#x20AC; &unknown; &#0; &#xD800; & &amp",
            "<b> &\"' é€€ &unknown; &#0; &#xD800; & &amp\n");
        row("<div style=\"Display : none\">hidden<div>x</div></div>shown", "shown\n");
        row("a &lt; b < c > d <3 <", "a < b < c > d <3 <\n");
        row("<p title=\"a > b\">x</p>", "x\n");
        row("a<b", "a\n");
        row("x<!-- never closed", "x\n");
        row("soft&shy;en word&zwnj;", "soft\u00aden word\u200c\n");
    }

    void reads()
    {
        QFETCH(QString, html);
        QFETCH(QString, text);
        QCOMPARE(QString::fromStdString(htmlToText(html.toStdString())), text);
    }

    void takesAnyBytesInLittleTime()
    {
        static const std::string_view parts[] = {"<",
                                                 ">",
                                                 "</",
                                                 "<!--",
                                                 "-->",
                                                 "<a href='x'>",
                                                 "</a>",
                                                 "<li>",
                                                 "<ul>",
                                                 "</ul>",
                                                 "<ol>",
                                                 "<h1>",
                                                 "</h1>",
                                                 "<blockquote>",
                                                 "</blockquote>",
                                                 "<table><tr><td>",
                                                 "<pre>",
                                                 "</pre>",
                                                 "<div style='display:none'>",
                                                 "</div>",
                                                 "&",
                                                 "&amp;",
                                                 "&#x",
                                                 ";",
                                                 "\"",
                                                 "'",
                                                 "=",
                                                 "word ",
                                                 "\n",
                                                 "<script>",
                                                 "</script>",
                                                 "<br>"};
        SeededRandom random(7);
        for (int round = 0; round < 5'000; ++round) {
            std::string html;
            for (quint64 i = random.below(60); i > 0; --i) {
                if (random.below(6) == 0)
                    html.push_back(char(random.below(256)));
                else
                    html += parts[random.below(std::size(parts))];
            }
            QVERIFY(htmlToText(html).size() <= 40 * html.size() + 100);
        }
        QElapsedTimer timer;
        timer.start();
        for (const std::string_view part : parts) {
            std::string html;
            while (html.size() < 200'000)
                html += part;
            QVERIFY(htmlToText(html).size() <= 8 * html.size() + 100);
        }
        QVERIFY2(timer.elapsed() < 20'000, qPrintable(QString::number(timer.elapsed())));
    }
};

QTEST_GUILESS_MAIN(HtmlToTextTest)
#include "HtmlToTextTest.moc"
