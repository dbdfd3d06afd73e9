// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/content/Lint.h"

#include <QElapsedTimer>
#include <QFile>
#include <QRandomGenerator>
#include <QRegularExpression>
#include <QTest>

using namespace carillon;

// Lint as a whole: order, places, bounds, speed. The rules one by one: LintRulesTest.
class LintTest : public QObject {
    Q_OBJECT

private:
    static Template mail(const QString& html, const QString& subject = QStringLiteral("News"))
    {
        Template source;
        source.channel = QStringLiteral("email");
        source.parts = {{QStringLiteral("subject"), subject}, {QStringLiteral("html"), html}};
        return source;
    }

    static QList<TemplateProblem> lint(const Template& source, Category category = Category::Transactional)
    {
        ContentSet content;
        content.topic.category = category;
        content.brand.postalAddress = QStringLiteral("1 High Street");
        content.templates << source;
        return lintTemplate({content, source, {}, {}, {}});
    }

    static QString sample(const QString& name)
    {
        QFile file(QStringLiteral(CARILLON_SOURCE_DIR "/resources/templates/sample/") + name);
        return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
    }

private Q_SLOTS:
    void rulesAreNamedForEver()
    {
        static const QRegularExpression kebab(QStringLiteral("^[a-z]+[0-9]?(-[a-z0-9]+)*$"));
        QSet<QString> ids;
        for (const LintRule& rule : lintRules()) {
            QVERIFY2(kebab.match(rule.id).hasMatch(), qPrintable(rule.id));
            QVERIFY2(!ids.contains(rule.id), qPrintable(rule.id));
            QVERIFY2(rule.sentence.endsWith(u'.'), qPrintable(rule.id));
            ids.insert(rule.id);
        }
        QVERIFY(ids.size() >= 70);
    }

    void liquidComesFirstThenPartsThenPlaces()
    {
        const auto problems
            = lint(mail(QStringLiteral("<a href=\"#\">x</a> {{ y | nosuch }} <img src=\"https://x.org/a.png\">"),
                        QStringLiteral("Re: {{ z }}")));
        QVERIFY(problems.size() >= 4);
        QCOMPARE(problems.first().rule, QStringLiteral("liquid"));
        QCOMPARE(problems.first().part, QStringLiteral("html"));
        QCOMPARE(problems.at(1).part, QStringLiteral("subject"));
        int position = -1;
        for (const TemplateProblem& problem : problems) {
            if (problem.part != u"html" || problem.rule == u"liquid")
                continue;
            QVERIFY(problem.position >= position);
            position = problem.position;
        }
    }

    void placesCountAsQtDoes()
    {
        // CRLF, an emoji of two units, an accent of its own, Liquid over two lines.
        const QString html
            = QString::fromUtf8("<p>é👍</p>\r\n{{ contact.name\r\n | default: 'é' }}<p>👍 <a href=\"#\">e\u0301</a></p>");
        for (const TemplateProblem& problem : lint(mail(html))) {
            if (problem.rule != u"empty-link")
                continue;
            QCOMPARE(html.mid(problem.position, problem.length), QStringLiteral("href=\"#\""));
            QCOMPARE(problem.line, 3);
            QCOMPARE(problem.column, int(problem.position - html.lastIndexOf(u'\n', problem.position)));
            return;
        }
        QFAIL("not found");
    }

    void placesAreWithinTheSource()
    {
        QRandomGenerator random(1);
        const QStringList scraps{QStringLiteral("<a href=\"#\">"),
                                 QStringLiteral("{{ x }}"),
                                 QStringLiteral("{% if a %}"),
                                 QStringLiteral("{% else %}"),
                                 QStringLiteral("{% endif %}"),
                                 QStringLiteral("</a>"),
                                 QStringLiteral("<img src='"),
                                 QStringLiteral("\""),
                                 QString::fromUtf8("👍"),
                                 QString(QChar(0xd83d)),
                                 QString(QChar(0xdc4d)),
                                 QStringLiteral("\r\n"),
                                 QStringLiteral("<style>"),
                                 QStringLiteral("{"),
                                 QStringLiteral("</style>"),
                                 QStringLiteral("<!--"),
                                 QStringLiteral("style='color:#eee'"),
                                 QStringLiteral(">"),
                                 QStringLiteral("{{"),
                                 QStringLiteral("%}"),
                                 QString(QChar(0)),
                                 QStringLiteral("*|FNAME|*"),
                                 QStringLiteral("[1,"),
                                 QStringLiteral("\\")};
        const QList<std::pair<QString, QString>> places{{QStringLiteral("email"), QStringLiteral("html")},
                                                        {QStringLiteral("email"), QStringLiteral("subject")},
                                                        {QStringLiteral("sms"), QStringLiteral("text")},
                                                        {QStringLiteral("slack"), QStringLiteral("blocks")},
                                                        {QStringLiteral("telegram"), QStringLiteral("text")}};
        for (int round = 0; round < 2000; ++round) {
            QString text;
            for (int i = random.bounded(30); i >= 0; --i)
                text += scraps.at(random.bounded(int(scraps.size())));
            Template source;
            source.channel = places.at(round % places.size()).first;
            source.parts.insert(places.at(round % places.size()).second, text);
            for (const TemplateProblem& problem : lint(source)) {
                QVERIFY(problem.position >= 0 && problem.length >= 1 && problem.line >= 1 && problem.column >= 1);
                const qsizetype size = source.parts.value(problem.part).size();
                QVERIFY2(problem.position + problem.length <= qMax<qsizetype>(1, size),
                         qPrintable(problem.rule + u": " + text));
            }
        }
    }

