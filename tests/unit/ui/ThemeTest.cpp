// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/Theme.h"
#include "ui/widgets/Icon.h"
#include "ui/widgets/Words.h"

#include <QApplication>
#include <QDir>
#include <QTest>

using namespace carillon;
using namespace carillon::ui;

class ThemeTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    // WCAG AA for text of ordinary size, in both looks, on every ground that it stands on.
    void everyTextColourHasEnoughContrast()
    {
        Theme theme(*qApp);
        for (const ThemeChoice choice : {ThemeChoice::Light, ThemeChoice::Dark}) {
            theme.setChoice(choice);
            const ThemeColours& c = themeColours(qApp->palette());
            for (const QColor& ground : {c.window, c.surface, c.sidebar, c.accentSoft}) {
                QVERIFY2(contrastRatio(c.text, ground) >= 7.0, qPrintable(ground.name()));
                QVERIFY2(contrastRatio(c.muted, ground) >= 4.5, qPrintable(ground.name()));
            }
            for (const Tone tone : {Tone::Neutral, Tone::Info, Tone::Good, Tone::Warning, Tone::Bad}) {
                const QColor colour = toneColour(qApp->palette(), tone);
                for (const QColor& ground : {c.window, c.surface})
                    QVERIFY2(contrastRatio(colour, ground) >= 4.5, qPrintable(colour.name() + u" on "_qs + ground.name()));
            }
            QVERIFY(contrastRatio(c.onAccent, c.accent) >= 4.5);
        }
    }

    void contrastIsThatOfWcag()
    {
        QCOMPARE(contrastRatio(Qt::white, Qt::black), 21.0);
        QVERIFY(qAbs(contrastRatio(QColor(0x76, 0x76, 0x76), Qt::white) - 4.54) < 0.01);
    }

    void aChoiceIsObeyedAndThePaletteTellsIt()
    {
        Theme theme(*qApp);
        theme.setChoice(ThemeChoice::Dark);
        QVERIFY(theme.isDark());
        const QColor dark = themeColours(qApp->palette()).surface;
        QVERIFY(dark.lightness() < 60);
        theme.setChoice(ThemeChoice::Light);
        QVERIFY(!theme.isDark());
        QVERIFY(themeColours(qApp->palette()).surface != dark);
        QVERIFY(!qApp->styleSheet().contains(u'@')); // every colour name has been filled in
    }

    void anIconTakesTheColourOfTheLook()
    {
        const QIcon close = icon(QStringLiteral("close"));
        QVERIFY(!close.isNull());
        Theme theme(*qApp);
        const auto strongest = [&] {
            const QImage image = close.pixmap(32, 32).toImage();
            QColor best(Qt::transparent);
            for (int y = 0; y < image.height(); ++y) {
                for (int x = 0; x < image.width(); ++x) {
                    if (image.pixelColor(x, y).alpha() > best.alpha())
                        best = image.pixelColor(x, y);
                }
            }
            return best.lightness();
        };
        theme.setChoice(ThemeChoice::Light);
        const int onLight = strongest();
        theme.setChoice(ThemeChoice::Dark);
        QVERIFY(onLight < 100 && strongest() > 150);
    }

    void anIconThatIsNotThereIsNull() { QVERIFY(icon(QStringLiteral("no-such-drawing")).isNull()); }

    void everyStateHasItsWord()
    {
        for (int state = 0; state <= static_cast<int>(DeliveryState::Cancelled); ++state)
            QVERIFY(!titleOf(static_cast<DeliveryState>(state)).isEmpty());
        for (int state = 0; state <= static_cast<int>(CampaignState::Cancelled); ++state)
            QVERIFY(!titleOf(static_cast<CampaignState>(state)).isEmpty());
        QCOMPARE(typeTitle(QStringLiteral("delivery.sent")), titleOf(DeliveryState::Sent));
        QCOMPARE(typeTitle(QStringLiteral("contact.address_added")), QStringLiteral("Address added"));
    }

    void almostAllIsNotAll()
    {
        QLocale::setDefault(QLocale::c());
        QCOMPARE(percentText(9'999, 10'000), QStringLiteral("99 %"));
        QCOMPARE(percentText(10'000, 10'000), QStringLiteral("100 %"));
        QCOMPARE(percentText(1, 1'000), QStringLiteral("0.1 %"));
        QCOMPARE(percentText(1, 10'000), QStringLiteral("< 0.1 %"));
        QCOMPARE(percentText(0, 10), QStringLiteral("0 %"));
        QCOMPARE(percentText(0, 0), QStringLiteral("\u2013"));
    }
};

QTEST_MAIN(ThemeTest)
#include "ThemeTest.moc"
