// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/composer/ReviewStep.h"

#include "ui/composer/FunnelView.h"
#include "ui/forms/Layouts.h"
#include "ui/forms/ToneLabel.h"
#include "ui/widgets/DataTable.h"
#include "ui/widgets/PagedTableModel.h"
#include "ui/widgets/Words.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollArea>

namespace carillon::ui {

namespace {

QString addressesOf(const LeftOutContact& row)
{
    QStringList values;
    for (const Address& address : row.contact.addresses)
        values << address.value;
    return values.join(QStringLiteral(", "));
}

} // namespace

ReviewStep::ReviewStep(CampaignService& campaigns, QWidget* parent)
    : QWidget(parent)
    , m_campaigns(campaigns)
    , m_funnel(new FunnelView(this))
    , m_problems(makeLabel({}, "error", this))
    , m_leftOut(makeLeftOut())
    , m_send(makeButton({}, QStringLiteral("sendCampaign"), this, "primary"))
{
    m_problems->setObjectName(QStringLiteral("reviewProblems"));
    auto* content = new QWidget(this);
    auto* column = new QVBoxLayout(content);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(Theme::Space);
    column->addWidget(makeLabel(tr("Who gets it?"), "heading", content));
    column->addWidget(m_funnel);
    column->addWidget(m_leftOut);
    column->addWidget(m_problems);
    column->addWidget(makeTest());
    column->addStretch(1);
    auto* scroll = new QScrollArea(this);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidget(content);
    setRole(content, "page");
    auto* whole = new QVBoxLayout(this);
    whole->setContentsMargins(0, 0, 0, 0);
    whole->setSpacing(Theme::Space);
    whole->addWidget(scroll, 1);
    connect(m_funnel, &FunnelView::reasonChosen, this, &ReviewStep::showReason);
    connect(m_send, &QPushButton::clicked, this, &ReviewStep::sendAsked);
    updateButton();
}

QWidget* ReviewStep::makeLeftOut()
{
    using Model = PagedTableModel;
    auto* box = new QWidget(this);
    m_leftOutTitle = makeLabel({}, "heading", box);
    m_model = new PagedTableModel(box);
    m_model->setColumns(
        {Model::column<LeftOutContact>(tr("Name"), [](const LeftOutContact& row) { return row.contact.name; }),
         Model::column<LeftOutContact>(tr("Addresses"), addressesOf)});
    m_model->setKey<LeftOutContact>([](const LeftOutContact& row) { return row.contact.id; });
    m_table = new DataTable(box);
    m_table->setObjectName(QStringLiteral("leftOutTable"));
    m_table->setAccessibleName(tr("Contacts that are left out"));
    m_table->setModel(m_model);
    m_table->setColumnWidths({200, 0});
    m_table->setFixedHeight(200);
    auto* close = makeButton(tr("Hide"), QStringLiteral("hideLeftOut"), box, "quiet");
    auto* row = new QHBoxLayout;
    row->addWidget(m_leftOutTitle, 1);
    row->addWidget(close);
    auto* column = new QVBoxLayout(box);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(Theme::SmallSpace);
    column->addLayout(row);
    column->addWidget(m_table);
    connect(close, &QPushButton::clicked, box, &QWidget::hide);
    connect(m_model, &PagedTableModel::failed, this, &ReviewStep::failed);
    connect(m_table, &DataTable::opened, this, [this](int at) {
        if (const qint64 id = m_model->keyOfRow(at))
            Q_EMIT openContact(id);
    });
    box->hide();
    return box;
}

QWidget* ReviewStep::makeTest()
{
    auto* box = new QWidget(this);
    m_address = new QLineEdit(box);
    m_address->setObjectName(QStringLiteral("testSendAddress"));
    m_address->setAccessibleName(tr("Address for the test message"));
    m_address->setPlaceholderText(tr("Your own address"));
    m_test = makeButton(tr("Send &test"), QStringLiteral("testSend"), box);
    m_test->setEnabled(false);
    m_answer = new ToneLabel(box);
    m_answer->setObjectName(QStringLiteral("testSendAnswer"));
    m_answer->hide();
    auto* row = new QHBoxLayout;
    row->setSpacing(Theme::SmallSpace);
    row->addWidget(m_address, 1);
    row->addWidget(m_test);
    auto* column = new QVBoxLayout(box);
    column->setContentsMargins(0, Theme::Space, 0, 0);
    column->setSpacing(Theme::SmallSpace);
    column->addWidget(makeLabel(tr("Test: what the preview shows, to one address"), "heading", box));
    column->addLayout(row);
    column->addWidget(m_answer);
    connect(m_test, &QPushButton::clicked, this, [this] { Q_EMIT testAsked(m_address->text().trimmed()); });
    connect(m_address, &QLineEdit::returnPressed, m_test, &QPushButton::click);
    connect(m_address, &QLineEdit::textChanged, this,
            [this](const QString& text) { m_test->setEnabled(!text.trimmed().isEmpty()); });
    return box;
}

void ReviewStep::setCampaign(const Campaign& campaign)
{
    m_campaign = campaign;
}

void ReviewStep::showCounting()
{
    m_counted = false;
    updateButton();
}

void ReviewStep::showDryRun(const DryRun& run)
{
    m_run = run;
    m_counted = true;
    m_leftOut->hide();
    m_funnel->setDryRun(run);
    updateButton();
}

void ReviewStep::showDryRunError(const Error& error)
{
    m_counted = false;
    m_problems->setText(error.message);
    updateButton();
}

void ReviewStep::setProblems(const QStringList& problems)
{
    m_blocking = problems;
    m_problems->setText(problems.join(u'\n'));
    updateButton();
}

void ReviewStep::setScheduled(bool later)
{
    m_later = later;
    updateButton();
}

void ReviewStep::setBusy(bool busy)
{
    m_busy = busy;
    updateButton();
}

void ReviewStep::showTestAnswer(const QString& text, Tone tone)
{
    m_answer->say(text, tone);
    m_answer->show();
}

void ReviewStep::showReason(const QString& reason, const QString& sentence)
{
    m_leftOutTitle->setText(sentence);
    m_leftOut->show();
    m_model->setSource<LeftOutContact>([this, campaign = m_campaign, reason](const PageRequest& request) {
        return m_campaigns.leftOut(campaign, reason, request);
    });
    m_table->setFocus(Qt::OtherFocusReason);
}

void ReviewStep::updateButton()
{
    const QString count = countText(m_run.willSend);
    m_send->setText(!m_counted    ? tr("Counting…")
                        : m_later ? tr("&Schedule %1 messages…").arg(count)
                                  : tr("&Send %1 messages now…").arg(count));
    m_send->setEnabled(m_counted && !m_busy && m_blocking.isEmpty() && m_run.willSend > 0);
}

} // namespace carillon::ui
