// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractButton>
#include <QGroupBox>
#include <QHash>
#include <QKeySequence>
#include <QLabel>
#include <QStringList>
#include <QTabBar>

namespace carillon::ui {

// Letters that two things in view claim with Alt: neither has it then.
inline QStringList claimedTwice(const QWidget& window)
{
    QHash<QKeySequence, QStringList> claims;
    const auto claim = [&](const QString& text) { claims[QKeySequence::mnemonic(text)] << text; };
    const QList<QAbstractButton*> buttons = window.findChildren<QAbstractButton*>();
    for (const QAbstractButton* button : buttons) {
        if (button->isVisible())
            claim(button->text());
    }
    const QList<QLabel*> labels = window.findChildren<QLabel*>();
    for (const QLabel* label : labels) {
        if (label->isVisible() && label->buddy())
            claim(label->text());
    }
    const QList<QGroupBox*> boxes = window.findChildren<QGroupBox*>();
    for (const QGroupBox* box : boxes) {
        if (box->isVisible())
            claim(box->title());
    }
    const QList<QTabBar*> bars = window.findChildren<QTabBar*>();
    for (const QTabBar* bar : bars) {
        for (int tab = 0; bar->isVisible() && tab < bar->count(); ++tab)
            claim(bar->tabText(tab));
    }
    claims.remove({});
    QStringList twice;
    for (const QStringList& names : std::as_const(claims)) {
        if (names.size() > 1)
            twice << names.join(u'/');
    }
    return twice;
}

} // namespace carillon::ui
