// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/Icon.h"

#include "ui/widgets/Theme.h"

#include <QFile>
#include <QGuiApplication>
#include <QIconEngine>
#include <QPainter>
#include <QPixmapCache>
#include <QSvgRenderer>

namespace carillon::ui {

namespace {

enum class Tint { Text, Accent, OnAccent, Danger };

class TintedIconEngine : public QIconEngine {
public:
    TintedIconEngine(QString name, QByteArray svg, Tint tint)
        : m_name(std::move(name))
        , m_svg(std::move(svg))
        , m_tint(tint)
    {
    }

    void paint(QPainter* painter, const QRect& rect, QIcon::Mode mode, QIcon::State state) override
    {
        const qreal ratio = painter->device() ? painter->device()->devicePixelRatio() : 1;
        painter->drawPixmap(rect, scaledPixmap(rect.size() * ratio, mode, state, ratio));
    }

    QPixmap pixmap(const QSize& size, QIcon::Mode mode, QIcon::State state) override
    {
        return scaledPixmap(size, mode, state, 1);
    }

    // `size` is in pixels of the device. The cache is Qt's own, bounded by QPixmapCache::cacheLimit().
    QPixmap scaledPixmap(const QSize& size, QIcon::Mode mode, QIcon::State, qreal scale) override
    {
        const QColor colour = colourFor(mode);
        const QString key
            = u"carillon:%1:%2x%3:%4"_qs.arg(m_name).arg(size.width()).arg(size.height()).arg(colour.name(QColor::HexArgb));
        QPixmap pixmap;
        if (!QPixmapCache::find(key, &pixmap)) {
            pixmap = render(size, colour);
            QPixmapCache::insert(key, pixmap);
        }
        pixmap.setDevicePixelRatio(scale);
        return pixmap;
    }

    QIconEngine* clone() const override { return new TintedIconEngine(*this); }
    bool isNull() override { return m_svg.isEmpty(); }
    QString key() const override { return QStringLiteral("carillon"); }
    QString iconName() override { return m_name; }

private:
    QColor colourFor(QIcon::Mode mode) const
    {
        const ThemeColours& colours = themeColours(QGuiApplication::palette());
        if (mode == QIcon::Disabled) {
            QColor faded = colours.muted;
            faded.setAlphaF(0.5F);
            return faded;
        }
        switch (m_tint) {
        case Tint::Text: return mode == QIcon::Selected ? colours.accent : colours.text;
        case Tint::Accent: return colours.accent;
        case Tint::OnAccent: return colours.onAccent;
        case Tint::Danger: return colours.bad;
        }
        return colours.text;
    }

    // Only the drawing's shape counts: whatever ink it was drawn with becomes `colour`.
    QPixmap render(const QSize& size, const QColor& colour) const
    {
        QPixmap pixmap(size);
        pixmap.fill(Qt::transparent);
        QSvgRenderer renderer(m_svg);
        renderer.setAspectRatioMode(Qt::KeepAspectRatio);
        QPainter painter(&pixmap);
        renderer.render(&painter);
        painter.setCompositionMode(QPainter::CompositionMode_SourceIn);
        painter.fillRect(pixmap.rect(), colour);
        return pixmap;
    }

    QString m_name;
    QByteArray m_svg;
    Tint m_tint;
};

QIcon load(const QString& name, Tint tint)
{
    QFile file(u":/icons/%1.svg"_qs.arg(name));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    return QIcon(new TintedIconEngine(name, file.readAll(), tint));
}

} // namespace

QIcon icon(const QString& name)
{
    return load(name, Tint::Text);
}

QIcon accentIcon(const QString& name)
{
    return load(name, Tint::Accent);
}

QIcon onAccentIcon(const QString& name)
{
    return load(name, Tint::OnAccent);
}

QIcon dangerIcon(const QString& name)
{
    return load(name, Tint::Danger);
}

} // namespace carillon::ui
