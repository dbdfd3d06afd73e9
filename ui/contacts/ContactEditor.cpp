// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/contacts/ContactEditor.h"

#include "engine/model/Channel.h"
#include "ui/contacts/AttributeText.h"
#include "ui/contacts/DeviceList.h"
#include "ui/forms/FieldForm.h"
#include "ui/forms/Layouts.h"
#include "ui/forms/TimeZones.h"
#include "ui/widgets/Words.h"

#include <QComboBox>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScopedValueRollback>
#include <QTableWidget>
#include <QVBoxLayout>

namespace carillon::ui {

namespace {

QString stateTitle(AddressState state)
{
    switch (state) {
    case AddressState::Active: return ContactEditor::tr("Active");
    case AddressState::Unconfirmed: return ContactEditor::tr("Unconfirmed");
    case AddressState::Disabled: return ContactEditor::tr("Disabled");
    case AddressState::Bounced: return ContactEditor::tr("Bounced");
    }
    return {};
}

QTableWidget* makeTable(const QString& name, const QStringList& headers, QWidget* parent)
{
    auto* table = new QTableWidget(0, int(headers.size()), parent);
    table->setObjectName(name);
    table->setHorizontalHeaderLabels(headers);
    table->verticalHeader()->hide();
    table->verticalHeader()->setDefaultSectionSize(34);
    table->setShowGrid(false);
    table->setSelectionBehavior(QAbstractItemView::SelectRows);
    table->setTabKeyNavigation(false);
    table->setMinimumHeight(130);
    table->horizontalHeader()->setHighlightSections(false);
    table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    return table;
}

void removeSelectedRows(QTableWidget* table)
{
    for (int row = table->rowCount() - 1; row >= 0; --row) {
        if (table->selectionModel()->isRowSelected(row))
            table->removeRow(row);
    }
}

// A table with its "Add" and "Remove" under it.
QWidget* withButtons(QTableWidget* table, QPushButton* add, QPushButton* remove, QWidget* parent)
{
    auto* box = new QWidget(parent);
    auto* row = new QHBoxLayout;
    row->setSpacing(Theme::SmallSpace);
    row->addWidget(add);
    row->addWidget(remove);
    row->addStretch(1);
    auto* column = new QVBoxLayout(box);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(Theme::SmallSpace);
    column->addWidget(table);
    column->addLayout(row);
    return box;
}

} // namespace

ContactEditor::ContactEditor(QWidget* parent)
    : QWidget(parent)
    , m_title(makeLabel({}, "heading", this))
    , m_form(new FieldForm(this))
    , m_name(new QLineEdit(this))
    , m_externalId(new QLineEdit(this))
    , m_locale(new QLineEdit(this))
    , m_timeZone(makeTimeZoneBox(this))
    , m_quietHours(new QLineEdit(this))
    , m_devices(new DeviceList(this))
    , m_save(makeButton(tr("&Save"), QStringLiteral("saveContact"), this, "primary"))
    , m_remove(makeButton(tr("Dele&te…"), QStringLiteral("removeContact"), this, "danger"))
{
    m_name->setObjectName(QStringLiteral("contactName"));
    m_externalId->setObjectName(QStringLiteral("contactExternalId"));
    m_locale->setObjectName(QStringLiteral("contactLocale"));
    m_locale->setPlaceholderText(tr("the brand's"));
    m_timeZone->setObjectName(QStringLiteral("contactTimeZone"));
    m_timeZone->lineEdit()->setPlaceholderText(tr("the workspace's"));
    m_form->addField(QStringLiteral("name"), tr("Na&me"), m_name);
    m_form->addField(QStringLiteral("external_id"), tr("&External id"), m_externalId,
                     tr("Your own key for this contact, if you have one."));
    m_form->addField(QStringLiteral("locale"), tr("Lan&guage"), m_locale,
                     tr("A language tag, for example en, de or pt-BR."));
    m_form->addField(QStringLiteral("time_zone"), tr("Time &zone"), m_timeZone);
    m_quietHours->setObjectName(QStringLiteral("contactQuietHours"));
    m_quietHours->setPlaceholderText(tr("as the topic says"));
    m_form->addField(QStringLiteral("quiet_hours"), tr("&Quiet hours"), m_quietHours,
                     tr("For example 22:00-07:00, or none. Marketing waits until they are over; other topics only when they "
                        "have quiet hours of their own."));
    m_form->addWideField(QStringLiteral("addresses"), tr("Addresses"), makeAddresses());
    m_form->addWideField(QStringLiteral("attributes"), tr("Attributes"), makeAttributes());
    auto* content = new QWidget(this);
    auto* column = new QVBoxLayout(content);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(Theme::Space);
    column->addWidget(m_title);
    column->addWidget(m_form);
    column->addWidget(m_devices);
    column->addStretch(1);
    auto* whole = new QVBoxLayout(this);
    whole->setContentsMargins(0, 0, 0, 0);
    whole->addWidget(makeEditorCard(content, {m_remove, nullptr, m_save}, this));
    for (QLineEdit* line : {m_name, m_externalId, m_locale, m_quietHours})
        connect(line, &QLineEdit::textEdited, this, [this] { setDirty(true); });
    connect(m_timeZone, &QComboBox::currentTextChanged, this, [this] { setDirty(true); });
    connect(m_save, &QPushButton::clicked, this, &ContactEditor::saveAsked);
    connect(m_remove, &QPushButton::clicked, this, &ContactEditor::removeAsked);
}

QWidget* ContactEditor::makeAddresses()
{
    m_addresses = makeTable(QStringLiteral("contactAddresses"), {tr("Channel"), tr("Address"), tr("State")}, this);
    m_addresses->horizontalHeader()->setSectionResizeMode(1, QHeaderView::Stretch);
    m_addresses->setColumnWidth(0, 110);
    m_addresses->setColumnWidth(2, 130);
    auto* add = makeButton(tr("Add address"), QStringLiteral("addAddress"), this);
    auto* remove = makeButton(tr("Remove"), QStringLiteral("removeAddress"), this);
    connect(add, &QPushButton::clicked, this, [this] {
        addAddress({0, 0, QStringLiteral("email"), {}, AddressState::Active});
        m_addresses->setCurrentCell(m_addresses->rowCount() - 1, 1);
        m_addresses->editItem(m_addresses->currentItem());
        setDirty(true);
    });
    connect(remove, &QPushButton::clicked, this, [this] {
        removeSelectedRows(m_addresses);
        setDirty(true);
    });
    connect(m_addresses, &QTableWidget::itemChanged, this, [this] { setDirty(true); });
    return withButtons(m_addresses, add, remove, this);
}

QWidget* ContactEditor::makeAttributes()
{
    m_attributes = makeTable(QStringLiteral("contactAttributes"), {tr("Name"), tr("Value")}, this);
    m_attributes->horizontalHeader()->setStretchLastSection(true);
    m_attributes->setColumnWidth(0, 160);
    m_attributes->setToolTip(tr("Templates see these as contact.<name>"));
    auto* add = makeButton(tr("Add attribute"), QStringLiteral("addAttribute"), this);
    auto* remove = makeButton(tr("Remove"), QStringLiteral("removeAttribute"), this);
    connect(add, &QPushButton::clicked, this, [this] {
        addAttribute({}, {});
        m_attributes->setCurrentCell(m_attributes->rowCount() - 1, 0);
        m_attributes->editItem(m_attributes->currentItem());
        setDirty(true);
    });
    connect(remove, &QPushButton::clicked, this, [this] {
        removeSelectedRows(m_attributes);
        setDirty(true);
    });
    connect(m_attributes, &QTableWidget::itemChanged, this, [this] { setDirty(true); });
    return withButtons(m_attributes, add, remove, this);
}

void ContactEditor::addAddress(const Address& address)
{
    const int row = m_addresses->rowCount();
    m_addresses->insertRow(row);
    auto* channel = new QComboBox(m_addresses);
    for (const Channel& known : allChannels())
        channel->addItem(channelTitle(known.key), known.key);
    if (channel->findData(address.channel) < 0) // of a platform that a provider file brought along
        channel->addItem(channelTitle(address.channel), address.channel);
    channel->setCurrentIndex(channel->findData(address.channel));
    channel->setAccessibleName(tr("Channel"));
    auto* state = new QComboBox(m_addresses);
    for (const auto value : {AddressState::Active, AddressState::Unconfirmed, AddressState::Disabled, AddressState::Bounced})
        state->addItem(stateTitle(value), int(value));
    state->setCurrentIndex(state->findData(int(address.state)));
    state->setAccessibleName(tr("State"));
    auto* value = new QTableWidgetItem(address.value);
    value->setData(Qt::UserRole, address.id);
    m_addresses->setItem(row, 1, value);
    m_addresses->setCellWidget(row, 0, channel);
    m_addresses->setCellWidget(row, 2, state);
    for (QComboBox* box : {channel, state})
        connect(box, &QComboBox::currentIndexChanged, this, [this] { setDirty(true); });
}

void ContactEditor::addAttribute(const QString& key, const QString& value)
{
    const int row = m_attributes->rowCount();
    m_attributes->insertRow(row);
    m_attributes->setItem(row, 0, new QTableWidgetItem(key));
    m_attributes->setItem(row, 1, new QTableWidgetItem(value));
}

void ContactEditor::setContact(const Contact& contact)
{
    const QScopedValueRollback<bool> filling(m_filling, true);
    m_contact = contact;
    m_title->setText(contact.id == 0 ? tr("New contact") : contact.name.isEmpty() ? tr("Contact") : contact.name);
    m_name->setText(contact.name);
    m_externalId->setText(contact.externalId);
    m_locale->setText(contact.locale);
    m_timeZone->setCurrentText(contact.timeZone);
    m_quietHours->setText(contact.quietHours);
    m_addresses->setRowCount(0);
    for (const Address& address : contact.addresses)
        addAddress(address);
    if (contact.id == 0 && contact.addresses.isEmpty())
        addAddress({0, 0, QStringLiteral("email"), {}, AddressState::Active});
    m_devices->setDevices({});
    m_attributes->setRowCount(0);
    for (auto it = contact.attributes.constBegin(); it != contact.attributes.constEnd(); ++it)
        addAttribute(it.key(), attributeText(it.value()));
    m_remove->setVisible(contact.id != 0);
    clearErrors();
    m_filling = false;
    setDirty(false);
}

void ContactEditor::setDevices(const QList<Device>& devices)
{
    m_devices->setDevices(devices);
}

Contact ContactEditor::contact() const
{
    Contact contact = m_contact;
    contact.name = m_name->text().trimmed();
    contact.externalId = m_externalId->text().trimmed();
    contact.locale = m_locale->text().trimmed();
    contact.timeZone = m_timeZone->currentText().trimmed();
    contact.quietHours = m_quietHours->text().trimmed();
    contact.addresses.clear();
    for (int row = 0; row < m_addresses->rowCount(); ++row) {
        const QTableWidgetItem* value = m_addresses->item(row, 1);
        const auto* channel = qobject_cast<QComboBox*>(m_addresses->cellWidget(row, 0));
        const auto* state = qobject_cast<QComboBox*>(m_addresses->cellWidget(row, 2));
        if (!value->text().trimmed().isEmpty())
            contact.addresses << Address{value->data(Qt::UserRole).toLongLong(), contact.id,
                                         channel->currentData().toString(), value->text().trimmed(),
                                         AddressState(state->currentData().toInt())};
    }
    contact.attributes = {};
    for (int row = 0; row < m_attributes->rowCount(); ++row) {
        const QString key = m_attributes->item(row, 0)->text().trimmed();
        if (!key.isEmpty())
            contact.attributes.insert(key, attributeValue(m_attributes->item(row, 1)->text()));
    }
    return contact;
}

void ContactEditor::setSaved(qint64 id)
{
    m_contact = contact();
    m_contact.id = id;
    setDirty(false);
}

void ContactEditor::clearErrors()
{
    m_form->clearErrors();
}

// The service names an address by its channel or its place among them; here they share one line under the table.
bool ContactEditor::showError(const Error& error)
{
    for (const QString& table : {QStringLiteral("addresses"), QStringLiteral("attributes")}) {
        if (error.field.startsWith(table.left(7)))
            return m_form->showError({error.code, error.message, table});
    }
    return m_form->showError(error);
}

void ContactEditor::focusFirst()
{
    m_name->setFocus(Qt::OtherFocusReason);
}

void ContactEditor::setDirty(bool dirty)
{
    if (m_filling)
        return;
    m_dirty = dirty;
    m_save->setEnabled(dirty);
}

} // namespace carillon::ui
