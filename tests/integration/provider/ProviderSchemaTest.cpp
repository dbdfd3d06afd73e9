// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/base/Json.h"
#include "engine/provider/ProviderFile.h"

#include <QDir>
#include <QFileInfo>
#include <QJsonDocument>
#include <QProcess>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

using namespace carillon;

namespace {

const QString Peers = QStringLiteral(CARILLON_SOURCE_DIR "/tests/integration/peers");
const QString Providers = QStringLiteral(CARILLON_SOURCE_DIR "/resources/providers");

// Each file's errors by the schema, from ajv.
QJsonObject validate(const QStringList& files)
{
    QProcess node;
    node.setWorkingDirectory(Peers);
    node.start(u"node"_qs, QStringList{u"provider-schema.mjs"_qs, Providers + u"/provider.schema.json"_qs} + files);
    if (!node.waitForFinished(30'000) || node.exitCode() != 0)
        qWarning() << node.readAllStandardError();
    return parseJsonObject(node.readAllStandardOutput()).value_or(QJsonObject());
}

QStringList shippedFiles()
{
    QStringList files;
    const QStringList names = QDir(Providers).entryList({u"*.json"_qs});
    for (const QString& name : names) {
        if (!name.endsWith(u".schema.json"))
            files << Providers + u'/' + name;
    }
    return files;
}

QJsonObject readObject(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? parseJsonObject(file.readAll()).value_or(QJsonObject()) : QJsonObject();
}

// Another value of another type.
QJsonValue wrongValue(const QJsonValue& value)
{
    switch (value.type()) {
    case QJsonValue::String: return 7;
    case QJsonValue::Double: return u"seven"_qs;
    case QJsonValue::Bool: return u"yes"_qs;
    case QJsonValue::Array: return QJsonObject{{u"a"_qs, 1}};
    default: return QJsonArray{1};
    }
}

// Every value that is one mistake away: at each place something of the wrong type, a number that is too large, a word that
// nobody knows; in each object a member too many or one too few.
QJsonArray mutationsOf(const QJsonValue& value)
{
    QJsonArray all{wrongValue(value)};
    if (value.isDouble())
        all.append(-1e12);
    if (value.isString())
        all.append(u"no-such-word"_qs);
    const QJsonArray list = value.toArray();
    for (qsizetype i = 0; i < list.size(); ++i) {
        for (const QJsonValue& mutated : mutationsOf(list[i])) {
            QJsonArray changed = list;
            changed[i] = mutated;
            all.append(changed);
        }
    }
    const QJsonObject object = value.toObject();
    for (const QString& name : object.keys()) {
        QJsonObject without = object;
        without.remove(name);
        all.append(without);
        for (const QJsonValue& mutated : mutationsOf(object.value(name))) {
            QJsonObject changed = object;
            changed.insert(name, mutated);
            all.append(changed);
        }
    }
    if (value.isObject()) {
        QJsonObject more = object;
        more.insert(u"one-too-many"_qs, 1);
        all.append(more);
    }
    return all;
}

// What is wrong with the shape, which a schema can say as well; the parser knows rules about the meaning besides.
bool isAboutShape(const ProviderFileProblem& problem)
{
    static const QRegularExpression form(
        u"(this is missing|this must be (text|a number|true or false|an object|a list|one of|"
        "between)|this is not known here)"_qs);
    return form.match(problem.sentence).hasMatch();
}

} // namespace

// The files we ship, before the schema we ship, by a validator that is not ours.
class ProviderSchemaTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        if (!QFileInfo::exists(Peers + u"/node_modules/ajv"_qs))
            QSKIP("run \"npm ci\" in tests/integration/peers first");
    }

    void everyFileWeShipIsValid()
    {
        const QStringList files = shippedFiles();
        QVERIFY(!files.isEmpty());
        const QJsonObject results = validate(files);
        for (const QString& file : files)
            QCOMPARE(results.value(file), QJsonValue(QJsonArray()));
    }

    void schemaAndParserAgree_data()
    {
        QTest::addColumn<QString>("path");
        for (const QString& path : shippedFiles())
            QTest::newRow(qPrintable(QFileInfo(path).fileName())) << path;
    }

    // What the schema refuses the parser refuses; and what the parser refuses for its shape the schema refuses.
    void schemaAndParserAgree()
    {
        QFETCH(QString, path);
        const QJsonArray mutations = mutationsOf(readObject(path));
        QTemporaryDir folder;
        QFile list(folder.filePath(u"list.json"_qs));
        QVERIFY(list.open(QIODevice::WriteOnly) && list.write(QJsonDocument(mutations).toJson(QJsonDocument::Compact)) > 0);
        list.close();
        const QJsonArray bySchema = validate({u"--list"_qs, list.fileName()}).value(u"list").toArray();
        QCOMPARE(bySchema.size(), mutations.size());
        QStringList differences;
        for (qsizetype i = 0; i < mutations.size(); ++i) {
            QList<ProviderFileProblem> problems;
            const bool taken = ProviderFile::parse(compactJson(mutations[i].toObject()), problems).has_value();
            const auto shape = std::find_if(problems.begin(), problems.end(), isAboutShape);
            if (!bySchema[i].toArray().isEmpty() && taken)
                differences << u"only the schema: "_qs + bySchema[i].toArray().first().toString();
            if (bySchema[i].toArray().isEmpty() && shape != problems.end())
                differences << u"only the parser: "_qs + shape->sentence;
        }
        differences.removeDuplicates();
        QVERIFY2(differences.isEmpty(), qPrintable(differences.join(u'\n')));
    }

    void mistakesAreFound()
    {
        QJsonObject file = readObject(Providers + u"/webhook.json"_qs);
        file.insert(u"outcomes"_qs,
                    QJsonArray{QJsonObject{{u"outcome"_qs, u"snet"_qs},
                                           {u"wait"_qs, QJsonArray{QJsonObject{{u"heder"_qs, u"x"_qs}}}}}});
        file.insert(u"naem"_qs, 1);
        QTemporaryDir folder;
        const QString path = folder.filePath(u"bad.json"_qs);
        QFile bad(path);
        QVERIFY(bad.open(QIODevice::WriteOnly) && bad.write(compactJson(file)) > 0);
        bad.close();
        const QByteArray errors = QJsonDocument(validate({path})).toJson();
        QVERIFY2(errors.contains("/outcomes/0/outcome:") && errors.contains("/outcomes/0/wait/0:")
                     && errors.contains("additional properties"),
                 errors.constData());
    }
};

QTEST_GUILESS_MAIN(ProviderSchemaTest)
#include "ProviderSchemaTest.moc"
