// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/accounts/AccountEditor.h"

#include "ui/accounts/HealthText.h"
#include "ui/accounts/LimitsForm.h"
#include "ui/forms/FormPlace.h"
#include "ui/forms/Layouts.h"
#include "ui/forms/Links.h"
#include "ui/forms/ToneLabel.h"
#include "ui/widgets/Words.h"

#include <QCheckBox>
#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QTimer>

#include <algorithm>

namespace carillon::ui {

AccountEditor::AccountEditor(QWidget* parent)
    : QWidget(parent)
    , m_title(makeLabel({}, "heading", this))
    , m_help(makeLabel({}, "muted", this))
    , m_general(new FieldForm(this))
    , m_name(new QLineEdit(this))
    , m_enabled(new QCheckBox(tr("Send through this account"), this))
    , m_health(new ToneLabel(this))
    , m_lastUsed(makeLabel({}, "muted", this))
    , m_place(new QVBoxLayout)
    , m_save(makeButton(tr("&Save"), QStringLiteral("saveAccount"), this, "primary"))
    , m_remove(makeButton(tr("De&lete…"), QStringLiteral("removeAccount"), this, "danger"))
{
    m_name->setObjectName(QStringLiteral("accountName"));
    m_enabled->setObjectName(QStringLiteral("accountEnabled"));
    m_general->addField(QStringLiteral("name"), tr("Name *"), m_name);
    m_general->addField(QStringLiteral("enabled"), tr("In use"), m_enabled);
    m_place->setContentsMargins(0, 0, 0, 0);
    m_place->setSpacing(Theme::Space);
    m_health->setObjectName(QStringLiteral("accountHealthLine"));
    m_health->hide();
    m_lastUsed->setObjectName(QStringLiteral("accountLastUsed"));
    auto* content = new QWidget(this);
    auto* column = new QVBoxLayout(content);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(Theme::Space);
    column->addWidget(m_title);
    column->addWidget(m_help);
    column->addWidget(m_health);
    column->addWidget(m_lastUsed);
    column->addWidget(m_general);
    column->addLayout(m_place);
    column->addWidget(makeReceipts());
    column->addWidget(makeTest());
    column->addStretch(1);
    auto* whole = new QVBoxLayout(this);
    whole->setContentsMargins(0, 0, 0, 0);
    whole->addWidget(makeEditorCard(content, {m_remove, nullptr, m_save}, this));
    connect(m_name, &QLineEdit::textEdited, this, [this] { setDirty(true); });
    connect(m_enabled, &QCheckBox::clicked, this, [this] { setDirty(true); });
    connect(m_save, &QPushButton::clicked, this, &AccountEditor::saveAsked);
    connect(m_remove, &QPushButton::clicked, this, &AccountEditor::removeAsked);
}

QWidget* AccountEditor::makeReceipts()
{
    m_receipts = new QWidget(this);
    m_receiptsUrl = new QLineEdit(m_receipts);
    m_receiptsUrl->setObjectName(QStringLiteral("accountReceiptsUrl"));
    m_receiptsUrl->setAccessibleName(tr("Address for receipts"));
    m_receiptsUrl->setReadOnly(true);
    QPushButton* copy = makeButton(tr("Cop&y"), QStringLiteral("copyReceiptsUrl"), m_receipts);
    connect(copy, &QPushButton::clicked, this, [this] { QGuiApplication::clipboard()->setText(m_receiptsUrl->text()); });
    auto* row = new QHBoxLayout;
    row->setSpacing(Theme::SmallSpace);
    row->addWidget(m_receiptsUrl, 1);
    row->addWidget(copy);
    auto* column = new QVBoxLayout(m_receipts);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(Theme::SmallSpace);
    column->addWidget(makeLabel(tr("Address for receipts"), "heading", m_receipts));
    column->addLayout(row);
    column->addWidget(
        makeLabel(tr("Enter it at the platform, so that it tells what became of messages."), "muted", m_receipts));
    return m_receipts;
}

QWidget* AccountEditor::makeTest()
{
    auto* box = new QWidget(this);
    m_probe = makeButton(tr("Chec&k connection"), QStringLiteral("probeAccount"), box);
    m_probe->setToolTip(tr("Asks the platform whether it is there and takes the credentials; sends nothing"));
    m_send = makeButton(tr("S&end test"), QStringLiteral("sendTest"), box);
    m_address = new QLineEdit(box);
    m_address->setObjectName(QStringLiteral("testAddress"));
    m_address->setAccessibleName(tr("Address for the test message"));
    m_answer = new ToneLabel(box);
    m_answer->setObjectName(QStringLiteral("accountAnswer"));
    m_raw = makeLabel({}, "code", box);
    m_raw->setObjectName(QStringLiteral("accountRawAnswer"));
    m_raw->setTextFormat(Qt::PlainText);
    m_raw->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_raw->setAccessibleName(tr("The platform's answer"));
    m_advice = makeLabel({}, "muted", box);
    m_advice->setObjectName(QStringLiteral("accountAdvice"));
    auto* send = new QHBoxLayout;
    send->setSpacing(Theme::SmallSpace);
    send->addWidget(m_address, 1);
    send->addWidget(m_send);
    auto* column = new QVBoxLayout(box);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(Theme::SmallSpace);
    column->addWidget(makeLabel(tr("Try it"), "heading", box));
    column->addWidget(m_probe, 0, Qt::AlignLeft);
    column->addLayout(send);
    for (QWidget* line : {static_cast<QWidget*>(m_answer), static_cast<QWidget*>(m_raw), static_cast<QWidget*>(m_advice)})
        column->addWidget(line);
    connect(m_probe, &QPushButton::clicked, this, &AccountEditor::probeAsked);
    connect(m_send, &QPushButton::clicked, this, [this] { Q_EMIT testAsked(m_address->text().trimmed()); });
    connect(m_address, &QLineEdit::returnPressed, m_send, &QPushButton::click);
    connect(m_address, &QLineEdit::textChanged, this, &AccountEditor::updateButtons);
    return box;
}

void AccountEditor::setAccount(const AccountSummary& summary, const ProviderDescription& provider, const QString& vaultPlace,
                               qint64 now, const QHash<QString, Secret>& secrets)
{
    m_account = summary.account;
    m_name->setText(m_account.name);
    m_enabled->setChecked(m_account.enabled);
    m_health->hide();
    describe(summary, provider, vaultPlace, now);
    makeForms(provider, {m_account.settings, m_account.id != 0, summary.keptSecrets, vaultPlace},
              m_account.id == 0 ? provider.limits : m_account.limits);
    m_form->setSecrets(secrets);
    m_address->clear();
    showAnswer({}, Tone::Neutral);
    clearErrors();
    findChild<QScrollArea*>()->verticalScrollBar()->setValue(0);
    m_busy = false;
    setUsable(true);
    setDirty(m_account.id == 0 && !(secrets.isEmpty() && m_account.settings.isEmpty())); // what was recognised would be lost
}

// What is said of the account around its forms.
void AccountEditor::describe(const AccountSummary& summary, const ProviderDescription& provider, const QString& vaultPlace,
                             qint64 now)
{
    m_title->setText(provider.name);
    const bool hasSecrets = std::any_of(provider.fields.cbegin(), provider.fields.cend(),
                                        [](const ProviderField& field) { return field.secret; });
    const QString kept = hasSecrets ? tr(" Secrets are kept in %1, and are not shown again.").arg(vaultPlace) : QString();
    m_help->setText(withLinks(QString(provider.help + kept).trimmed()));
    m_help->setVisible(!m_help->text().isEmpty());
    m_help->setOpenExternalLinks(true);
    m_help->setTextInteractionFlags(Qt::TextBrowserInteraction);
    m_address->setPlaceholderText(provider.addressLabel);
    m_lastUsed->setVisible(m_account.id != 0);
    m_lastUsed->setText(summary.lastUsedAt > 0 ? tr("Last used %1.").arg(agoText(summary.lastUsedAt, now))
                                               : tr("Not used lately."));
    m_receipts->setVisible(!summary.receiptsUrl.isEmpty());
    if (m_receiptsUrl->text() == summary.receiptsUrl)
        return;
    m_receiptsUrl->setText(summary.receiptsUrl);
    m_receiptsUrl->setCursorPosition(0);
}

void AccountEditor::refresh(const AccountSummary& summary, const ProviderDescription& provider, const QString& vaultPlace,
                            qint64 now, bool anew)
{
    const Account before = std::exchange(m_account, summary.account);
    describe(summary, provider, vaultPlace, now);
    if (!m_dirty) {
        if (m_name->text() != m_account.name)
            m_name->setText(m_account.name);
        m_enabled->setChecked(m_account.enabled);
    }
    const bool same = before.id == m_account.id && before.settings == m_account.settings && before.limits == m_account.limits
        && m_keptSecrets == summary.keptSecrets;
    if (anew || !same)
        makeFormsAnew(provider, {m_account.settings, m_account.id != 0, summary.keptSecrets, vaultPlace});
    if (m_lost) {
        m_health->hide();
        setUsable(true);
    }
    updateButtons();
}

// With what was typed in the old ones.
void AccountEditor::makeFormsAnew(const ProviderDescription& provider, ProviderForm::Content content)
{
    const FormPlace place(*this);
    const bool dirty = m_dirty;
    const bool unfolded = m_form->isUnfolded();
    const AccountLimits typed = m_limits->limits();
    const bool keepsLimits = dirty && typed != m_givenLimits;
    const AccountLimits& given = m_account.id == 0 ? provider.limits : m_account.limits;
    const QHash<QString, Secret> secrets = m_form->secrets();
    if (dirty)
        content.typed = m_form->edits();
    makeForms(provider, content, keepsLimits ? typed : given);
    m_givenLimits = given;
    m_form->setUnfolded(unfolded);
    if (dirty)
        m_form->setSecrets(secrets);
    setDirty(dirty);
    place.restore(*this);
}

void AccountEditor::setLost()
{
    m_lost = true;
    const QString what = m_account.id != 0
        ? tr("Nothing is sent through this account until the file is back; its settings and secrets stay as they are.")
        : tr("This account cannot be saved until the file is back.");
    m_health->say(
        tr("The platform \"%1\" is gone: its file is no longer in the folder \"providers\" beside the workspace. %2")
            .arg(m_account.provider, what),
        Tone::Bad);
    m_health->show();
    setUsable(false);
    updateButtons();
}

void AccountEditor::setUsable(bool usable)
{
    m_lost = !usable;
    for (QWidget* form : {static_cast<QWidget*>(m_general), static_cast<QWidget*>(m_form), static_cast<QWidget*>(m_limits)})
        form->setEnabled(usable);
}

void AccountEditor::makeForms(const ProviderDescription& provider, const ProviderForm::Content& content,
                              const AccountLimits& limits)
{
    delete m_form;
    delete m_limitsTitle;
    delete m_limits;
    m_keptSecrets = content.keptSecrets;
    m_givenLimits = limits;
    m_form = new ProviderForm(provider, content, this);
    m_limitsTitle = makeLabel(tr("Limits"), "heading", this);
    m_limits = new LimitsForm(limits, provider.limits, this);
    m_place->addWidget(m_form);
    m_place->addWidget(m_limitsTitle);
    m_place->addWidget(m_limits);
    const int labels = std::max({m_general->labelWidth(), m_form->labelWidth(), m_limits->labelWidth()});
    for (FieldForm* form : {m_general, static_cast<FieldForm*>(m_form), static_cast<FieldForm*>(m_limits)})
        form->setLabelWidth(labels);
    connect(m_form, &ProviderForm::edited, this, [this] { setDirty(true); });
    connect(m_form, &ProviderForm::fieldToCheck, this,
            [this](const ProviderField& field) { Q_EMIT fieldToCheck(field, m_form->valueOf(field)); });
    connect(m_limits, &LimitsForm::edited, this, [this] { setDirty(true); });
    orderTabs();
}

// As the eye goes: what is made last would come last, after every other page's controls.
void AccountEditor::orderTabs()
{
    QList<QWidget*> order{m_name, m_enabled};
    for (const QWidget* form : {static_cast<QWidget*>(m_form), static_cast<QWidget*>(m_limits)}) {
        const QList<QWidget*> parts = form->findChildren<QWidget*>();
        std::copy_if(parts.cbegin(), parts.cend(), std::back_inserter(order), [this](const QWidget* part) {
            return (part->focusPolicy() & Qt::TabFocus) && !part->focusProxy() && part->window() == window();
        });
    }
    order << m_receiptsUrl << m_receipts->findChild<QPushButton*>() << m_probe << m_address << m_send << m_remove << m_save;
    for (qsizetype n = 1; n < order.size(); ++n)
        setTabOrder(order.at(n - 1), order.at(n));
}

void AccountEditor::setErrorOf(const QString& field, const QString& message)
{
    m_form->setErrorOf(field, message);
}

void AccountEditor::setHealth(const AccountHealth& health, qint64 now)
{
    if (m_lost)
        return;
    QString text = healthSentence(health, now);
    text += tr(" May go: %1. On the wire: %2.").arg(healthRate(health), healthInFlight(health));
    text += tr(" In the last minute: %1 sent, %2 failed.")
                .arg(countText(health.sentLastMinute), countText(health.failedLastMinute));
    m_health->say(text, healthTone(health));
    m_health->show();
}

Account AccountEditor::account() const
{
    Account account = m_account;
    account.name = m_name->text().trimmed();
    account.enabled = m_enabled->isChecked();
    account.settings = m_form ? m_form->settings() : QJsonObject();
    account.limits = m_limits ? m_limits->limits() : AccountLimits();
    return account;
}

QHash<QString, Secret> AccountEditor::secrets() const
{
    return m_form ? m_form->secrets() : QHash<QString, Secret>();
}

void AccountEditor::setSaved(qint64 id)
{
    m_account = account();
    m_account.id = id;
    m_form->forgetSecrets();
    setDirty(false);
}

void AccountEditor::focusFirst()
{
    m_name->setFocus(Qt::OtherFocusReason);
    m_name->selectAll();
}

void AccountEditor::clearErrors()
{
    m_general->clearErrors();
    if (m_form)
        m_form->clearErrors();
    if (m_limits)
        m_limits->clearErrors();
}

bool AccountEditor::showError(const Error& error)
{
    return m_general->showError(error) || (m_form && m_form->showError(error)) || (m_limits && m_limits->showError(error));
}

void AccountEditor::showAnswer(const QString& verdict, Tone tone, const QString& raw, const QString& advice)
{
    m_answer->say(verdict, tone);
    m_answer->setVisible(!verdict.isEmpty());
    m_raw->setText(raw);
    m_raw->setVisible(!raw.isEmpty());
    m_advice->setText(advice);
    m_advice->setVisible(!advice.isEmpty());
    if (!verdict.isEmpty())
        QTimer::singleShot(0, this, &AccountEditor::showWholeAnswer); // when the lines have their places
}

// It stands under what was pressed, in a small window outside of it.
void AccountEditor::showWholeAnswer()
{
    auto* area = findChild<QScrollArea*>();
    for (QWidget* line : {static_cast<QWidget*>(m_advice), static_cast<QWidget*>(m_raw), static_cast<QWidget*>(m_answer)}) {
        if (line->isVisible())
            area->ensureWidgetVisible(line, 0, Theme::Space);
    }
}

void AccountEditor::setBusy(bool busy)
{
    m_busy = busy;
    if (busy)
        showAnswer(tr("Asking the platform…"), Tone::Neutral);
    updateButtons();
}

void AccountEditor::setDirty(bool dirty)
{
    m_dirty = dirty;
    updateButtons();
}

// What is stored can be tried; what is only typed has to be saved first.
void AccountEditor::updateButtons()
{
    const bool ready = m_account.id != 0 && !m_dirty && !m_busy && !m_lost;
    m_save->setEnabled(!m_lost && (m_dirty || m_account.id == 0));
    m_remove->setVisible(m_account.id != 0);
    m_probe->setEnabled(ready);
    m_address->setEnabled(ready);
    m_send->setEnabled(ready && !m_address->text().trimmed().isEmpty());
    m_probe->setText(m_dirty ? tr("Chec&k connection (save first)") : tr("Chec&k connection"));
}

} // namespace carillon::ui
