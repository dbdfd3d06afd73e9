// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include <functional>

namespace carillon::ui {

// Shows the HTML of a mail that nobody has vouched for: no script runs, nothing is loaded from anywhere, no link is
// followed.
class HtmlView : public QWidget {
    Q_OBJECT

public:
    using QWidget::QWidget;

    virtual void setHtml(const QString& html) = 0;
};

// The best view this build and this machine have: Qt WebEngine, which shows a responsive mail as mail programs do, else
// TextHtmlView. Slow to make the first time (250 ms): make it when it is about to be seen. Belongs to `parent`.
HtmlView* makeHtmlView(QWidget* parent);

// The view that is always there: Qt's own subset of HTML. Quick; knows no media queries, rounding or floats.
HtmlView* makeTextHtmlView(QWidget* parent);

// How a PreviewPane gets its view, so that a test chooses.
using HtmlViewMaker = std::function<HtmlView*(QWidget* parent)>;

} // namespace carillon::ui
