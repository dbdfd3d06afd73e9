// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/composer/AudienceStep.h"

#include "ui/forms/Layouts.h"
#include "ui/widgets/Words.h"

#include <QLabel>
#include <QListWidget>
#include <QRadioButton>
#include <QScopedValueRollback>
#include <QVBoxLayout>

namespace carillon::ui {

AudienceStep::AudienceStep(QWidget* parent)
    : QWidget(parent)
    , m_everyone(new QRadioButton(tr("&Everyone"), this))
    , m_onLists(new QRadioButton(tr("The contacts on these li&sts, each once"), this))
    , m_ofMissed(new QRadioButton(this))
    , m_choice(new QListWidget(this))
    , m_count(makeLabel({}, "figure", this))
{
    m_everyone->setObjectName(QStringLiteral("audienceEveryone"));
    m_onLists->setObjectName(QStringLiteral("audienceLists"));
    m_onLists->setChecked(true);
    m_ofMissed->setObjectName(QStringLiteral("audienceMissed"));
    m_ofMissed->hide();
    m_choice->setObjectName(QStringLiteral("audienceChoice"));
    m_choice->setAccessibleName(tr("Lists"));
    m_count->setObjectName(QStringLiteral("audienceCount"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(Theme::Space);
    column->addWidget(makeLabel(tr("Who is it for?"), "heading", this));
    column->addWidget(m_ofMissed);
    column->addWidget(m_everyone);
    column->addWidget(m_onLists);
    column->addWidget(m_choice, 1);
    column->addWidget(m_count);
    column->addWidget(makeLabel(tr("Who of them gets it, and who does not and why, is under Review."), "muted", this));
    connect(m_everyone, &QRadioButton::toggled, this, &AudienceStep::update);
    connect(m_ofMissed, &QRadioButton::toggled, this, &AudienceStep::update);
    connect(m_choice, &QListWidget::itemChanged, this, &AudienceStep::update);
    connect(m_choice, &QListWidget::itemActivated, this, [](QListWidgetItem* item) {
        item->setCheckState(item->checkState() == Qt::Checked ? Qt::Unchecked : Qt::Checked);
    });
}

void AudienceStep::setLists(const QList<ContactList>& lists)
{
    m_lists = lists;
    fill();
}

void AudienceStep::setEveryoneCount(qint64 count)
{
    m_everyone->setText(tr("&Everyone (%1)").arg(countText(count)));
}

void AudienceStep::setAudience(const Audience& audience)
{
    m_audience = audience;
    m_missed = audience.missed;
    fill();
}

QString AudienceStep::missedText(const MissedAudience& missed)
{
    QStringList groups;
    for (const DeliveryState state : missed.states)
        groups << titleOf(state).toLower();
    for (const QString& reason : missed.reasons)
        groups << LeftOutReason::sentence(reason);
    return tr("Whom campaign %1 &missed: %2").arg(missed.campaignId).arg(groups.join(QStringLiteral("; ")));
}

Audience AudienceStep::audience() const
{
    return m_audience;
}

void AudienceStep::fill()
{
    const QScopedValueRollback<bool> filling(m_filling, true);
    m_ofMissed->setVisible(m_missed.has_value());
    if (m_missed)
        m_ofMissed->setText(missedText(*m_missed));
    (m_audience.missed ? m_ofMissed : m_audience.everyone ? m_everyone : m_onLists)->setChecked(true);
    m_choice->clear();
    for (const ContactList& list : qAsConst(m_lists)) {
        auto* item = new QListWidgetItem(tr("%1 (%2)").arg(list.name, countText(list.memberCount)), m_choice);
        item->setData(Qt::UserRole, list.id);
        item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsUserCheckable);
        item->setCheckState(m_audience.listIds.contains(list.id) ? Qt::Checked : Qt::Unchecked);
    }
    m_choice->setEnabled(m_onLists->isChecked());
}

// A list that is gone but chosen stays chosen until somebody changes the choice: the service says what is wrong with it.
void AudienceStep::update()
{
    if (m_filling)
        return;
    m_audience.everyone = m_everyone->isChecked();
    m_audience.missed = m_ofMissed->isChecked() ? m_missed : std::nullopt;
    m_audience.listIds.clear();
    for (int row = 0; row < m_choice->count() && m_onLists->isChecked(); ++row) {
        if (m_choice->item(row)->checkState() == Qt::Checked)
            m_audience.listIds << m_choice->item(row)->data(Qt::UserRole).toLongLong();
    }
    m_choice->setEnabled(m_onLists->isChecked());
    Q_EMIT changed();
}

void AudienceStep::showNotice(const QString& sentence)
{
    setRole(m_count, "muted");
    m_count->setText(sentence);
}

void AudienceStep::showCount(qint64 contacts)
{
    setRole(m_count, "figure");
    m_count->setText(contacts < 0 ? tr("Counting…") : contactsText(contacts));
}

} // namespace carillon::ui
