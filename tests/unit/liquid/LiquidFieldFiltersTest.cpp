// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/unit/liquid/Liquid.h"

#include "engine/liquid/PluralRules.h"

#include <map>

using namespace carillon::liquid;
using test::render;

namespace {

class MapOfTexts final : public Texts {
public:
    explicit MapOfTexts(std::map<std::string, std::string, std::less<>> texts)
        : m_texts(std::move(texts))
    {
    }

    std::optional<std::string_view> find(std::string_view key) const override
    {
        const auto found = m_texts.find(key);
        return found == m_texts.end() ? std::nullopt : std::optional<std::string_view>(found->second);
    }

private:
    std::map<std::string, std::string, std::less<>> m_texts;
};

RenderOptions in(const char* locale, const char* zone = "")
{
    return {.limits = {}, .now = 1'700'000'000'000, .locale = locale, .timeZone = zone};
}

} // namespace

// Filters that Shopify's Liquid does not have, or that know the locale and the time zone here.
class LiquidFieldFiltersTest : public QObject {
    Q_OBJECT

private:
    static void row(const char* locale, const char* zone, const char* expression, const char* expected)
    {
        QTest::addRow("%s %s %s", locale, zone, expression)
            << QByteArray(locale) << QByteArray(zone) << QByteArray(expression) << QString::fromUtf8(expected);
    }

    static void columns()
    {
        QTest::addColumn<QByteArray>("locale");
        QTest::addColumn<QByteArray>("zone");
        QTest::addColumn<QByteArray>("expression");
        QTest::addColumn<QString>("expected");
    }

    static void check()
    {
        QFETCH(QByteArray, locale);
        QFETCH(QByteArray, zone);
        QFETCH(QByteArray, expression);
        QFETCH(QString, expected);
        // CLDR's narrow blank is a matter of the release of Qt.
        QString text = render("{{ " + expression.toStdString() + " }}", {}, {}, in(locale.constData(), zone.constData()));
        text.replace(QChar(0x202f), u' ').replace(QChar(QChar::Nbsp), u' ');
        QCOMPARE(text, expected);
    }

private Q_SLOTS:
    void datesFollowTheLocale_data()
    {
        columns();
        row("de", "", "'2026-07-01T09:30:00Z' | date: '%A, %-d. %B %Y'", "Mittwoch, 1. Juli 2026");
        row("fr-CA", "", "'2026-02-03' | date: '%a %d %b'", "mar. 03 févr.");
        row("pl", "", "'2026-07-01' | date: '%-d %B'", "1 lipca"); // behind a day: declined
        row("pl", "", "'2026-07-01' | date: '%B %Y'", "lipiec 2026");
        row("de", "", "'2026-07-01T09:05:00Z' | date: '%x %X'", "01.07.26 09:05");
        row("", "", "'2026-07-01T09:05:00Z' | date: '%x %X'", "07/01/26 09:05:00");
        row("en-US", "", "'2026-07-01' | date: 'short'", "7/1/26");
        row("en-US", "", "'2026-07-01' | date: 'medium'", "Jul 1, 2026");
        row("en-US", "", "'2026-07-01' | date: 'long'", "July 1, 2026");
        row("en-US", "", "'2026-07-01' | date: 'full'", "Wednesday, July 1, 2026");
        row("en-US", "", "'2026-07-01T14:05:00Z' | date: 'long time'", "July 1, 2026 2:05 PM");
        row("de", "", "'2026-07-01T14:05:00Z' | date: 'long time'", "1. Juli 2026 14:05");
        row("de", "", "'2026-07-01T14:05:00Z' | date: 'time'", "14:05");
        row("es", "", "'2026-07-01' | date: 'long'", "1 de julio de 2026");
        row("hu", "", "'2026-07-01' | date: 'long'", "2026. július 1.");
        row("tr", "", "'2026-07-01' | date: 'long'", "1 Temmuz 2026");
        row("ja", "", "'2026-07-01' | date: 'long'", "2026年7月1日");
        row("da", "", "'2026-07-01' | date: 'long'", "1. juli 2026");
        row("", "", "'2026-07-01' | date: 'long'", "July 1, 2026");
        row("xx-YY", "", "'2026-07-01' | date: 'long'", "July 1, 2026");
        row("de", "", "'2026-07-01' | date: 'long', locale: 'en-GB'", "1 July 2026");
        row("", "", "'no date' | date: 'long'", "no date");
    }
    void datesFollowTheLocale() { check(); }

