// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/preview/Pieces.h"

#include "ui/preview/RemoteImages.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QPainterPath>
#include <QTextLayout>
#include <QVBoxLayout>

#include <cmath>

namespace carillon::ui {

Bubble::Bubble(const QColor& ground, int radius, QWidget* parent, const QColor& border)
    : QFrame(parent)
    , m_column(new QVBoxLayout(this))
    , m_ground(ground)
    , m_border(border)
    , m_radius(radius)
{
    m_column->setSpacing(6);
    setPadding(12, 9);
}

void Bubble::setPadding(int horizontal, int vertical)
{
    m_column->setContentsMargins(horizontal, vertical, horizontal, vertical);
}

void Bubble::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(m_border.isValid() ? QPen(m_border) : QPen(Qt::NoPen));
    painter.setBrush(m_ground);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), m_radius, m_radius);
}

ImageBox::ImageBox(const QUrl& address, const QString& alt, const QSize& size, const PlatformLook& look,
                   RemoteImages& images, QWidget* parent)
    : QWidget(parent)
    , m_address(address)
    , m_alt(alt)
    , m_size(size)
    , m_look(look)
    , m_images(images)
{
    m_images.want(address);
    setToolTip(m_alt.isEmpty() ? address.toDisplayString() : m_alt + u'\n' + address.toDisplayString());
    setAccessibleName(tr("Image: %1").arg(m_alt.isEmpty() ? address.toDisplayString() : m_alt));
    QSizePolicy policy(QSizePolicy::Maximum, QSizePolicy::Fixed);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    connect(&m_images, &RemoteImages::changed, this, &ImageBox::look);
    connect(&m_images, &RemoteImages::loaded, this, [this](const QUrl& loaded) {
        if (loaded == m_address)
            this->look();
    });
    this->look();
}

void ImageBox::setRadius(int radius)
{
    m_radius = radius;
}

void ImageBox::look()
{
    m_image = m_images.image(m_address);
    updateGeometry();
    update();
}

QSize ImageBox::sizeHint() const
{
    const bool isThumbnail = m_size.width() == m_size.height();
    if (m_image.isNull())
        return isThumbnail ? m_size : QSize(m_size.width(), std::min(m_size.height(), m_size.width() * 9 / 16));
    const bool isLarger = m_image.width() > m_size.width() || m_image.height() > m_size.height();
    return isLarger ? m_image.size().scaled(m_size, Qt::KeepAspectRatio) : m_image.size();
}

int ImageBox::heightForWidth(int width) const
{
    const QSize hint = sizeHint();
    return width >= hint.width() ? hint.height() : std::max(1, hint.height() * width / std::max(1, hint.width()));
}

void ImageBox::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHints(QPainter::Antialiasing | QPainter::SmoothPixmapTransform);
    QPainterPath shape;
    shape.addRoundedRect(rect(), m_radius, m_radius);
    painter.setClipPath(shape);
    if (!m_image.isNull()) {
        painter.drawImage(rect(), m_image);
        return;
    }
    painter.fillRect(rect(), m_look.raised);
    painter.setPen(QPen(m_look.rich.muted, 1.4));
    const QRectF frame(width() / 2.0 - 11, height() / 2.0 - (height() > 80 ? 20 : 8), 22, 16);
    painter.drawRoundedRect(frame, 2.5, 2.5);
    painter.drawPolyline(QPolygonF{{frame.left() + 2, frame.bottom() - 3},
                                   {frame.left() + 8, frame.center().y() + 1},
                                   {frame.left() + 12, frame.bottom() - 5},
                                   {frame.right() - 6, frame.center().y() - 1},
                                   {frame.right() - 2, frame.bottom() - 4}});
    if (height() <= 80)
        return;
    QFont font = m_look.rich.font;
    font.setPointSizeF(font.pointSizeF() * 0.86);
    painter.setFont(font);
    const QRect words = rect().adjusted(10, int(frame.bottom()) + 6, -10, -6);
    const QString text = m_alt.isEmpty() ? m_address.host() : m_alt;
    painter.drawText(words, Qt::AlignHCenter | Qt::AlignTop | Qt::TextWordWrap, text);
}

