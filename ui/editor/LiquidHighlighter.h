// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/editor/LiquidScanner.h"

#include <QHash>
#include <QObject>
#include <QTextCharFormat>

class QPalette;
class QTextBlock;
class QTextDocument;
class QTimer;

namespace carillon::ui {

// Colours a document of Liquid over a host language. What was just typed is coloured at once; where that changes the lines
// below (an opened comment in a long text), they follow in slices between other events, so that typing never waits.
//
// Lays its colours over the text: they are neither edits nor part of undo. Belongs to the document; window thread.
class LiquidHighlighter : public QObject {
    Q_OBJECT

public:
    static constexpr int SliceCharacters = 60'000; // coloured in one go
    static constexpr int LongestLine = 20'000; // what is further to the right has no colour

    LiquidHighlighter(QTextDocument* document, const QPalette& palette);

    void setLanguage(HostLanguage language);
    // Takes the light or the dark colours, as the palette's base is.
    void setPalette(const QPalette& palette);
    bool isPending() const; // some lines still wait for their colours

private:
    void takeChange(int position, int removed, int added);
    void goOn();
    void colourAll();
    // Colours from `block` on: all up to the position `through`, and further while that changes what follows.
    void colour(QTextBlock block, int through);
    bool colourBlock(QTextBlock& block, bool& dirty); // true when the state at its end is another one than before

    QTextDocument* m_document;
    QTimer* m_timer;
    int m_next = -1; // the block that waits to be coloured; -1: none
    int m_through = 0; // position that must be reached
    HostLanguage m_language = HostLanguage::Text;
    QHash<SpanKind, QTextCharFormat> m_formats;
};

} // namespace carillon::ui