    void datesFollowTheTimeZone_data()
    {
        columns();
        const char* const winter = "'2026-01-15T12:00:00Z' | date: '%H:%M %z %Z'";
        const char* const summer = "'2026-07-15T12:00:00Z' | date: '%H:%M %z %Z'";
        row("", "Europe/Berlin", winter, "13:00 +0100 CET");
        row("", "Europe/Berlin", summer, "14:00 +0200 CEST");
        row("", "America/New_York", summer, "08:00 -0400 EDT");
        row("", "Asia/Kathmandu", summer, "17:45 +0545 +0545");
        row("", "", summer, "12:00 +0000 UTC");
        row("", "No/Where", summer, "12:00 +0000 UTC");
        // The hour that summer time begins, and the one that happens twice when it ends.
        row("", "Europe/Berlin", "'2026-03-29T00:59:59Z' | date: '%T'", "01:59:59");
        row("", "Europe/Berlin", "'2026-03-29T01:00:00Z' | date: '%T'", "03:00:00");
        row("", "Europe/Berlin", "'2026-10-25T00:30:00Z' | date: '%T %Z'", "02:30:00 CEST");
        row("", "Europe/Berlin", "'2026-10-25T01:30:00Z' | date: '%T %Z'", "02:30:00 CET");
        row("", "Asia/Tokyo", "'2026-07-01T23:30:00+02:00' | date: '%F %R'", "2026-07-02 06:30");
        row("", "Asia/Tokyo", "1782898200 | date: '%F %R'", "2026-07-01 18:30");
        row("", "Asia/Tokyo", "'now' | date: '%F %R'", "2023-11-15 07:13");
        // A day of the calendar is that day everywhere.
        row("", "Pacific/Honolulu", "'2026-07-01' | date: '%F'", "2026-07-01");
        row("", "Asia/Tokyo", "'2026-07-01T12:00:00Z' | date: '%R', zone: 'America/New_York'", "08:00");
        row("", "", "'2026-07-01T12:00:00+02:00' | date: '%R %z'", "12:00 +0200");
    }
    void datesFollowTheTimeZone() { check(); }

    void numbersFollowTheLocale_data()
    {
        columns();
        row("en-US", "", "1234.5 | money: 'EUR'", "€1,234.50");
        row("en-US", "", "1234.5 | money: 'USD'", "$1,234.50");
        row("en-CA", "", "1234.5 | money: 'USD'", "US$1,234.50");
        row("de", "", "1234.5 | money: 'EUR'", "1.234,50 €");
        row("de", "", "-1234.5 | money: 'EUR'", "-1.234,50 €");
        row("en-US", "", "-0.5 | money: 'USD'", "-$0.50");
        row("ja", "", "1234.5 | money: 'JPY'", "￥1,235");
        row("en-US", "", "1234 | money: 'JPY'", "¥1,234");
        row("en-US", "", "1.2345 | money: 'KWD'", "KWD 1.235");
        row("fr", "", "'1234.5' | money: 'EUR'", "1 234,50 €");
        row("en-US", "", "2.675 | money: 'USD'", "$2.68");
        row("", "", "'free' | money: 'USD'", "free");
        row("", "", "nothing | money: 'USD'", "");
        row("", "", "1 | money: 'euro'", "1:8 “euro” is no currency code (ISO 4217), such as EUR.");
        row("en-US", "", "1234567 | number", "1,234,567");
        row("de", "", "1234567.25 | number", "1.234.567,25");
        row("de", "", "1234.5 | number: 2", "1.234,50");
        row("de", "", "1234.5 | number: 0", "1.235");
        row("en-US", "", "'3' | number: 1", "3.0");
        row("en-US", "", "'three' | number", "three");
        row("en-US", "", "1234.5 | number: 1, locale: 'de'", "1.234,5");
    }
    void numbersFollowTheLocale() { check(); }

