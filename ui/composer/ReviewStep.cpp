// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/composer/ReviewStep.h"

#include "engine/service/ContactService.h"
#include "ui/composer/DryRunFunnel.h"
#include "ui/composer/RehearsalView.h"
#include "ui/composer/ReviewContacts.h"
#include "ui/forms/Layouts.h"
#include "ui/forms/ToneLabel.h"
#include "ui/widgets/Words.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollArea>

namespace carillon::ui {

namespace {

Result<Page<Contact>> contactsOf(const Result<Page<LeftOutContact>>& found)
{
    if (!found)
        return fail(found.error());
    Page<Contact> page{{}, found->total};
    for (const LeftOutContact& row : found->rows)
        page.rows << row.contact;
    return page;
}

} // namespace

ReviewStep::ReviewStep(CampaignService& campaigns, ContactService& contacts, QWidget* parent)
    : QWidget(parent)
    , m_campaigns(campaigns)
    , m_contacts(contacts)
    , m_rehearsal(
          new RehearsalKeeper([this](const RehearsalRequest& request) { return m_campaigns.rehearse(request); }, this))
    , m_funnel(new FunnelView(this))
    , m_leftOut(new ReviewContacts(QStringLiteral("leftOut"), tr("Contacts that are left out"), this))
    , m_rehearsalView(new RehearsalView(*m_rehearsal, this))
    , m_found(new ReviewContacts(QStringLiteral("found"), tr("Contacts behind what the rehearsal found"), this))
    , m_problems(makeLabel({}, "error", this))
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
    column->addWidget(m_rehearsalView);
    column->addWidget(m_found);
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
    connectContacts();
    connect(m_send, &QPushButton::clicked, this, &ReviewStep::sendAsked);
    updateButton();
}

void ReviewStep::connectContacts()
{
    connect(m_funnel, &FunnelView::chosen, this, [this](const QString& key) {
        const QString reason = leftOutReasonOf(key);
        showReason(reason, LeftOutReason::sentence(reason));
    });
    connect(m_rehearsalView, &RehearsalView::findingChosen, this, &ReviewStep::showFinding);
    connect(m_rehearsal, &RehearsalKeeper::changed, this, &ReviewStep::takeRehearsal);
    for (ReviewContacts* contacts : {m_leftOut, m_found}) {
        connect(contacts, &ReviewContacts::opened, this, &ReviewStep::openContact);
        connect(contacts, &ReviewContacts::failed, this, &ReviewStep::failed);
    }
    connect(m_found, &ReviewContacts::chosen, this, &ReviewStep::openPreview);
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
    m_funnel->setLines(funnelOf(run));
    if (run.willSend == 0)
        m_rehearsal->forget();
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

void ReviewStep::rehearse(const RehearsalRequest& request)
{
    m_rehearsal->want(request);
}

void ReviewStep::stopRehearsing()
{
    m_rehearsal->leave();
}

void ReviewStep::takeRehearsal()
{
    if (m_rehearsal->state() == RehearsalKeeper::Running)
        m_found->hide();
    if (m_rehearsal->state() == RehearsalKeeper::Done)
        Q_EMIT rehearsed(m_rehearsal->report());
    updateButton();
}

qint64 ReviewStep::failing() const
{
    return m_rehearsal->report().failed;
}

bool ReviewStep::isRehearsed() const
{
    return m_rehearsal->state() == RehearsalKeeper::Done;
}

void ReviewStep::showReason(const QString& reason, const QString& sentence)
{
    m_leftOut->showContacts(sentence, [this, campaign = m_campaign, reason](const PageRequest& request) {
        return m_campaigns.leftOut(campaign, reason, request).then([](const Result<Page<LeftOutContact>>& found) {
            return contactsOf(found);
        });
    });
}

void ReviewStep::showFinding(const RehearsalFinding& finding)
{
    const qsizetype known = finding.contacts.size();
    const QString title = finding.count > known && known >= RehearsalFinding::maxContacts
        ? tr("%1 The first %2 contacts:").arg(finding.sentence, countText(known))
        : finding.sentence;
    m_found->showContacts(title, [this, ids = finding.contacts](const PageRequest& request) {
        return m_contacts.some(ids.mid(request.offset, request.limit))
            .then([total = ids.size()](const Result<QList<Contact>>& contacts) -> Result<Page<Contact>> {
                if (!contacts)
                    return fail(contacts.error());
                return Page<Contact>{*contacts, total};
            });
    });
}

void ReviewStep::updateButton()
{
    const qint64 left = m_run.willSend - failing();
    const QString count = countText(left);
    const bool rehearsing = m_rehearsal->state() == RehearsalKeeper::Running;
    if (!m_counted)
        m_send->setText(tr("Counting…"));
    else if (rehearsing)
        m_send->setText(tr("Rehearsing…"));
    else if (failing() > 0)
        m_send->setText(m_later ? tr("&Schedule the other %1…").arg(count) : tr("&Send the other %1…").arg(count));
    else
        m_send->setText(m_later ? tr("&Schedule %1 messages…").arg(count) : tr("&Send %1 messages now…").arg(count));
    m_send->setEnabled(m_counted && !rehearsing && !m_busy && m_blocking.isEmpty() && left > 0);
}

} // namespace carillon::ui
