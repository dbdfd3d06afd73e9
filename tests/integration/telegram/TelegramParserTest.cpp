// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/base/Json.h"
#include "engine/base/Random.h"
#include "engine/content/RichTextWriter.h"
#include "engine/content/TelegramText.h"
#include "engine/liquid/Escape.h"
#include "tests/unit/content/Building.h"

#include <QFileInfo>
#include <QProcess>
#include <QTest>

using namespace carillon;

namespace {

const QString Folder = QStringLiteral(CARILLON_SOURCE_DIR "/tests/integration/telegram");

struct Case {
    QString text;
    QString mode; // "html", "markdown"
};

struct Answer {
    QString text;
    QString error;
    int marks = 0;
};

} // namespace

// What the builder writes and reads, before the parser that Telegram itself uses (TDLib, through npm).
class TelegramParserTest : public QObject {
    Q_OBJECT

private:
    static QList<Answer> ask(const QList<Case>& cases)
    {
        QJsonArray list;
        for (const Case& one : cases)
            list << QJsonObject{{QStringLiteral("text"), one.text}, {QStringLiteral("mode"), one.mode}};
        QProcess node;
        node.setWorkingDirectory(Folder);
        node.start(QStringLiteral("node"), {QStringLiteral("parse.mjs")});
        node.write(compactJson({{QStringLiteral("cases"), list}}));
        node.closeWriteChannel();
        if (!node.waitForFinished(60'000) || node.exitCode() != 0)
            qWarning("%s", node.readAllStandardError().constData());
        QList<Answer> answers;
        const QJsonObject printed = parseJsonObject(node.readAllStandardOutput()).value_or(QJsonObject());
        for (const QJsonValue& value : printed[u"answers"].toArray())
            answers << Answer{value[u"text"].toString(), value[u"error"].toString(), value[u"marks"].toInt()};
        return answers;
    }

    static QString anyWords(SeededRandom& random, int most)
    {
        static const QStringList words = {QStringLiteral("plain"),         QStringLiteral("a.b-c!"),
                                          QStringLiteral("1 < 2 & 3 > 2"), QStringLiteral("snake_case_"),
                                          QStringLiteral("*stars*"),       QStringLiteral("[x](y)"),
                                          QStringLiteral("back\\slash"),   QStringLiteral("`tick`"),
                                          QString::fromUtf8("שלום עולם"),  QString::fromUtf8("👩‍👩‍👧‍👦"),
                                          QString::fromUtf8("漢字"),       QStringLiteral("||~~>#+={}"),
                                          QStringLiteral("\"quoted\""),    QStringLiteral("&amp;"),
                                          QStringLiteral("two\nlines")};
        QStringList result;
        for (quint64 i = random.below(quint64(most)) + 1; i > 0; --i)
            result << words[qsizetype(random.below(quint64(words.size())))];
        return result.join(u' ');
    }

    // Nested marks as templates have them; neither a quote nor code lies within one of its kind.
    static void addMarks(SeededRandom& random, RichTextMaker& maker, int depth)
    {
        using Mark = RichText::Mark;
        static constexpr Mark marks[] = {Mark::Bold, Mark::Italic, Mark::Underline, Mark::Strike,    Mark::Spoiler,
                                         Mark::Code, Mark::Block,  Mark::Quote,     Mark::LongQuote, Mark::Link};
        for (quint64 i = random.below(4) + 1; i > 0; --i) {
            maker.text(anyWords(random, 3));
            const Mark mark = marks[random.below(std::size(marks))];
            if (depth == 0 || maker.isOpen(mark))
                continue;
            maker.open(mark, mark == Mark::Link ? QStringLiteral("https://example.org/?a=1&b=\"2\"") : QString());
            addMarks(random, maker, depth - 1);
            maker.close();
        }
    }

    static QString escaped(const QString& text)
    {
        std::string out;
        liquid::appendTelegramMarkdownEscaped(text.toStdString(), out);
        return QString::fromStdString(out);
    }

private Q_SLOTS:
    void initTestCase()
    {
        if (!QFileInfo::exists(Folder + QStringLiteral("/node_modules/@prebuilt-tdlib")))
            QSKIP("run \"npm ci\" in tests/integration/telegram first");
        const QList<Answer> answers = ask({{QStringLiteral("<b>x</b>"), QStringLiteral("html")}});
        if (answers.size() != 1 || answers[0].text != QStringLiteral("x"))
            QSKIP("TDLib does not run on this machine");
    }

    void readsWhatWeWrite()
    {
        SeededRandom random(11);
        QList<Case> cases;
        QStringList expected;
        for (int i = 0; i < 600; ++i) {
            RichTextMaker maker;
            addMarks(random, maker, 3);
            const RichText rich = maker.take();
            cases << Case{toTelegramHtml(rich), QStringLiteral("html")};
            expected << rich.text;
        }
        const QList<Answer> answers = ask(cases);
        QCOMPARE(answers.size(), cases.size());
        for (qsizetype i = 0; i < cases.size(); ++i) {
            QVERIFY2(answers[i].error.isEmpty(), qPrintable(answers[i].error + u'\n' + cases[i].text));
            QCOMPARE(answers[i].text, expected[i]);
        }
    }

    void dataNeverBreaksMarkdown()
    {
        SeededRandom random(12);
        QList<Case> cases;
        QStringList expected;
        for (int i = 0; i < 400; ++i) {
            const QString data = anyWords(random, 6);
            const QString markdown = QStringLiteral("*Dear %1*, _see_ [%1](https://x.example/a)\n>%2\n%1")
                                         .arg(escaped(data), escaped(data.simplified()));
            const Built built = build(QStringLiteral("telegram"), {{QStringLiteral("text"), markdown}},
                                      {{QStringLiteral("parse_mode"), QStringLiteral("markdown")}});
            QVERIFY2(built.isRight(), qPrintable(built.error() + markdown));
            QCOMPARE(built.fields()[u"parse_mode"], QStringLiteral("MarkdownV2"));
            cases << Case{built.text(), QStringLiteral("markdown")};
            expected << QStringLiteral("Dear %1, see %1\n%2\n%1").arg(data, data.simplified());
        }
        const QList<Answer> answers = ask(cases);
        for (qsizetype i = 0; i < cases.size(); ++i) {
            QVERIFY2(answers[i].error.isEmpty(), qPrintable(answers[i].error + u'\n' + cases[i].text));
            QCOMPARE(answers[i].text, expected[i]);
        }
    }

    // Cut anywhere, each piece is right by itself, and together they say what the whole said.
    void piecesAreRightEach()
    {
        SeededRandom random(13);
        QList<Case> cases;
        for (int i = 0; i < 30; ++i) {
            QString html;
            while (html.size() < 12'000)
                html += QStringLiteral(
                            "<b>%1 <i>%2</i></b>\n<blockquote>%1</blockquote><a href=\"https://x.example\">%2</a> ")
                            .arg(anyWords(random, 60).toHtmlEscaped(), anyWords(random, 30).toHtmlEscaped());
            const Built built = build(QStringLiteral("telegram"), {{QStringLiteral("text"), html}},
                                      {{QStringLiteral("overflow"), QStringLiteral("split")}});
            QVERIFY2(built.isRight(), qPrintable(built.error()));
            QVERIFY(built.texts().size() > 1);
            for (const QString& piece : built.texts())
                cases << Case{piece, QStringLiteral("html")};
        }
        for (const Answer& answer : ask(cases)) {
            QVERIFY2(answer.error.isEmpty(), qPrintable(answer.error));
            QVERIFY(answer.text.toUcs4().size() <= 4096);
            QVERIFY(answer.marks > 0);
        }
    }

    // On text at random we refuse what it refuses, and read what it reads.
    void judgesAsTelegramDoes_data()
    {
        QTest::addColumn<QString>("mode");
        QTest::newRow("html") << QStringLiteral("html");
        QTest::newRow("markdown") << QStringLiteral("markdown");
    }

    void judgesAsTelegramDoes()
    {
        QFETCH(QString, mode);
        const bool isHtml = mode == QStringLiteral("html");
        static const QStringList html = {QStringLiteral("<b>"),
                                         QStringLiteral("</b>"),
                                         QStringLiteral("<i>"),
                                         QStringLiteral("</i>"),
                                         QStringLiteral("<p>"),
                                         QStringLiteral("<br>"),
                                         QStringLiteral("&lt;"),
                                         QStringLiteral("&nbsp;"),
                                         QStringLiteral("&#65;"),
                                         QStringLiteral("&"),
                                         QStringLiteral("<"),
                                         QStringLiteral(">"),
                                         QStringLiteral("<a href=\"https://a.example/?x&amp;y\">"),
                                         QStringLiteral("</a>"),
                                         QStringLiteral("<pre>"),
                                         QStringLiteral("</pre>"),
                                         QStringLiteral("<code class=\"language-c\">"),
                                         QStringLiteral("</code>"),
                                         QStringLiteral("&gt"),
                                         QStringLiteral("<B >"),
                                         QStringLiteral("</b >"),
                                         QStringLiteral("<a href=x>"),
                                         QStringLiteral("<b x=\"y\">"),
                                         QStringLiteral("<blockquote>"),
                                         QStringLiteral("</blockquote>"),
                                         QStringLiteral("<blockquote expandable>"),
                                         QStringLiteral("<tg-spoiler>"),
                                         QStringLiteral("</tg-spoiler>"),
                                         QStringLiteral("<span class=\"tg-spoiler\">"),
                                         QStringLiteral("</span>"),
                                         QStringLiteral("<span>"),
                                         QStringLiteral("</>"),
                                         QStringLiteral("\n"),
                                         QStringLiteral("&quot;x")};
        static const QStringList markdown = {QStringLiteral("*"),
                                             QStringLiteral("_"),
                                             QStringLiteral("__"),
                                             QStringLiteral("~"),
                                             QStringLiteral("||"),
                                             QStringLiteral("`"),
                                             QStringLiteral("```"),
                                             QStringLiteral("```c\n"),
                                             QStringLiteral("["),
                                             QStringLiteral("](https://a.example)"),
                                             QStringLiteral("]"),
                                             QStringLiteral("\\."),
                                             QStringLiteral("\n"),
                                             QStringLiteral(">"),
                                             QStringLiteral("\n>"),
                                             QStringLiteral("\\"),
                                             QStringLiteral("!"),
                                             QStringLiteral("("),
                                             QStringLiteral("![x](tg://emoji?id=5368324170671202286)"),
                                             QStringLiteral("**>"),
                                             QStringLiteral("||\n"),
                                             QStringLiteral("."),
                                             QStringLiteral("\\*"),
                                             QStringLiteral("|"),
                                             QStringLiteral("(https://a.example/\\))")};
        const QStringList& marks = isHtml ? html : markdown;
        SeededRandom random(14);
        QList<Case> cases;
        for (int i = 0; i < 6000; ++i) {
            QString text;
            for (quint64 n = random.below(7) + 1; n > 0; --n) {
                if (random.below(2))
                    text += random.below(2) ? QStringLiteral("word") : QString::fromUtf8("👍");
                text += marks[qsizetype(random.below(quint64(marks.size())))];
            }
            cases << Case{text, mode};
        }
        const QList<Answer> answers = ask(cases);
        QCOMPARE(answers.size(), cases.size());
        int accepted = 0;
        QStringList differences;
        for (qsizetype i = 0; i < cases.size(); ++i) {
            const Result<RichText> ours = isHtml ? readTelegramHtml(cases[i].text) : readTelegramMarkdown(cases[i].text);
            accepted += answers[i].error.isEmpty();
            if (ours.has_value() != answers[i].error.isEmpty() || (ours && ours->text != answers[i].text))
                differences << QStringLiteral("%1\n  Telegram: %2%3\n  we: %4")
                                   .arg(cases[i].text, answers[i].text, answers[i].error,
                                        ours ? ours->text : ours.error().message);
        }
        QVERIFY2(differences.isEmpty(),
                 qPrintable(QString::number(differences.size()) + u'\n' + differences.mid(0, 12).join(u'\n')));
        QVERIFY2(accepted > 250, qPrintable(QString::number(accepted)));
    }
};

QTEST_GUILESS_MAIN(TelegramParserTest)
#include "TelegramParserTest.moc"
