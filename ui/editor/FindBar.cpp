// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/FindBar.h"

#include "ui/editor/LiquidEditor.h"
#include "ui/widgets/Theme.h"
#include "ui/widgets/Words.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QToolButton>

#include <algorithm>

namespace carillon::ui {

namespace {

QToolButton* makeTool(const QString& text, const QString& tip, const QString& name, QWidget* parent)
{
    auto* made = new QToolButton(parent);
    made->setText(text);
    made->setToolTip(tip);
    made->setAccessibleName(tip);
    made->setObjectName(name);
    made->setAutoRaise(true);
    setRole(made, "quiet");
    return made;
}

QHBoxLayout* makeRow(QWidget* line)
{
    auto* row = new QHBoxLayout(line);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(Theme::SmallSpace);
    return row;
}

} // namespace

FindBar::FindBar(LiquidEditor* editor, QWidget* parent)
    : QWidget(parent)
    , m_editor(editor)
    , m_text(new QLineEdit(this))
    , m_with(new QLineEdit(this))
    , m_case(makeOption(tr("Aa"), tr("Match case"), QStringLiteral("findCase")))
    , m_word(makeOption(tr("Word"), tr("Whole words only"), QStringLiteral("findWord")))
    , m_regular(makeOption(tr(".*"), tr("Regular expression"), QStringLiteral("findRegular")))
    , m_found(new QLabel(this))
    , m_replaceLine(makeReplaceLine())
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 2, 0, 2);
    column->setSpacing(Theme::SmallSpace);
    column->addWidget(makeFindLine());
    column->addWidget(m_replaceLine);
    m_replaceLine->hide();
    connect(m_text, &QLineEdit::textChanged, this, [this] { search(true); });
    connect(editor, &LiquidEditor::edited, this, [this] {
        if (isVisible())
            search(false);
    });
    hide();
}

QToolButton* FindBar::makeOption(const QString& text, const QString& tip, const QString& name)
{
    QToolButton* option = makeTool(text, tip, name, this);
    option->setCheckable(true);
    connect(option, &QToolButton::toggled, this, [this] { search(true); });
    return option;
}

QWidget* FindBar::makeFindLine()
{
    auto* line = new QWidget(this);
    m_text->setObjectName(QStringLiteral("findText"));
    m_text->setPlaceholderText(tr("Find"));
    m_text->setAccessibleName(tr("Find in the text"));
    m_text->setClearButtonEnabled(true);
    m_found->setObjectName(QStringLiteral("findCount"));
    auto* previous = makeTool(tr("Previous"), tr("Previous match (Shift+Enter)"), QStringLiteral("findPrevious"), line);
    auto* next = makeTool(tr("Next"), tr("Next match (Enter)"), QStringLiteral("findNext"), line);
    auto* done = makeTool(tr("Close"), tr("Close (Escape)"), QStringLiteral("findClose"), line);
    QHBoxLayout* row = makeRow(line);
    row->addWidget(m_text, 1);
    for (QWidget* widget : std::initializer_list<QWidget*>{m_case, m_word, m_regular, m_found, previous, next, done})
        row->addWidget(widget);
    connect(previous, &QToolButton::clicked, this, [this] { find(true); });
    connect(next, &QToolButton::clicked, this, [this] { find(false); });
    connect(done, &QToolButton::clicked, this, &FindBar::close);
    return line;
}

QWidget* FindBar::makeReplaceLine()
{
    auto* line = new QWidget(this);
    m_with->setObjectName(QStringLiteral("replaceText"));
    m_with->setPlaceholderText(tr("Replace with"));
    m_with->setAccessibleName(tr("Replace with"));
    auto* one
        = makeTool(tr("Replace"), tr("Replace this match and go to the next (Enter)"), QStringLiteral("replaceOne"), line);
    auto* all = makeTool(tr("Replace all"), tr("Replace every match, as one step to undo (Ctrl+Enter)"),
                         QStringLiteral("replaceAll"), line);
    QHBoxLayout* row = makeRow(line);
    row->addWidget(m_with, 1);
    row->addWidget(one);
    row->addWidget(all);
    connect(one, &QToolButton::clicked, this, &FindBar::replace);
    connect(all, &QToolButton::clicked, this, &FindBar::replaceAll);
    return line;
}

