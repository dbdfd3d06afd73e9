// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/content/BuiltInContent.h"
#include "engine/content/Composer.h"
#include "engine/content/TemplateParts.h"
#include "engine/model/Channel.h"

#include <QJsonDocument>
#include <QTest>

using namespace carillon;

// What is compiled into the program is right in every language and on every channel: nobody can mend it in a workspace.
class BuiltInContentTest : public QObject {
    Q_OBJECT

private:
    // The variables of every template, each as an object of what it has, and the declared ones beside them.
    static liquid::Value rootWith(const QStringList& context)
    {
        std::vector<liquid::Object::Entry> root;
        for (const QString& name : rootVariables()) {
            std::vector<liquid::Object::Entry> members;
            for (const QString& member : membersOf(name))
                members.emplace_back(member.toStdString(), "<&\"x");
            for (const QString& variable : context) {
                if (variable.section(u'.', 0, 0) == name)
                    members.emplace_back(variable.section(u'.', 1).toStdString(), "<&\"x");
            }
            root.emplace_back(name.toStdString(),
                              members.empty() ? liquid::Value("x") : liquid::Value(liquid::Object(std::move(members))));
        }
        return liquid::Object(std::move(root));
    }

    // Every problem of compiling and rendering strictly, with exactly the declared variables there.
    static QStringList problemsOf(const Template& source, const QStringList& context)
    {
        QStringList problems;
        for (auto part = source.parts.cbegin(); part != source.parts.cend(); ++part) {
            const QString place = source.channel + u' ' + source.locale + u' ' + part.key() + QStringLiteral(": ");
            const auto program = liquid::Program::compile(part->toStdString(),
                                                          {.escape = escapeFor(source.channel, part.key()), .strict = true});
            if (!program) {
                problems << place + QString::fromStdString(program.error().front().sentence);
                continue;
            }
            const auto text = program->render(rootWith(context));
            if (!text)
                problems << place + QString::fromStdString(text.error().sentence);
            else if (source.channel == QStringLiteral("webhook")
                     && !QJsonDocument::fromJson(QByteArray::fromStdString(*text)).isObject())
                problems << place + QStringLiteral("no JSON");
        }
        return problems;
    }
    static bool has(const QList<Template>& templates, const QString& channel, const QString& locale)
    {
        return std::any_of(templates.begin(), templates.end(),
                           [&](const Template& one) { return one.channel == channel && one.locale == locale; });
    }

private Q_SLOTS:
    void topicsSeeWhatTheyDeclare_data()
    {
        QTest::addColumn<QString>("key");
        for (const BuiltInTopic& topic : builtInTopics())
            QTest::newRow(qPrintable(topic.key)) << topic.key;
    }

    void topicsSeeWhatTheyDeclare()
    {
        QFETCH(QString, key);
        for (const BuiltInTopic& topic : builtInTopics()) {
            if (topic.key != key)
                continue;
            QVERIFY(!topic.name.isEmpty() && !topic.templates.isEmpty());
            for (const Template& source : topic.templates)
                QCOMPARE(problemsOf(source, topic.context), QStringList());
            // Each declared variable is used, and without it the strict rendering fails: the test can tell.
            for (const QString& variable : topic.context) {
                QStringList others = topic.context;
                others.removeOne(variable);
                QVERIFY2(!problemsOf(topic.templates.first(), others).isEmpty(), qPrintable(variable));
            }
        }
    }

    void theTopicsThereAre()
    {
        QStringList keys;
        for (const BuiltInTopic& topic : builtInTopics())
            keys << topic.key;
        QCOMPARE(keys.join(u' '),
                 QStringLiteral("carillon.account_down carillon.campaign_finished carillon.test subscription.confirm"));
        for (const BuiltInTopic& topic : builtInTopics()) {
            for (const char* channel : {"email", "sms", "chat", "push"}) {
                for (const char* locale : {"", "en", "de"})
                    QVERIFY2(has(topic.templates, QString::fromLatin1(channel), QString::fromLatin1(locale)), channel);
            }
        }
        QVERIFY(builtInTemplates(QStringLiteral("order.sent")).isEmpty());
    }

    void theEmergencyTextServesEveryChannel()
    {
        for (const Template& source : emergencyTemplates())
            QCOMPARE(problemsOf(source, {}), QStringList());
        Topic topic;
        topic.key = QStringLiteral("order.sent");
        const Composer composer(ContentSet{topic, Brand(), {}, {}});
        const auto compiled = CompiledContent::compile({topic, Brand(), {}, {}});
        for (const Channel& channel : allChannels()) {
            QVERIFY2(compiled->resolver().servesEverybody(channel.key), qPrintable(channel.key));
            QCOMPARE(compiled->resolver().resolve(channel.key, QStringLiteral("ja")).level, TemplateLevel::Emergency);
        }
        topic.category = Category::Marketing;
        QVERIFY(!CompiledContent::compile({topic, Brand(), {}, {}})->resolver().serves(QStringLiteral("email")));
    }

    void theWorkspaceReplacesTheBuiltInOnlyWhenItSaysSo()
    {
        Topic topic;
        topic.key = QStringLiteral("carillon.test");
        Template own;
        own.channel = QStringLiteral("email");
        own.parts = {{QStringLiteral("text"), QStringLiteral("own")}};
        const auto level = [&] {
            return CompiledContent::compile({topic, Brand(), {own}, {}})
                ->resolver()
                .resolve(QStringLiteral("email"), QStringLiteral("de"))
                .level;
        };
        QCOMPARE(level(), TemplateLevel::BuiltIn);
        own.settings = {{QStringLiteral("replaces_built_in"), true}};
        QCOMPARE(level(), TemplateLevel::Topic);
    }
};

QTEST_GUILESS_MAIN(BuiltInContentTest)
#include "BuiltInContentTest.moc"
