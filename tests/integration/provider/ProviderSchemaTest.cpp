// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/base/Json.h"

#include <QDir>
#include <QFileInfo>
#include <QJsonDocument>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

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
        QStringList files;
        const QStringList names = QDir(Providers).entryList({u"*.json"_qs});
        for (const QString& name : names) {
            if (!name.endsWith(u".schema.json"))
                files << Providers + u'/' + name;
        }
        QVERIFY(!files.isEmpty());
        const QJsonObject results = validate(files);
        for (const QString& file : files)
            QCOMPARE(results.value(file), QJsonValue(QJsonArray()));
    }

    void mistakesAreFound()
    {
        QFile original(Providers + u"/webhook.json"_qs);
        QVERIFY(original.open(QIODevice::ReadOnly));
        QJsonObject file = parseJsonObject(original.readAll()).value();
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
