// SPDX-License-Identifier: GPL-3.0-or-later

#ifdef CARILLON_HAS_WEBENGINE

#include "ui/preview/WebPage.h"

#include <QBuffer>
#include <QFile>
#include <QWebEngineScriptCollection>
#include <QWebEngineSettings>
#include <QWebEngineUrlRequestInterceptor>
#include <QWebEngineUrlRequestJob>
#include <QWebEngineUrlScheme>
#include <QWebEngineUrlSchemeHandler>

namespace carillon::ui {

namespace {

const QByteArray mailScheme = QByteArrayLiteral("cid");

void lockDown(QWebEngineSettings* settings)
{
    using Attribute = QWebEngineSettings::WebAttribute;
    for (const Attribute attribute :
         {Attribute::JavascriptEnabled, Attribute::JavascriptCanOpenWindows, Attribute::LocalStorageEnabled,
          Attribute::LocalContentCanAccessRemoteUrls, Attribute::LocalContentCanAccessFileUrls, Attribute::PluginsEnabled,
          Attribute::FullScreenSupportEnabled, Attribute::WebGLEnabled, Attribute::AutoLoadIconsForPage,
          Attribute::PdfViewerEnabled, Attribute::NavigateOnDropEnabled, Attribute::DnsPrefetchEnabled,
          Attribute::HyperlinkAuditingEnabled, Attribute::ShowScrollBars})
        settings->setAttribute(attribute, false);
}

QWebEngineScript mailScript()
{
    QFile file(QStringLiteral(":/preview/mail.js"));
    QWebEngineScript script;
    script.setName(QStringLiteral("mail"));
    script.setWorldId(QWebEngineScript::ApplicationWorld);
    script.setInjectionPoint(QWebEngineScript::DocumentCreation);
    if (file.open(QIODevice::ReadOnly))
        script.setSourceCode(QString::fromUtf8(file.readAll()));
    return script;
}

} // namespace

class ClosedInterceptor final : public QWebEngineUrlRequestInterceptor {
public:
    using QWebEngineUrlRequestInterceptor::QWebEngineUrlRequestInterceptor;

    void interceptRequest(QWebEngineUrlRequestInfo& request) override
    {
        const QString scheme = request.requestUrl().scheme();
        const bool isImage = request.resourceType() == QWebEngineUrlRequestInfo::ResourceTypeImage;
        const bool isOwn = scheme == u"data" || (isImage && scheme == QLatin1StringView(mailScheme));
        const bool isAsked = loadsRemote && isImage && (scheme == u"https" || scheme == u"http");
        request.block(!isOwn && !isAsked);
    }

    bool loadsRemote = false;
};

// Gives the images that a mail carries.
class MailImages final : public QWebEngineUrlSchemeHandler {
public:
    using QWebEngineUrlSchemeHandler::QWebEngineUrlSchemeHandler;

    void requestStarted(QWebEngineUrlRequestJob* job) override
    {
        const auto image = images.constFind(job->requestUrl().path(QUrl::FullyDecoded));
        if (image == images.constEnd() || !image->type.startsWith("image/"))
            return job->fail(QWebEngineUrlRequestJob::UrlNotFound);
        auto* bytes = new QBuffer(job);
        bytes->setData(image->bytes);
        job->reply(image->type, bytes);
    }

    QHash<QString, InlineImage> images;
};

void registerMailSchemes()
{
    [[maybe_unused]] static const bool isRegistered = [] {
        QWebEngineUrlScheme scheme(mailScheme);
        scheme.setSyntax(QWebEngineUrlScheme::Syntax::Path);
        QWebEngineUrlScheme::registerScheme(scheme);
        return true;
    }();
}

ClosedProfile::ClosedProfile(QObject* parent)
    : QWebEngineProfile(parent) // without a name: off the record
    , m_interceptor(new ClosedInterceptor(this))
    , m_images(new MailImages(this))
{
    setUrlRequestInterceptor(m_interceptor);
    installUrlSchemeHandler(mailScheme, m_images);
}

void ClosedProfile::setImages(const QHash<QString, InlineImage>& images)
{
    m_images->images = images;
}

void ClosedProfile::setLoadsRemote(bool on)
{
    m_interceptor->loadsRemote = on;
}

ClosedPage::ClosedPage(QWebEngineProfile* profile, QObject* parent)
    : QWebEnginePage(profile, parent)
{
    lockDown(settings());
    setBackgroundColor(Qt::white);
    scripts().insert(mailScript());
}

bool ClosedPage::acceptNavigationRequest(const QUrl& url, NavigationType type, bool isMainFrame)
{
    return isMainFrame && type == NavigationTypeTyped && url.scheme() == u"data";
}

QWebEnginePage* ClosedPage::createWindow(WebWindowType)
{
    return nullptr;
}

void ClosedPage::javaScriptConsoleMessage(JavaScriptConsoleMessageLevel, const QString&, int, const QString&)
{
}

} // namespace carillon::ui

#endif
