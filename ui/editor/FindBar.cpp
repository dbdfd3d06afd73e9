// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/FindBar.h"

#include "ui/widgets/Theme.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QToolButton>

namespace carillon::ui {

namespace {

QToolButton* button(const QString& text, const QString& tip, const QString& name, QWidget* parent)
{
    auto* made = new QToolButton(parent);
    made->setText(text);
    made->setToolTip(tip);
    made->setAccessibleName(tip);
    made->setObjectName(name);
    made->setAutoRaise(true);
    return made;
}

} // namespace

FindBar::FindBar(QPlainTextEdit* editor, QWidget* parent)
    : QWidget(parent)
    , m_editor(editor)
    , m_text(new QLineEdit(this))
    , m_found(new QLabel(this))
{
    m_text->setObjectName(QStringLiteral("findText"));
    m_text->setPlaceholderText(tr("Find"));
    m_text->setAccessibleName(tr("Find in the text"));
    m_text->setClearButtonEnabled(true);
    setRole(m_found, "muted");
    auto* previous = button(tr("Previous"), tr("Previous match (Shift+Enter)"), QStringLiteral("findPrevious"), this);
    auto* next = button(tr("Next"), tr("Next match (Enter)"), QStringLiteral("findNext"), this);
    auto* done = button(tr("Close"), tr("Close (Escape)"), QStringLiteral("findClose"), this);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(Theme::SmallSpace);
    row->addWidget(m_text, 1);
    row->addWidget(m_found);
    row->addWidget(previous);
    row->addWidget(next);
    row->addWidget(done);
    connect(m_text, &QLineEdit::textChanged, this, [this] { find(false, true); });
    connect(previous, &QToolButton::clicked, this, [this] { find(true, false); });
    connect(next, &QToolButton::clicked, this, [this] { find(false, false); });
    connect(done, &QToolButton::clicked, this, &FindBar::close);
    hide();
}

void FindBar::open()
{
    const QString selected = m_editor->textCursor().selectedText();
    if (!selected.isEmpty() && !selected.contains(QChar::ParagraphSeparator))
        m_text->setText(selected);
    show();
    m_text->setFocus(Qt::ShortcutFocusReason);
    m_text->selectAll();
}

void FindBar::close()
{
    hide();
    m_editor->setFocus(Qt::OtherFocusReason);
}

void FindBar::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape)
        close();
    else if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)
        find(event->modifiers() & Qt::ShiftModifier, false);
    else
        QWidget::keyPressEvent(event);
}

// Finds the next match, going round at the end. While the word is being typed the match under the cursor counts, too.
void FindBar::find(bool backward, bool fromStart)
{
    const QString wanted = m_text->text();
    m_found->clear();
    if (wanted.isEmpty())
        return;
    QTextCursor from = m_editor->textCursor();
    if (fromStart)
        from.setPosition(from.selectionStart());
    const QTextDocument::FindFlags flags = backward ? QTextDocument::FindBackward : QTextDocument::FindFlags();
    QTextCursor match = m_editor->document()->find(wanted, from, flags);
    if (match.isNull()) {
        from.movePosition(backward ? QTextCursor::End : QTextCursor::Start);
        match = m_editor->document()->find(wanted, from, flags);
    }
    if (match.isNull())
        m_found->setText(tr("Not found"));
    else
        m_editor->setTextCursor(match);
}

} // namespace carillon::ui