LinesLabel::LinesLabel(const QString& text, int lines, const QFont& font, const QColor& colour, QWidget* parent)
    : QLabel(parent)
    , m_text(text)
    , m_lines(lines)
    , m_font(font)
    , m_colour(colour)
{
    m_text.replace(u'\n', QChar::LineSeparator);
    setAccessibleName(text);
    setToolTip(text.left(2'000).toHtmlEscaped());
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Minimum);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
}

int LinesLabel::layOut(int width, QPainter* painter, bool* cut) const
{
    QTextLayout layout(m_text, m_font);
    QTextOption option;
    option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    layout.setTextOption(option);
    const QFontMetricsF metrics(m_font);
    qreal y = 0;
    layout.beginLayout();
    for (int n = 1; n <= m_lines; ++n) {
        QTextLine line = layout.createLine();
        if (!line.isValid())
            break;
        line.setLineWidth(width);
        const bool goesOn = n == m_lines && line.textStart() + line.textLength() < m_text.size();
        if (cut)
            *cut = goesOn;
        if (painter && goesOn) {
            const QString rest = m_text.mid(line.textStart(), 400).replace(QChar::LineSeparator, u' ');
            painter->drawText(QPointF(0, y + metrics.ascent()), metrics.elidedText(rest, Qt::ElideRight, width));
        } else if (painter) {
            line.draw(painter, QPointF(0, y));
        }
        y += metrics.height() + 1;
    }
    layout.endLayout();
    return int(std::ceil(y));
}

bool LinesLabel::isCut() const
{
    bool cut = false;
    layOut(width(), nullptr, &cut);
    return cut;
}

QSize LinesLabel::sizeHint() const
{
    const int width
        = int(std::ceil(QFontMetricsF(m_font).horizontalAdvance(m_text.section(QChar::LineSeparator, 0, 0)))) + 2;
    return {width, heightForWidth(width)};
}

QSize LinesLabel::minimumSizeHint() const
{
    return {40, int(std::ceil(QFontMetricsF(m_font).height()))};
}

int LinesLabel::heightForWidth(int width) const
{
    return layOut(width, nullptr, nullptr);
}

void LinesLabel::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setFont(m_font);
    painter.setPen(m_colour);
    layOut(width(), &painter, nullptr);
}

QLabel* caption(const QString& text, const QColor& colour, QWidget* parent, double scale, bool bold)
{
    auto* label = new QLabel(parent);
    label->setTextFormat(Qt::PlainText);
    label->setText(text);
    QFont font = label->font();
    font.setPointSizeF(10.5 * scale);
    font.setBold(bold);
    label->setFont(font);
    QPalette palette = label->palette();
    palette.setColor(QPalette::WindowText, colour);
    label->setPalette(palette);
    label->setStyleSheet(u"color: "_qs + colour.name() + u"; background: transparent;"_qs);
    label->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
    return label;
}

QLabel* mockButton(const QString& text, const QString& tip, const QColor& ground, const QColor& colour, const QColor& border,
                   int radius, QWidget* parent)
{
    auto* label = caption(text, colour, parent, 0.95, true);
    label->setAlignment(Qt::AlignCenter);
    label->setAccessibleName(ImageBox::tr("Button: %1").arg(text));
    label->setToolTip(tip.left(2'000).toHtmlEscaped());
    label->setStyleSheet(
        QStringLiteral("color: %1; background: %2; border: 1px solid %3; border-radius: %4px; padding: 5px 12px;")
            .arg(colour.name(), ground.name(), border.name())
            .arg(radius));
    return label;
}

Avatar::Avatar(const QString& name, int size, int radius, QWidget* parent)
    : QWidget(parent)
    , m_letter(name.trimmed().left(name.trimmed().isEmpty() || !name.trimmed().front().isHighSurrogate() ? 1 : 2).toUpper())
    , m_colour(QColor::fromHsl(int(qHash(name, 7) % 360), 110, 95))
    , m_radius(radius)
{
    setFixedSize(size, size);
}

void Avatar::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(m_colour);
    painter.drawRoundedRect(rect(), m_radius, m_radius);
    QFont bold = font();
    bold.setBold(true);
    bold.setPixelSize(height() * 45 / 100);
    painter.setFont(bold);
    painter.setPen(Qt::white);
    painter.drawText(rect(), Qt::AlignCenter, m_letter);
}

void addLeft(QBoxLayout* column, QWidget* piece)
{
    auto* row = new QHBoxLayout;
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(piece, 0);
    row->addStretch(1);
    column->addLayout(row);
}

void addCentred(QBoxLayout* column, QWidget* piece)
{
    auto* row = new QHBoxLayout;
    row->setContentsMargins(0, 0, 0, 0);
    row->addStretch(1);
    row->addWidget(piece, 100); // not by an alignment: that would give it the height it has at its full width
    row->addStretch(1);
    column->addLayout(row);
}

} // namespace carillon::ui
