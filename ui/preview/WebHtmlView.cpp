// SPDX-License-Identifier: GPL-3.0-or-later

// The mail preview on Qt WebEngine; compiled in where the build found it.

#ifdef CARILLON_HAS_WEBENGINE

#include "ui/preview/HtmlView.h"

#include <QVBoxLayout>
#include <QWebEnginePage>
#include <QWebEngineProfile>
#include <QWebEngineSettings>
#include <QWebEngineUrlRequestInterceptor>
#include <QWebEngineView>

#include <unistd.h>

namespace carillon::ui {

namespace {

// QWebEnginePage::setHtml carries the page in a URL of its own, of 2 MB at the most once it is escaped.
constexpr qsizetype largestHtml = 2'000'000;

// Lets the page itself through, and what it carries inside; refuses every other request.
class ClosedInterceptor final : public QWebEngineUrlRequestInterceptor {
public:
    using QWebEngineUrlRequestInterceptor::QWebEngineUrlRequestInterceptor;

    void interceptRequest(QWebEngineUrlRequestInfo& request) override
    {
        request.block(request.requestUrl().scheme() != u"data");
    }
};

// Shows what setHtml() gives it and goes nowhere else.
class ClosedPage final : public QWebEnginePage {
public:
    using QWebEnginePage::QWebEnginePage;

protected:
    bool acceptNavigationRequest(const QUrl& url, NavigationType type, bool) override
    {
        return type == NavigationTypeTyped && url.scheme() == u"data";
    }
    QWebEnginePage* createWindow(WebWindowType) override { return nullptr; }
    void javaScriptConsoleMessage(JavaScriptConsoleMessageLevel, const QString&, int, const QString&) override { }
};

void lockDown(QWebEngineSettings* settings)
{
    using Attribute = QWebEngineSettings::WebAttribute;
    for (const Attribute attribute :
         {Attribute::JavascriptEnabled, Attribute::JavascriptCanOpenWindows, Attribute::LocalStorageEnabled,
          Attribute::LocalContentCanAccessRemoteUrls, Attribute::LocalContentCanAccessFileUrls, Attribute::PluginsEnabled,
          Attribute::FullScreenSupportEnabled, Attribute::WebGLEnabled, Attribute::AutoLoadIconsForPage,
          Attribute::PdfViewerEnabled, Attribute::NavigateOnDropEnabled, Attribute::DnsPrefetchEnabled,
          Attribute::HyperlinkAuditingEnabled})
        settings->setAttribute(attribute, false);
}

class WebHtmlView final : public HtmlView {
public:
    explicit WebHtmlView(QWidget* parent)
        : HtmlView(parent)
        , m_profile(new QWebEngineProfile(this)) // without a name: off the record
        , m_view(new QWebEngineView(this))
        , m_page(new ClosedPage(m_profile, m_view))
    {
        m_profile->setUrlRequestInterceptor(new ClosedInterceptor(m_profile));
        lockDown(m_page->settings());
        m_page->setBackgroundColor(Qt::white);
        m_view->setPage(m_page);
        m_view->setObjectName(QStringLiteral("previewWebView"));
        m_view->setAccessibleName(tr("The mail as HTML"));
        m_view->setContextMenuPolicy(Qt::NoContextMenu);
        m_view->setFocusPolicy(Qt::ClickFocus); // a page that is loaded anew must not take the focus from the one who types
        auto* whole = new QVBoxLayout(this);
        whole->setContentsMargins(0, 0, 0, 0);
        whole->addWidget(m_view);
    }

    // The page goes before its profile, as Qt WebEngine demands.
    ~WebHtmlView() override { delete m_view; }

    void setHtml(const QString& html) override
    {
        const bool fits = QUrl::toPercentEncoding(html).size() < largestHtml;
        m_page->setHtml(fits ? html : u"<p>" + tr("This mail is too large to be shown here; see its source.") + u"</p>");
    }

private:
    QWebEngineProfile* m_profile;
    QWebEngineView* m_view;
    ClosedPage* m_page;
};

// Chromium ends the program when the superuser starts it with its sandbox on, and its sandbox stays on.
bool mayRun()
{
    return geteuid() != 0 || qEnvironmentVariableIntValue("QTWEBENGINE_DISABLE_SANDBOX") != 0;
}

} // namespace

HtmlView* makeHtmlView(QWidget* parent)
{
    return mayRun() ? new WebHtmlView(parent) : makeTextHtmlView(parent);
}

} // namespace carillon::ui

#endif
