// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/overview/AccountHealthList.h"

#include "ui/accounts/HealthText.h"
#include "ui/forms/ToneLabel.h"
#include "ui/widgets/DataTable.h"
#include "ui/widgets/EmptyState.h"
#include "ui/widgets/StateBadge.h"
#include "ui/widgets/Words.h"

#include <QLabel>
#include <QStandardItemModel>
#include <QVBoxLayout>

#include <algorithm>
#include <array>

namespace carillon::ui {

namespace {

enum Column { NameColumn, StateColumn, RateColumn, InFlightColumn, SentColumn, FailedColumn, ColumnCount };

// Pixels of the columns but the name, which has the rest and needs so much.
constexpr std::array<int, ColumnCount> Widths{0, 146, 100, 98, 84, 94};
constexpr int LeastName = 110;

bool isWell(const AccountHealth& account)
{
    const Tone tone = healthTone(account);
    return (tone == Tone::Good && account.slowDestinations == 0) || tone == Tone::Neutral;
}

} // namespace

AccountHealthList::AccountHealthList(QWidget* parent)
    : QFrame(parent)
    , m_model(new QStandardItemModel(this))
    , m_table(new DataTable(this))
    , m_sentence(new ToneLabel(this))
{
    setObjectName(QStringLiteral("accountHealth"));
    setRole(this, "card");
    auto* heading = new QLabel(tr("Accounts"), this);
    setRole(heading, "heading");
    m_model->setHorizontalHeaderLabels(
        {tr("Account"), tr("State"), tr("May go"), tr("On the wire"), tr("Sent/min"), tr("Failed/min")});
    m_table->setObjectName(QStringLiteral("accountHealthTable"));
    m_table->setAccessibleName(tr("Accounts and their health"));
    for (int column = RateColumn; column < ColumnCount; ++column)
        m_model->setHeaderData(column, Qt::Horizontal, static_cast<int>(Qt::AlignRight | Qt::AlignVCenter),
                               Qt::TextAlignmentRole);
    m_table->setModel(m_model);
    m_table->setItemDelegateForColumn(StateColumn, new StateBadgeDelegate(m_table));
    m_table->setColumnWidths(QList<int>(Widths.cbegin(), Widths.cend()));
    m_table->setFrameShape(QFrame::NoFrame);
    m_table->setMinimumHeight(130);
    setRole(m_table, "bare");
    m_sentence->setObjectName(QStringLiteral("accountHealthSentence"));
    m_sentence->hide();
    auto* empty = new EmptyState(QStringLiteral("accounts"), tr("No account yet"),
                                 tr("An account is a mail server or a service that messages go out through."),
                                 tr("Add an &account"), this);
    connect(empty, &EmptyState::stepTaken, this, &AccountHealthList::openAccounts);
    connect(m_table, &DataTable::opened, this, &AccountHealthList::openAccounts);
    connect(m_table, &DataTable::currentRowChanged, this, &AccountHealthList::showSentence);
    m_empty = empty;
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(14, 12, 14, 8);
    layout->setSpacing(Theme::SmallSpace);
    layout->addWidget(heading);
    layout->addWidget(m_table, 1);
    layout->addWidget(m_sentence);
    layout->addWidget(m_empty, 1);
}

// What a narrow card has no room for is among the words of the account's own page.
void AccountHealthList::resizeEvent(QResizeEvent* event)
{
    QFrame::resizeEvent(event);
    int room = contentsRect().width() - layout()->contentsMargins().left() - layout()->contentsMargins().right() - LeastName;
    for (const Column column : {FailedColumn, StateColumn, SentColumn, RateColumn, InFlightColumn}) {
        room -= Widths.at(size_t(column));
        m_table->setColumnHidden(column, room < 0);
    }
}

void AccountHealthList::setAccounts(const QList<AccountHealth>& accounts, qint64 now)
{
    m_accounts = accounts;
    m_now = now;
    m_model->setRowCount(static_cast<int>(accounts.size()));
    for (int row = 0; row < accounts.size(); ++row)
        showRow(row);
    m_table->setVisible(!accounts.isEmpty());
    m_empty->setVisible(accounts.isEmpty());
    showSentence();
}

void AccountHealthList::showRow(int row)
{
    const AccountHealth& account = m_accounts.at(row);
    const QString sentence = healthSentence(account, m_now);
    const QString cells[] = {account.name,
                             healthTitle(account),
                             healthRate(account),
                             healthInFlight(account),
                             countText(account.sentLastMinute),
                             countText(account.failedLastMinute)};
    for (int column = 0; column < ColumnCount; ++column) {
        const QModelIndex index = m_model->index(row, column);
        m_model->setData(index, cells[column]);
        m_model->setData(index, u"%1, %2: %3"_qs.arg(account.name, channelTitle(account.channel), sentence),
                         Qt::ToolTipRole);
        if (column >= RateColumn)
            m_model->setData(index, static_cast<int>(Qt::AlignRight | Qt::AlignVCenter), Qt::TextAlignmentRole);
    }
    m_model->setData(m_model->index(row, StateColumn), static_cast<int>(healthTone(account)), ToneRole);
    m_model->setData(m_model->index(row, StateColumn), sentence, Qt::AccessibleTextRole);
}

void AccountHealthList::showSentence()
{
    const int row = m_table->currentRow();
    const auto unwell
        = std::find_if(m_accounts.cbegin(), m_accounts.cend(), [](const AccountHealth& one) { return !isWell(one); });
    const AccountHealth* shown = row >= 0 && row < m_accounts.size() ? &m_accounts.at(row)
        : unwell != m_accounts.cend()                                ? &*unwell
                                                                     : nullptr;
    m_sentence->setVisible(shown != nullptr);
    if (shown)
        m_sentence->say(u"%1: %2"_qs.arg(shown->name, healthSentence(*shown, m_now)),
                        isWell(*shown) ? Tone::Neutral : healthTone(*shown));
}

} // namespace carillon::ui
