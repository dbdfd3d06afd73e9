// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>
#include <QUrl>

namespace carillon::ui {

// What a preview must know of a mail's HTML before a browser shows it. Takes any text.

// Where the HTML would load images from: <img>, srcset, background, CSS url(). http and https alone, each once, at most 500.
QList<QUrl> remoteImagesOf(const QString& html);

// The mail has colours of its own for the dark: prefers-color-scheme in a style sheet, or a declared color-scheme.
bool hasDarkStyle(const QString& html);

// The HTML as a mail program in the dark or in the light reads it: the answers to prefers-color-scheme and the choice of a
// declared color-scheme written in, because Qt WebEngine 6.4 can be told neither for one page.
QString withColourScheme(const QString& html, bool dark);

// "<!DOCTYPE ...>"; empty when there is none: the browser then falls back to the ways of the nineties, and so must the view.
QString doctypeOf(const QString& html);

} // namespace carillon::ui