    void pluralsFollowTheLanguage_data()
    {
        // Samples of each category, from the Unicode CLDR's plurals.xml.
        QTest::addColumn<QByteArray>("locale");
        QTest::addColumn<QByteArray>("category");
        QTest::addColumn<QList<double>>("numbers");
        const auto row = [](const char* locale, const char* category, const QList<double>& numbers) {
            QTest::addRow("%s %s", locale, category) << QByteArray(locale) << QByteArray(category) << numbers;
        };
        for (const char* locale : {"en", "de", "nl", "sv", "fi", "el", "hu", "tr", "nb", "et"}) {
            row(locale, "one", {1});
            row(locale, "other", {0, 2, 5, 11, 21, 100, 1000000, 0.5, 1.5});
        }
        for (const char* locale : {"ja", "zh", "ko", "vi", "th", "id"})
            row(locale, "other", {0, 1, 2, 5, 100, 1.5});
        row("fr", "one", {0, 1, 0.5, 1.5});
        row("fr", "many", {1000000, 2000000});
        row("fr", "other", {2, 17, 100, 2.5});
        row("es", "one", {1});
        row("es", "many", {1000000});
        row("es", "other", {0, 2, 1.5, 1000001});
        row("pt-BR", "one", {0, 1, 0.5});
        row("pt-PT", "one", {1});
        row("pt-PT", "other", {0, 2, 0.5});
        row("it", "other", {0, 2, 16, 1.5});
        row("hi", "one", {0, 1, 0.5});
        row("hi", "other", {2, 17, 1.5});
        row("da", "one", {1, 0.1, 1.6});
        row("da", "other", {0, 2, 2.5});
        row("pl", "one", {1});
        row("pl", "few", {2, 3, 4, 22, 24, 102, 1002});
        row("pl", "many", {0, 5, 12, 14, 19, 100, 1000, 111});
        row("pl", "other", {0.5, 1.5});
        for (const char* locale : {"cs", "sk"}) {
            row(locale, "few", {2, 3, 4});
            row(locale, "many", {0.5, 1.5});
            row(locale, "other", {0, 5, 19, 100});
        }
        for (const char* locale : {"ru", "uk", "be"}) {
            row(locale, "one", {1, 21, 31, 101, 1001});
            row(locale, "few", {2, 4, 22, 24, 102});
            row(locale, "many", {0, 5, 11, 12, 14, 19, 100, 111});
            row(locale, "other", {0.5, 1.5});
        }
        for (const char* locale : {"hr", "sr"}) {
            row(locale, "one", {1, 21, 101, 0.1, 1.1});
            row(locale, "few", {2, 4, 22, 0.2, 1.4});
            row(locale, "other", {0, 5, 12, 19, 100, 0.5, 2.5});
        }
        row("sl", "one", {1, 101, 201});
        row("sl", "two", {2, 102});
        row("sl", "few", {3, 4, 103, 0.5, 1.5});
        row("sl", "other", {0, 5, 19, 100});
        row("lt", "one", {1, 21, 31, 101});
        row("lt", "few", {2, 9, 22, 102});
        row("lt", "many", {0.1, 1.5});
        row("lt", "other", {0, 10, 11, 20, 111});
        row("lv", "zero", {0, 10, 11, 20, 100});
        row("lv", "one", {1, 21, 101, 0.1, 1.1});
        row("lv", "other", {2, 9, 22, 102, 0.2, 1.9});
        row("ro", "one", {1});
        row("ro", "few", {0, 2, 16, 101, 0.5});
        row("ro", "other", {20, 35, 100});
        row("ar", "zero", {0});
        row("ar", "one", {1});
        row("ar", "two", {2});
        row("ar", "few", {3, 10, 103, 110});
        row("ar", "many", {11, 26, 111, 1011});
        row("ar", "other", {100, 102, 200, 0.1});
        row("he", "one", {1, 0.5});
        row("he", "two", {2});
        row("he", "other", {0, 3, 17, 100, 1.5});
        row("ga", "two", {2});
        row("ga", "few", {3, 6});
        row("ga", "many", {7, 10});
        row("ga", "other", {0, 11, 25});
        row("cy", "zero", {0});
        row("cy", "few", {3});
        row("cy", "many", {6});
        row("cy", "other", {4, 5, 7});
        row("mt", "one", {1});
        row("mt", "few", {0, 3, 10, 103});
        row("mt", "many", {11, 19, 111});
        row("mt", "other", {20, 35, 100});
    }

    void pluralsFollowTheLanguage()
    {
        QFETCH(QByteArray, locale);
        QFETCH(QByteArray, category);
        QFETCH(QList<double>, numbers);
        for (const double number : numbers) {
            const bool isWhole = number == double(std::int64_t(number));
            const Value value = isWhole ? Value(std::int64_t(number)) : Value(number);
            QVERIFY2(nameOf(pluralCategory(locale.toStdString(), value)) == category.toStdString(),
                     qPrintable(QString::number(number)));
            QVERIFY(nameOf(pluralCategory(locale.toStdString(), Value(-number))) == category.toStdString());
        }
    }

