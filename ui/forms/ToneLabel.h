// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/Theme.h"

#include <QLabel>

namespace carillon::ui {

// A sentence in the colour of what it means, in light and in dark. Belongs to its parent.
class ToneLabel : public QLabel {
    Q_OBJECT

public:
    explicit ToneLabel(QWidget* parent = nullptr);

    void say(const QString& text, Tone tone);

protected:
    void changeEvent(QEvent* event) override;

private:
    void colour();

    Tone m_tone = Tone::Neutral;
};

} // namespace carillon::ui
