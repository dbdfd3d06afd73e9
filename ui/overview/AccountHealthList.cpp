// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/overview/AccountHealthList.h"

#include "ui/widgets/DataTable.h"
#include "ui/widgets/EmptyState.h"
#include "ui/widgets/StateBadge.h"
#include "ui/widgets/Words.h"

#include <QLabel>
#include <QStandardItemModel>
#include <QVBoxLayout>

namespace carillon::ui {

namespace {

constexpr int ColumnCount = 4;

Tone toneOfHealth(const QString& state)
{
    if (state == u"ok")
        return Tone::Good;
    if (state == u"disabled")
        return Tone::Neutral;
    return state == u"down" ? Tone::Bad : Tone::Warning;
}

QString titleOfHealth(const QString& state)
{
    if (state == u"ok")
        return AccountHealthList::tr("Healthy");
    if (state == u"disabled")
        return AccountHealthList::tr("Disabled");
    if (state == u"down")
        return AccountHealthList::tr("Down");
    if (state == u"throttled")
        return AccountHealthList::tr("Throttled");
    if (state == u"needs password")
        return AccountHealthList::tr("Needs password");
    return state;
}

} // namespace

AccountHealthList::AccountHealthList(QWidget* parent)
    : QFrame(parent)
    , m_model(new QStandardItemModel(this))
    , m_table(new DataTable(this))
{
    setObjectName(QStringLiteral("accountHealth"));
    setRole(this, "card");
    auto* heading = new QLabel(tr("Accounts"), this);
    setRole(heading, "heading");
    m_model->setHorizontalHeaderLabels({tr("Account"), tr("State"), tr("Sent/min"), tr("Failed/min")});
    m_table->setObjectName(QStringLiteral("accountHealthTable"));
    m_table->setAccessibleName(tr("Accounts and their health"));
    for (int column = 2; column < ColumnCount; ++column)
        m_model->setHeaderData(column, Qt::Horizontal, static_cast<int>(Qt::AlignRight | Qt::AlignVCenter),
                               Qt::TextAlignmentRole);
    m_table->setModel(m_model);
    m_table->setItemDelegateForColumn(1, new StateBadgeDelegate(m_table));
    m_table->setColumnWidths({0, 152, 86, 96});
    m_table->setFrameShape(QFrame::NoFrame);
    m_table->setMinimumHeight(180);
    setRole(m_table, "bare");
    auto* empty = new EmptyState(QStringLiteral("accounts"), tr("No account yet"),
                                 tr("An account is a mail server or a service that messages go out through."),
                                 tr("Add an &account"), this);
    connect(empty, &EmptyState::stepTaken, this, &AccountHealthList::openAccounts);
    connect(m_table, &DataTable::opened, this, &AccountHealthList::openAccounts);
    m_empty = empty;
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(14, 12, 14, 8);
    layout->setSpacing(Theme::SmallSpace);
    layout->addWidget(heading);
    layout->addWidget(m_table, 1);
    layout->addWidget(m_empty, 1);
}

void AccountHealthList::setAccounts(const QList<AccountHealth>& accounts)
{
    m_model->setRowCount(static_cast<int>(accounts.size()));
    for (int row = 0; row < accounts.size(); ++row) {
        const AccountHealth& account = accounts.at(row);
        const QString cells[] = {account.name, titleOfHealth(account.state), countText(account.sentLastMinute),
                                 countText(account.failedLastMinute)};
        for (int column = 0; column < ColumnCount; ++column) {
            const QModelIndex index = m_model->index(row, column);
            m_model->setData(index, cells[column]);
            m_model->setData(index,
                             u"%1: %2 %3"_qs.arg(account.name, channelTitle(account.channel), account.detail).trimmed(),
                             Qt::ToolTipRole);
            if (column > 1)
                m_model->setData(index, static_cast<int>(Qt::AlignRight | Qt::AlignVCenter), Qt::TextAlignmentRole);
        }
        m_model->setData(m_model->index(row, 1), static_cast<int>(toneOfHealth(account.state)), ToneRole);
    }
    m_table->setVisible(!accounts.isEmpty());
    m_empty->setVisible(accounts.isEmpty());
}

} // namespace carillon::ui
