// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/triggers/SendNowDialog.h"

#include "engine/base/Json.h"
#include "engine/service/ContactService.h"
#include "ui/forms/FieldForm.h"
#include "ui/forms/Layouts.h"
#include "ui/preview/ContactPicker.h"
#include "ui/widgets/Theme.h"
#include "ui/widgets/Words.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace carillon::ui {

namespace {

const QString toField = QStringLiteral("to");

ContactPicker::Search searchIn(const Services& services)
{
    return [&contacts = services.contacts](const QString& text, const PageRequest& request) {
        return contacts.page({text, 0}, request);
    };
}

} // namespace

SendNowDialog::SendNowDialog(const Services& services, const Caller& caller, QWidget* parent)
    : QDialog(parent)
    , m_services(services)
    , m_caller(caller)
    , m_form(new FieldForm(this))
    , m_topic(new QComboBox(this))
    , m_kind(new QComboBox(this))
    , m_contact(new ContactPicker(searchIn(services), this))
    , m_address(new QLineEdit(this))
    , m_data(new QPlainTextEdit(this))
    , m_hold(makeLabel({}, "muted", this))
    , m_problem(makeLabel({}, "error", this))
{
    setObjectName(QStringLiteral("sendNowDialog"));
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Send to someone now"));
    setMinimumWidth(560);
    m_topic->setObjectName(QStringLiteral("sendNowTopic"));
    m_data->setObjectName(QStringLiteral("sendNowData"));
    m_data->setPlaceholderText(QStringLiteral("{\"order\": 12}"));
    m_data->setTabChangesFocus(true);
    m_data->setFixedHeight(m_data->fontMetrics().lineSpacing() * 6);
    setRole(m_data, "code");
    m_form->addField(QStringLiteral("topic"), tr("&Topic"), m_topic);
    m_form->addField(toField, tr("&Recipient"), makeRecipient());
    m_form->addField(QStringLiteral("data"), tr("&Data"), m_data,
                     tr("JSON; templates see it as data: {{ data.order }}. It may stay empty."));
    m_hold->setObjectName(QStringLiteral("sendNowHold"));
    m_problem->setObjectName(QStringLiteral("sendNowProblem"));
    m_problem->hide();
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    m_send = buttons->addButton(tr("&Send now"), QDialogButtonBox::ActionRole);
    m_send->setObjectName(QStringLiteral("sendNow"));
    m_send->setDefault(true);
    setRole(m_send, "primary");
    auto* layout = new QVBoxLayout(this);
    layout->setSpacing(Theme::Space);
    layout->addWidget(m_form);
    layout->addWidget(m_hold);
    layout->addWidget(m_problem);
    layout->addWidget(buttons);
    connect(m_topic, &QComboBox::currentIndexChanged, this, &SendNowDialog::showTopic);
    connect(m_contact, &ContactPicker::failed, this, &SendNowDialog::showProblem);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_send, &QPushButton::clicked, this, &SendNowDialog::send);
    showTopic();
    load();
}

QWidget* SendNowDialog::makeRecipient()
{
    m_kind->setObjectName(QStringLiteral("sendNowKind"));
    m_kind->setAccessibleName(tr("Kind of recipient"));
    m_address->setObjectName(QStringLiteral("sendNowAddress"));
    m_address->setAccessibleName(tr("Address"));
    auto* box = new QWidget(this);
    m_who = new QStackedWidget(box);
    m_who->addWidget(m_contact);
    m_who->addWidget(m_address);
    m_who->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    auto* column = new QVBoxLayout(box);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(Theme::SmallSpace);
    column->addWidget(m_kind);
    column->addWidget(m_who);
    box->setFocusProxy(m_kind);
    connect(m_kind, &QComboBox::currentIndexChanged, this, &SendNowDialog::showKind);
    return box;
}

void SendNowDialog::setContact(const Contact& contact)
{
    m_contact->setContact(contact);
}

void SendNowDialog::load()
{
    whenReady(m_services.topics.list(), this, [this](const Result<QList<TopicSummary>>& topics) {
        if (topics)
            takeTopics(*topics);
        else
            showProblem(topics.error());
    });
}

