// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/topics/TextsCsv.h"
#include "ui/topics/TextsFilter.h"
#include "ui/topics/TextsModel.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace carillon;
using namespace carillon::ui;

namespace {

Template texts(qint64 id, const QString& locale, const QMap<QString, QString>& parts)
{
    Template text;
    text.id = id;
    text.scope = TemplateScope::Texts;
    text.locale = locale;
    text.parts = parts;
    text.version = 1;
    return text;
}

QList<Template> some()
{
    return {texts(1, QStringLiteral("en"),
                  {{QStringLiteral("bye"), QStringLiteral("Bye")}, {QStringLiteral("greeting"), QStringLiteral("Hello")}}),
            texts(2, QStringLiteral("de"), {{QStringLiteral("greeting"), QStringLiteral("Hallo")}})};
}

} // namespace

class TranslationsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void isAModel()
    {
        TextsModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setTexts(some());
        model.addKey(QStringLiteral("middle"));
        model.addLocale(QStringLiteral("fr"));
        QVERIFY(model.setText(QStringLiteral("zebra"), QStringLiteral("es"), QStringLiteral("cebra")));
        model.removeKeys({QStringLiteral("bye"), QStringLiteral("not there")});
        QCOMPARE(model.keys(), (QStringList{QStringLiteral("greeting"), QStringLiteral("middle"), QStringLiteral("zebra")}));
        QCOMPARE(model.locales(),
                 (QStringList{QStringLiteral("de"), QStringLiteral("en"), QStringLiteral("es"), QStringLiteral("fr")}));
        model.setTexts({});
        QCOMPARE(model.rowCount(), 0);
    }

    void marksWhatIsMissing()
    {
        TextsModel model;
        model.setTexts(some());
        QCOMPARE(model.missingCount(), 1);
        QCOMPARE(model.index(0, 1).data().toString(), QStringLiteral("missing")); // bye, de
        QVERIFY(model.index(0, 1).data(TextsModel::MissingRole).toBool());
        QCOMPARE(model.index(0, 1).data(Qt::EditRole).toString(), QString());
        TextsFilter filter;
        filter.setSourceModel(&model);
        filter.setOnlyMissing(true);
        QCOMPARE(filter.rowCount(), 1);
        QVERIFY(model.setData(model.index(0, 1), QStringLiteral("Tschüss"), Qt::EditRole));
        QTRY_COMPARE(filter.rowCount(), 0);
    }

    void knowsWhatIsToBeSaved()
    {
        TextsModel model;
        model.setTexts(some());
        QVERIFY(!model.isChanged());
        model.addKey(QStringLiteral("empty")); // no text: nothing to save
        QVERIFY(!model.isChanged());
        QSignalSpy edited(&model, &TextsModel::edited);
        QVERIFY(model.setText(QStringLiteral("bye"), QStringLiteral("de"), QStringLiteral("Tschüss")));
        QCOMPARE(edited.size(), 1);
        QCOMPARE(model.changed().size(), 1);
        Template stored = model.changed().first();
        QCOMPARE(stored.id, 2);
        stored.version = 2;
        QVERIFY(model.setText(QStringLiteral("bye"), QStringLiteral("de"), QStringLiteral("Servus"))); // while it was saved
        model.adopt(stored);
        QCOMPARE(model.changed().size(), 1);
        QCOMPARE(model.changed().first().version, 2);
        QCOMPARE(model.text(QStringLiteral("bye"), QStringLiteral("de")), QStringLiteral("Servus"));
        QVERIFY(model.setText(QStringLiteral("bye"), QStringLiteral("de"), QStringLiteral("Tschüss")));
        QVERIFY(!model.isChanged());
        QVERIFY(!model.keyProblem(QStringLiteral("bye")).isEmpty());
        QVERIFY(!model.keyProblem(QStringLiteral("two words")).isEmpty());
    }

    void comesBackFromAFile()
    {
        TextsModel model;
        QList<Template> all = some();
        all[0].parts.insert(QStringLiteral("sum"), QStringLiteral("=1+1, \"quoted\"\nsecond line"));
        all << texts(3, QString(), {{QStringLiteral("bye"), QStringLiteral("Ciao")}});
        model.setTexts(all);
        const QByteArray file = textsToCsv(model);
        QVERIFY2(file.startsWith("key,*,de,en\r\n"), file.constData());
        TextsModel other;
        const Result<int> read = textsFromCsv(file, other);
        QVERIFY2(read, qPrintable(read ? QString() : read.error().message));
        QCOMPARE(*read, 5);
        QCOMPARE(other.text(QStringLiteral("sum"), QStringLiteral("en")), QStringLiteral("=1+1, \"quoted\"\nsecond line"));
        QCOMPARE(other.text(QStringLiteral("bye"), QString()), QStringLiteral("Ciao"));
        QCOMPARE(*textsFromCsv(file, other), 0);
    }

    void refusesAFileThatCannotBeRead_data()
    {
        QTest::addColumn<QByteArray>("file");
        QTest::addColumn<QString>("says");
        QTest::newRow("empty") << QByteArray() << QStringLiteral("empty");
        QTest::newRow("no header") << QByteArray("a,b\n") << QStringLiteral("key");
        QTest::newRow("no language") << QByteArray("key,not a tag\nx,y\n") << QStringLiteral("language tag");
        QTest::newRow("twice") << QByteArray("key,en,en\nx,y,z\n") << QStringLiteral("twice");
        QTest::newRow("no key") << QByteArray("key,en\nok,1\ntwo words,y\n") << QStringLiteral("Record 3");
        QTest::newRow("noise") << QByteArray("\xff\xfe\x00\"\"\"\r\r\n,,", 11) << QStringLiteral("key");
    }
    void refusesAFileThatCannotBeRead()
    {
        QFETCH(QByteArray, file);
        QFETCH(QString, says);
        TextsModel model;
        model.setTexts(some());
        const Result<int> read = textsFromCsv(file, model);
        QVERIFY(!read);
        QVERIFY2(read.error().message.contains(says), qPrintable(read.error().message));
        QVERIFY(!model.isChanged());
    }
};

QTEST_GUILESS_MAIN(TranslationsTest)
#include "TranslationsTest.moc"
