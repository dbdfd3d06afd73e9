// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/content/Lint.h"

#include <QDir>
#include <QJsonDocument>
#include <QRegularExpression>
#include <QTest>

using namespace carillon;

namespace {

struct Mark {
    QString part;
    int position = 0;
    int length = 0;
};

// One sample of lint/<rule>.txt.
struct Sample {
    QString name;
    bool isBad = false;
    ContentSet content;
    Template source;
    QStringList attributes;
    QStringList contactLocales;
    QJsonObject data;
    QList<Mark> marks;
};

QJsonObject objectOf(const QString& json)
{
    const QJsonDocument document = QJsonDocument::fromJson(json.toUtf8());
    if (!document.isObject())
        qFatal("not a JSON object: %s", qUtf8Printable(json));
    return document.object();
}

QStringList listOf(const QString& text)
{
    return text.split(QRegularExpression(QStringLiteral("\\s*,\\s*")), Qt::SkipEmptyParts);
}

// Reads files of samples. "---- bad" and "---- good" begin one; what stands before the first belongs to all. Each line
// "@key value" sets something; a part follows its "@part name" up to the next line with an @ in front. ⟦ ⟧ are around what
// is to be found, ⟪3×x⟫ is xxx, ␤ at the end of a line is a CR before its LF.
class Reader {
public:
    QList<Sample> read(const QString& path)
    {
        QFile file(path);
        if (!file.open(QIODevice::ReadOnly))
            qFatal("cannot read %s", qUtf8Printable(path));
        Sample common;
        common.source.channel = QStringLiteral("email");
        m_sample = &common;
        int number = 0;
        const QStringList lines = QString::fromUtf8(file.readAll()).split(u'\n');
        for (const QString& line : lines) {
            if (line.startsWith(u"---- ")) {
                endPart();
                m_samples << common;
                m_sample = &m_samples.last();
                m_sample->isBad = line == u"---- bad";
                m_sample->name = QStringLiteral("%1, sample %2").arg(QFileInfo(path).baseName()).arg(++number);
            } else if (line.startsWith(u'@')) {
                endPart();
                set(line.mid(1).section(u' ', 0, 0), line.section(u' ', 1));
            } else if (!m_part.isEmpty()) {
                m_text += line + u'\n';
            }
        }
        endPart();
        for (Sample& sample : m_samples)
            sample.content.templates << sample.source;
        return m_samples;
    }

private:
    void endPart()
    {
        if (m_part.isEmpty())
            return;
        m_text.chop(m_text.endsWith(u'\n'));
        static const QRegularExpression repeated(QStringLiteral("⟪(\\d+)×([^⟫]*)⟫"));
        for (auto match = repeated.match(m_text); match.hasMatch(); match = repeated.match(m_text))
            m_text.replace(match.capturedStart(), match.capturedLength(),
                           match.captured(2).repeated(match.captured(1).toInt()));
        m_text.replace(QStringLiteral("␤"), QStringLiteral("\r"));
        for (qsizetype start = m_text.indexOf(u'⟦'); start >= 0; start = m_text.indexOf(u'⟦')) {
            m_text.remove(start, 1);
            const qsizetype end = m_text.indexOf(u'⟧');
            m_text.remove(end, 1);
            m_sample->marks << Mark{m_part, int(start), int(end - start)};
        }
        m_sample->source.parts.insert(m_part, m_text);
        m_part.clear();
        m_text.clear();
    }

    void set(const QString& key, const QString& value)
    {
        if (key == u"part")
            m_part = value;
        else if (key == u"channel")
            m_sample->source.channel = value;
        else if (key == u"locale")
            m_sample->source.locale = value;
        else if (key == u"settings")
            m_sample->source.settings = objectOf(value);
        else if (key == u"marketing")
            m_sample->content.topic.category = Category::Marketing;
        else if (key == u"attributes")
            m_sample->attributes = listOf(value);
        else if (key == u"locales")
            m_sample->contactLocales = listOf(value);
        else if (key == u"data")
            m_sample->data = objectOf(value);
        else if (key == u"asset")
            m_sample->content.assets.insert(value, QByteArrayLiteral("x"));
        else if (key == u"address")
            m_sample->content.brand.postalAddress = value;
        else
            addTemplate(key, value);
    }

