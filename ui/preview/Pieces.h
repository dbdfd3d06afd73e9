// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/preview/PlatformLook.h"

#include <QFrame>
#include <QImage>
#include <QLabel>
#include <QUrl>

class QBoxLayout;
class QVBoxLayout;

namespace carillon::ui {

class RemoteImages;

// What previews of messages are put together from. Each belongs to its parent, draws in a platform's colours whatever the
// window's are, and says to screen readers what it shows.

constexpr int groundRadius = 8; // of what lies behind the messages

// A ground with round corners and something on it.
class Bubble : public QFrame {
    Q_OBJECT

public:
    Bubble(const QColor& ground, int radius, QWidget* parent, const QColor& border = {});

    QVBoxLayout* column() const { return m_column; }
    void setPadding(int horizontal, int vertical);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QVBoxLayout* m_column;
    QColor m_ground;
    QColor m_border;
    int m_radius;
};

// An image of a message: what is loaded of it, else a placeholder with what it shows and where it comes from.
class ImageBox : public QWidget {
    Q_OBJECT

public:
    // At most `size` large; placeholders are as wide as that, in the shape of a photograph.
    ImageBox(const QUrl& address, const QString& alt, const QSize& size, const PlatformLook& look, RemoteImages& images,
             QWidget* parent);

    const QUrl& address() const { return m_address; }
    void setRadius(int radius);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return {24, 24}; }
    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void look();

    QUrl m_address;
    QString m_alt;
    QSize m_size;
    PlatformLook m_look;
    RemoteImages& m_images;
    QImage m_image;
    int m_radius = 6;
};

// Plain text in at most so many lines; the last one ends in an ellipsis where more follows, and the whole is the tooltip.
class LinesLabel : public QLabel {
    Q_OBJECT

public:
    LinesLabel(const QString& text, int lines, const QFont& font, const QColor& colour, QWidget* parent);

    bool isCut() const; // at its present width

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;
    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    int layOut(int width, QPainter* painter, bool* cut) const; // the height

    QString m_text;
    int m_lines;
    QFont m_font;
    QColor m_colour;
};

// One line of small text in one colour.
QLabel* caption(const QString& text, const QColor& colour, QWidget* parent, double scale = 0.86, bool bold = false);

// How a button looks that does nothing here; `tip` says what it would do.
QLabel* mockButton(const QString& text, const QString& tip, const QColor& ground, const QColor& colour, const QColor& border,
                   int radius, QWidget* parent);

// A square or round picture with the first letter of a name.
class Avatar : public QWidget {
    Q_OBJECT

public:
    Avatar(const QString& name, int size, int radius, QWidget* parent);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QString m_letter;
    QColor m_colour;
    int m_radius;
};

// Puts `piece` at the left, or in the middle, of a row of its own.
void addLeft(QBoxLayout* column, QWidget* piece);
void addCentred(QBoxLayout* column, QWidget* piece);

} // namespace carillon::ui
