// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/content/Composer.h"

#include <QElapsedTimer>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

#include <atomic>
#include <thread>

using namespace carillon;

class ComposerTest : public QObject {
    Q_OBJECT

private:
    static Topic topic(Category category = Category::Transactional)
    {
        Topic result;
        result.key = QStringLiteral("order.sent");
        result.name = QStringLiteral("Order sent");
        result.category = category;
        return result;
    }

    static Brand brand()
    {
        Brand result;
        result.id = 3;
        result.name = QStringLiteral("Shop");
        result.fromName = QStringLiteral("The Shop");
        result.fromAddress = QStringLiteral("news@shop.example");
        result.postalAddress = QStringLiteral("1 High Street");
        return result;
    }

    static Template part(const QString& channel, const QString& locale, const QMap<QString, QString>& parts)
    {
        Template result;
        result.id = 11;
        result.channel = channel;
        result.locale = locale;
        result.parts = parts;
        return result;
    }

    static Template mail(const QString& html, const QString& locale = {})
    {
        return part(
            QStringLiteral("email"), locale,
            {{QStringLiteral("subject"), QStringLiteral("Hi {{ contact.first_name }}")}, {QStringLiteral("html"), html}});
    }

    static Contact contact()
    {
        Contact result;
        result.id = 7;
        result.externalId = QStringLiteral("c-7");
        result.name = QStringLiteral("Ana <Bo>");
        result.locale = QStringLiteral("pt-BR");
        result.attributes = {{QStringLiteral("first_name"), QStringLiteral("Zoë\r\nBcc: x@y.example")},
                             {QStringLiteral("orders"), 3},
                             {QStringLiteral("name"), QStringLiteral("shadowed")},
                             {QStringLiteral("time_zone"), QStringLiteral("Europe/Lisbon")}};
        return result;
    }

    static Delivery delivery(const QString& channel, const QString& address)
    {
        Delivery result;
        result.id = 42;
        result.channel = channel;
        result.address = address;
        result.messageId = QStringLiteral("m-42");
        return result;
    }

    static Composer composerOf(Category category, const QList<Template>& templates, const QJsonObject& data = {})
    {
        return Composer({topic(category), brand(), templates, {}}, data);
    }

    static QByteArray html(const QString& source)
    {
        const Composition made
            = composerOf(Category::Transactional, {mail(source)}, {{QStringLiteral("code"), QStringLiteral("<X>")}})
                  .inspect(delivery(QStringLiteral("email"), QStringLiteral("ana@b.example")), contact(), 1);
        return made.status ? made.parts[QStringLiteral("html")] : made.status.error().message.toUtf8();
    }

private Q_SLOTS:
    void templatesSeeTheirVariables()
    {
        QCOMPARE(html(QStringLiteral("{{ contact.id }}|{{ contact.external_id }}|{{ contact.name }}|{{ contact.locale }}|{{ "
                                     "contact.email }}|{{ contact.orders | plus: 1 }}")),
                 QByteArray("7|c-7|Ana &lt;Bo&gt;|pt-BR|ana@b.example|4"));
        QCOMPARE(html(QStringLiteral("{{ contact.time_zone }}|{{ data.code }}|{{ topic.key }}|{{ topic.name }}|{{ "
                                     "brand.from_name }}|{{ brand.postal_address }}|{{ contact.none }}.")),
                 QByteArray("Europe/Lisbon|&lt;X&gt;|order.sent|Order sent|The Shop|1 High Street|."));
    }

    void rendersAllPartsAndDerivesText()
    {
        const Composer composer
            = composerOf(Category::Transactional,
                         {mail(QStringLiteral("<p>Hi <a href='https://x.example'>there</a></p>"), QStringLiteral("pt"))});
        const Composition made
            = composer.inspect(delivery(QStringLiteral("email"), QStringLiteral("ana@b.example")), contact(), 1);
        QVERIFY(made.status);
        const Delivery one = delivery(QStringLiteral("email"), QStringLiteral("ana@b.example"));
        QCOMPARE(made.message.content, composer.compose(one, contact(), 1)->content); // looking changes nothing
        Template marked = mail({});
        marked.parts.insert(QStringLiteral("markdown"), QStringLiteral("# Hi\n\n[there](https://x.example) *now*\n"));
        const Composer inMarkdown = composerOf(Category::Transactional, {marked});
        QCOMPARE(inMarkdown.inspect(one, contact(), 1).message.content, inMarkdown.compose(one, contact(), 1)->content);
        QCOMPARE(made.parts[QStringLiteral("text")], QByteArray("Hi there (https://x.example)\n"));
        QCOMPARE(made.parts[QStringLiteral("subject")], QByteArray("Hi Zoë Bcc: x@y.example"));
        QCOMPARE(composer.content().templates[made.resolution.index].locale, QStringLiteral("pt"));
        QVERIFY(composer.explain(QStringLiteral("email"), contact()).join(u' ').contains(QStringLiteral("pt-BR")));
        QCOMPARE(composer.channels(), QStringList{QStringLiteral("email")});
    }