    void pluralChoosesItsText()
    {
        const Value root = Object({{"n", Value(1234)}});
        const std::string forms = "plural: one: '# Artikel', other: '# Artikel insgesamt'";
        QCOMPARE(render("{{ n | " + forms + " }}", root, {}, in("de")), QStringLiteral("1.234 Artikel insgesamt"));
        QCOMPARE(render("{{ '1' | " + forms + " }}", root, {}, in("de")), QStringLiteral("1 Artikel"));
        QCOMPARE(render("{{ 0 | plural: zero: 'none', other: '#' }}", root, {}, in("en")), QStringLiteral("none"));
        QCOMPARE(render("{{ 3 | plural: one: 'x', few: '# sztuki', other: 'y' }}", root, {}, in("pl")),
                 QStringLiteral("3 sztuki"));
        QCOMPARE(render("{{ 3 | plural: other: 'y', few: 'z', locale: 'cs' }}", root, {}, in("en")), QStringLiteral("z"));
        QCOMPARE(render("{{ 2 | plural: one: 'x' }}", root),
                 QStringLiteral("1:8 The filter “plural” needs a text for “other”."));
        QCOMPARE(render("{{ 2 | plural: some: 'x' }}", root),
                 QStringLiteral("1:8 The filter “plural” has no setting “some”."));
    }

    void textsAreTranslated()
    {
        const MapOfTexts texts({{"greeting", "Tom & %{name}: %{n}"},
                                {"link_html", "<b>%{name}</b>"},
                                {"items.one", "%{count} item"},
                                {"items.other", "%{count} items"}});
        RenderOptions options = in("en");
        options.texts = &texts;
        const Value root = Object({{"name", Value("<i>")}});
        const Options html{.escape = Escape::Html};
        QCOMPARE(render("{{ 'greeting' | t: name: name, n: 5 }}", root, {}, options), QStringLiteral("Tom & <i>: 5"));
        QCOMPARE(render("{{ 'greeting' | t: name: name }}", root, html, options),
                 QStringLiteral("Tom &amp; &lt;i&gt;: %{n}"));
        QCOMPARE(render("{{ 'link_html' | t: name: name }}", root, html, options), QStringLiteral("<b>&lt;i&gt;</b>"));
        // No author can let an argument through unescaped by mistake.
        QCOMPARE(render("{{ 'link_html' | t: name: name | raw }}", root, html, options), QStringLiteral("<b>&lt;i&gt;</b>"));
        QCOMPARE(render("{{ 'items' | t: count: 1 }}, {{ 'items' | t: count: 2 }}", root, {}, options),
                 QStringLiteral("1 item, 2 items"));
        QCOMPARE(render("{{ 'no.such' | t }}", root, html, options), QStringLiteral("no.such"));
        QCOMPARE(render("{{ 'no.such' | t }}", root, {.strict = true}, options),
                 QStringLiteral("1:16 There is no text “no.such”."));
        QCOMPARE(render("{{ 'greeting' | t: n: 1 }}", root, {.strict = true}, options),
                 QStringLiteral("1:17 The text needs a value for “name”."));
        QCOMPARE(render("{{ 'greeting' | t }}"), QStringLiteral("greeting"));
    }

    void whatIsMissingIsNoted()
    {
        std::vector<MissingVariable> missing;
        RenderOptions options;
        options.missing = &missing;
        const Value root = test::fromJson(QByteArrayLiteral(R"({"contact": {"none": null}, "list": [1]})"));
        const QString text = render("{{ contact.name }}{{ contact.none }}\n{% if x.y %}{% endif %}{{ contact.name }}"
                                    "{{ list[4] }}{{ z | default: 'd' }}{% assign mine = 1 %}{{ mine }}",
                                    root, {}, options);
        QCOMPARE(text, QStringLiteral("\nd1"));
        QStringList paths;
        for (const MissingVariable& variable : missing)
            paths << test::fromUtf8(variable.path);
        QCOMPARE(paths,
                 QStringList({QStringLiteral("contact.name"), QStringLiteral("x.y"), QStringLiteral("list[]"),
                              QStringLiteral("z")}));
        QCOMPARE(missing[1].place.offset, 43u);
        missing.clear();
        std::string many;
        for (int i = 0; i < 200; ++i)
            many += "{{ v" + std::to_string(i) + " }}";
        render(many, root, {}, options);
        QCOMPARE(missing.size(), RenderOptions::maxMissing);
    }
};

QTEST_GUILESS_MAIN(LiquidFieldFiltersTest)
#include "LiquidFieldFiltersTest.moc"
