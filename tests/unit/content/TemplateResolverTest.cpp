// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/content/TemplateResolver.h"

#include <QTest>

using namespace carillon;

class TemplateResolverTest : public QObject {
    Q_OBJECT

private:
    static QList<Template> templatesFor(const QStringList& locales)
    {
        QList<Template> result;
        for (const QString& locale : locales) {
            Template one;
            one.channel = QStringLiteral("email");
            one.locale = locale;
            result << one;
        }
        return result;
    }

private Q_SLOTS:
    void picksTheBest_data()
    {
        QTest::addColumn<QStringList>("locales");
        QTest::addColumn<QString>("contact");
        QTest::addColumn<QString>("brand");
        QTest::addColumn<int>("index");
        QTest::addColumn<QStringList>("missing");
        const QString none;
        const auto s = [](const char* text) { return QString::fromLatin1(text); };
        QTest::newRow("exact") << QStringList{none, s("pt"), s("pt-BR")} << s("pt-BR") << s("en") << 2 << QStringList{};
        QTest::newRow("language") << QStringList{none, s("pt"), s("en")} << s("pt-BR") << s("en") << 1
                                  << QStringList{s("pt-BR")};
        QTest::newRow("brand") << QStringList{none, s("en")} << s("pt-BR") << s("en-GB") << 1
                               << QStringList{s("pt-BR"), s("pt"), s("en-GB")};
        QTest::newRow("any") << QStringList{s("fr"), none} << s("pt") << s("en") << 1 << QStringList{s("pt"), s("en")};
        QTest::newRow("none") << QStringList{s("fr")} << s("pt") << s("en") << -1 << QStringList{s("pt"), s("en")};
        QTest::newRow("no locale") << QStringList{s("fr"), s("en")} << none << s("en") << 1 << QStringList{};
        QTest::newRow("spelling") << QStringList{s("PT_br")} << s("pt-BR") << s("en") << 0 << QStringList{};
        QTest::newRow("script") << QStringList{s("zh-Hant")} << s("zh-Hant-TW") << s("en") << 0
                                << QStringList{s("zh-Hant-TW")};
    }

    void picksTheBest()
    {
        QFETCH(QStringList, locales);
        QFETCH(QString, contact);
        QFETCH(QString, brand);
        const Resolution found = resolveTemplate(templatesFor(locales), QStringLiteral("email"), contact, brand);
        QTEST(found.index, "index");
        QTEST(found.missing, "missing");
        for (const QString& locale : found.missing)
            QVERIFY(found.explanation.contains(locale) || found.index < 0);
    }

    void looksAtItsChannelAlone()
    {
        const Resolution found = resolveTemplate(templatesFor({QString()}), QStringLiteral("sms"), {}, {});
        QCOMPARE(found.index, -1);
        QVERIFY(found.explanation.contains(QStringLiteral("sms")));
    }
};

QTEST_GUILESS_MAIN(TemplateResolverTest)
#include "TemplateResolverTest.moc"