void FindBar::open(bool replacing)
{
    const QString selected = m_editor->textCursor().selectedText();
    if (!selected.isEmpty() && !selected.contains(QChar::ParagraphSeparator))
        m_text->setText(selected);
    if (replacing || isHidden())
        m_replaceLine->setVisible(replacing);
    QWidget::show();
    search(false);
    m_text->setFocus(Qt::ShortcutFocusReason);
    m_text->selectAll();
}

void FindBar::close()
{
    hide();
    m_editor->setFound({});
    m_editor->setFocus(Qt::OtherFocusReason);
}

void FindBar::keyPressEvent(QKeyEvent* event)
{
    const bool enter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (event->key() == Qt::Key_Escape)
        close();
    else if (enter && (event->modifiers() & Qt::ControlModifier) && m_replaceLine->isVisible())
        replaceAll();
    else if (enter && m_with->hasFocus())
        replace();
    else if (enter)
        find(event->modifiers() & Qt::ShiftModifier);
    else
        QWidget::keyPressEvent(event);
}

void FindBar::say(const QString& text, bool wrong)
{
    m_found->setText(text);
    setRole(m_found, wrong ? "error" : "muted");
    m_text->setToolTip(wrong ? text : QString());
}

// Finds all matches anew. While the pattern is being typed the match under the cursor counts, too.
void FindBar::search(bool move)
{
    m_search = TextSearch(m_text->text(), {m_case->isChecked(), m_word->isChecked(), m_regular->isChecked()});
    QString failure = m_search.isEmpty() ? QString() : m_search.error();
    m_matches = m_search.matches(m_editor->text(), &failure);
    m_editor->setFound(m_matches);
    if (!failure.isEmpty())
        return say(failure, true);
    if (m_matches.isEmpty() || m_search.isEmpty())
        return say(m_search.isEmpty() ? QString() : tr("Not found"), false);
    if (move) {
        const int from = m_editor->textCursor().selectionStart();
        const auto next = std::find_if(m_matches.begin(), m_matches.end(),
                                       [from](const TextRange& match) { return match.start >= from; });
        show(next == m_matches.end() ? 0 : int(next - m_matches.begin()));
    } else {
        say(m_matches.size() == 1 ? tr("1 match") : tr("%1 matches").arg(countText(m_matches.size())), false);
    }
}

void FindBar::find(bool backward)
{
    if (isHidden() || m_matches.isEmpty())
        search(false);
    if (m_matches.isEmpty())
        return;
    const QTextCursor cursor = m_editor->textCursor();
    int match = 0;
    if (backward) {
        while (match < m_matches.size() && m_matches.at(match).start < cursor.selectionStart())
            ++match;
        match = int((match - 1 + m_matches.size()) % m_matches.size());
    } else {
        const int from = cursor.selectionEnd();
        while (match < m_matches.size() && m_matches.at(match).start < from)
            ++match;
        match = int(match % m_matches.size());
    }
    show(match);
}

void FindBar::show(int match)
{
    const TextRange& range = m_matches.at(match);
    QTextCursor cursor = m_editor->textCursor();
    cursor.setPosition(int(range.start));
    cursor.setPosition(int(range.end()), QTextCursor::KeepAnchor);
    m_editor->setTextCursor(cursor);
    const bool all = m_matches.size() < TextSearch::MostMatches;
    say(tr("%1 of %2").arg(countText(match + 1), all ? countText(m_matches.size()) : countText(m_matches.size()) + u'+'),
        false);
}

// Replaces what is selected when it is a match, and goes to the next one.
void FindBar::replace()
{
    QTextCursor cursor = m_editor->textCursor();
    const TextRange selected{cursor.selectionStart(), cursor.selectionEnd() - cursor.selectionStart()};
    if (m_matches.contains(selected)) {
        if (const auto with = m_search.replacement(m_editor->text(), selected, m_with->text())) {
            cursor.insertText(*with);
            m_editor->setTextCursor(cursor);
        }
    }
    find(false);
}

void FindBar::replaceAll()
{
    int count = 0;
    const QString replaced = m_search.replaceAll(m_editor->text(), m_with->text(), &count);
    if (count > 0)
        m_editor->replaceText(replaced);
    say(tr("%1 replaced").arg(countText(count)), false);
}

} // namespace carillon::ui