    void composesMail()
    {
        const Composer composer = composerOf(Category::Marketing,
                                             {mail(QStringLiteral("<a href='{{ unsubscribe_url }}'>{{ message_id }}</a>"))});
        const Delivery one = delivery(QStringLiteral("email"), QStringLiteral("ana@b.example"));
        const Result<Message> message
            = composer.compose(one, contact(), 1'700'000'000'000, QStringLiteral("https://shop.example/u/t"));
        QVERIFY2(message, message ? "" : qPrintable(message.error().message));
        QCOMPARE(message->deliveryId, 42);
        QCOMPARE(message->idempotencyKey, QStringLiteral("m-42"));
        QCOMPARE(message->to, QStringLiteral("ana@b.example"));
        QVERIFY(message->content.contains("Message-ID: <m-42@shop.example>\r\n"));
        QVERIFY(message->content.contains("List-Unsubscribe: <https://shop.example/u/t>\r\n"));
        QVERIFY(message->content.contains("<a href=3D'https://shop.example/u/t'>m-42</a>"));
        QVERIFY(!message->content.contains("\r\nBcc:"));
        QCOMPARE(composer.compose(one, contact(), 1'700'000'000'000, QStringLiteral("https://shop.example/u/t"))->content,
                 message->content);
    }

    void composesWebhooksAsJson()
    {
        const QString body = QStringLiteral(
            "{\"name\": \"{{ contact.first_name }}\", \"orders\": {{ contact.orders }}, \"all\": {{ data.list | json }}}");
        const Composer composer
            = composerOf(Category::Transactional, {part(QStringLiteral("webhook"), {}, {{QStringLiteral("body"), body}})},
                         {{QStringLiteral("list"), QJsonArray{1, QStringLiteral("\"")}}});
        const Result<Message> message
            = composer.compose(delivery(QStringLiteral("webhook"), QStringLiteral("https://x.example")), contact(), 1);
        QVERIFY2(message, message ? "" : qPrintable(message.error().message));
        const QJsonObject json = QJsonDocument::fromJson(message->content).object();
        QCOMPARE(json[u"name"].toString(), QStringLiteral("Zoë\r\nBcc: x@y.example"));
        QCOMPARE(json[u"orders"].toInt(), 3);
        QCOMPARE(json[u"all"].toArray(), (QJsonArray{1, QStringLiteral("\"")}));
    }

    void jsonThatIsNoneNamesThePlace()
    {
        const Composer composer
            = composerOf(Category::Transactional,
                         {part(QStringLiteral("webhook"), {},
                               {{QStringLiteral("body"), QStringLiteral("{\n \"a\": {{ contact.none }}}")}})});
        const Result<Message> message
            = composer.compose(delivery(QStringLiteral("webhook"), QStringLiteral("https://x.example")), contact(), 1);
        QVERIFY(!message);
        QVERIFY2(message.error().message.contains(QStringLiteral("c-7"))
                     && message.error().message.contains(QStringLiteral("Line 2")),
                 qPrintable(message.error().message));
        QCOMPARE(message.error().field, QStringLiteral("body"));
    }

    void otherChannelsGetFields()
    {
        const Composer composer = composerOf(
            Category::Transactional,
            {part(QStringLiteral("sms"), {}, {{QStringLiteral("text"), QStringLiteral("Hi {{ contact.name }}")}})});
        const Result<Message> message
            = composer.compose(delivery(QStringLiteral("sms"), QStringLiteral("+351")), contact(), 1);
        QVERIFY(message);
        QCOMPARE(message->fields[u"text"], QStringLiteral("Hi Ana <Bo>"));
        QCOMPARE(message->to, QStringLiteral("+351"));
    }

    void problemsNamePartLineAndColumn()
    {
        const Composer composer = composerOf(
            Category::Marketing, {mail(QStringLiteral("<p>\né {{ x | nofilter }}{% nosuch %}"), QStringLiteral("pt"))});
        QCOMPARE(composer.problems().size(), 2);
        const CompileProblem first = composer.problems().first();
        QCOMPARE(first.templateId, 11);
        QCOMPARE(first.part, QStringLiteral("html"));
        QCOMPARE(first.locale, QStringLiteral("pt"));
        QCOMPARE(first.problem.line, 2);
        QCOMPARE(first.problem.column, 10);
        const auto message
            = composer.compose(delivery(QStringLiteral("email"), QStringLiteral("a@b.example")), contact(), 1);
        QVERIFY(!message && message.error().message.contains(QStringLiteral("html"))
                && message.error().message.contains(QStringLiteral("line 2, column 10")));
    }

