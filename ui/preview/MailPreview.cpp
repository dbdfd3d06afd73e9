// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/preview/MailPreview.h"

#include "ui/preview/InboxRow.h"
#include "ui/preview/MailHtml.h"
#include "ui/preview/MailWindow.h"
#include "ui/preview/MessageViews.h"
#include "ui/preview/RemoteImages.h"
#include "ui/widgets/Theme.h"

#include <QButtonGroup>
#include <QFontDatabase>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QPlainTextEdit>
#include <QScrollBar>
#include <QStackedWidget>
#include <QTabBar>
#include <QToolButton>

namespace carillon::ui {

namespace {

constexpr int wide = 600; // what most mail is designed for
constexpr int narrow = 375; // a telephone held upright
constexpr int frameWidth = 24; // of the window around the mail, with its scroll bar
constexpr qsizetype longestSource = 400'000; // shown: the rest of it is attachments
constexpr qsizetype longestPreheader = 200;

QPlainTextEdit* reader(const QString& name, const QString& accessibleName, QWidget* parent)
{
    auto* text = new QPlainTextEdit(parent);
    text->setObjectName(name);
    text->setAccessibleName(accessibleName);
    text->setReadOnly(true);
    text->setTabChangesFocus(true);
    text->setFrameShape(QFrame::NoFrame);
    text->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    return text;
}

// Sets another text without losing the place where somebody reads.
void replace(QPlainTextEdit* text, const QString& with)
{
    if (text->toPlainText() == with)
        return;
    const int scrolled = text->verticalScrollBar()->value();
    text->setPlainText(with);
    text->verticalScrollBar()->setValue(scrolled);
}

QString preheaderOf(const Preview& preview)
{
    const QString given = preview.parts.value(QStringLiteral("preheader")).trimmed();
    return given.isEmpty() ? preview.parts.value(QStringLiteral("text")).left(longestPreheader) : given;
}

} // namespace

MailPreview::MailPreview(HtmlViewMaker maker, RemoteImages& images, QWidget* parent)
    : QWidget(parent)
    , m_maker(std::move(maker))
    , m_images(images)
    , m_inbox(new InboxRow(this))
    , m_tabs(new QTabBar(this))
    , m_pages(new QStackedWidget(this))
    , m_text(reader(QStringLiteral("previewText"), tr("The mail as text"), this))
    , m_source(reader(QStringLiteral("previewSource"), tr("The mail's source"), this))
{
    m_source->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_tabs->setObjectName(QStringLiteral("previewTabs"));
    m_tabs->setAccessibleName(tr("Forms of the mail"));
    m_tabs->setDrawBase(false);
    m_tabs->setExpanding(false);
    m_tabs->addTab(tr("HTML"));
    m_tabs->addTab(tr("Text"));
    m_tabs->addTab(tr("Source"));
    m_tabs->setTabToolTip(1, tr("What is shown where HTML is not"));
    m_tabs->setTabToolTip(2, tr("The whole message as it goes out"));
    for (QWidget* page : {makeHtmlTab(), static_cast<QWidget*>(m_text), static_cast<QWidget*>(m_source)})
        m_pages->addWidget(page);
    QWidget* widths = makeWidths();
    auto* row = new QHBoxLayout;
    row->addWidget(m_tabs);
    row->addStretch(1);
    row->addWidget(widths);
    auto* inbox = new QHBoxLayout;
    inbox->addWidget(m_inbox);
    auto* whole = new QVBoxLayout(this);
    whole->setContentsMargins(0, 0, 0, 0);
    whole->setSpacing(Theme::SmallSpace);
    whole->addLayout(inbox);
    whole->addLayout(row);
    whole->addWidget(m_pages, 1);
    connect(m_tabs, &QTabBar::currentChanged, this, [this, widths](int tab) {
        m_fellBack = false;
        widths->setVisible(tab == 0);
        m_pages->setCurrentIndex(tab);
        updateHtml();
        updateSource();
    });
    connect(&m_images, &RemoteImages::changed, this, &MailPreview::updateHtml);
    setMailWidth(wide);
}

QWidget* MailPreview::makeHtmlTab()
{
    auto* tab = new QWidget(this);
    m_window = new MailWindow(tab);
    auto* row = new QHBoxLayout(tab);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(m_window);
    return tab;
}

QWidget* MailPreview::makeWidths()
{
    auto* widths = new QWidget(this);
    auto* row = new QHBoxLayout(widths);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(2);
    m_zoom = new QLabel(widths);
    m_zoom->setObjectName(QStringLiteral("previewZoom"));
    setRole(m_zoom, "muted");
    row->addWidget(m_zoom);
    auto* group = new QButtonGroup(widths);
    const auto add = [&](const QString& name, const QString& text, const QString& tip, int width) {
        auto* button = new QToolButton(widths);
        button->setObjectName(name);
        button->setText(text);
        button->setToolTip(tip);
        button->setAccessibleName(tip);
        button->setCheckable(true);
        button->setChecked(width == m_width);
        setRole(button, "quiet");
        group->addButton(button);
        row->addWidget(button);
        connect(button, &QToolButton::clicked, this, [this, width] { setMailWidth(width); });
    };
    add(QStringLiteral("previewWide"), tr("600 px"), tr("As on a desk: laid out for 600 pixels"), wide);
    add(QStringLiteral("previewNarrow"), tr("375 px"), tr("As on a telephone: laid out for 375 pixels"), narrow);
    return widths;
}

void MailPreview::setMailWidth(int width)
{
    m_width = width;
    m_window->setPhone(width == narrow);
    m_window->setMaximumWidth(width + frameWidth);
    m_inbox->setNarrow(width == narrow);
    m_inbox->setMaximumWidth(width == narrow ? narrow + frameWidth : QWIDGETSIZE_MAX);
    if (m_html)
        m_html->setMailWidth(width);
}

void MailPreview::setDark(bool dark)
{
    if (dark == m_mail.dark)
        return;
    m_mail.dark = dark;
    m_window->setDark(dark);
    m_inbox->setDark(dark);
    m_window->setNote(darkNote());
    updateHtml();
}

QString MailPreview::darkNote() const
{
    if (!m_mail.dark)
        return {};
    return hasDarkStyle(m_mail.html)
        ? tr("Dark: in the mail's own dark style (prefers-color-scheme), as Apple Mail and Thunderbird show it.")
        : tr("Dark: the mail has no dark style; its colours are turned as Gmail and Outlook do it, pictures stay.");
}

void MailPreview::setPreview(const Preview& preview)
{
    const MailFiles files = readMailFiles(preview.source);
    m_bytes = preview.source;
    m_mail.html = preview.parts.value(QStringLiteral("html"));
    m_mail.images = files.images;
    for (const QUrl& address : remoteImagesOf(m_mail.html))
        m_images.want(address);
    const QString subject = preview.parts.value(QStringLiteral("subject"));
    m_inbox->setMail(senderOf(preview), subject, preheaderOf(preview));
    m_window->setHead(subject, preview.from, preview.to);
    m_window->setAttachments(files.attachments);
    m_window->setNote(darkNote());
    replace(m_text, preview.parts.value(QStringLiteral("text")));
    updateSource();
    offerHtml(!m_mail.html.isEmpty());
}

// A mail without HTML is shown as text; once it has some, whoever chose nothing else gets back to it.
void MailPreview::offerHtml(bool isThere)
{
    const bool falls = !isThere && m_tabs->currentIndex() == 0;
    const bool returns = isThere && m_fellBack;
    m_tabs->setTabVisible(0, isThere);
    if (falls || returns)
        m_tabs->setCurrentIndex(falls ? 1 : 0);
    m_fellBack = falls || (m_fellBack && !returns);
}

void MailPreview::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    updateHtml();
    updateSource();
}

