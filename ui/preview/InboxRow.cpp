// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/preview/InboxRow.h"

#include <QPainter>

namespace carillon::ui {

namespace {

constexpr int wideHeight = 40;
constexpr int narrowHeight = 72;
constexpr int margin = 12;
constexpr int dotSize = 8;

struct InboxColours {
    QColor ground, text, muted, dot, border;
};

InboxColours coloursOf(bool dark)
{
    if (dark)
        return {0x26272a, 0xececec, 0xa4a7ad, 0x8ab4f8, 0x3a3b3f};
    return {0xffffff, 0x1b1f2a, 0x5c6475, 0x4353d8, 0xdde0e7};
}

// Draws as much as fits and gives the width taken.
int drawCut(QPainter& painter, const QRect& room, const QFont& font, const QColor& colour, const QString& text)
{
    const QFontMetrics metrics(font);
    const QString cut = metrics.elidedText(text, Qt::ElideRight, room.width());
    painter.setFont(font);
    painter.setPen(colour);
    painter.drawText(room, Qt::AlignVCenter | Qt::AlignLeft | Qt::TextSingleLine, cut);
    return metrics.horizontalAdvance(cut);
}

} // namespace

InboxRow::InboxRow(QWidget* parent)
    : QWidget(parent)
{
    setObjectName(QStringLiteral("previewInboxRow"));
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setToolTip(tr("As it stands in an inbox"));
}

void InboxRow::setMail(const QString& from, const QString& subject, const QString& preheader)
{
    m_from = from;
    m_subject = subject.simplified();
    m_preheader = preheader.simplified();
    setAccessibleName(tr("In the inbox: %1. %2. %3").arg(m_from, m_subject, m_preheader));
    update();
}

void InboxRow::setDark(bool dark)
{
    m_dark = dark;
    update();
}

void InboxRow::setNarrow(bool narrow)
{
    m_narrow = narrow;
    updateGeometry();
    update();
}

QSize InboxRow::sizeHint() const
{
    return {400, m_narrow ? narrowHeight : wideHeight};
}

QSize InboxRow::minimumSizeHint() const
{
    return {160, sizeHint().height()};
}

QFont InboxRow::fontOf(bool bold) const
{
    QFont font = this->font();
    font.setWeight(bold ? QFont::DemiBold : QFont::Normal);
    return font;
}

void InboxRow::paintEvent(QPaintEvent*)
{
    const InboxColours colours = coloursOf(m_dark);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(colours.border);
    painter.setBrush(colours.ground);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8);
    painter.setPen(Qt::NoPen);
    painter.setBrush(colours.dot);
    const int dotMiddle = m_narrow ? 17 : height() / 2;
    painter.drawEllipse(margin, dotMiddle - dotSize / 2, dotSize, dotSize);
    const QRect room = rect().adjusted(margin * 2 + dotSize - 4, 0, -margin, 0);
    m_narrow ? paintNarrow(painter, room) : paintWide(painter, room);
}

void InboxRow::paintWide(QPainter& painter, const QRect& room)
{
    const InboxColours colours = coloursOf(m_dark);
    const QString now = tr("now");
    const int timeWidth = QFontMetrics(font()).horizontalAdvance(now);
    const int fromWidth = std::min(150, room.width() * 3 / 10);
    drawCut(painter, QRect(room.left(), 0, fromWidth, height()), fontOf(true), colours.text, m_from);
    QRect rest(room.left() + fromWidth + margin, 0, room.width() - fromWidth - 2 * margin - timeWidth, height());
    rest.setLeft(rest.left() + drawCut(painter, rest, fontOf(true), colours.text, m_subject) + 6);
    if (!m_preheader.isEmpty() && rest.width() > 20)
        drawCut(painter, rest, fontOf(false), colours.muted, u"– "_qs + m_preheader);
    drawCut(painter, QRect(room.right() - timeWidth, 0, timeWidth + 1, height()), fontOf(false), colours.muted, now);
}

void InboxRow::paintNarrow(QPainter& painter, const QRect& room)
{
    const InboxColours colours = coloursOf(m_dark);
    const QString now = tr("now");
    const int timeWidth = QFontMetrics(font()).horizontalAdvance(now);
    const int line = 20;
    const int top = 7;
    drawCut(painter, QRect(room.left(), top, room.width() - timeWidth - margin, line), fontOf(true), colours.text, m_from);
    drawCut(painter, QRect(room.right() - timeWidth, top, timeWidth + 1, line), fontOf(false), colours.muted, now);
    drawCut(painter, QRect(room.left(), top + line, room.width(), line), fontOf(true), colours.text, m_subject);
    drawCut(painter, QRect(room.left(), top + 2 * line, room.width(), line), fontOf(false), colours.muted, m_preheader);
}

} // namespace carillon::ui
