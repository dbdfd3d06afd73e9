// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/frame/NoticeBar.h"

#include "ui/widgets/Icon.h"
#include "ui/widgets/Theme.h"

#include <QAccessible>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QStyle>
#include <QTimer>
#include <QToolButton>

namespace carillon::ui {

NoticeBar::NoticeBar(QWidget* parent)
    : QFrame(parent)
    , m_icon(new QLabel(this))
    , m_text(new QLabel(this))
    , m_timer(new QTimer(this))
{
    setObjectName(QStringLiteral("noticeBar"));
    m_text->setObjectName(QStringLiteral("noticeText"));
    m_text->setWordWrap(true);
    m_text->setTextFormat(Qt::PlainText);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    auto* close = new QToolButton(this);
    close->setObjectName(QStringLiteral("noticeClose"));
    close->setIcon(icon(QStringLiteral("close")));
    close->setText(tr("Close"));
    close->setAccessibleName(tr("Close this notice"));
    close->setToolTip(tr("Close this notice"));
    setRole(close, "quiet");
    connect(close, &QToolButton::clicked, this, &QWidget::hide);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(Theme::PageMargin, 4, Theme::Space, 4);
    layout->addWidget(m_icon);
    layout->addWidget(m_text, 1);
    layout->addWidget(close);
    m_timer->setSingleShot(true);
    m_timer->setInterval(NoticeMs);
    connect(m_timer, &QTimer::timeout, this, &QWidget::hide);
    hide();
}

void NoticeBar::showNotice(const QString& sentence)
{
    show(sentence, false);
    m_timer->start();
}

void NoticeBar::showProblem(const Error& error)
{
    m_timer->stop();
    show(error.message, true);
}

void NoticeBar::changeEvent(QEvent* event)
{
    QFrame::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        showIcon();
}

void NoticeBar::showIcon()
{
    const bool problem = property("problem").toBool();
    m_icon->setPixmap((problem ? dangerIcon(QStringLiteral("warning")) : icon(QStringLiteral("check"))).pixmap(16, 16));
}

QString NoticeBar::text() const
{
    return isHidden() ? QString() : m_text->text();
}

void NoticeBar::show(const QString& text, bool problem)
{
    m_text->setText(text);
    setProperty("problem", problem);
    showIcon();
    m_text->style()->unpolish(m_text);
    m_text->style()->polish(m_text);
    QWidget::show();
    QAccessibleEvent event(m_text, QAccessible::Alert);
    QAccessible::updateAccessibility(&event);
}

} // namespace carillon::ui