    void errorsNameTheContact()
    {
        const Composer composer
            = composerOf(Category::Transactional, {mail(QStringLiteral("\n  {{ 1 | divided_by: contact.none }}"))});
        const auto failed = composer.compose(delivery(QStringLiteral("email"), QStringLiteral("a@b.example")), contact(), 1);
        QVERIFY(!failed);
        for (const char* word : {"html", "line 2, column 10", "c-7", "divides by zero"})
            QVERIFY2(failed.error().message.contains(QLatin1String(word)), qPrintable(failed.error().message));
        QCOMPARE(failed.error().field, QStringLiteral("html"));
        const auto address = composerOf(Category::Transactional, {mail(QStringLiteral("x"))})
                                 .compose(delivery(QStringLiteral("email"), QStringLiteral("nobody")), contact(), 1);
        QVERIFY(!address && address.error().message.contains(QStringLiteral("c-7")));
        const auto channel = composerOf(Category::Marketing, {mail(QStringLiteral("x"))})
                                 .compose(delivery(QStringLiteral("push"), QStringLiteral("t")), contact(), 1);
        QVERIFY(!channel);
        QCOMPARE(channel.error().code, ErrorCode::NotFound);
    }

    void snippetsAreEscapedAsThePartAndSpeakTheMessagesLanguage()
    {
        const auto snippet = [](const QString& key, const QString& body, const QString& locale = {}, qint64 brandId = 0) {
            Template result;
            result.scope = TemplateScope::Snippet;
            result.key = key;
            result.locale = locale;
            result.brandId = brandId;
            result.parts = {{QStringLiteral("body"), body}};
            return result;
        };
        const QString footer = QStringLiteral("footer");
        const QList<Template> snippets{snippet(footer, QStringLiteral("[{{ contact.name }} {% render 'sign' %}]")),
                                       snippet(footer, QStringLiteral("[pt {{ contact.name }}]"), QStringLiteral("pt")),
                                       snippet(QStringLiteral("sign"), QStringLiteral("any")),
                                       snippet(QStringLiteral("sign"), QStringLiteral("ours"), {}, 3),
                                       snippet(QStringLiteral("sign"), QStringLiteral("theirs"), QStringLiteral("pt"), 4)};
        const QString source = QStringLiteral("{% include 'footer' %}");
        Template mail
            = part(QStringLiteral("email"), {}, {{QStringLiteral("html"), source}, {QStringLiteral("subject"), source}});
        const auto parts = [&](const QString& templateLocale, const QString& contactLocale) {
            Contact who = contact();
            who.name = QStringLiteral("A & B");
            who.locale = contactLocale;
            mail.locale = templateLocale;
            return composerOf(Category::Transactional, QList<Template>{mail} + snippets)
                .inspect(delivery(QStringLiteral("email"), QStringLiteral("a@b.example")), who, 1)
                .parts;
        };
        const QString html = QStringLiteral("html");
        QCOMPARE(parts({}, QStringLiteral("de"))[html], QByteArray("[A &amp; B ours]"));
        QCOMPARE(parts({}, QStringLiteral("de"))[QStringLiteral("subject")], QByteArray("[A & B ours]"));
        QCOMPARE(parts({}, QStringLiteral("pt-BR"))[html], QByteArray("[pt A &amp; B]"));
        QCOMPARE(parts(QStringLiteral("pt"), QStringLiteral("pt-BR"))[html], QByteArray("[pt A &amp; B]"));
        QCOMPARE(parts(QStringLiteral("en"), QStringLiteral("pt-BR"))[html], QByteArray("[A &amp; B ours]"));
    }

    void aSnippetThatThereIsNotIsAProblemOfTheTemplate()
    {
        const Composer composer = composerOf(Category::Marketing, {mail(QStringLiteral("\n {% render 'nothing' %}"))});
        QCOMPARE(composer.problems().size(), 1);
        QCOMPARE(composer.problems().first().part, QStringLiteral("html"));
        QCOMPARE(composer.problems().first().problem.line, 2);
        QVERIFY(composer.problems().first().problem.message.contains(QStringLiteral("nothing")));
    }

