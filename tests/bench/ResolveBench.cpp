// SPDX-License-Identifier: GPL-3.0-or-later
// How long it takes to find the template that a contact gets: with the content at hand, through the cache, and from the
// database; by level, as the resolver counts it. And what a preview of an edited mail of 100 KB costs.
//
//     ResolveBench [questions]
#include "engine/base/SystemClock.h"
#include "engine/content/Composer.h"
#include "engine/content/ContentCache.h"
#include "engine/content/ContentReader.h"
#include "engine/store/BrandRepository.h"
#include "engine/store/Connection.h"
#include "engine/store/ContentRevision.h"
#include "engine/store/Migrator.h"
#include "engine/store/TemplateRepository.h"
#include "engine/store/TopicRepository.h"

#include <QTemporaryDir>

#include <algorithm>
#include <cstdio>
#include <ctime>

using namespace carillon;

namespace {

const QString email = QStringLiteral("email");
const QStringList locales{QStringLiteral("de"), QStringLiteral("fr"), QStringLiteral("es"), QStringLiteral("it"),
                          QStringLiteral("nl"), QStringLiteral("pl"), QStringLiteral("pt"), QStringLiteral("ja")};

// Processor time, of five runs the median: what else the machine does must not show.
template <typename Work>
void measure(const char* name, int times, Work work)
{
    QList<double> runs;
    for (int run = 0; run < 5; ++run) {
        const std::clock_t start = std::clock();
        for (int i = 0; i < times; ++i)
            work(i);
        runs << double(std::clock() - start) / CLOCKS_PER_SEC / times;
    }
    std::sort(runs.begin(), runs.end());
    std::printf("%-58s %12.3f us\n", name, runs[2] * 1e6);
}

Template mail(qint64 topicId, const QString& locale, qsizetype bytes)
{
    const QString paragraph = QStringLiteral("<p>Dear {{ contact.first_name | default: 'friend' }}, what a day in {{ "
                                             "contact.city }}: {% if data.x %}yes{% else %}no{% endif %}.</p>\n");
    Template result;
    result.topicId = topicId;
    result.channel = email;
    result.locale = locale;
    result.parts = {{QStringLiteral("subject"), QStringLiteral("Hello {{ contact.first_name }}")},
                    {QStringLiteral("html"), paragraph.repeated(qMax<qsizetype>(1, bytes / paragraph.size()))}};
    return result;
}

void printLevels(const char* of, const LevelTimes& times)
{
    const char* names[] = {"built-in", "topic", "category", "emergency"};
    const auto print = [of](const char* name, const LevelTimes::Level& level) {
        if (level.count > 0)
            std::printf("  %-20s %-12s %10lld answers %10.3f us each\n", of, name, static_cast<long long>(level.count),
                        double(level.nanoseconds) / double(level.count) / 1'000);
    };
    for (std::size_t level = 0; level < times.levels.size(); ++level)
        print(names[level], times.levels[level]);
    print("none", times.none);
}

void askResolvers(const ContentSet& content, int questions)
{
    const auto full = CompiledContent::compile(content);
    const QString exact = QStringLiteral("pt");
    const QString special = QStringLiteral("pt-BR");
    const QString unknown = QStringLiteral("zh-Hant-TW");
    measure("resolve, locale is there", questions, [&](int) { full->resolver().resolve(email, exact); });
    measure("resolve, parent of the locale", questions, [&](int) { full->resolver().resolve(email, special); });
    measure("resolve, falls back to the brand's locale", questions, [&](int) { full->resolver().resolve(email, unknown); });
    const QString slack = QStringLiteral("slack");
    measure("resolve, down to the emergency text", questions, [&](int) { full->resolver().resolve(slack, unknown); });
    Topic system;
    system.key = QStringLiteral("carillon.test");
    const auto builtIn = CompiledContent::compile({system, content.brand, {}, {}});
    measure("resolve, built in", questions, [&](int) { builtIn->resolver().resolve(email, special); });
    printLevels("a topic", full->resolver().times());
    printLevels("carillon.test", builtIn->resolver().times());
}

void askCache(Connection& connection, const Clock& clock, const Topic& topic, const char* what, int questions)
{
    ContentCache cache(clock);
    const QString locale = QStringLiteral("pt-BR");
    if (!cache.saved(connection, topic.id))
        return;
    std::printf("%s\n", what);
    connection.run("BEGIN"); // as in a job of the store
    const qint64 revision = contentRevision(connection);
    measure("  through the cache", questions,
            [&](int) { (*cache.saved(connection, topic.id, revision))->resolver().resolve(email, locale); });
    measure("  the same, the revision asked of the database", questions,
            [&](int) { (*cache.saved(connection, topic.id))->resolver().resolve(email, locale); });
    connection.run("COMMIT");
    measure("  read, compiled, resolved", 500, [&](int) {
        connection.run("BEGIN");
        ContentCache fresh(clock);
        (*fresh.saved(connection, topic.id))->resolver().resolve(email, locale);
        connection.run("COMMIT");
    });
    const ContentSet content = *contentOf(connection, topic.id);
    connection.run("BEGIN");
    measure("    of it reading", 500, [&](int) { (void)contentOf(connection, topic.id); });
    connection.run("COMMIT");
    measure("    of it compiling", 500, [&](int) { (void)CompiledContent::compile(content); });
    const auto compiled = CompiledContent::compile(content);
    measure("    of it not the templates", 500, [&](int) { (void)CompiledContent::compile(content, compiled.get()); });
}

void previewEdited(Connection& connection, const Clock& clock, Topic topic)
{
    ContentCache cache(clock);
    Delivery delivery;
    delivery.channel = email;
    delivery.address = QStringLiteral("a@example.org");
    Contact contact;
    contact.attributes = {{QStringLiteral("first_name"), QStringLiteral("Ada")}};
    Template edited = mail(topic.id, {}, 100'000);
    const auto preview = [&](const Template& source) {
        const Composer composer(cache.edited(connection, topic, {source}));
        (void)composer.inspect(delivery, contact, 1);
        (void)composer.explain(email, contact);
    };
    measure("preview of 100 KB, nothing changed (another contact)", 20, [&](int) { preview(edited); });
    measure("preview of 100 KB, a key pressed in the subject", 20, [&](int i) {
        edited.parts[QStringLiteral("subject")] = QString::number(i);
        preview(edited);
    });
    measure("preview of 100 KB, a key pressed in the HTML", 20, [&](int) {
        edited.parts[QStringLiteral("html")] += u'x';
        preview(edited);
    });
}

} // namespace

int main(int argc, char** argv)
{
    const int questions = argc > 1 ? qMax(1, QString::fromLocal8Bit(argv[1]).toInt()) : 200'000;
    SystemClock clock;
    QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("w"));
    auto connection = std::move(*Connection::open(path, Connection::Access::Write));
    if (!Migrator(*connection, path, clock).migrate(builtInMigrations()))
        return 1;
    Brand brand;
    brand.name = QStringLiteral("b");
    brand.fromAddress = QStringLiteral("b@example.org");
    const auto makeTopic = [&](const QString& key, const QStringList& in, qsizetype bytes) {
        Topic topic;
        topic.key = key;
        topic.brandId = brand.id;
        topic.id = TopicRepository(*connection).save(topic);
        for (const QString& locale : in)
            TemplateRepository(*connection).save(mail(topic.id, locale, bytes), {});
        return topic;
    };
    brand.id = BrandRepository(*connection).save(brand);
    const Topic small = makeTopic(QStringLiteral("small"), {QString()}, 1'000);
    const Topic many = makeTopic(QStringLiteral("many"), locales + QStringList{QStringLiteral("en")}, 1'000);
    askResolvers(*contentOf(*connection, many.id), questions);
    askCache(*connection, clock, small, "one mail of 1 KB:", questions / 10);
    askCache(*connection, clock, many, "nine mails of 1 KB, one a language:", questions / 10);
    previewEdited(*connection, clock, small);
    return 0;
}