    // "@other email de html <p>", "@snippet footer body", "@text de greeting Hallo"
    void addTemplate(const QString& key, const QString& value)
    {
        Template other;
        const auto word = [&](int index) { return value.section(u' ', index, index); };
        if (key == u"other") {
            other.channel = word(0);
            other.locale = word(1) == u"-" ? QString() : word(1);
            other.parts.insert(word(2), value.section(u' ', 3));
        } else if (key == u"snippet") {
            other.scope = TemplateScope::Snippet;
            other.key = word(0);
            other.parts.insert(QStringLiteral("body"), value.section(u' ', 1));
        } else if (key == u"text") {
            other.scope = TemplateScope::Texts;
            other.locale = word(0);
            other.parts.insert(word(1), value.section(u' ', 2));
        } else {
            qFatal("no such setting: %s", qUtf8Printable(key));
        }
        m_sample->content.templates << other;
    }

    QList<Sample> m_samples;
    Sample* m_sample = nullptr;
    QString m_part;
    QString m_text;
};

QString printed(const QList<Mark>& marks, const Template& source)
{
    QStringList lines;
    for (const Mark& mark : marks)
        lines << QStringLiteral("%1 %2+%3 “%4”")
                     .arg(mark.part)
                     .arg(mark.position)
                     .arg(mark.length)
                     .arg(source.parts.value(mark.part).mid(mark.position, mark.length));
    lines.sort();
    return lines.join(u'\n');
}

} // namespace

// Every rule by its samples: found at the very place in the bad ones, not found in the good ones.
class LintRulesTest : public QObject {
    Q_OBJECT

private:
    static QDir folder() { return QDir(QStringLiteral(CARILLON_SOURCE_DIR "/tests/unit/content/lint")); }

private Q_SLOTS:
    void everyRuleHasSamples()
    {
        QStringList expected;
        for (const LintRule& rule : lintRules())
            expected << rule.id + u".txt";
        expected.sort();
        QCOMPARE(folder().entryList({QStringLiteral("*.txt")}, QDir::Files, QDir::Name).join(u'\n'), expected.join(u'\n'));
    }

    void samples_data()
    {
        QTest::addColumn<QString>("rule");
        for (const LintRule& rule : lintRules())
            QTest::newRow(qPrintable(rule.id)) << rule.id;
    }

    void samples()
    {
        QFETCH(QString, rule);
        bool hasBad = false;
        bool hasGood = false;
        const QList<Sample> samples = Reader().read(folder().filePath(rule + u".txt"));
        for (const Sample& sample : samples) {
            QList<Mark> found;
            const QList<TemplateProblem> problems
                = lintTemplate({sample.content, sample.source, sample.attributes, sample.contactLocales, sample.data});
            for (const TemplateProblem& problem : problems) {
                if (problem.rule != rule)
                    continue;
                found << Mark{problem.part, problem.position, problem.length};
                QVERIFY2(!problem.message.isEmpty()
                             && !problem.message.contains(QRegularExpression(QStringLiteral("%[1-9L]"))),
                         qPrintable(problem.message));
                QVERIFY2(rule == u"liquid" || !problem.fix.isEmpty(), qPrintable(problem.message));
            }
            hasBad = hasBad || sample.isBad;
            hasGood = hasGood || !sample.isBad;
            if (sample.isBad && sample.marks.isEmpty())
                QVERIFY2(!found.isEmpty(), qPrintable(sample.name));
            else
                QVERIFY2(printed(found, sample.source) == printed(sample.marks, sample.source),
                         qPrintable(sample.name + u"\nfound:\n" + printed(found, sample.source) + u"\nexpected:\n"
                                    + printed(sample.marks, sample.source)));
        }
        QVERIFY(hasBad);
        QVERIFY(hasGood);
    }
};

QTEST_GUILESS_MAIN(LintRulesTest)
#include "LintRulesTest.moc"
