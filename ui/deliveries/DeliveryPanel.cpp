// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/deliveries/DeliveryPanel.h"

#include "engine/base/Future.h"
#include "engine/model/EmailAddress.h"
#include "ui/widgets/DataTable.h"
#include "ui/widgets/Icon.h"
#include "ui/widgets/LogModel.h"
#include "ui/widgets/StateBadge.h"
#include "ui/widgets/Words.h"

#include <QFormLayout>
#include <QLabel>
#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>

namespace carillon::ui {

namespace {

QPushButton* makeLink(QWidget* parent, const char* name)
{
    auto* link = new QPushButton(parent);
    link->setObjectName(QString::fromLatin1(name));
    link->setCursor(Qt::PointingHandCursor);
    setRole(link, "link");
    return link;
}

QString orDash(const QString& text)
{
    return text.isEmpty() ? QStringLiteral("\u2013") : text;
}

// In a button's text a single ampersand would become a mnemonic.
QString buttonText(const QString& text)
{
    return QString(text).replace(u'&', QStringLiteral("&&"));
}

} // namespace

DeliveryPanel::DeliveryPanel(const DeliveryService& deliveries, QWidget* parent)
    : QFrame(parent)
    , m_deliveries(deliveries)
    , m_contact(makeLink(this, "deliveryContact"))
    , m_campaign(makeLink(this, "deliveryCampaign"))
    , m_state(new StateBadge(this))
    , m_facts(new QFormLayout)
    , m_followed(makeLink(this, "deliveryFollowed"))
    , m_error(new QLabel(this))
    , m_log(new LogModel(this))
    , m_logTable(new DataTable(this))
{
    setObjectName(QStringLiteral("deliveryPanel"));
    setRole(this, "card");
    m_state->setObjectName(QStringLiteral("deliveryState"));
    auto* head = new QHBoxLayout;
    head->addWidget(m_contact);
    head->addStretch();
    head->addWidget(m_state);
    auto* close = new QToolButton(this);
    close->setObjectName(QStringLiteral("closeDelivery"));
    close->setIcon(icon(QStringLiteral("close")));
    close->setAccessibleName(tr("Close the details"));
    close->setToolTip(tr("Close the details"));
    setRole(close, "quiet");
    head->addWidget(close);
    connect(close, &QToolButton::clicked, this, [this] {
        m_id = 0;
        hide();
        Q_EMIT closed();
    });
    auto* form = m_facts;
    form->setHorizontalSpacing(Theme::Space);
    form->setVerticalSpacing(4);
    m_address = addFact(form, tr("Address"));
    auto* campaignName = new QLabel(tr("Campaign"), this);
    setRole(campaignName, "muted");
    form->addRow(campaignName, m_campaign);
    m_topic = addFact(form, tr("Topic"));
    m_trigger = addFact(form, tr("Trigger"));
    auto* followsName = new QLabel(tr("Steps in for"), this);
    setRole(followsName, "muted");
    form->addRow(followsName, m_followed);
    m_account = addFact(form, tr("Account"));
    m_attempts = addFact(form, tr("Tries"));
    m_due = addFact(form, tr("Next try"));
    m_messageId = addFact(form, tr("Message id"));
    m_providerId = addFact(form, tr("Provider\u2019s id"));
    setRole(m_error, "error");
    m_error->setTextFormat(Qt::PlainText);
    m_error->setWordWrap(true);
    m_error->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    auto* heading = new QLabel(tr("What happened"), this);
    setRole(heading, "heading");
    m_logTable->setObjectName(QStringLiteral("deliveryLog"));
    m_logTable->setAccessibleName(tr("Log of this delivery, oldest first"));
    m_log->hideFields({QStringLiteral("address"), QStringLiteral("channel")});
    m_logTable->setModel(m_log);
    m_logTable->setItemDelegateForColumn(LogModel::TypeColumn, new StateBadgeDelegate(m_logTable));
    m_logTable->setColumnWidths({88, 108, 0});
    setRole(m_logTable, "bare");
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 14, 16, 14);
    layout->setSpacing(Theme::Space);
    layout->addLayout(head);
    layout->addLayout(form);
    layout->addWidget(m_error);
    layout->addWidget(heading);
    layout->addWidget(m_logTable, 1);
    connect(m_contact, &QPushButton::clicked, this, [this] { Q_EMIT openContact(m_contactId); });
    connect(m_campaign, &QPushButton::clicked, this, [this] { Q_EMIT openCampaign(m_campaignId); });
    connect(m_followed, &QPushButton::clicked, this, [this] { setDelivery(m_follows); });
}

QLabel* DeliveryPanel::addFact(QFormLayout* form, const QString& name)
{
    auto* title = new QLabel(name, this);
    setRole(title, "muted");
    auto* value = new QLabel(this);
    value->setTextFormat(Qt::PlainText);
    value->setTextInteractionFlags(Qt::TextSelectableByMouse);
    value->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred); // a long id must not widen the window
    form->addRow(title, value);
    return value;
}

void DeliveryPanel::setDelivery(qint64 id)
{
    m_id = id;
    refresh();
}

void DeliveryPanel::refresh()
{
    if (m_id == 0)
        return;
    whenReady(m_deliveries.get(m_id), this, [this, id = m_id](const Result<DeliveryDetail>& detail) {
        if (id != m_id)
            return;
        if (detail)
            show(*detail);
        else
            Q_EMIT problem(detail.error());
    });
}

void DeliveryPanel::show(const DeliveryDetail& detail)
{
    const Delivery& delivery = detail.row.delivery;
    m_contactId = delivery.contactId;
    m_campaignId = delivery.campaignId;
    m_contact->setText(buttonText(detail.row.contactName.isEmpty() ? shownAddress(delivery.channel, delivery.address)
                                                                   : detail.row.contactName));
    m_contact->setToolTip(tr("Open the contact"));
    m_campaign->setText(buttonText(orDash(detail.row.campaignName)));
    m_campaign->setEnabled(m_campaignId > 0);
    m_state->setState(titleOf(delivery.state), toneOf(delivery.state));
    const std::pair<QLabel*, QString> facts[]
        = {{m_address, u"%1 (%2)"_qs.arg(shownAddress(delivery.channel, delivery.address), channelTitle(delivery.channel))},
           {m_topic, orDash(detail.row.topicKey)},
           {m_trigger, QString::number(delivery.triggerId)},
           {m_account, orDash(detail.row.accountName)},
           {m_attempts, countText(delivery.attempts)},
           {m_due, isFinal(delivery.state) ? QStringLiteral("\u2013") : timeText(delivery.dueAt)},
           {m_messageId, orDash(delivery.messageId)},
           {m_providerId, orDash(delivery.providerId)}};
    for (const auto& [label, text] : facts) {
        label->setText(text);
        label->setToolTip(text);
    }
    m_facts->setRowVisible(m_trigger, delivery.triggerId > 0);
    m_facts->setRowVisible(m_campaign, m_campaignId > 0);
    showFollows(delivery.follows);
    m_error->setText(delivery.lastError);
    m_error->setVisible(!delivery.lastError.isEmpty());
    m_log->setEntries(detail.log);
    QWidget::show();
}

void DeliveryPanel::showFollows(qint64 deliveryId)
{
    m_follows = deliveryId;
    m_facts->setRowVisible(m_followed, deliveryId > 0);
    m_followed->setText(tr("delivery %1 on another channel").arg(deliveryId));
    m_followed->setToolTip(tr("Show that delivery"));
}

} // namespace carillon::ui
