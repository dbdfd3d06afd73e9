// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/topics/RoutesEditor.h"

#include "ui/forms/Layouts.h"
#include "ui/widgets/Words.h"

#include <QHBoxLayout>
#include <QLineEdit>
#include <QListWidget>
#include <QMenu>
#include <QPushButton>
#include <QSignalBlocker>

#include <algorithm>

namespace carillon::ui {

namespace {

enum RouteRole { IdRole = Qt::UserRole, AccountRole, DestinationRole };

} // namespace

RoutesEditor::RoutesEditor(QWidget* parent)
    : QWidget(parent)
    , m_list(new QListWidget(this))
    , m_destination(new QLineEdit(this))
    , m_add(makeButton(tr("Add account"), QStringLiteral("addRoute"), this))
    , m_up(makeButton(tr("Up"), QStringLiteral("routeUp"), this))
    , m_down(makeButton(tr("Down"), QStringLiteral("routeDown"), this))
    , m_remove(makeButton(tr("Remove"), QStringLiteral("removeRoute"), this))
    , m_menu(new QMenu(m_add))
{
    m_list->setObjectName(QStringLiteral("routeList"));
    m_list->setAccessibleName(tr("Accounts in fallback order"));
    m_list->setDragDropMode(QAbstractItemView::InternalMove);
    m_list->setFixedHeight(112);
    m_destination->setObjectName(QStringLiteral("routeDestination"));
    m_destination->setAccessibleName(tr("Fixed address of the chosen account"));
    m_destination->setPlaceholderText(tr("To each contact's own address (type one to send everything there)"));
    m_up->setShortcut(QKeySequence(Qt::ALT | Qt::Key_Up));
    m_up->setToolTip(tr("Try it earlier (Alt+Up)"));
    m_down->setShortcut(QKeySequence(Qt::ALT | Qt::Key_Down));
    m_down->setToolTip(tr("Try it later (Alt+Down)"));
    m_add->setMenu(m_menu);
    setFocusProxy(m_list);
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(Theme::SmallSpace);
    for (QPushButton* button : {m_add, m_up, m_down, m_remove})
        buttons->addWidget(button);
    buttons->addStretch(1);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(Theme::SmallSpace);
    column->addWidget(m_list);
    column->addWidget(m_destination);
    column->addLayout(buttons);
    connect(m_list, &QListWidget::currentRowChanged, this, &RoutesEditor::showCurrent);
    connect(m_list->model(), &QAbstractItemModel::rowsMoved, this, &RoutesEditor::changed);
    connect(m_destination, &QLineEdit::textEdited, this, &RoutesEditor::setDestination);
    connect(m_up, &QPushButton::clicked, this, [this] { move(-1); });
    connect(m_down, &QPushButton::clicked, this, [this] { move(+1); });
    connect(m_remove, &QPushButton::clicked, this, &RoutesEditor::removeCurrent);
    showCurrent();
}

void RoutesEditor::setAccounts(const QList<Account>& accounts)
{
    m_accounts = accounts;
    for (int row = 0; row < m_list->count(); ++row)
        describe(m_list->item(row));
    fillMenu();
}

void RoutesEditor::fillMenu()
{
    m_menu->clear();
    for (const Account& account : qAsConst(m_accounts)) {
        m_menu->addAction(tr("%1 (%2)").arg(account.name, channelTitle(account.channel)), this, [this, account] {
            append({0, 0, account.id, 0, {}});
            m_list->setCurrentRow(m_list->count() - 1);
            Q_EMIT changed();
        });
    }
    m_add->setEnabled(!m_menu->isEmpty());
    m_add->setToolTip(m_menu->isEmpty() ? tr("There is no account yet: add one on the page Accounts") : QString());
}

void RoutesEditor::setRoutes(const QList<Route>& routes)
{
    QList<Route> sorted = routes;
    std::stable_sort(sorted.begin(), sorted.end(),
                     [](const Route& one, const Route& other) { return one.position < other.position; });
    m_list->clear();
    for (const Route& route : qAsConst(sorted))
        append(route);
    m_list->setCurrentRow(0);
    showCurrent();
}

QList<Route> RoutesEditor::routes() const
{
    QList<Route> routes;
    for (int row = 0; row < m_list->count(); ++row) {
        const QListWidgetItem* item = m_list->item(row);
        routes << Route{item->data(IdRole).toLongLong(), 0, item->data(AccountRole).toLongLong(), row,
                        item->data(DestinationRole).toString()};
    }
    return routes;
}

void RoutesEditor::adopt(const QList<Route>& stored)
{
    for (int row = 0; row < m_list->count(); ++row) {
        QListWidgetItem* item = m_list->item(row);
        for (const Route& route : stored) {
            if (route.accountId == item->data(AccountRole).toLongLong()
                && route.destination == item->data(DestinationRole).toString())
                item->setData(IdRole, route.id);
        }
    }
}

void RoutesEditor::append(const Route& route)
{
    auto* item = new QListWidgetItem(m_list);
    item->setData(IdRole, route.id);
    item->setData(AccountRole, route.accountId);
    item->setData(DestinationRole, route.destination);
    describe(item);
}

void RoutesEditor::describe(QListWidgetItem* item) const
{
    const qint64 id = item->data(AccountRole).toLongLong();
    const auto account = std::find_if(m_accounts.cbegin(), m_accounts.cend(), [id](const Account& a) { return a.id == id; });
    const QString name = account == m_accounts.cend() ? tr("Account %1").arg(id)
                                                      : tr("%1 (%2)").arg(account->name, channelTitle(account->channel));
    const QString destination = item->data(DestinationRole).toString();
    item->setText(destination.isEmpty() ? name : tr("%1, always to %2").arg(name, destination));
}

void RoutesEditor::move(int step)
{
    const int row = m_list->currentRow();
    if (row < 0 || row + step < 0 || row + step >= m_list->count())
        return;
    const QSignalBlocker quiet(m_list);
    QListWidgetItem* item = m_list->takeItem(row);
    m_list->insertItem(row + step, item);
    m_list->setCurrentRow(row + step);
    showCurrent();
    Q_EMIT changed();
}

void RoutesEditor::removeCurrent()
{
    delete m_list->takeItem(m_list->currentRow());
    showCurrent();
    Q_EMIT changed();
}

void RoutesEditor::showCurrent()
{
    const QListWidgetItem* item = m_list->currentItem();
    m_destination->setText(item ? item->data(DestinationRole).toString() : QString());
    m_destination->setVisible(item);
    m_up->setEnabled(m_list->currentRow() > 0);
    m_down->setEnabled(item && m_list->currentRow() < m_list->count() - 1);
    m_remove->setEnabled(item);
}

void RoutesEditor::setDestination(const QString& destination)
{
    if (QListWidgetItem* item = m_list->currentItem()) {
        item->setData(DestinationRole, destination.trimmed());
        describe(item);
        Q_EMIT changed();
    }
}

} // namespace carillon::ui
