// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/CompletionList.h"

#include "ui/widgets/Theme.h"

#include <QAbstractItemView>
#include <QCompleter>
#include <QPainter>
#include <QPlainTextEdit>
#include <QScrollBar>
#include <QStandardItemModel>
#include <QStyledItemDelegate>

namespace carillon::ui {

namespace {

constexpr int detailRole = Qt::UserRole;
constexpr int mostShown = 500; // words; more are found by typing on
constexpr int widest = 640;

// The word at the left, its detail in grey beside it.
class WordDelegate : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        const QString detail = index.data(detailRole).toString();
        const int words = option.fontMetrics.horizontalAdvance(index.data().toString() + detail);
        return {words + 3 * Theme::Space, option.fontMetrics.height() + Theme::SmallSpace};
    }

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        const ThemeColours& colours = themeColours(option.palette);
        if (option.state & QStyle::State_Selected)
            painter->fillRect(option.rect, colours.accentSoft);
        const QRect inside = option.rect.adjusted(Theme::SmallSpace, 0, -Theme::SmallSpace, 0);
        const QString word = index.data().toString();
        painter->setPen(colours.text);
        painter->drawText(inside, Qt::AlignVCenter | Qt::AlignLeft, word);
        const int after = option.fontMetrics.horizontalAdvance(word) + Theme::Space;
        const QString detail = option.fontMetrics.elidedText(index.data(detailRole).toString(), Qt::ElideRight,
                                                             qMax(0, inside.width() - after));
        painter->setPen(colours.muted);
        painter->drawText(inside, Qt::AlignVCenter | Qt::AlignRight, detail);
    }
};

} // namespace

CompletionList::CompletionList(QPlainTextEdit* editor)
    : QObject(editor)
    , m_editor(editor)
    , m_words(new QStandardItemModel(this))
    , m_completer(new QCompleter(m_words, this))
{
    m_completer->setWidget(editor);
    m_completer->setCompletionMode(QCompleter::UnfilteredPopupCompletion);
    m_completer->setMaxVisibleItems(10);
    QAbstractItemView* popup = m_completer->popup();
    popup->setObjectName(QStringLiteral("completionPopup"));
    popup->setAccessibleName(tr("Completions"));
    popup->setItemDelegate(new WordDelegate(popup));
    connect(m_completer, qOverload<const QString&>(&QCompleter::activated), this, &CompletionList::chosen);
}

void CompletionList::show(const QList<Word>& words)
{
    m_words->clear();
    for (const Word& word : words.mid(0, mostShown)) {
        auto* item = new QStandardItem(word.text);
        item->setData(word.detail, detailRole);
        item->setData(word.detail.isEmpty() ? word.text : word.text + u", " + word.detail, Qt::AccessibleTextRole);
        m_words->appendRow(item);
    }
    QAbstractItemView* popup = m_completer->popup();
    m_completer->setCompletionPrefix(QString());
    popup->setCurrentIndex(m_completer->completionModel()->index(0, 0));
    int width = 0;
    for (int row = 0; row < m_words->rowCount(); ++row)
        width = qMax(width, popup->sizeHintForIndex(m_completer->completionModel()->index(row, 0)).width());
    QRect place = m_editor->cursorRect();
    place.setWidth(qMin(width + popup->verticalScrollBar()->sizeHint().width() + Theme::Space, widest));
    m_completer->complete(place.translated(m_editor->viewport()->pos()));
}

void CompletionList::hide()
{
    m_completer->popup()->hide();
}

bool CompletionList::isVisible() const
{
    return m_completer->popup()->isVisible();
}

QString CompletionList::current() const
{
    return m_completer->popup()->currentIndex().data().toString();
}

} // namespace carillon::ui