    void samplesAreClean_data()
    {
        QTest::addColumn<QString>("html");
        QTest::addColumn<QString>("subject");
        QTest::addColumn<QString>("locale");
        QTest::newRow("en") << sample(QStringLiteral("welcome.html")) << sample(QStringLiteral("welcome.subject.txt"))
                            << QString();
        QTest::newRow("de") << sample(QStringLiteral("welcome.de.html")) << sample(QStringLiteral("welcome.de.subject.txt"))
                            << QStringLiteral("de");
    }

    void samplesAreClean()
    {
        QFETCH(QString, html);
        QFETCH(QString, subject);
        QFETCH(QString, locale);
        QVERIFY(!html.isEmpty() && !subject.isEmpty());
        Template source = mail(html, subject);
        source.locale = locale;
        for (const TemplateProblem& problem : lint(source, Category::Marketing))
            QVERIFY2(problem.severity == Severity::Hint,
                     qPrintable(QStringLiteral("%1:%2 %3 [%4]")
                                    .arg(problem.line)
                                    .arg(problem.column)
                                    .arg(problem.message, problem.rule)));
    }

    void contentNamesItsTemplates()
    {
        ContentSet content;
        content.topic.id = 7;
        Template english = mail(QStringLiteral("<p>Hello</p>"), QStringLiteral("Re: x"));
        english.topicId = 7;
        Template german = english;
        german.locale = QStringLiteral("de");
        Template foreign = english;
        foreign.topicId = 8;
        content.templates = {english, german, foreign};
        QStringList found;
        for (const TemplateProblem& problem : lintContent(content, {}, {}, {})) {
            if (problem.rule == u"deceptive-subject")
                found << problem.channel + u'/' + problem.locale;
        }
        QCOMPARE(found, QStringList({QStringLiteral("email/"), QStringLiteral("email/de")}));
    }

    void manyOfAKindAreCutShort()
    {
        int count = 0;
        for (const TemplateProblem& problem : lint(mail(QStringLiteral("<img src=\"https://x.org/a.png\">").repeated(500))))
            count += problem.rule == u"image-without-alt";
        QCOMPARE(count, 20);
    }

    void nastyInputsTakeLinearTime_data()
    {
        QTest::addColumn<QString>("piece");
        for (const char* piece : {"<",
                                  "<a ",
                                  "<a href=\"",
                                  "<a href='x",
                                  "<a>",
                                  "<b><i>",
                                  "</b>",
                                  "<!--",
                                  "<!",
                                  "<style>",
                                  "<style>a{",
                                  "{{",
                                  "{%",
                                  "{{ a }}",
                                  "{% if a %}",
                                  "{% if a %}<b>{% else %}</i>",
                                  "{% assign a = 1 %}",
                                  "{% comment %}",
                                  "<p style=\"color:rgb(\">x",
                                  "&",
                                  "*|",
                                  "[[",
                                  "<%=",
                                  "{$",
                                  "%recipient.",
                                  "<a href=\"#x\">x</a>",
                                  "<p id=x>",
                                  "<table><th>",
                                  "\xf0\x9f\x91\x8d",
                                  "{% case a %}{% when 1 %}",
                                  "<a href=\"http://x.org/?a={{ contact.a }}\">http://y.org</a>",
                                  "<style>.a{color:red}</style><p class=\"a a a\">x",
                                  "{{ contact.a }}",
                                  "\"",
                                  "[",
                                  "{\"a\":",
                                  "**",
                                  "```",
                                  "!!",
                                  "RE: "})
            QTest::newRow(piece) << QString::fromUtf8(piece);
    }

    void nastyInputsTakeLinearTime()
    {
        QFETCH(QString, piece);
        for (const char* place :
             {"email/html", "email/subject", "email/text", "webhook/body", "sms/text", "telegram/text", "slack/text"}) {
            const QString where = QString::fromLatin1(place);
            Template source;
            source.channel = where.section(u'/', 0, 0);
            source.parts.insert(where.section(u'/', 1),
                                piece.repeated((where == u"email/html" ? 100'000 : 20'000) / piece.size()));
            if (where == u"email/text")
                source.parts.insert(QStringLiteral("html"), source.parts.first());
            QElapsedTimer timer;
            timer.start();
            lint(source);
            QVERIFY2(timer.elapsed() < 5000, qPrintable(QStringLiteral("%1: %2 ms").arg(where).arg(timer.elapsed())));
        }
    }

    // 100 KB in a few milliseconds, when optimised.
    void isFastEnoughForEveryKeyPress()
    {
        const QString html = sample(QStringLiteral("welcome.html"));
        const qsizetype start = html.indexOf(u"<tr>");
        const QString rows = html.mid(start, html.indexOf(u"</table></td></tr></table>") - start);
        QString large = html;
        while (large.size() < 100 * 1024)
            large.insert(start, rows);
        const Template source = mail(large);
        qint64 best = std::numeric_limits<qint64>::max();
        qsizetype found = 0;
        for (int round = 0; round < 10; ++round) {
            QElapsedTimer timer;
            timer.start();
            found = lint(source).size();
            best = qMin(best, timer.nsecsElapsed());
        }
        qInfo("%lld KB of HTML, %lld findings: %.2f ms", large.size() / 1024, found, double(best) / 1e6);
        QVERIFY(best < 500'000'000);
    }
};

QTEST_GUILESS_MAIN(LintTest)
#include "LintTest.moc"
