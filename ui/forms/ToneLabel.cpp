// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/forms/ToneLabel.h"

#include <QEvent>

namespace carillon::ui {

ToneLabel::ToneLabel(QWidget* parent)
    : QLabel(parent)
{
    setWordWrap(true);
    setTextFormat(Qt::PlainText);
    setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
}

void ToneLabel::say(const QString& text, Tone tone)
{
    m_tone = tone;
    setText(text);
    colour();
}

void ToneLabel::changeEvent(QEvent* event)
{
    QLabel::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        colour();
}

// Setting a style sheet changes the palette once more: only a new colour is set.
void ToneLabel::colour()
{
    const QString wanted = QStringLiteral("color: %1").arg(toneColour(parentWidget()->palette(), m_tone).name());
    if (styleSheet() != wanted)
        setStyleSheet(wanted);
}

} // namespace carillon::ui
