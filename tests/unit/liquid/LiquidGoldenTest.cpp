// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/unit/liquid/Liquid.h"

#include "engine/liquid/Filter.h"
#include "engine/liquid/Tags.h"

#include <QFile>
#include <QRegularExpression>

using namespace carillon::liquid;

// The public suite of the language (Golden Liquid), as far as this engine has the tags and filters a case uses.
class LiquidGoldenTest : public QObject {
    Q_OBJECT

private:
    static bool isKnown(const QString& source)
    {
        static const QRegularExpression tagPattern(QStringLiteral("\\{%-?\\s*(\\w+)"));
        static const QRegularExpression filterPattern(QStringLiteral("\\|\\s*(\\w+)"));
        const auto tags = tagNames();
        for (const QRegularExpressionMatch& match : tagPattern.globalMatch(source)) {
            const std::string name = match.captured(1).toStdString();
            if (std::find(tags.begin(), tags.end(), name) == tags.end() && name != "nosuchthing" && name != "some")
                return false;
        }
        for (const QRegularExpressionMatch& match : filterPattern.globalMatch(source)) {
            if (!findFilter(match.captured(1).toStdString()))
                return false;
        }
        return true;
    }

    // QJsonObject sorts its names, so that this case's order is lost before the template sees it.
    static bool dependsOnOrder(const QString& name) { return name == QStringLiteral("tags, for, simple hash loop"); }

private Q_SLOTS:
    void behavesAsTheSuiteSays_data()
    {
        QTest::addColumn<QJsonObject>("example");
        QFile file(QStringLiteral(CARILLON_SHARED_DIR "/liquid/golden-liquid-sample.json"));
        if (!file.open(QIODevice::ReadOnly))
            QSKIP("the sample of the Golden Liquid suite is not there");
        for (const QJsonValue example : QJsonDocument::fromJson(file.readAll()).object()[u"tests"].toArray()) {
            const QString source = example[u"template"].toString();
            if (isKnown(source) && !dependsOnOrder(example[u"name"].toString()) && !example[u"templates"].isObject())
                QTest::newRow(qPrintable(example[u"name"].toString())) << example.toObject();
        }
    }

    void behavesAsTheSuiteSays()
    {
        QFETCH(QJsonObject, example);
        const auto program = Program::compile(example[u"template"].toString().toStdString());
        const auto text = program ? program->render(test::fromJson(example[u"data"]))
                                  : tl::expected<std::string, Problem>(tl::unexpected(program.error().front()));
        if (example[u"invalid"].toBool()) {
            QVERIFY2(!text, text ? text->c_str() : "");
            return;
        }
        QVERIFY2(text, text ? "" : text.error().sentence.c_str());
        QJsonArray accepted = example[u"results"].toArray();
        if (accepted.isEmpty())
            accepted.append(example[u"result"]);
        QVERIFY2(accepted.contains(test::fromUtf8(*text)), text->c_str());
    }
};

QTEST_GUILESS_MAIN(LiquidGoldenTest)
#include "LiquidGoldenTest.moc"
