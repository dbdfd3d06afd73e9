// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/provider/JsonPrefix.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace carillon;

namespace {

// JSON with single quotes instead of double ones.
QByteArray quoted(QByteArray json)
{
    return json.replace('\'', '"');
}

// True when all that `part` says `whole` says, too; a list may be shorter, an object may have less.
bool isPartOf(const QJsonValue& part, const QJsonValue& whole)
{
    if (part.isObject() && whole.isObject()) {
        const QJsonObject members = part.toObject();
        for (auto it = members.begin(); it != members.end(); ++it) {
            if (!isPartOf(it.value(), whole.toObject().value(it.key())))
                return false;
        }
        return true;
    }
    if (part.isArray() && whole.isArray()) {
        const QJsonArray elements = part.toArray();
        for (qsizetype i = 0; i < elements.size(); ++i) {
            if (!isPartOf(elements.at(i), whole.toArray().at(i)))
                return false;
        }
        return true;
    }
    return part == whole;
}

} // namespace

class JsonPrefixTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void whatIsIncompleteIsLeftOut_data()
    {
        QTest::addColumn<QByteArray>("beginning");
        QTest::addColumn<QByteArray>("closed");
        const auto row = [](const char* beginning, const char* closed) {
            QTest::newRow(beginning) << quoted(beginning) << quoted(closed);
        };
        row("{'id':7,'message':'Hel", "{'id':7}");
        row("{'id':7", "{}"); // or 70
        row("{'id':7,'list':[1,2", "{'id':7,'list':[1]}");
        row("{'a':{'b':[{'c':1},{'d':2}],'e':", "{'a':{'b':[{'c':1},{'d':2}]}}");
        row("{'a':'} ] , \\' {','b':tr", "{'a':'} ] , \\' {'}");
        row("{'a':'\\\\','b':1,'c':'\\", "{'a':'\\\\','b':1}");
        row("{'a':1}", "{'a':1}");
        row("[", "[]");
        row("<html>", "");
        row("", "");
        row("}]", "}]");
    }

    void whatIsIncompleteIsLeftOut()
    {
        QFETCH(QByteArray, beginning);
        QTEST(closedJson(beginning), "closed");
    }

    void everyBeginningIsMadeWhole()
    {
        const QByteArray text = quoted(
            "{'ok':true,'n':-1.5e3,'s':'a\\'\\\\{[,]}\\u00e4\\n','l':[[],{},[1,'x',null],{'k':{'m':[false]}}],'e':''}");
        const QJsonObject whole = QJsonDocument::fromJson(text).object();
        for (qsizetype size = 1; size <= text.size(); ++size) {
            const QByteArray closed = closedJson(text.first(size));
            const QJsonDocument document = QJsonDocument::fromJson(closed);
            QVERIFY2(document.isObject(), closed.constData());
            QVERIFY2(isPartOf(document.object(), whole), closed.constData());
        }
        QCOMPARE(closedJson(text), text);
    }
};

QTEST_GUILESS_MAIN(JsonPrefixTest)
#include "JsonPrefixTest.moc"
