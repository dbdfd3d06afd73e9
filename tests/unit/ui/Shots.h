// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/frame/ConsolePage.h"
#include "ui/frame/MainWindow.h"
#include "ui/widgets/Theme.h"

#include <QDir>
#include <QTest>

namespace carillon::ui {

// Pictures of the window's pages for people to look at: PNG files in the folder that CARILLON_SHOTS names, large and small,
// in light and in dark. Does nothing without that variable, so that a test can call it where something is worth seeing.
inline void takeShots(MainWindow& window, Theme& theme, const QStringList& pageIds, const QString& suffix = {})
{
    const QString folder = qEnvironmentVariable("CARILLON_SHOTS");
    if (folder.isEmpty())
        return;
    QVERIFY(QDir().mkpath(folder));
    for (const QSize size : {QSize(1024, 640), QSize(1360, 860)}) {
        window.resize(size);
        for (const ThemeChoice look : {ThemeChoice::Dark, ThemeChoice::Light}) {
            theme.setChoice(look);
            for (const QString& id : pageIds) {
                window.showPage(id);
                QTest::qWait(1'200); // the page asks, and is answered by the engine
                const QString name
                    = u"%1%2-%3-%4.png"_qs.arg(id, suffix, theme.isDark() ? u"dark"_qs : u"light"_qs).arg(size.width());
                QVERIFY(window.grab().save(QDir(folder).filePath(name)));
            }
        }
    }
}

} // namespace carillon::ui
