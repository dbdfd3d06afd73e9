// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#ifdef CARILLON_HAS_WEBENGINE

#include "ui/preview/MimeReader.h"

#include <QWebEnginePage>
#include <QWebEngineProfile>
#include <QWebEngineScript>

namespace carillon::ui {

class ClosedInterceptor;
class MailImages;

// Tells Qt WebEngine of "cid:" addresses; before anything else of it is made. Called again it does nothing.
void registerMailSchemes();

// A profile for mail that nobody has vouched for: off the record, and every request refused but those for what the page
// itself carries and, when asked, images from the network. Window thread; belongs to its parent, and dies after its pages.
class ClosedProfile : public QWebEngineProfile {
    Q_OBJECT

public:
    explicit ClosedProfile(QObject* parent);

    void setImages(const QHash<QString, InlineImage>& images); // what "cid:" addresses give
    void setLoadsRemote(bool on);

private:
    ClosedInterceptor* m_interceptor;
    MailImages* m_images;
};

// Shows what setHtml() gives it and goes nowhere else; scripts of the page do not run. A script of ours, in a world of its
// own, defines carillonShow(html, invert): see resources/preview/mail.js.
class ClosedPage : public QWebEnginePage {
    Q_OBJECT

public:
    ClosedPage(QWebEngineProfile* profile, QObject* parent);

protected:
    bool acceptNavigationRequest(const QUrl& url, NavigationType type, bool isMainFrame) override;
    QWebEnginePage* createWindow(WebWindowType type) override;
    void javaScriptConsoleMessage(JavaScriptConsoleMessageLevel level, const QString& message, int line,
                                  const QString& source) override;
};

} // namespace carillon::ui

#endif
