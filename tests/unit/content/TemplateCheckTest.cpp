// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/content/TemplateCheck.h"

#include <QTest>

using namespace carillon;

class TemplateCheckTest : public QObject {
    Q_OBJECT

private:
    static QStringList check(const QString& source, const QStringList& attributes = {})
    {
        QStringList result;
        for (const TemplateProblem& problem :
             checkTemplate(source, QStringLiteral("email"), QStringLiteral("html"), attributes))
            result << QStringLiteral("%1:%2+%3 %4")
                          .arg(problem.line)
                          .arg(problem.column)
                          .arg(problem.length)
                          .arg(source.mid(problem.position, problem.length));
        return result;
    }

private Q_SLOTS:
    void placesCountAsEditorsDo()
    {
        // The emoji is two UTF-16 units and four bytes.
        QCOMPARE(check(QString::fromUtf8("é\n👍 {{ a | nofilter }} {% nosuch %}")),
                 QStringList({QStringLiteral("2:11+8 nofilter"), QStringLiteral("2:23+12 {% nosuch %}")}));
        QCOMPARE(check(QStringLiteral("{% if contact.x %}")), QStringList{QStringLiteral("1:1+18 {% if contact.x %}")});
        QCOMPARE(check(QStringLiteral("{{ 'a | upcase }}")), QStringList{QStringLiteral("1:4+12 'a | upcase ")});
    }

    void doubtsVariablesNobodyHas()
    {
        const QStringList attributes = {QStringLiteral("first_name")};
        QCOMPARE(
            check(QStringLiteral(
                      "{{ contact.first_name }}{{ contact.email }}{{ data.anything }}{{ unsubscribe_url }}{{ contact }}"),
                  attributes),
            QStringList());
        QCOMPARE(check(QStringLiteral("{{ contact.frist_name }} {{ contct.x }} {{ topic.id }}"), attributes),
                 QStringList({QStringLiteral("1:4+18 contact.frist_name"), QStringLiteral("1:29+8 contct.x"),
                              QStringLiteral("1:44+8 topic.id")}));
        QCOMPARE(check(QStringLiteral("{{ contact.unknown }}")), QStringList());
        QCOMPARE(
            check(QStringLiteral("{% for i in data.items %}{{ i.x }}{% endfor %}{% assign y = 1 %}{{ y }}"), attributes),
            QStringList());
        const auto problems = checkTemplate(QStringLiteral("{{ x }}"), QStringLiteral("sms"), QStringLiteral("text"));
        QCOMPARE(problems.size(), 1);
        QCOMPARE(problems.first().severity, Severity::Warning);
    }
};

QTEST_GUILESS_MAIN(TemplateCheckTest)
#include "TemplateCheckTest.moc"
