// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/base/SystemClock.h"
#include "engine/service/TopicService.h"
#include "engine/store/Store.h"

#include <QTemporaryDir>
#include <QTest>

using namespace carillon;

// What the editor asks while somebody types.
class TopicLintTest : public QObject {
    Q_OBJECT

private:
    static Template mail(const QString& locale, const QString& html)
    {
        Template content;
        content.channel = QStringLiteral("email");
        content.locale = locale;
        content.parts = {{QStringLiteral("subject"), QStringLiteral("News")}, {QStringLiteral("html"), html}};
        return content;
    }

private Q_SLOTS:
    void seesTheTopicAsItIsTyped()
    {
        QTemporaryDir folder;
        SystemClock clock;
        Result<std::unique_ptr<Store>> store = Store::open(folder.filePath(QStringLiteral("w.carillon")), clock);
        QVERIFY(store.has_value());
        const TopicService topics(**store, clock);
        Template footer;
        footer.scope = TemplateScope::Snippet;
        footer.key = QStringLiteral("footer");
        footer.parts = {{QStringLiteral("body"), QStringLiteral("{{ unsubscribe_url }}")}};
        TopicDetail detail;
        detail.topic.category = Category::Marketing;
        detail.templates = {mail({}, QStringLiteral("<p>{{ contact.city }}</p>{% render 'footer' %}")),
                            mail(QStringLiteral("de"), QStringLiteral("<p>{{ contact.name }}</p>{% render 'foter' %}"))};
        const auto rules = [&](int index, const QList<Template>& shared) {
            QStringList ids;
            for (const TemplateProblem& problem :
                 topics.lint(detail, index, {QStringLiteral("plan")}, {QStringLiteral("fr")}, {}, shared, {}))
                ids << problem.rule;
            return ids;
        };
        const QStringList english = rules(0, {footer});
        QVERIFY(english.contains(QStringLiteral("unknown-attribute")));
        QVERIFY(english.contains(QStringLiteral("different-variables")));
        QVERIFY(!english.contains(QStringLiteral("unknown-snippet")));
        QVERIFY(!english.contains(QStringLiteral("no-unsubscribe")));
        QVERIFY(!english.contains(QStringLiteral("missing-locale"))); // it is for every locale
        const QStringList german = rules(1, {footer});
        QVERIFY(german.contains(QStringLiteral("unknown-snippet")));
        QVERIFY(german.contains(QStringLiteral("no-unsubscribe")));
        QCOMPARE(rules(2, {}), QStringList());
        QCOMPARE(rules(-1, {}), QStringList());
    }
};

QTEST_GUILESS_MAIN(TopicLintTest)
#include "TopicLintTest.moc"
