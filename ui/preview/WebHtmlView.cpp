// SPDX-License-Identifier: GPL-3.0-or-later

// The mail preview on Qt WebEngine; compiled in where the build found it.

#ifdef CARILLON_HAS_WEBENGINE

#include "ui/preview/HtmlView.h"
#include "ui/preview/MailHtml.h"
#include "ui/preview/WebPage.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QPointer>
#include <QScrollBar>
#include <QWebEngineView>

#include <cmath>
#include <optional>

#include <unistd.h>

namespace carillon::ui {

namespace {

constexpr QRgb paper = 0xffffff;
constexpr QRgb night = 0x1f1f1f;

QString asScript(const QString& text)
{
    return QString::fromUtf8(QJsonDocument(QJsonArray{text}).toJson(QJsonDocument::Compact)).mid(1).chopped(1);
}

// Images of the mail have their content in their address, so that a new one of an old name is loaded.
QString withImageVersions(QString html, const QHash<QString, InlineImage>& images)
{
    for (auto image = images.cbegin(); image != images.cend(); ++image) {
        const QString address = u"cid:"_qs + image.key();
        html.replace(address, address + u'?' + QString::number(qHash(image->bytes, 1), 16));
    }
    return html;
}

class WebHtmlView final : public HtmlView {
public:
    explicit WebHtmlView(QWidget* parent)
        : HtmlView(parent)
        , m_profile(new ClosedProfile(this))
        , m_view(new QWebEngineView(this))
        , m_page(new ClosedPage(m_profile, m_view))
        , m_bar(new QScrollBar(Qt::Vertical, this))
    {
        m_view->setPage(m_page);
        m_view->setObjectName(QStringLiteral("previewWebView"));
        m_view->setAccessibleName(tr("The mail as HTML"));
        m_view->setContextMenuPolicy(Qt::NoContextMenu);
        m_view->setFocusPolicy(Qt::ClickFocus); // a page that is loaded anew must not take the focus from the one who types
        m_bar->setAccessibleName(tr("Scroll the mail"));
        connect(m_page, &QWebEnginePage::loadFinished, this, &WebHtmlView::fill);
        connect(m_page, &QWebEnginePage::contentsSizeChanged, this, &WebHtmlView::measure);
        connect(m_page, &QWebEnginePage::scrollPositionChanged, this, &WebHtmlView::followPage);
        connect(m_bar, &QScrollBar::valueChanged, this, &WebHtmlView::scrollPage);
    }

    // The page goes before its profile, as Qt WebEngine demands.
    ~WebHtmlView() override { delete m_view; }

    void setMail(const HtmlMail& mail) override
    {
        if (m_wanted == mail)
            return;
        const bool mustReload
            = !m_wanted || doctypeOf(mail.html) != doctypeOf(m_wanted->html) || (mail.loadsRemote && !m_wanted->loadsRemote);
        m_wanted = mail;
        m_profile->setImages(mail.images);
        m_profile->setLoadsRemote(mail.loadsRemote);
        m_page->setBackgroundColor(mail.dark ? night : paper);
        mustReload ? load() : update();
    }

    void setMailWidth(int width) override
    {
        m_width = width;
        place();
    }

protected:
    void resizeEvent(QResizeEvent*) override { place(); }

private:
    // An empty page in the mode that the mail asks for; fill() brings the mail into it.
    void load()
    {
        m_isLoading = true;
        m_page->setHtml(doctypeOf(m_wanted->html) + u"<html><head></head><body></body></html>");
    }

    void fill()
    {
        m_isLoading = false;
        m_isBusy = false;
        m_view->setZoomFactor(m_zoom); // a page that is loaded comes at its own
        update();
    }

    // One change at a time: of what was set meanwhile only the last is shown.
    void update()
    {
        m_isStale = m_isLoading || m_isBusy;
        if (m_isStale)
            return;
        m_isBusy = true;
        const bool inverts = m_wanted->dark && !hasDarkStyle(m_wanted->html);
        const QString html = withImageVersions(withColourScheme(m_wanted->html, m_wanted->dark), m_wanted->images);
        const QString script = u"carillonShow("_qs + asScript(html) + (inverts ? u", true)"_qs : u", false)"_qs);
        m_page->runJavaScript(script, QWebEngineScript::ApplicationWorld, [view = QPointer(this)](const QVariant&) {
            if (view)
                view->finish();
        });
    }

    void finish()
    {
        m_isBusy = false;
        if (m_isStale)
            return update();
        if (m_place > 0)
            scrollPage(m_bar->value());
        Q_EMIT shown();
    }

    // The view in the middle, as wide as the mail or as there is room, and the scroll bar at its right.
    void place()
    {
        const int barWidth = m_bar->sizeHint().width();
        const int room = std::max(1, width() - barWidth);
        const int shownWidth = std::min(room, m_width);
        const int left = (width() - shownWidth - barWidth) / 2;
        const double zoom = double(shownWidth) / m_width;
        m_view->setGeometry(left, 0, shownWidth, height());
        m_bar->setGeometry(left + shownWidth, 0, barWidth, height());
        if (std::abs(zoom - m_zoom) > 0.001) {
            m_zoom = zoom;
            m_view->setZoomFactor(zoom);
            Q_EMIT zoomChanged(zoom);
        }
        measure();
    }

    void measure()
    {
        const QSignalBlocker quiet(m_bar);
        m_bar->setRange(0, std::max(0, int(std::ceil(m_page->contentsSize().height() * m_zoom)) - height()));
        m_bar->setPageStep(height());
        m_bar->setSingleStep(40);
        m_bar->setVisible(m_bar->maximum() > 0);
    }

    void followPage(const QPointF& position)
    {
        const QSignalBlocker quiet(m_bar);
        m_place = int(position.y());
        m_bar->setValue(int(position.y() * m_zoom));
    }

    void scrollPage(int place)
    {
        m_page->runJavaScript(u"window.scrollTo(0, %1)"_qs.arg(place / m_zoom), QWebEngineScript::ApplicationWorld);
    }

    ClosedProfile* m_profile;
    QWebEngineView* m_view;
    ClosedPage* m_page;
    QScrollBar* m_bar;
    std::optional<HtmlMail> m_wanted;
    int m_width = 600;
    int m_place = 0;
    double m_zoom = 1;
    bool m_isLoading = false;
    bool m_isBusy = false; // a change is under way
    bool m_isStale = false; // and another one waits
};

// Chromium ends the program when the superuser starts it with its sandbox on, and its sandbox stays on.
bool mayRun()
{
    return geteuid() != 0 || qEnvironmentVariableIntValue("QTWEBENGINE_DISABLE_SANDBOX") != 0;
}

} // namespace

HtmlView* makeHtmlView(QWidget* parent)
{
    if (!mayRun())
        return makeTextHtmlView(parent);
    registerMailSchemes();
    return new WebHtmlView(parent);
}

} // namespace carillon::ui

#endif
