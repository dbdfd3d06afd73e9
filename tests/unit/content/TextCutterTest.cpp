// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/content/TextCutter.h"
#include "engine/base/Random.h"

#include <QTest>
#include <QTextBoundaryFinder>

using namespace carillon;

class TextCutterTest : public QObject {
    Q_OBJECT

private:
    static TextCutter cutterOf(const QString& text, QList<TextRange> atoms = {})
    {
        return {text, [](TextRange range) { return qint64(range.end - range.begin); }, 1, std::move(atoms)};
    }

    static QString of(const QString& text, TextRange range) { return text.mid(range.begin, range.end - range.begin); }

    static QStringList pieces(const QString& text, const QList<qint64>& limits, QList<TextRange> atoms = {})
    {
        QStringList result;
        for (const TextRange range : cutterOf(text, std::move(atoms)).split(limits))
            result << of(text, range);
        return result;
    }

    static QString anyText(SeededRandom& random)
    {
        static const QStringList words = {QStringLiteral("word"),
                                          QStringLiteral("and"),
                                          QString::fromUtf8("👩‍👩‍👧‍👦"),
                                          QString::fromUtf8("e\u0301t\u0302"),
                                          QString::fromUtf8("שלום"),
                                          QString::fromUtf8("漢字仮名交じり文"),
                                          QString::fromUtf8("🇵🇹🇩🇪"),
                                          QStringLiteral("https://example.org/a/very/long/address?with=query"),
                                          QString::fromUtf8("ไทยไม่เว้นวรรค"),
                                          QStringLiteral("x")};
        QString text;
        for (quint64 i = random.below(60) + 1; i > 0; --i) {
            text += words[qsizetype(random.below(quint64(words.size())))];
            const quint64 kind = random.below(12);
            text += kind == 0 ? QStringLiteral("\n\n") : kind == 1 ? QStringLiteral("\n  ") : QStringLiteral(" ");
        }
        return text;
    }

    static QString withoutBlanks(QString text)
    {
        text.removeIf([](QChar c) { return c.isSpace(); });
        return text;
    }

private Q_SLOTS:
    void cutsAtAWord()
    {
        const QString text = QStringLiteral("The quick brown fox");
        QCOMPARE(of(text, cutterOf(text).cut(12)), QStringLiteral("The quick"));
        QCOMPARE(of(text, cutterOf(text).cut(9)), QStringLiteral("The quick"));
        QCOMPARE(of(text, cutterOf(text).cut(100)), text);
        QCOMPARE(of(text, cutterOf(text).cut(0)), QString());
        const QString word = QStringLiteral("Donaudampfschifffahrt");
        QCOMPARE(of(word, cutterOf(word).cut(5)), QStringLiteral("Donau"));
    }

    void splitsBetweenParagraphsThenLinesThenWords()
    {
        QCOMPARE(pieces(QStringLiteral("aaaa bbbb\n\ncccc\ndddd eeee"), {16}),
                 (QStringList{QStringLiteral("aaaa bbbb"), QStringLiteral("cccc\ndddd eeee")}));
        QCOMPARE(pieces(QStringLiteral("aaaa bbbb\ncccc dddd"), {14}),
                 (QStringList{QStringLiteral("aaaa bbbb"), QStringLiteral("cccc dddd")}));
        QCOMPARE(pieces(QStringLiteral("aaaa bbbb cccc"), {6, 20}),
                 (QStringList{QStringLiteral("aaaa"), QStringLiteral("bbbb cccc")}));
    }

    void keepsTheIndentationOfALine()
    {
        QCOMPARE(pieces(QStringLiteral("first line\n    indented"), {12}),
                 (QStringList{QStringLiteral("first line"), QStringLiteral("    indented")}));
    }

    void neverCutsACharacterAsPeopleSeeIt()
    {
        const QString family = QString::fromUtf8("👩‍👩‍👧‍👦");
        QCOMPARE(pieces(family + family, {family.size() + 3}), (QStringList{family, family}));
        const QString accented = QString::fromUtf8("e\u0301");
        QCOMPARE(pieces(accented + accented, {3}), (QStringList{accented, accented}));
        const QString flags = QString::fromUtf8("🇵🇹🇩🇪");
        QCOMPARE(pieces(flags, {5}), (QStringList{flags.left(4), flags.mid(4)}));
        // One that is longer than the limit is cut all the same, but no surrogate pair.
        for (const QString& piece : pieces(family, {4}))
            QVERIFY(!piece.front().isLowSurrogate() && !piece.back().isHighSurrogate());
    }

    void atomsStayWhole()
    {
        const QString text = QStringLiteral("hello <@U12345> you");
        QCOMPARE(pieces(text, {11}, {{6, 15}}),
                 (QStringList{QStringLiteral("hello"), QStringLiteral("<@U12345>"), QStringLiteral("you")}));
        QCOMPARE(pieces(text, {8}, {{6, 15}}), QStringList()); // it fits nowhere
    }

    void thereAreNeverTooManyPieces()
    {
        QCOMPARE(pieces(QString(1000, u'a'), {50}).size(), 20);
        QCOMPARE(pieces(QString(1001, u'a'), {50}), QStringList());
    }

    void nothingIsLostAndEveryPieceFits()
    {
        SeededRandom random(7);
        for (int round = 0; round < 400; ++round) {
            const QString text = anyText(random);
            const qint64 limit = 20 + qint64(random.below(200));
            const QStringList split = pieces(text, {limit});
            if (split.isEmpty()) {
                QVERIFY(text.size() > limit * TextCutter::maxPieces / 2);
                continue;
            }
            QCOMPARE(withoutBlanks(split.join(QString())), withoutBlanks(text));
            for (const QString& piece : split) {
                QVERIFY2(piece.size() <= limit && !piece.trimmed().isEmpty(), qPrintable(piece));
                QVERIFY2(piece == split.first() || !piece.front().isMark(), qPrintable(piece));
            }
            const QString cut = of(text, cutterOf(text).cut(limit));
            QVERIFY(text.startsWith(cut) && cut.size() <= limit);
        }
    }

    void aLongTextTakesNoLongTime()
    {
        const QString text = QStringLiteral("lorem ipsum ").repeated(1'000'000);
        QCOMPARE(of(text, cutterOf(text).cut(20)), QStringLiteral("lorem ipsum lorem"));
        QCOMPARE(pieces(text, {4096}), QStringList());
    }
};

QTEST_GUILESS_MAIN(TextCutterTest)
#include "TextCutterTest.moc"
