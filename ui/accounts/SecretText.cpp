// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/accounts/SecretText.h"

#include <QAction>
#include <QFontDatabase>
#include <QToolButton>

namespace carillon::ui {

namespace {

constexpr int visibleLines = 4;
constexpr int cornerMargin = 3;

} // namespace

SecretText::SecretText(QWidget* parent)
    : QPlainTextEdit(parent)
{
    setTabChangesFocus(true);
    setLineWrapMode(QPlainTextEdit::NoWrap); // a key's lines are of one length, and tell nobody more when wrapped
    setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    setInputMethodHints(Qt::ImhMultiLine | Qt::ImhSensitiveData | Qt::ImhNoPredictiveText);
    const QMargins frame = contentsMargins();
    const int inner = qRound(document()->documentMargin()) * 2;
    setFixedHeight(fontMetrics().lineSpacing() * visibleLines + frame.top() + frame.bottom() + inner);
}

void SecretText::addAtCorner(QAction* action)
{
    m_button = new QToolButton(this);
    m_button->setDefaultAction(action);
    m_button->setAutoRaise(true);
    m_button->setAccessibleName(action->toolTip());
    placeButton();
}

void SecretText::resizeEvent(QResizeEvent* event)
{
    QPlainTextEdit::resizeEvent(event);
    placeButton();
}

// In the view's corner: beside the scroll bar when there is one.
void SecretText::placeButton()
{
    if (!m_button)
        return;
    m_button->adjustSize();
    const QRect view = viewport()->geometry();
    m_button->move(view.right() - m_button->width() - cornerMargin, view.top() + cornerMargin);
}

} // namespace carillon::ui