// The source of a mail with attachments is long: laid out only for those who look at it.
void MailPreview::updateSource()
{
    if (!m_source->isVisible())
        return;
    QString text = QString::fromUtf8(m_bytes.left(longestSource)).remove(u'\r');
    if (m_bytes.size() > longestSource)
        text += u"\n\n"_qs + tr("… and %1 more bytes").arg(QLocale().toString(m_bytes.size() - longestSource));
    replace(m_source, text);
}

// Asked for with every change of what may be loaded, too: the pane says so once the whole message is set.
void MailPreview::updateHtml()
{
    if (!m_window->isVisible())
        return;
    if (!m_html) {
        m_html = m_maker(m_window);
        m_html->setObjectName(QStringLiteral("previewHtml"));
        connect(m_html, &HtmlView::shown, this, &MailPreview::shown);
        connect(m_html, &HtmlView::zoomChanged, this, &MailPreview::showZoom);
        m_window->setContent(m_html);
        m_html->setMailWidth(m_width);
        m_html->show();
    }
    m_mail.loadsRemote = m_images.count() > 0 && m_images.isApproved();
    m_html->setMail(m_mail);
}

void MailPreview::showZoom(double zoom)
{
    m_zoom->setText(zoom > 0.995 ? QString() : tr("shown at %1 %").arg(qRound(zoom * 100)));
    m_zoom->setToolTip(tr("There is less room than the mail is wide: it is laid out at its full width and drawn smaller"));
}

} // namespace carillon::ui
