// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/forms/FormPlace.h"

#include <QLineEdit>
#include <QPlainTextEdit>
#include <QScrollArea>
#include <QScrollBar>

namespace carillon::ui {

namespace {

// A spin box has its line edit inside.
QLineEdit* lineOf(QWidget* field)
{
    auto* line = qobject_cast<QLineEdit*>(field);
    return line ? line : field->findChild<QLineEdit*>();
}

QScrollBar* scrollBarOf(const QWidget& around)
{
    const auto* area = around.findChild<QScrollArea*>();
    return area ? area->verticalScrollBar() : nullptr;
}

} // namespace

FormPlace::FormPlace(const QWidget& around)
{
    if (const QScrollBar* bar = scrollBarOf(around))
        m_scrolled = bar->value();
    QWidget* field = around.window()->focusWidget();
    if (!field || !around.isAncestorOf(field))
        return;
    m_focused = field->objectName();
    if (const auto* text = qobject_cast<QPlainTextEdit*>(field)) {
        m_anchor = text->textCursor().anchor();
        m_cursor = text->textCursor().position();
    } else if (const QLineEdit* line = lineOf(field)) {
        m_cursor = line->cursorPosition();
        m_anchor = !line->hasSelectedText()      ? m_cursor
            : line->selectionStart() == m_cursor ? line->selectionEnd()
                                                 : line->selectionStart();
    }
}

void FormPlace::restore(QWidget& around) const
{
    auto* field = m_focused.isEmpty() ? nullptr : around.findChild<QWidget*>(m_focused);
    if (field && !field->isHidden()) {
        field->setFocus(Qt::OtherFocusReason);
        if (auto* text = qobject_cast<QPlainTextEdit*>(field)) {
            QTextCursor cursor = text->textCursor();
            cursor.setPosition(m_anchor);
            cursor.setPosition(m_cursor, QTextCursor::KeepAnchor);
            text->setTextCursor(cursor);
        } else if (QLineEdit* line = lineOf(field)) {
            line->setSelection(m_anchor, m_cursor - m_anchor);
            if (m_anchor == m_cursor)
                line->setCursorPosition(m_cursor);
        }
    }
    if (QScrollBar* bar = scrollBarOf(around))
        bar->setValue(m_scrolled);
}

} // namespace carillon::ui
