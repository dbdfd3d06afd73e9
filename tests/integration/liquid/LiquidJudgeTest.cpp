// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/unit/liquid/Json.h"
#include "tests/unit/liquid/Liquid.h"

#include "engine/liquid/ValueText.h"

#include <QFile>
#include <QProcess>
#include <QRegularExpression>

using namespace carillon::liquid;

namespace {

const QString Folder = QStringLiteral(CARILLON_SOURCE_DIR "/tests/integration/liquid");

std::string textOf(const Object& object, std::string_view name)
{
    const Value* value = object.find(name);
    return value && value->string() ? *value->string() : std::string();
}

std::string jsonOf(const Value& value)
{
    std::string text;
    appendJson(value, text);
    return text;
}

} // namespace

// Generated templates, rendered here and by npm's liquidjs. Where LiquidJS differs from Shopify's Liquid, Shopify's way is
// right: each such difference is in differences.json with its reason, a case that shows it, and a pattern; generated cases
// that match a pattern are not compared.
//
// CARILLON_SEED chooses other cases; the seed is printed.
class LiquidJudgeTest : public QObject {
    Q_OBJECT

private:
    static constexpr int generatedCases = 6000;

    static bool hasJudge() { return QFile::exists(Folder + QStringLiteral("/node_modules/liquidjs")); }

    static Array ask(const QStringList& arguments)
    {
        QProcess judge;
        judge.setWorkingDirectory(Folder);
        judge.start(QStringLiteral("node"), QStringList{QStringLiteral("judge.mjs")} + arguments);
        Array cases;
        if (!judge.waitForFinished(60'000) || judge.exitCode() != 0) {
            qWarning("%s", judge.readAllStandardError().constData());
            return cases;
        }
        for (const QByteArray& line : judge.readAllStandardOutput().split('\n')) {
            if (std::optional<Value> read = test::JsonReader::read(line.toStdString()))
                cases.push_back(*std::move(read));
        }
        return cases;
    }

    static Array differences()
    {
        QFile file(Folder + QStringLiteral("/differences.json"));
        if (!file.open(QIODevice::ReadOnly))
            return {};
        const auto read = test::JsonReader::read(file.readAll().toStdString());
        return read && read->array() ? *read->array() : Array();
    }

    static tl::expected<std::string, Problem> renderHere(const Object& example)
    {
        const Value* partials = example.find("partials");
        const Value* data = example.find("data");
        const auto program
            = Program::compile(*example.find("template")->string(),
                               {.escape = Escape::None, .partials = partials ? test::partialsOf(*partials) : nullptr});
        if (!program)
            return tl::unexpected(program.error().front());
        return program->render(data ? *data : Value(Object()));
    }

    // Everything a case consists of, for the patterns to look at.
    static QString sourcesOf(const Object& example)
    {
        std::string sources = textOf(example, "template");
        if (const Value* partials = example.find("partials")) {
            for (const auto& [name, source] : partials->object()->entries())
                sources += "\n" + *source.string();
        }
        return test::fromUtf8(sources);
    }

private Q_SLOTS:
    void initTestCase()
    {
        if (!hasJudge())
            QSKIP("run \"npm ci\" in tests/integration/liquid first");
    }

    void theDifferencesAreWhatTheyAreSaidToBe()
    {
        const Array listed = differences();
        const Array judged = ask({QStringLiteral("differences.json")});
        QCOMPARE(judged.size(), listed.size());
        for (const Value& difference : judged) {
            const Object& object = *difference.object();
            const std::string source = textOf(object, "template");
            QVERIFY2(!textOf(object, "reason").empty(), source.c_str());
            const auto here = renderHere(object);
            const std::string mine = here ? *here : "error: " + here.error().sentence;
            QCOMPARE(test::fromUtf8(mine), test::fromUtf8(textOf(object, "shopify")));
            QVERIFY2(textOf(object, "text") != mine, source.c_str()); // else it is none, and the line can go
        }
    }

    void agreesWithLiquidJs()
    {
        const QString seed = qEnvironmentVariable("CARILLON_SEED", QStringLiteral("20261121"));
        qInfo("seed %s", qPrintable(seed));
        const Array judged = ask({seed, QString::number(generatedCases)});
        QCOMPARE(judged.size(), std::size_t(generatedCases));
        QList<QRegularExpression> patterns;
        for (const Value& difference : differences())
            patterns << QRegularExpression(test::fromUtf8(textOf(*difference.object(), "pattern")));
        int compared = 0;
        for (const Value& example : judged) {
            const Object& object = *example.object();
            const QString sources = sourcesOf(object);
            const auto isListed = [&](const QRegularExpression& pattern) { return sources.contains(pattern); };
            if (std::any_of(patterns.begin(), patterns.end(), isListed) || object.find("error"))
                continue;
            ++compared;
            const auto here = renderHere(object);
            const std::string mine = here ? *here : "error: " + here.error().sentence;
            if (mine != textOf(object, "text")) {
                std::string shown;
                for (const auto& [name, value] : object.entries())
                    shown += "\n" + name + ": " + (value.string() ? *value.string() : jsonOf(value));
                QFAIL((shown + "\nhere: " + mine).c_str());
            }
        }
        qInfo("%d of %d cases compared", compared, generatedCases);
        QVERIFY(compared > generatedCases / 2);
    }
};

QTEST_GUILESS_MAIN(LiquidJudgeTest)
#include "LiquidJudgeTest.moc"
