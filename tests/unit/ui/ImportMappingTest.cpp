// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/contacts/ImportMapping.h"
#include "ui/contacts/AttributeText.h"
#include "ui/topics/TopicKey.h"

#include <QCheckBox>
#include <QComboBox>
#include <QJsonArray>
#include <QJsonObject>
#include <QLabel>
#include <QTableWidget>
#include <QTest>

using namespace carillon;
using namespace carillon::ui;

namespace {

ImportInspection inspection()
{
    ImportInspection found;
    found.suggested.encoding = QStringLiteral("windows-1252");
    found.suggested.delimiter = u';';
    found.suggested.mapping = QStringList{QStringLiteral("email"), QStringLiteral("name"), QStringLiteral("attribute:plan")};
    found.header = QStringList{QStringLiteral("Mail"), QStringLiteral("Who"), QStringLiteral("Plan")};
    found.firstRows = {{QStringLiteral("a@example.org"), QStringLiteral("Anna"), QStringLiteral("free")},
                       {QStringLiteral("b@example.org"), QStringLiteral("Bert")}};
    return found;
}

QComboBox* target(const ImportMapping& mapping, int column)
{
    return mapping.findChild<QComboBox*>(QStringLiteral("map_%1").arg(column));
}

void choose(QComboBox* box, const QString& value)
{
    box->setCurrentIndex(box->findData(value));
}

} // namespace

class ImportMappingTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void beginsWithWhatWasFound()
    {
        ImportMapping mapping;
        mapping.setInspection(inspection());
        QCOMPARE(mapping.options().mapping, inspection().suggested.mapping);
        QCOMPARE(mapping.options().delimiter, u';');
        QVERIFY(mapping.findChild<QLabel*>(QStringLiteral("importFacts"))
                    ->text()
                    .startsWith(u"windows-1252, separated by semicolons"));
        QVERIFY(mapping.problem().isEmpty());
        const auto* table = mapping.findChild<QTableWidget*>(QStringLiteral("importTable"));
        QCOMPARE(table->horizontalHeaderItem(1)->text(), QStringLiteral("Who"));
        QCOMPARE(table->item(1, 0)->text(), QStringLiteral("a@example.org"));
        QCOMPARE(table->item(2, 2)->text(), QString()); // a short row
    }

    void changesWhatAColumnIs()
    {
        ImportMapping mapping;
        mapping.setInspection(inspection());
        choose(target(mapping, 1), QStringLiteral("first_name"));
        choose(target(mapping, 2), QString());
        QCOMPARE(mapping.options().mapping, (QStringList{QStringLiteral("email"), QStringLiteral("first_name"), QString()}));
    }

    void refusesWhatCannotBeImported()
    {
        ImportMapping mapping;
        mapping.setInspection(inspection());
        choose(target(mapping, 1), QStringLiteral("email"));
        QVERIFY(mapping.problem().contains(u"Two columns"));
        choose(target(mapping, 1), QString());
        choose(target(mapping, 0), QString());
        QVERIFY(mapping.problem().contains(u"email"));
        QCOMPARE(mapping.findChild<QLabel*>(QStringLiteral("importMappingProblem"))->text(), mapping.problem());
    }

    // Without a header the first row is a contact like the others.
    void takesTheFirstRowAsAContact()
    {
        ImportMapping mapping;
        mapping.setInspection(inspection());
        mapping.findChild<QCheckBox*>(QStringLiteral("importHeader"))->setChecked(false);
        QVERIFY(!mapping.options().hasHeader);
        const auto* table = mapping.findChild<QTableWidget*>(QStringLiteral("importTable"));
        QCOMPARE(table->horizontalHeaderItem(0)->text(), QStringLiteral("Column 1"));
        QCOMPARE(table->item(1, 0)->text(), QStringLiteral("Mail"));
        QCOMPARE(table->item(2, 0)->text(), QStringLiteral("a@example.org"));
    }

    void attributesSurviveBeingTyped_data()
    {
        QTest::addColumn<QJsonValue>("value");
        QTest::addColumn<QString>("text");
        QTest::newRow("word") << QJsonValue(QStringLiteral("free")) << QStringLiteral("free");
        QTest::newRow("empty") << QJsonValue(QString()) << QString();
        QTest::newRow("number") << QJsonValue(12) << QStringLiteral("12");
        QTest::newRow("digits") << QJsonValue(QStringLiteral("12")) << QStringLiteral("\"12\"");
        QTest::newRow("flag") << QJsonValue(true) << QStringLiteral("true");
        QTest::newRow("list") << QJsonValue(QJsonArray{1, QStringLiteral("a")}) << QStringLiteral("[1,\"a\"]");
        QTest::newRow("quotes") << QJsonValue(QStringLiteral("say \"hi\"")) << QStringLiteral("say \"hi\"");
    }
    void attributesSurviveBeingTyped()
    {
        QFETCH(QJsonValue, value);
        QFETCH(QString, text);
        QCOMPARE(attributeText(value), text);
        QCOMPARE(attributeValue(text), value);
    }

    void keysFollowNames()
    {
        QCOMPARE(topicKeyFor(QStringLiteral("Order assigned!")), QStringLiteral("order.assigned"));
        QCOMPARE(topicKeyFor(QStringLiteral("Über  Café 2")), QStringLiteral("uber.cafe.2"));
        QCOMPARE(topicKeyFor(QStringLiteral("春")), QString());
    }
};

QTEST_MAIN(ImportMappingTest)
#include "ImportMappingTest.moc"
