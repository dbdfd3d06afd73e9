// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/preview/HtmlView.h"

#include <QRegularExpression>
#include <QScrollBar>
#include <QTextBrowser>
#include <QVBoxLayout>

namespace carillon::ui {

namespace {

// Mail programs show mail on white unless it says otherwise; so does this, in a dark window, too.
void dressAsPaper(QTextBrowser* browser)
{
    QPalette paper = browser->palette();
    paper.setColor(QPalette::Base, Qt::white);
    paper.setColor(QPalette::Text, Qt::black);
    paper.setColor(QPalette::PlaceholderText, Qt::darkGray);
    paper.setColor(QPalette::Link, QColor(0x1a, 0x0d, 0xab));
    browser->setPalette(paper);
    browser->setStyleSheet(QStringLiteral("QTextBrowser { background: white; color: black; border: none; }"));
}

// Remote images, style sheets and anything else a document asks for: none of it is fetched.
class ClosedBrowser final : public QTextBrowser {
public:
    using QTextBrowser::QTextBrowser;

    QVariant loadResource(int type, const QUrl& name) override
    {
        return name.scheme() == u"data" ? QTextBrowser::loadResource(type, name) : QVariant();
    }
};

// Qt's HTML knows no padding on a link, so that a button would shrink to its words: such a link becomes a padded table cell.
QString withButtonsAsCells(const QString& html)
{
    static const QRegularExpression button(
        QStringLiteral("<a\\b([^>]*style\\s*=\\s*\"[^\"]*padding[^\"]*\"[^>]*)>(.*?)</a>"),
        QRegularExpression::CaseInsensitiveOption | QRegularExpression::DotMatchesEverythingOption);
    static const QRegularExpression background(QStringLiteral("background(?:-color)?\\s*:\\s*([^;\"]+)"),
                                               QRegularExpression::CaseInsensitiveOption);
    QString result;
    qsizetype done = 0;
    auto found = button.globalMatch(html);
    while (found.hasNext()) {
        const auto match = found.next();
        const auto colour = background.match(match.captured(1));
        const QString cell = colour.hasMatch() ? u" bgcolor=\"" + colour.captured(1).trimmed() + u'"' : QString();
        result += html.mid(done, match.capturedStart() - done) + u"<table cellpadding=\"10\"><tr><td" + cell + u"><a"
            + match.captured(1) + u'>' + match.captured(2) + u"</a></td></tr></table>";
        done = match.capturedEnd();
    }
    return result + html.mid(done);
}

class TextHtmlView final : public HtmlView {
public:
    explicit TextHtmlView(QWidget* parent)
        : HtmlView(parent)
        , m_browser(new ClosedBrowser(this))
    {
        m_browser->setObjectName(QStringLiteral("previewBrowser"));
        m_browser->setAccessibleName(tr("The mail as HTML"));
        m_browser->setOpenLinks(false);
        dressAsPaper(m_browser);
        auto* whole = new QVBoxLayout(this);
        whole->setContentsMargins(0, 0, 0, 0);
        whole->addWidget(m_browser);
        setFocusProxy(m_browser);
    }

    void setHtml(const QString& html) override
    {
        const int scrolled = m_browser->verticalScrollBar()->value();
        m_browser->setHtml(withButtonsAsCells(html));
        m_browser->verticalScrollBar()->setValue(scrolled);
    }

private:
    ClosedBrowser* m_browser;
};

} // namespace

HtmlView* makeTextHtmlView(QWidget* parent)
{
    return new TextHtmlView(parent);
}

#ifndef CARILLON_HAS_WEBENGINE
HtmlView* makeHtmlView(QWidget* parent)
{
    return makeTextHtmlView(parent);
}
#endif

} // namespace carillon::ui
