// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/preview/MimeReader.h"

#include <QWidget>

#include <functional>

namespace carillon::ui {

// What an HtmlView shows.
struct HtmlMail {
    QString html;
    QHash<QString, InlineImage> images; // for src="cid:..."
    bool dark = false; // as mail programs show it in the dark
    bool loadsRemote = false; // images from the network

    friend bool operator==(const HtmlMail&, const HtmlMail&) = default;
};

// Shows the HTML of a mail that nobody has vouched for: no script runs, no link is followed, and nothing is loaded but
// images, and those only when the mail says that they may be.
class HtmlView : public QWidget {
    Q_OBJECT

public:
    using QWidget::QWidget;

    // The place where somebody reads stays, and what has not changed is not drawn anew.
    virtual void setMail(const HtmlMail& mail) = 0;
    // In CSS pixels. Where there is less room the mail is drawn smaller, laid out for this width all the same.
    virtual void setMailWidth(int width) = 0;

Q_SIGNALS:
    void shown(); // what was set last stands in the document
    void zoomChanged(double zoom); // 1: one to one
};

// The best view this build and this machine have: Qt WebEngine, which shows a responsive mail as mail programs do, else
// TextHtmlView. Slow to make the first time (250 ms): make it when it is about to be seen. Belongs to `parent`.
HtmlView* makeHtmlView(QWidget* parent);

// The view that is always there: Qt's own subset of HTML. Quick; knows no media queries, rounding or floats, and loads
// nothing.
HtmlView* makeTextHtmlView(QWidget* parent);

// How a PreviewPane gets its view, so that a test chooses.
using HtmlViewMaker = std::function<HtmlView*(QWidget* parent)>;

} // namespace carillon::ui
