// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/TextSearch.h"
#include "ui/topics/LineDiff.h"

#include <QTest>

using namespace carillon::ui;

namespace {

QList<qsizetype> startsOf(const QString& text, const QString& pattern, const SearchOptions& options = {})
{
    QList<qsizetype> starts;
    for (const TextRange& match : TextSearch(pattern, options).matches(text))
        starts << match.start;
    return starts;
}

// A comparison as "-old +new  same".
QStringList described(const QList<DiffLine>& lines)
{
    QStringList all;
    for (const DiffLine& line : lines) {
        const QString sign = line.kind == DiffLine::Added ? QStringLiteral("+")
            : line.kind == DiffLine::Removed              ? QStringLiteral("-")
            : line.kind == DiffLine::Left                 ? QString::number(line.left)
                                                          : QStringLiteral(" ");
        all << sign + line.text;
    }
    return all;
}

// What a comparison says the two texts were.
QString side(const QList<DiffLine>& lines, DiffLine::Kind without)
{
    QStringList text;
    for (const DiffLine& line : lines) {
        if (line.kind != without)
            text << line.text;
    }
    return text.join(u'\n');
}

} // namespace

class TextSearchTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void finds()
    {
        const QString text = QStringLiteral("Order orders ORDER reorder");
        QCOMPARE(startsOf(text, QStringLiteral("order")), (QList<qsizetype>{0, 6, 13, 21}));
        QCOMPARE(startsOf(text, QStringLiteral("order"), {true, false, false}), (QList<qsizetype>{6, 21}));
        QCOMPARE(startsOf(text, QStringLiteral("order"), {false, true, false}), (QList<qsizetype>{0, 13}));
        QCOMPARE(startsOf(text, QStringLiteral("o.d"), {false, false, true}), (QList<qsizetype>{0, 6, 13, 21}));
        QCOMPARE(startsOf(QStringLiteral("a\nb\na"), QStringLiteral("^a$"), {false, false, true}), (QList<qsizetype>{0, 4}));
        QCOMPARE(startsOf(QStringLiteral("a.b axb"), QStringLiteral("a.b")), QList<qsizetype>{0});
        QCOMPARE(startsOf(QStringLiteral("Straße straße"), QStringLiteral("STRAßE"), {false, true, false}).size(), 2);
        QVERIFY(startsOf(text, QString()).isEmpty());
        QVERIFY(startsOf(text, QStringLiteral("x*"), {false, false, true}).isEmpty()); // matches nothing, everywhere
    }

    void saysWhatIsWrongWithAnExpression()
    {
        const TextSearch search(QStringLiteral("a(b"), {false, true, true});
        QVERIFY2(search.error().contains(u"character 4"), qPrintable(search.error()));
        QVERIFY(search.matches(QStringLiteral("a(b")).isEmpty());
        QVERIFY(TextSearch(QStringLiteral("a(b"), {}).error().isEmpty());
    }

    void givesUpAnExpressionThatTakesTooLong()
    {
        QString failure;
        const TextSearch search(QStringLiteral("(a+)+$"), {false, false, true});
        search.matches(QString(40, u'a') + u'b', &failure);
        QVERIFY(!failure.isEmpty());
    }

    void replaces()
    {
        int count = 0;
        const TextSearch plain(QStringLiteral("a"), {});
        QCOMPARE(plain.replaceAll(QStringLiteral("banana"), QStringLiteral("\\0"), &count), QStringLiteral("b\\0n\\0n\\0"));
        QCOMPARE(count, 3);
        const TextSearch regular(QStringLiteral("(\\w+)=(\\w+)"), {false, false, true});
        QCOMPARE(regular.replaceAll(QStringLiteral("a=b; c=d"), QStringLiteral("\\2:\\1\\n"), &count),
                 QStringLiteral("b:a\n; d:c\n"));
        QCOMPARE(regular.replacement(QStringLiteral("x a=b"), {2, 3}, QStringLiteral("[\\0]")), QStringLiteral("[a=b]"));
        QVERIFY(!regular.replacement(QStringLiteral("x a=b"), {0, 1}, {}));
    }

    void comparesLines()
    {
        QCOMPARE(described(diffLines(QStringLiteral("a\nb\nc"), QStringLiteral("a\nx\nc\nd"))),
                 (QStringList{QStringLiteral(" a"), QStringLiteral("-b"), QStringLiteral("+x"), QStringLiteral(" c"),
                              QStringLiteral("+d")}));
        QCOMPARE(described(diffLines(QString(), QStringLiteral("a"))), QStringList{QStringLiteral("+a")});
        QCOMPARE(described(diffLines(QStringLiteral("a"), QString())), QStringList{QStringLiteral("-a")});
        QVERIFY(diffLines(QString(), QString()).isEmpty());
        const QList<DiffLine> lines
            = diffLines(QStringLiteral("1\n2\n3\n4\n5\n6\n7"), QStringLiteral("1\n2\n3\n4\n5\n6\nx"));
        QCOMPARE(described(foldSame(lines, 2)),
                 (QStringList{QStringLiteral("4"), QStringLiteral(" 5"), QStringLiteral(" 6"), QStringLiteral("-7"),
                              QStringLiteral("+x")}));
        QCOMPARE(lines.last().newLine, 7);
        QVERIFY(foldSame(diffLines(QStringLiteral("a\nb"), QStringLiteral("a\nb")), 2).isEmpty());
    }

    // Of any two texts: both can be read out of the comparison, and it is as short as it can be.
    void comparesAnything()
    {
        quint32 seed = 7;
        const auto next = [&seed](quint32 below) {
            seed = seed * 1664525 + 1013904223;
            return int((seed >> 16) % below);
        };
        for (int n = 0; n < 400; ++n) {
            QStringList one;
            QStringList other;
            for (int line = next(14); line > 0; --line)
                one << QString(QChar(u'a' + next(4)));
            for (int line = next(14); line > 0; --line)
                other << QString(QChar(u'a' + next(4)));
            const QList<DiffLine> lines = diffLines(one.join(u'\n'), other.join(u'\n'));
            QCOMPARE(side(lines, DiffLine::Added), one.join(u'\n'));
            QCOMPARE(side(lines, DiffLine::Removed), other.join(u'\n'));
            // Longest common subsequence by the textbook.
            QList<QList<int>> longest(one.size() + 1, QList<int>(other.size() + 1, 0));
            for (int i = 1; i <= one.size(); ++i) {
                for (int j = 1; j <= other.size(); ++j)
                    longest[i][j] = one.at(i - 1) == other.at(j - 1) ? longest[i - 1][j - 1] + 1
                                                                     : qMax(longest[i - 1][j], longest[i][j - 1]);
            }
            const auto same = std::count_if(lines.begin(), lines.end(),
                                            [](const DiffLine& line) { return line.kind == DiffLine::Same; });
            QCOMPARE(int(same), longest[one.size()][other.size()]);
        }
    }

    void textsThatHaveNothingInCommonAreToldApartCoarsely()
    {
        QStringList one;
        QStringList other;
        for (int n = 0; n < 20'000; ++n) {
            one << QStringLiteral("a%1").arg(n);
            other << QStringLiteral("b%1").arg(n);
        }
        const QList<DiffLine> lines = diffLines(one.join(u'\n'), other.join(u'\n'));
        QCOMPARE(lines.size(), 40'000);
        QCOMPARE(side(lines, DiffLine::Added), one.join(u'\n'));
    }
};

QTEST_APPLESS_MAIN(TextSearchTest)
#include "TextSearchTest.moc"
