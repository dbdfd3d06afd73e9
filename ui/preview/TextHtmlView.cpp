// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/preview/HtmlView.h"

#include <QHBoxLayout>
#include <QRegularExpression>
#include <QScrollBar>
#include <QTextBrowser>

namespace carillon::ui {

namespace {

// Mail programs show mail on white unless it says otherwise; so does this, in a dark window, too.
void dressAsPaper(QTextBrowser* browser, bool dark)
{
    const QColor ground = dark ? 0x1f1f1f : 0xffffff;
    const QColor words = dark ? 0xe8e8e8 : 0x000000;
    QPalette paper = browser->palette();
    paper.setColor(QPalette::Base, ground);
    paper.setColor(QPalette::Text, words);
    paper.setColor(QPalette::PlaceholderText, Qt::darkGray);
    paper.setColor(QPalette::Link, dark ? QColor(0x8a, 0xb4, 0xf8) : QColor(0x1a, 0x0d, 0xab));
    browser->setPalette(paper);
    browser->setStyleSheet(
        QStringLiteral("QTextBrowser { background: %1; color: %2; border: none; }").arg(ground.name(), words.name()));
}

// Remote images, style sheets and anything else a document asks for: none of it is fetched but what the mail carries.
class ClosedBrowser final : public QTextBrowser {
public:
    using QTextBrowser::QTextBrowser;

    QHash<QString, InlineImage> images;

    QVariant loadResource(int type, const QUrl& name) override
    {
        if (name.scheme() == u"cid")
            return images.value(name.path()).bytes;
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
        dressAsPaper(m_browser, false);
        auto* whole = new QHBoxLayout(this);
        whole->setContentsMargins(0, 0, 0, 0);
        whole->addWidget(m_browser);
        setFocusProxy(m_browser);
    }

    void setMail(const HtmlMail& mail) override
    {
        const int scrolled = m_browser->verticalScrollBar()->value();
        m_browser->images = mail.images;
        dressAsPaper(m_browser, mail.dark);
        m_browser->setHtml(withButtonsAsCells(mail.html));
        m_browser->verticalScrollBar()->setValue(scrolled);
        Q_EMIT shown();
    }

    void setMailWidth(int width) override { m_browser->setMaximumWidth(width); }

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
