// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/content/TemplateResolver.h"
#include "engine/content/Locales.h"

#include <QTest>

using namespace carillon;

namespace {

const QString email = QStringLiteral("email");
constexpr qint64 ourBrand = 3;

QString s(const char* text)
{
    return QString::fromLatin1(text);
}

} // namespace

class TemplateResolverTest : public QObject {
    Q_OBJECT

private:
    static Template one(const QString& locale, const QString& channel = email, const QString& variant = {},
                        qint64 brandId = 0)
    {
        Template result;
        result.channel = channel;
        result.locale = locale;
        result.variant = variant;
        result.brandId = brandId;
        return result;
    }
    static QList<Template> templatesFor(const QStringList& locales)
    {
        QList<Template> result;
        for (const QString& locale : locales)
            result << one(locale);
        return result;
    }
    static Brand brandIn(const QString& locale)
    {
        Brand brand;
        brand.id = ourBrand;
        brand.locale = locale;
        return brand;
    }
    static TemplateResolver resolver(const QList<Template>& templates, const QList<TemplateLevel>& levels = {},
                                     const QStringList& problems = {}, const QString& brandLocale = s("en"))
    {
        std::vector<TemplateCandidate> candidates;
        for (int i = 0; i < templates.size(); ++i)
            candidates.push_back({i, levels.value(i, TemplateLevel::Topic), problems.value(i)});
        return TemplateResolver(templates, candidates, brandIn(brandLocale));
    }

private Q_SLOTS:
    void picksTheBestLocale_data()
    {
        QTest::addColumn<QStringList>("locales");
        QTest::addColumn<QString>("contact");
        QTest::addColumn<QString>("brand");
        QTest::addColumn<int>("index");
        QTest::addColumn<QStringList>("missing");
        const QString none;
        QTest::newRow("exact") << QStringList{none, s("pt"), s("pt-BR")} << s("pt-BR") << s("en") << 2 << QStringList{};
        QTest::newRow("language") << QStringList{none, s("pt"), s("en")} << s("pt-BR") << s("en") << 1
                                  << QStringList{s("pt-BR")};
        QTest::newRow("brand") << QStringList{none, s("en")} << s("pt-BR") << s("en-GB") << 1
                               << QStringList{s("pt-BR"), s("pt"), s("en-GB")};
        QTest::newRow("any") << QStringList{s("fr"), none} << s("pt") << s("en") << 1 << QStringList{s("pt"), s("en")};
        QTest::newRow("none") << QStringList{s("fr")} << s("pt") << s("en") << -1 << QStringList{s("pt"), s("en")};
        QTest::newRow("no locale") << QStringList{s("fr"), s("en")} << none << s("en") << 1 << QStringList{};
        QTest::newRow("spelling") << QStringList{s("PT_br")} << s("pt-BR") << s("en") << 0 << QStringList{};
        QTest::newRow("other spelling") << QStringList{s("pt-BR")} << s(" pt_br ") << s("en") << 0 << QStringList{};
        QTest::newRow("script") << QStringList{s("zh-Hant")} << s("zh-Hant-TW") << s("en") << 0
                                << QStringList{s("zh-Hant-TW")};
        QTest::newRow("no prefix of a word")
            << QStringList{s("p"), none} << s("pt") << s("en") << 1 << QStringList{s("pt"), s("en")};
    }

    void picksTheBestLocale()
    {
        QFETCH(QStringList, locales);
        QFETCH(QString, contact);
        QFETCH(QString, brand);
        QFETCH(QStringList, missing);
        const TemplateResolver ladder = resolver(templatesFor(locales), {}, {}, brand);
        QTEST(ladder.resolve(email, contact).index, "index");
        const QStringList lines = ladder.explain(email, contact);
        QStringList told;
        for (const QString& locale : localeCandidates(contact, brand)) {
            if (!locale.isEmpty() && lines.mid(1).join(u' ').contains(u'“' + locale + u'”'))
                told << locale;
        }
        QCOMPARE(told, missing);
    }

