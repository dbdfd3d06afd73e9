// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/unit/liquid/Json.h"
#include "tests/unit/liquid/Liquid.h"

#include <QFile>

using namespace carillon::liquid;

Q_DECLARE_METATYPE(carillon::liquid::Value)

// The public suite of the language (Golden Liquid). Its expectations are those of Shopify's Liquid for Ruby, which escapes
// nothing by itself: so every case is rendered with Escape::None.
class LiquidGoldenTest : public QObject {
    Q_OBJECT

private:
    static constexpr std::size_t wholeSample = 632;

    static QString textOf(const Value* value)
    {
        return value && value->string() ? test::fromUtf8(*value->string()) : QString();
    }

    static Array cases()
    {
        QFile file(QStringLiteral(CARILLON_SHARED_DIR "/liquid/golden-liquid-sample.json"));
        if (!file.open(QIODevice::ReadOnly))
            return {};
        const std::optional<Value> json = test::JsonReader::read(file.readAll().toStdString());
        const Value* tests = json && json->object() ? json->object()->find("tests") : nullptr;
        return tests && tests->array() ? *tests->array() : Array();
    }

    static QStringList acceptedBy(const Object& example)
    {
        const Value* results = example.find("results");
        if (!results)
            return {textOf(example.find("result"))};
        QStringList accepted;
        for (const Value& result : *results->array())
            accepted << textOf(&result);
        return accepted;
    }

private Q_SLOTS:
    void behavesAsTheSuiteSays_data()
    {
        QTest::addColumn<Value>("example");
        const Array all = cases();
        if (all.empty())
            QSKIP("the sample of the Golden Liquid suite is not there");
        QCOMPARE(all.size(), wholeSample);
        for (const Value& example : all)
            QTest::newRow(qPrintable(textOf(example.object()->find("name")))) << example;
    }

    void behavesAsTheSuiteSays()
    {
        QFETCH(Value, example);
        const Object& object = *example.object();
        const Value* data = object.find("data");
        const Value* templates = object.find("templates");
        const auto partials = templates ? test::partialsOf(*templates) : nullptr;
        const auto program
            = Program::compile(*object.find("template")->string(), {.escape = Escape::None, .partials = partials});
        const auto text = program ? program->render(data ? *data : Value(Object()))
                                  : tl::expected<std::string, Problem>(tl::unexpected(program.error().front()));
        if (object.find("invalid")) {
            QVERIFY2(!text, text ? text->c_str() : "");
            return;
        }
        QVERIFY2(text, text ? "" : text.error().sentence.c_str());
        QVERIFY2(acceptedBy(object).contains(test::fromUtf8(*text)), text->c_str());
    }
};

QTEST_GUILESS_MAIN(LiquidGoldenTest)
#include "LiquidGoldenTest.moc"