void SendNowDialog::takeTopics(const QList<TopicSummary>& topics)
{
    m_topics = topics;
    m_topic->clear();
    for (const TopicSummary& summary : topics)
        m_topic->addItem(u"%1 (%2)"_qs.arg(summary.topic.name, summary.topic.key), summary.topic.id);
    m_topic->setCurrentIndex(qMax(0, m_topic->findData(m_first)));
    if (topics.isEmpty())
        showProblem({ErrorCode::NotFound, tr("There is no topic yet: make one first."), {}});
    showTopic();
}

// Addresses are of the channels that the topic has content for; what was chosen stays where it can.
void SendNowDialog::showTopic()
{
    const TopicSummary summary = m_topics.value(m_topic->currentIndex());
    const QVariant chosen = m_kind->currentData();
    {
        const QSignalBlocker quiet(m_kind);
        m_kind->clear();
        m_kind->addItem(tr("A contact, on the channels of the topic"), QString());
        for (const QString& channel : summary.channels)
            m_kind->addItem(tr("An address: %1").arg(channelTitle(channel)), channel);
        m_kind->setCurrentIndex(qMax(0, m_kind->findData(chosen)));
    }
    showKind();
    m_hold->setText(tr("It waits for %1 before it goes out, and can be cancelled until then.")
                        .arg(durationText(summary.topic.rules.holdMs)));
    m_hold->setVisible(summary.topic.rules.holdMs > 0);
    m_send->setEnabled(summary.topic.id != 0 && m_caller.require(Role::Operator));
}

void SendNowDialog::showKind()
{
    m_who->setCurrentWidget(m_kind->currentIndex() <= 0 ? static_cast<QWidget*>(m_contact) : m_address);
}

Result<TriggerRequest> SendNowDialog::request() const
{
    TriggerRequest request;
    request.topicKey = m_topics.value(m_topic->currentIndex()).topic.key;
    request.recipients = {recipient()};
    if (m_kind->currentIndex() <= 0 && m_contact->contactId() == 0)
        return fail(ErrorCode::InvalidInput, tr("Choose who gets it."), toField);
    const QByteArray typed = m_data->toPlainText().trimmed().toUtf8();
    if (typed.isEmpty())
        return request;
    const Result<QJsonObject> data = parseJsonObject(typed);
    if (!data)
        return fail(data.error().code, data.error().message, QStringLiteral("data"));
    request.data = *data;
    return request;
}

TriggerRecipient SendNowDialog::recipient() const
{
    TriggerRecipient recipient;
    if (m_kind->currentIndex() <= 0) {
        recipient.contactId = m_contact->contactId();
    } else {
        recipient.channel = m_kind->currentData().toString();
        recipient.address = m_address->text().trimmed();
    }
    return recipient;
}

void SendNowDialog::send()
{
    m_form->clearErrors();
    m_problem->hide();
    const Result<TriggerRequest> asked = request();
    if (!asked)
        return showProblem(asked.error());
    m_send->setEnabled(false);
    whenReady(m_services.triggers.trigger(m_caller, *asked), this,
              [this](const Result<TriggerAnswer>& answer) { take(answer); });
}

void SendNowDialog::take(const Result<TriggerAnswer>& answer)
{
    m_send->setEnabled(true);
    if (!answer)
        return showProblem(answer.error());
    const QString leftOut = answer->recipients.value(0).leftOut;
    if (!leftOut.isEmpty())
        return showProblem(
            {ErrorCode::InvalidInput, tr("Left out, nothing was sent: %1").arg(LeftOutReason::sentence(leftOut)), toField});
    Q_EMIT sent(answer->triggerId);
    accept();
}

// "to[0].address" is the recipient's.
void SendNowDialog::showProblem(const Error& error)
{
    Error shown = error;
    if (shown.field.startsWith(toField))
        shown.field = toField;
    if (m_form->showError(shown))
        return;
    m_problem->setText(error.message);
    m_problem->show();
}

} // namespace carillon::ui
