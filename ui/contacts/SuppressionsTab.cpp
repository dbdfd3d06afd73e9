// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/contacts/SuppressionsTab.h"

#include "engine/model/Channel.h"
#include "engine/model/EmailAddress.h"
#include "engine/service/ContactService.h"
#include "ui/forms/Layouts.h"
#include "ui/frame/Prompts.h"
#include "ui/widgets/DataTable.h"
#include "ui/widgets/PagedTableModel.h"
#include "ui/widgets/Words.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>

namespace carillon::ui {

namespace {

QString reasonTitle(const QString& reason)
{
    if (reason == u"bounced")
        return SuppressionsTab::tr("Bounced");
    if (reason == u"complained")
        return SuppressionsTab::tr("Complained");
    if (reason == u"unsubscribed")
        return SuppressionsTab::tr("Unsubscribed");
    return reason == u"manual" ? SuppressionsTab::tr("By hand") : reason;
}

} // namespace

SuppressionsTab::SuppressionsTab(ContactService& contacts, const Caller& caller, Prompts& prompts, QWidget* parent)
    : QWidget(parent)
    , m_contacts(contacts)
    , m_caller(caller)
    , m_prompts(prompts)
    , m_model(new PagedTableModel(this))
    , m_table(new DataTable(this))
    , m_remove(makeButton(tr("&Allow again…"), QStringLiteral("removeSuppression"), this))
{
    using Model = PagedTableModel;
    m_model->setColumns(
        {Model::column<Suppression>(tr("Address"), [](const Suppression& s) { return shownAddress(s.channel, s.value); }),
         Model::column<Suppression>(tr("Channel"), [](const Suppression& s) { return channelTitle(s.channel); }),
         Model::column<Suppression>(tr("Reason"), [](const Suppression& s) { return reasonTitle(s.reason); }),
         Model::column<Suppression>(tr("Note"), [](const Suppression& s) { return s.note; }),
         Model::column<Suppression>(tr("Since"), [](const Suppression& s) { return timeText(s.createdAt); })});
    m_model->setKey<Suppression>([](const Suppression& s) { return s.id; });
    m_table->setObjectName(QStringLiteral("suppressionTable"));
    m_table->setAccessibleName(tr("Suppressed addresses"));
    m_table->setModel(m_model);
    m_table->setColumnWidths({260, 90, 120, 0, 130});
    m_remove->setEnabled(false);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, Theme::Space, 0, 0);
    column->setSpacing(Theme::Space);
    column->addWidget(makeLabel(tr("Nothing is ever sent to these addresses, whatever the campaign."), "muted", this));
    column->addWidget(makeAddLine());
    column->addWidget(m_table, 1);
    connect(m_model, &PagedTableModel::failed, this, &SuppressionsTab::problem);
    connect(m_table, &DataTable::currentRowChanged, this, [this](int row) { m_remove->setEnabled(row >= 0); });
    connect(m_remove, &QPushButton::clicked, this, &SuppressionsTab::removeSelected);
    m_model->setSource<Suppression>([this](const PageRequest& request) { return m_contacts.suppressions(request); });
}

QWidget* SuppressionsTab::makeAddLine()
{
    auto* box = new QWidget(this);
    m_channel = new QComboBox(box);
    for (const Channel& channel : allChannels())
        m_channel->addItem(channelTitle(channel.key), channel.key);
    m_channel->setObjectName(QStringLiteral("suppressionChannel"));
    m_channel->setAccessibleName(tr("Channel"));
    m_value = new QLineEdit(box);
    m_value->setObjectName(QStringLiteral("suppressionValue"));
    m_value->setPlaceholderText(tr("Address"));
    m_value->setAccessibleName(tr("Address to suppress"));
    m_note = new QLineEdit(box);
    m_note->setObjectName(QStringLiteral("suppressionNote"));
    m_note->setPlaceholderText(tr("Note (why)"));
    m_note->setAccessibleName(tr("Note"));
    auto* add = makeButton(tr("Supp&ress"), QStringLiteral("addSuppression"), box);
    m_error = makeLabel({}, "error", box);
    m_error->setObjectName(QStringLiteral("suppressionError"));
    m_error->hide();
    auto* row = new QHBoxLayout;
    row->setSpacing(Theme::SmallSpace);
    row->addWidget(m_channel);
    row->addWidget(m_value, 2);
    row->addWidget(m_note, 3);
    row->addWidget(add);
    row->addSpacing(Theme::Space);
    row->addWidget(m_remove);
    auto* column = new QVBoxLayout(box);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(Theme::SmallSpace);
    column->addLayout(row);
    column->addWidget(m_error);
    connect(add, &QPushButton::clicked, this, &SuppressionsTab::add);
    connect(m_value, &QLineEdit::returnPressed, this, &SuppressionsTab::add);
    connect(m_note, &QLineEdit::returnPressed, this, &SuppressionsTab::add);
    return box;
}

void SuppressionsTab::refresh()
{
    m_model->refresh();
}

void SuppressionsTab::add()
{
    const Suppression suppression{0,
                                  m_channel->currentData().toString(),
                                  m_value->text().trimmed(),
                                  QStringLiteral("manual"),
                                  m_note->text().trimmed(),
                                  0};
    m_error->hide();
    whenReady(m_contacts.suppress(m_caller, suppression), this, [this, suppression](const Status& done) {
        if (!done) {
            m_error->setText(done.error().message);
            m_error->show();
            m_value->setFocus();
            return;
        }
        m_value->clear();
        m_note->clear();
        Q_EMIT notice(tr("%1 is suppressed.").arg(suppression.value));
        refresh();
    });
}

void SuppressionsTab::removeSelected()
{
    const auto chosen = m_model->rowAs<Suppression>(m_table->currentRow());
    if (!chosen)
        return;
    const Question question{tr("Allow again"), tr("Allow sending to %1 again?").arg(chosen->value),
                            tr("It was suppressed for this reason: %1.").arg(reasonTitle(chosen->reason)), tr("Allow"),
                            true};
    m_prompts.confirm(this, question, [this, suppression = *chosen](bool yes) {
        if (!yes)
            return;
        whenReady(m_contacts.unsuppress(m_caller, suppression.id), this, [this, suppression](const Status& done) {
            if (done)
                Q_EMIT notice(tr("%1 may be used again.").arg(suppression.value));
            else
                Q_EMIT problem(done.error());
            refresh();
        });
    });
}

} // namespace carillon::ui
