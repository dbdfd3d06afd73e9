// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/CommandPalette.h"

#include "ui/widgets/Icon.h"
#include "ui/widgets/Theme.h"

#include <QKeyEvent>
#include <QLineEdit>
#include <QListView>
#include <QPainter>
#include <QStandardItemModel>
#include <QStyledItemDelegate>
#include <QVBoxLayout>

namespace carillon::ui {

namespace {

constexpr int DetailRole = Qt::UserRole + 1;
constexpr int Width = 560;
constexpr int Height = 380;

// The title at the left, what kind of thing it is at the right in a quieter colour.
class CommandDelegate : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        QStyledItemDelegate::paint(painter, option, index);
        painter->save();
        painter->setPen(themeColours(option.palette).muted);
        painter->drawText(option.rect.adjusted(0, 0, -12, 0), Qt::AlignRight | Qt::AlignVCenter,
                          index.data(DetailRole).toString());
        painter->restore();
    }

    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        return {QStyledItemDelegate::sizeHint(option, index).width(), 34};
    }
};

} // namespace

CommandPalette::CommandPalette(QWidget* window)
    : QFrame(window)
    , m_field(new QLineEdit(this))
    , m_list(new QListView(this))
    , m_model(new QStandardItemModel(this))
{
    setObjectName(QStringLiteral("commandPalette"));
    setAccessibleName(tr("Command palette"));
    m_field->setObjectName(QStringLiteral("commandField"));
    m_field->setPlaceholderText(tr("Find a topic, contact, campaign, page or action"));
    m_field->setAccessibleName(m_field->placeholderText());
    m_field->installEventFilter(this);
    m_list->setObjectName(QStringLiteral("commandList"));
    m_list->setAccessibleName(tr("What was found"));
    m_list->setModel(m_model);
    m_list->setItemDelegate(new CommandDelegate(m_list));
    m_list->setFocusPolicy(Qt::NoFocus);
    m_list->setUniformItemSizes(true);
    m_list->setIconSize({18, 18});
    m_list->setEditTriggers(QAbstractItemView::NoEditTriggers);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(10, 10, 10, 6);
    layout->setSpacing(Theme::SmallSpace);
    layout->addWidget(m_field);
    layout->addWidget(m_list);
    connect(m_field, &QLineEdit::textChanged, this, &CommandPalette::search);
    connect(m_field, &QLineEdit::returnPressed, this, &CommandPalette::runCurrent);
    connect(m_list, &QListView::clicked, this, &CommandPalette::runCurrent);
    hide();
}

void CommandPalette::popUp(QList<Command> commands)
{
    m_commands = std::move(commands);
    const QSize size(std::min(Width, parentWidget()->width() - 40), std::min(Height, parentWidget()->height() - 80));
    setGeometry(QRect(QPoint((parentWidget()->width() - size.width()) / 2, 56), size));
    m_field->clear();
    search({});
    show();
    raise();
    m_field->setFocus(Qt::PopupFocusReason);
}

void CommandPalette::addFound(const QString& text, const QList<Command>& found)
{
    if (!isVisible() || text != m_field->text().trimmed())
        return;
    for (const Command& command : found)
        append(command);
    if (!m_list->currentIndex().isValid())
        m_list->setCurrentIndex(m_model->index(0, 0));
}

int CommandPalette::rank(const QString& title, const QString& text)
{
    int worst = 0;
    const QStringList words = text.split(u' ', Qt::SkipEmptyParts);
    for (const QString& word : words) {
        const auto at = title.indexOf(word, 0, Qt::CaseInsensitive);
        if (at < 0)
            return -1;
        worst = std::max(worst, at == 0 ? 0 : title.at(at - 1).isLetterOrNumber() ? 2 : 1);
    }
    return worst;
}

bool CommandPalette::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::FocusOut) {
        hide();
    } else if (event->type() == QEvent::KeyPress) {
        switch (static_cast<QKeyEvent*>(event)->key()) {
        case Qt::Key_Escape: hide(); return true;
        case Qt::Key_Down: moveBy(1); return true;
        case Qt::Key_Up: moveBy(-1); return true;
        case Qt::Key_PageDown: moveBy(8); return true;
        case Qt::Key_PageUp: moveBy(-8); return true;
        default: break;
        }
    }
    return QFrame::eventFilter(watched, event);
}

void CommandPalette::search(const QString& typed)
{
    const QString text = typed.trimmed();
    m_model->clear();
    m_shown.clear();
    for (int wanted = 0; wanted <= 2; ++wanted) {
        for (const Command& command : m_commands) {
            if (rank(command.title, text) == wanted)
                append(command);
        }
    }
    m_list->setCurrentIndex(m_model->index(0, 0));
    if (text.size() >= 2)
        Q_EMIT searched(text);
}

void CommandPalette::append(const Command& command)
{
    if (m_shown.size() >= MostShown)
        return;
    auto* item = new QStandardItem(icon(command.iconName), command.title);
    item->setData(command.detail, DetailRole);
    m_model->appendRow(item);
    m_shown.append(command);
}

void CommandPalette::runCurrent()
{
    const int row = m_list->currentIndex().row();
    if (row < 0 || row >= m_shown.size())
        return;
    const Command command = m_shown.at(row);
    hide();
    command.run();
}

void CommandPalette::moveBy(int rows)
{
    if (m_model->rowCount() > 0)
        m_list->setCurrentIndex(
            m_model->index(std::clamp(m_list->currentIndex().row() + rows, 0, m_model->rowCount() - 1), 0));
}

} // namespace carillon::ui
