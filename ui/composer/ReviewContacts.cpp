// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/composer/ReviewContacts.h"

#include "engine/model/EmailAddress.h"
#include "ui/forms/Layouts.h"
#include "ui/widgets/DataTable.h"
#include "ui/widgets/PagedTableModel.h"
#include "ui/widgets/Theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>

namespace carillon::ui {

namespace {

QString addressesOf(const Contact& contact)
{
    QStringList values;
    for (const Address& address : contact.addresses)
        values << shownAddress(address.channel, address.value);
    return values.join(QStringLiteral(", "));
}

QString nameOf(const Contact& contact)
{
    return contact.name.isEmpty() ? contact.externalId : contact.name;
}

} // namespace

ReviewContacts::ReviewContacts(const QString& name, const QString& title, QWidget* parent)
    : QWidget(parent)
    , m_title(makeLabel({}, "heading", this))
    , m_model(new PagedTableModel(this))
    , m_table(new DataTable(this))
{
    using Model = PagedTableModel;
    m_model->setColumns({Model::column<Contact>(tr("Name"), nameOf), Model::column<Contact>(tr("Addresses"), addressesOf)});
    m_model->setKey<Contact>([](const Contact& contact) { return contact.id; });
    m_table->setObjectName(name + u"Table");
    m_table->setAccessibleName(title);
    m_table->setModel(m_model);
    m_table->setColumnWidths({200, 0});
    m_table->setFixedHeight(200);
    auto* close = makeButton(tr("Hide"), name + u"Hide", this, "quiet");
    auto* row = new QHBoxLayout;
    row->addWidget(m_title, 1);
    row->addWidget(close, 0, Qt::AlignTop);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(Theme::SmallSpace);
    column->addLayout(row);
    column->addWidget(m_table);
    m_title->setWordWrap(true);
    connect(close, &QPushButton::clicked, this, &QWidget::hide);
    connect(m_model, &PagedTableModel::failed, this, &ReviewContacts::failed);
    connect(m_table, &DataTable::currentRowChanged, this, &ReviewContacts::choose);
    connect(m_table, &DataTable::opened, this, [this](int at) {
        if (const qint64 id = m_model->keyOfRow(at))
            Q_EMIT opened(id);
    });
    hide();
}

void ReviewContacts::showContacts(const QString& sentence, Source source)
{
    m_title->setText(sentence);
    m_model->setSource<Contact>(std::move(source));
    show();
    m_table->setFocus(Qt::OtherFocusReason);
}

void ReviewContacts::choose(int row)
{
    if (const std::optional<Contact> contact = m_model->rowAs<Contact>(row))
        Q_EMIT chosen(*contact);
}

} // namespace carillon::ui
