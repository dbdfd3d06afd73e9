// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/campaigns/MissedDialog.h"

#include "ui/forms/Layouts.h"
#include "ui/widgets/Theme.h"
#include "ui/widgets/Words.h"

#include <QDialogButtonBox>
#include <QLabel>
#include <QListWidget>
#include <QPushButton>
#include <QVBoxLayout>

namespace carillon::ui {

namespace {

// Those who did not get it by mishap are meant; who was left out or cancelled on purpose is not, until somebody says so.
bool isMeantFirst(const MissedGroup& group)
{
    return group.state == DeliveryState::Failed || group.state == DeliveryState::Expired;
}

QString groupTitle(const MissedGroup& group)
{
    if (!group.sentence.isEmpty())
        return group.sentence;
    return group.state ? titleOf(*group.state) : LeftOutReason::sentence(group.reason);
}

} // namespace

MissedDialog::MissedDialog(const Campaign& campaign, const QList<MissedGroup>& groups, QWidget* parent)
    : QDialog(parent)
    , m_campaignId(campaign.id)
    , m_groups(groups)
    , m_list(new QListWidget(this))
    , m_count(makeLabel({}, "heading", this))
{
    setObjectName(QStringLiteral("missedDialog"));
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Send to the missed"));
    m_list->setObjectName(QStringLiteral("missedGroups"));
    m_list->setAccessibleName(tr("Whom the campaign missed"));
    m_list->setMinimumSize(420, 190);
    for (const MissedGroup& group : m_groups) {
        auto* item = new QListWidgetItem(u"%1: %2"_qs.arg(groupTitle(group), contactsText(group.contacts)), m_list);
        item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsUserCheckable);
        item->setCheckState(isMeantFirst(group) ? Qt::Checked : Qt::Unchecked);
    }
    m_count->setObjectName(QStringLiteral("missedCount"));
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    m_make = buttons->addButton(tr("Make a &draft"), QDialogButtonBox::AcceptRole);
    m_make->setObjectName(QStringLiteral("makeMissedDraft"));
    m_make->setDefault(true);
    setRole(m_make, "primary");
    auto* layout = new QVBoxLayout(this);
    layout->setSpacing(Theme::Space);
    layout->addWidget(makeLabel(tr("Whom did \u201c%1\u201d miss? The draft has the same topic and data; it can be changed "
                                   "and looked at before it is sent. Who got another of its deliveries is not among them.")
                                    .arg(campaign.name),
                                "muted", this));
    layout->addWidget(m_list, 1);
    layout->addWidget(m_count);
    layout->addWidget(buttons);
    connect(m_list, &QListWidget::itemChanged, this, &MissedDialog::update);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(buttons, &QDialogButtonBox::accepted, this, [this] {
        Q_EMIT draftAsked(chosen());
        accept();
    });
    update();
}

MissedAudience MissedDialog::chosen() const
{
    MissedAudience missed;
    missed.campaignId = m_campaignId;
    for (int row = 0; row < m_list->count(); ++row) {
        const MissedGroup& group = m_groups.at(row);
        if (m_list->item(row)->checkState() != Qt::Checked)
            continue;
        if (group.state)
            missed.states << *group.state;
        else
            missed.reasons << group.reason;
    }
    return missed;
}

void MissedDialog::update()
{
    qint64 contacts = 0;
    for (int row = 0; row < m_list->count(); ++row)
        contacts += m_list->item(row)->checkState() == Qt::Checked ? m_groups.at(row).contacts : 0;
    m_make->setEnabled(contacts > 0);
    m_count->setText(m_groups.isEmpty()  ? tr("It has missed nobody.")
                         : contacts == 0 ? tr("Nobody is chosen.")
                                         : contactsText(contacts));
}

} // namespace carillon::ui
