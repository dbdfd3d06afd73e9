// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/preview/MailPreview.h"

#include "ui/widgets/Theme.h"

#include <QButtonGroup>
#include <QFontDatabase>
#include <QHBoxLayout>
#include <QPlainTextEdit>
#include <QScrollBar>
#include <QTabWidget>
#include <QToolButton>

namespace carillon::ui {

namespace {

constexpr int wide = 600; // what most mail is designed for
constexpr int narrow = 375; // a telephone held upright

QPlainTextEdit* reader(const QString& name, const QString& accessibleName, QWidget* parent)
{
    auto* text = new QPlainTextEdit(parent);
    text->setObjectName(name);
    text->setAccessibleName(accessibleName);
    text->setReadOnly(true);
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

} // namespace

MailPreview::MailPreview(HtmlViewMaker maker, QWidget* parent)
    : QWidget(parent)
    , m_maker(std::move(maker))
    , m_tabs(new QTabWidget(this))
    , m_text(reader(QStringLiteral("previewText"), tr("The mail as text"), this))
    , m_source(reader(QStringLiteral("previewSource"), tr("The mail's source"), this))
{
    m_source->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_tabs->setObjectName(QStringLiteral("previewTabs"));
    m_tabs->setDocumentMode(true);
    m_tabs->addTab(makeHtmlTab(), tr("HTML"));
    m_tabs->addTab(m_text, tr("Text"));
    m_tabs->addTab(m_source, tr("Source"));
    auto* whole = new QVBoxLayout(this);
    whole->setContentsMargins(0, 0, 0, 0);
    whole->addWidget(m_tabs);
    connect(m_tabs, &QTabWidget::currentChanged, this, &MailPreview::updateHtml);
}

QWidget* MailPreview::makeHtmlTab()
{
    auto* tab = new QWidget(this);
    m_desk = new QWidget(tab);
    auto* row = new QHBoxLayout(m_desk);
    row->setContentsMargins(0, 0, 0, 0);
    auto* column = new QVBoxLayout(tab);
    column->setContentsMargins(0, Theme::SmallSpace, 0, 0);
    column->setSpacing(Theme::SmallSpace);
    column->addWidget(m_desk, 1);
    auto* widths = new QWidget(tab);
    auto* choices = new QHBoxLayout(widths);
    choices->setContentsMargins(0, 0, 0, 0);
    choices->setSpacing(2);
    choices->addStretch(1);
    auto* group = new QButtonGroup(widths);
    const auto add = [&](const QString& name, const QString& text, const QString& tip, int width) {
        auto* button = new QToolButton(widths);
        button->setObjectName(name);
        button->setText(text);
        button->setToolTip(tip);
        button->setCheckable(true);
        button->setChecked(width == m_width);
        setRole(button, "quiet");
        group->addButton(button);
        choices->addWidget(button);
        connect(button, &QToolButton::clicked, this, [this, width] { setMailWidth(width); });
    };
    add(QStringLiteral("previewWide"), tr("Wide"), tr("As on a desk: 600 pixels"), wide);
    add(QStringLiteral("previewNarrow"), tr("Narrow"), tr("As on a telephone: 375 pixels"), narrow);
    choices->addStretch(1);
    column->addWidget(widths);
    return tab;
}

void MailPreview::setMailWidth(int width)
{
    m_width = width;
    if (m_html)
        m_html->setMaximumWidth(width);
}

void MailPreview::show(const Preview& preview)
{
    m_wanted = preview.parts.value(QStringLiteral("html"));
    replace(m_text, preview.parts.value(QStringLiteral("text")));
    replace(m_source, QString::fromUtf8(preview.source).remove(u'\r'));
    m_tabs->setTabVisible(0, !m_wanted.isEmpty());
    updateHtml();
}

void MailPreview::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    updateHtml();
}

void MailPreview::updateHtml()
{
    if (!isVisible() || m_tabs->currentIndex() != 0 || m_wanted == m_shown)
        return;
    if (!m_html) {
        m_html = m_maker(m_desk);
        m_html->setObjectName(QStringLiteral("previewHtml"));
        m_html->setMaximumWidth(m_width);
        m_desk->layout()->addWidget(m_html);
        m_html->show();
    }
    m_shown = m_wanted;
    m_html->setHtml(m_shown);
}

} // namespace carillon::ui
