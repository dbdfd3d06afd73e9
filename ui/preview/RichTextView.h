// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/preview/RichText.h"

#include <QLabel>
#include <QTextDocument>

namespace carillon::ui {

// Draws a message as tall as it needs to be at its width, and no wider than its longest line. Links show their address and
// lead nowhere. Read to screen readers as its plain text. Belongs to its parent.
class RichTextView : public QLabel {
    Q_OBJECT

public:
    RichTextView(const RichMessage& message, const RichLook& look, QWidget* parent = nullptr);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;
    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    bool event(QEvent* event) override;

private:
    void layOut(int width) const;

    mutable QTextDocument m_document;
    mutable int m_laidOut = -1; // the width
    RichLook m_look;
};

} // namespace carillon::ui