    void translationsDatesAndZonesFollowTheMessage()
    {
        const auto texts = [](const QString& locale, const QMap<QString, QString>& parts, qint64 brandId = 0) {
            Template result;
            result.scope = TemplateScope::Texts;
            result.locale = locale;
            result.parts = parts;
            result.brandId = brandId;
            return result;
        };
        const QString hi = QStringLiteral("hi");
        const QString bye = QStringLiteral("bye");
        const QList<Template> all{texts({}, {{hi, QStringLiteral("Hi")}, {bye, QStringLiteral("Bye")}}),
                                  texts(QStringLiteral("pt"), {{hi, QStringLiteral("Oi")}}),
                                  texts({}, {{hi, QStringLiteral("Ahoy")}}, 3)};
        const QString source
            = QStringLiteral("{{ 'hi' | t }} {{ 'bye' | t }} {{ 1700000000 | date: '%H:%M %B' }} {{ 1234.5 | number }}");
        const auto html = [&](const QString& templateLocale, const QString& contactLocale, const QString& zone) {
            Contact who = contact();
            who.locale = contactLocale;
            who.timeZone = zone;
            who.attributes = {};
            return composerOf(Category::Transactional, QList<Template>{mail(source, templateLocale)} + all)
                .inspect(delivery(QStringLiteral("email"), QStringLiteral("a@b.example")), who, 1)
                .parts[QStringLiteral("html")];
        };
        QCOMPARE(html({}, QStringLiteral("pt-BR"), QStringLiteral("Asia/Tokyo")),
                 QByteArray("Oi Bye 07:13 novembro 1.234,5"));
        QCOMPARE(html({}, QStringLiteral("fr"), {}).left(19), QByteArray("Ahoy Bye 22:13 nove"));
        QCOMPARE(html(QStringLiteral("en"), QStringLiteral("pt"), {}), QByteArray("Ahoy Bye 22:13 November 1,234.5"));
    }

    void tellsWhatWasMissing()
    {
        const Composition made
            = composerOf(Category::Transactional,
                         {mail(QStringLiteral("{{ contact.city }}{{ contact.city }}{{ data.code }}{{ contact.name }}"))})
                  .inspect(delivery(QStringLiteral("email"), QStringLiteral("a@b.example")), contact(), 1);
        QCOMPARE(made.missing,
                 (QList<MissingVariable>{{QStringLiteral("html"), QStringLiteral("contact.city")},
                                         {QStringLiteral("html"), QStringLiteral("data.code")}}));
    }

    void theEmergencyTextOfTransactionalTopicsAlone()
    {
        const Delivery toPhone = delivery(QStringLiteral("sms"), QStringLiteral("+351"));
        const Composer composer = composerOf(Category::Transactional, {});
        const Composition made = composer.inspect(toPhone, contact(), 1);
        QVERIFY(made.status);
        QCOMPARE(made.resolution.level, TemplateLevel::Emergency);
        QVERIFY(made.parts[QStringLiteral("text")].contains("mensagem"));
        QVERIFY(composer.channels().isEmpty());
        QVERIFY(!composerOf(Category::Marketing, {}).compose(toPhone, contact(), 1));
    }

    void whatDidNotChangeIsNotCompiledAgain()
    {
        const QString large = QStringLiteral("<p>{{ contact.name }}</p>").repeated(5000);
        Template one = mail(large);
        const ContentSet before{topic(), brand(), {one}, {}};
        const auto first = CompiledContent::compile(before);
        ContentSet after = before;
        after.templates[0].parts[QStringLiteral("subject")] = QStringLiteral("Changed {{ contact.name }}");
        QElapsedTimer timer;
        timer.start();
        const auto whole = CompiledContent::compile(after);
        const qint64 wholeTook = timer.nsecsElapsed();
        timer.restart();
        const auto reused = CompiledContent::compile(after, first.get());
        const qint64 reusedTook = timer.nsecsElapsed();
        QVERIFY2(reusedTook * 3 < wholeTook, qPrintable(QStringLiteral("%1 of %2").arg(reusedTook).arg(wholeTook)));
        const Delivery to = delivery(QStringLiteral("email"), QStringLiteral("a@b.example"));
        QCOMPARE(Composer(reused).compose(to, contact(), 1)->content, Composer(whole).compose(to, contact(), 1)->content);
    }

    void oneComposerServesManyThreads()
    {
        const Composer composer
            = composerOf(Category::Transactional,
                         {mail(QStringLiteral("<p>{{ contact.name }} {% for i in (1..5) %}{{ i }}{% endfor %}</p>"))});
        const Delivery one = delivery(QStringLiteral("email"), QStringLiteral("a@b.example"));
        const QByteArray expected = composer.compose(one, contact(), 1)->content;
        std::atomic<int> right = 0;
        std::vector<std::thread> threads;
        for (int t = 0; t < 4; ++t) {
            threads.emplace_back([&] {
                for (int i = 0; i < 200; ++i)
                    right += composer.compose(one, contact(), 1)->content == expected;
            });
        }
        for (std::thread& thread : threads)
            thread.join();
        QCOMPARE(right.load(), 800);
    }
};

QTEST_GUILESS_MAIN(ComposerTest)
#include "ComposerTest.moc"
