// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/preview/RichTextView.h"

#include <QAbstractTextDocumentLayout>
#include <QHelpEvent>
#include <QPainter>
#include <QPainterPath>
#include <QTextBlock>
#include <QToolTip>

#include <cmath>

namespace carillon::ui {

namespace {

constexpr int smallestWidth = 40;
constexpr qsizetype longestTip = 1'000;

// The ground under code and the bar beside a quotation: what a QTextDocument does not draw by itself.
void paintBehind(QPainter& painter, const QTextDocument& document, const RichLook& look, int width)
{
    for (QTextBlock block = document.begin(); block.isValid(); block = block.next()) {
        const int kind = block.blockFormat().intProperty(richKindProperty);
        const QRectF rect = document.documentLayout()->blockBoundingRect(block);
        if (kind == RichBlock::Code) {
            QPainterPath path;
            path.addRoundedRect(QRectF(0.5, rect.top() - 5.5, width - 1, rect.height() + 10), 5, 5);
            painter.fillPath(path, look.codeGround);
        } else if (kind == RichBlock::Quote) {
            painter.fillRect(QRectF(0, rect.top(), 3, rect.height()), look.quoteBar);
        } else if (kind == RichBlock::Rule) {
            painter.fillRect(QRectF(0, rect.center().y(), width, 1), look.quoteBar);
        }
    }
}

} // namespace

RichTextView::RichTextView(const RichMessage& message, const RichLook& look, QWidget* parent)
    : QLabel(parent)
    , m_look(look)
{
    m_document.setUndoRedoEnabled(false);
    fillDocument(m_document, message, look);
    QTextOption option = m_document.defaultTextOption();
    option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    m_document.setDefaultTextOption(option);
    setAccessibleName(plainTextOf(message));
    setMouseTracking(true);
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Minimum);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
}

void RichTextView::layOut(int width) const
{
    if (width == m_laidOut)
        return;
    m_laidOut = width;
    m_document.setTextWidth(width);
}

QSize RichTextView::sizeHint() const
{
    layOut(-1);
    const int width = int(std::ceil(m_document.idealWidth())) + 1;
    return {std::max(width, 1), heightForWidth(width)};
}

QSize RichTextView::minimumSizeHint() const
{
    return {smallestWidth, 0};
}

int RichTextView::heightForWidth(int width) const
{
    layOut(width);
    return int(std::ceil(m_document.size().height()));
}

void RichTextView::paintEvent(QPaintEvent*)
{
    layOut(width());
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    paintBehind(painter, m_document, m_look, width());
    QAbstractTextDocumentLayout::PaintContext context;
    context.palette.setColor(QPalette::Text, m_look.text);
    context.clip = rect();
    m_document.documentLayout()->draw(&painter, context);
}

bool RichTextView::event(QEvent* event)
{
    if (event->type() != QEvent::ToolTip)
        return QLabel::event(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    const QString link = m_document.documentLayout()->anchorAt(help->pos());
    QToolTip::showText(help->globalPos(), (link.isEmpty() ? toolTip() : link).left(longestTip).toHtmlEscaped(), this);
    return true;
}

} // namespace carillon::ui