    // Rows of (what there is) -> which is taken; every row lists the best one last, so that order does not decide.
    void levelsChannelsBrandsAndVariants()
    {
        using L = TemplateLevel;
        const auto taken = [](const QList<Template>& templates, const QList<L>& levels, const QString& channel = email,
                              const QString& variant = {}) {
            return resolver(templates, levels).resolve(channel, s("de"), variant).index;
        };
        const QString any;
        QCOMPARE(taken({one(any), one(any)}, {L::Emergency, L::Category}), 1);
        QCOMPARE(taken({one(any), one(any)}, {L::Category, L::Topic}), 1);
        QCOMPARE(taken({one(any), one(any)}, {L::Topic, L::BuiltIn}), 1);
        Template replacing = one(any);
        replacing.settings = {{s("replaces_built_in"), true}};
        QCOMPARE(taken({one(any), one(any), replacing}, {L::Topic, L::BuiltIn, L::Topic}), 2);
        // The level goes before the locale.
        QCOMPARE(taken({one(s("de")), one(any)}, {L::Category, L::Topic}), 1);
        QCOMPARE(taken({one(any, s("chat")), one(any, s("slack"))}, {}, s("slack")), 1);
        QCOMPARE(taken({one(any, s("slack")), one(any, s("chat"))}, {}, s("telegram")), 1);
        QCOMPARE(taken({one(any, s("chat"))}, {}, s("a-new-platform")), 0);
        QCOMPARE(taken({one(any, s("slack")), one(any, s("chat"))}, {}, s("chat")), 1);
        QCOMPARE(taken({one(s("de")), one(any, email, {}, ourBrand)}, {}), 1);
        QCOMPARE(taken({one(any, email, {}, ourBrand + 1), one(any)}, {}), 1);
        QCOMPARE(taken({one(any, email, {}, ourBrand + 1)}, {}), -1);
        QCOMPARE(taken({one(any), one(any, email, s("b"))}, {}, email, s("b")), 1);
        QCOMPARE(taken({one(any, email, s("b")), one(any)}, {}), 1);
        QCOMPARE(taken({one(any, email, s("b")), one(any)}, {}, email, s("c")), 1);
        QCOMPARE(taken({one(any, email, s("b"))}, {}), -1);
        // A language that the contact reads goes before the variant of a test.
        QCOMPARE(taken({one(any, email, s("b")), one(s("de"))}, {}, email, s("b")), 1);
        QCOMPARE(taken({one(any)}, {}, s("sms")), -1);
    }

    void whatDoesNotCompileIsSteppedOver()
    {
        const QList<Template> templates{one(s("de")), one({}), one({})};
        const TemplateResolver ladder = resolver(
            templates, {TemplateLevel::Topic, TemplateLevel::Topic, TemplateLevel::Category},
            {s("does not compile: html, line 3, column 4: x"), s("does not compile: text, line 1, column 1: y"), {}});
        const Resolution found = ladder.resolve(email, s("de-AT"));
        QCOMPARE(found.index, 2);
        QCOMPARE(found.level, TemplateLevel::Category);
        const QStringList lines = ladder.explain(email, s("de-AT"));
        QVERIFY2(lines.first().contains(s("category")), qPrintable(lines.first()));
        const QString rest = lines.mid(1).join(u'\n');
        for (const char* word : {"“de-AT”", "html, line 3, column 4", "text, line 1"})
            QVERIFY2(rest.contains(QString::fromUtf8(word)), qPrintable(rest));
        QVERIFY(ladder.serves(email));
        QVERIFY(!resolver({one(s("de"))}, {}, {s("does not compile")}).serves(email));
    }

    void tellsWhomAChannelServes()
    {
        const TemplateResolver french = resolver({one(s("fr"))});
        QVERIFY(french.serves(email));
        QVERIFY(!french.servesEverybody(email));
        QVERIFY(!french.serves(s("sms")));
        QVERIFY(resolver({one({})}).servesEverybody(email));
        QVERIFY(resolver({one(s("en"))}).servesEverybody(email));
    }

    void explainsWithoutContent()
    {
        const QStringList lines = resolver({one({})}).explain(s("sms"), {});
        QVERIFY(lines.first().contains(s("sms")));
        QCOMPARE(lines.size(), 3);
    }

    void countsAnswersAndTheirTime()
    {
        const TemplateResolver ladder = resolver({one(s("en"))});
        for (int i = 0; i < 3; ++i)
            ladder.resolve(email, s("pt"));
        ladder.resolve(s("sms"), s("pt"));
        const LevelTimes times = ladder.times();
        QCOMPARE(times.levels[std::size_t(TemplateLevel::Topic)].count, 3);
        QCOMPARE(times.levels[std::size_t(TemplateLevel::Category)].count, 0);
        QCOMPARE(times.none.count, 1);
        QVERIFY(times.levels[std::size_t(TemplateLevel::Topic)].nanoseconds > 0);
    }

    void aMessageSpeaksOneLanguage()
    {
        QCOMPARE(messageLocale({}, s("pt_BR"), s("en")), s("pt-BR"));
        QCOMPARE(messageLocale({}, {}, s("en")), s("en"));
        QCOMPARE(messageLocale(s("pt"), s("pt-BR"), s("en")), s("pt-BR"));
        QCOMPARE(messageLocale(s("en"), s("pt-BR"), s("en")), s("en"));
        QCOMPARE(messageLocale(s("de"), {}, s("en")), s("de"));
    }

    void viewsAreOnePerLocaleThereIs()
    {
        const LocaleViews views({s("de"), {}, s("DE"), s("de-AT"), s("fr")}, s("en"));
        QCOMPARE(views.count(), 4);
        QCOMPARE(views.of(s("de-CH")), views.of(s("de")));
        QVERIFY(views.of(s("de-at")) != views.of(s("de")));
        QCOMPARE(views.of(s("it")), 0);
        QCOMPARE(views.of({}), 0);
        QCOMPARE(views.chain(views.of(s("de-AT"))), (QStringList{s("de-AT"), s("de"), s("en"), {}}));
        QCOMPARE(LocaleViews().chain(0), QStringList{QString()});
    }
};

QTEST_GUILESS_MAIN(TemplateResolverTest)
#include "TemplateResolverTest.moc"
