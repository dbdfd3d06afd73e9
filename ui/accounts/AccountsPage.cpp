// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/accounts/AccountsPage.h"

#include "engine/base/Clock.h"
#include "engine/base/Future.h"
#include "engine/service/OutcomeAdvice.h"
#include "ui/accounts/AccountEditor.h"
#include "ui/accounts/HealthText.h"
#include "ui/accounts/NewAccountView.h"
#include "ui/accounts/OutcomeText.h"
#include "ui/accounts/ProviderNotice.h"
#include "ui/forms/Layouts.h"
#include "ui/forms/Unsaved.h"
#include "ui/frame/Prompts.h"
#include "ui/widgets/DataTable.h"
#include "ui/widgets/EmptyState.h"
#include "ui/widgets/StateBadge.h"
#include "ui/widgets/Words.h"

#include <QPushButton>
#include <QSplitter>
#include <QStackedWidget>
#include <QStandardItemModel>
#include <QTimer>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace carillon::ui {

namespace {

constexpr int HealthMs = 1'000;
constexpr int StateColumn = 2;
constexpr int PlatformWidth = 110;
constexpr int StateWidth = 150; // "Needs password" is the longest

// Until the engine has said how an account fares, what is known of its settings.
AccountHealth healthOf(const AccountSummary& summary)
{
    AccountHealth health;
    health.accountId = summary.account.id;
    health.state = !summary.missingSecrets.isEmpty() ? QStringLiteral("needs password")
        : summary.account.enabled                    ? QStringLiteral("ok")
                                                     : QStringLiteral("disabled");
    return health;
}

// Of an account whose provider's file is gone: what is stored, as it stands.
ProviderDescription lostProvider(const Account& account)
{
    ProviderDescription provider;
    provider.key = provider.name = account.provider;
    provider.limits = account.limits;
    const QStringList keys = account.settings.keys();
    for (const QString& key : keys) {
        ProviderField field;
        field.key = field.label = key;
        provider.fields << field;
    }
    return provider;
}

} // namespace

AccountsPage::AccountsPage(const Services& services, const Caller& caller, Prompts& prompts, const Clock& clock,
                           QWidget* parent)
    : ConsolePage(services, caller, prompts, parent)
    , m_clock(clock)
    , m_providers(services.accounts.providers())
    , m_beat(new QTimer(this))
    , m_model(new QStandardItemModel(this))
    , m_table(new DataTable(this))
    , m_detail(new QStackedWidget(this))
    , m_editor(new AccountEditor(this))
    , m_platforms(new NewAccountView(this))
{
    setObjectName(id());
    m_table->setObjectName(QStringLiteral("accountTable"));
    m_table->setAccessibleName(tr("Accounts"));
    m_table->setModel(m_model);
    m_table->setItemDelegateForColumn(StateColumn, new StateBadgeDelegate(m_table));
    m_detail->addWidget(
        new EmptyState(QStringLiteral("accounts"), tr("No account chosen"),
                       tr("An account is a mail server, a messenger or another platform that messages go out "
                          "through. Choose one at the left, or add one with New account."),
                       {}, m_detail));
    m_detail->addWidget(m_editor);
    m_detail->addWidget(m_platforms);
    m_platforms->setProviders(m_providers);
    auto* add = makeButton(tr("Ne&w account"), QStringLiteral("newAccount"), this, "primary");
    auto* whole = new QVBoxLayout(this);
    whole->setContentsMargins(Theme::PageMargin, Theme::PageMargin, Theme::PageMargin, Theme::PageMargin);
    whole->setSpacing(Theme::Space);
    whole->addWidget(makePageHeader(title(), {add}, this));
    auto* notice = new ProviderNotice(services.accounts, services.live, this);
    connect(notice, &ProviderNotice::providersChanged, this, &AccountsPage::takeProviders);
    whole->addWidget(notice);
    whole->addWidget(makeListAndDetail(m_table, m_detail, {1, 1}, this), 1);
    m_beat->setInterval(HealthMs);
    connect(m_beat, &QTimer::timeout, this, &AccountsPage::askHealth);
    connect(m_table, &DataTable::currentRowChanged, this, &AccountsPage::showRow);
    connect(add, &QPushButton::clicked, this, &AccountsPage::showPlatforms);
    connect(m_platforms, &NewAccountView::pasted, this,
            [this](const QString& text) { m_platforms->setRecognised(this->services().accounts.recognise(text)); });
    connect(m_platforms, &NewAccountView::chosen, this, &AccountsPage::beginNew);
    connect(m_editor, &AccountEditor::fieldToCheck, this, &AccountsPage::checkField);
    connect(m_editor, &AccountEditor::saveAsked, this, &AccountsPage::save);
    connect(m_editor, &AccountEditor::removeAsked, this, &AccountsPage::remove);
    connect(m_editor, &AccountEditor::probeAsked, this, &AccountsPage::probe);
    connect(m_editor, &AccountEditor::testAsked, this, &AccountsPage::testSend);
}

// A file of the workspace's folder came, changed or went.
void AccountsPage::takeProviders()
{
    m_providers = services().accounts.providers();
    m_platforms->setProviders(m_providers);
    m_otherProviders = true;
    if (m_new && m_detail->currentWidget() == m_editor) {
        AccountSummary summary;
        summary.account = m_editor->stored();
        refreshAccount(summary);
    }
    if (isVisible())
        activate();
}

void AccountsPage::activate()
{
    m_beat->start();
    askHealth();
    whenReady(services().accounts.list(), this, [this](const Result<QList<AccountSummary>>& accounts) {
        if (accounts)
            takeList(*accounts);
        else
            Q_EMIT problem(accounts.error());
    });
}

void AccountsPage::hideEvent(QHideEvent* event)
{
    m_beat->stop();
    ConsolePage::hideEvent(event);
}

void AccountsPage::askHealth()
{
    if (std::exchange(m_asked, true))
        return;
    whenReady(services().overview.now(), this, [this](const Result<Overview>& overview) {
        m_asked = false;
        if (overview)
            takeHealth(overview->accounts);
        else
            Q_EMIT problem(overview.error());
    });
}

void AccountsPage::takeHealth(const QList<AccountHealth>& accounts)
{
    m_health.clear();
    for (const AccountHealth& account : accounts)
        m_health.insert(account.accountId, account);
    for (int row = 0; row < m_accounts.size(); ++row)
        m_model->setItem(row, StateColumn, stateItem(m_accounts.at(row)));
    if (const auto shown = m_health.constFind(m_shown); shown != m_health.cend() && m_shown != 0)
        m_editor->setHealth(*shown, m_clock.now());
}

QStandardItem* AccountsPage::stateItem(const AccountSummary& summary) const
{
    const bool known = m_health.contains(summary.account.id) && summary.missingSecrets.isEmpty();
    const AccountHealth health = known ? m_health.value(summary.account.id) : healthOf(summary);
    const bool lost = !providerOf(summary.account.provider);
    auto* item = new QStandardItem(lost ? tr("Platform gone") : healthTitle(health));
    item->setData(static_cast<int>(lost ? Tone::Bad : healthTone(health)), ToneRole);
    const QString missing = tr("Missing: %1").arg(summary.missingSecrets.join(QStringLiteral(", ")));
    item->setToolTip(summary.missingSecrets.isEmpty() ? healthSentence(health, m_clock.now()) : missing);
    item->setData(item->toolTip(), Qt::AccessibleTextRole);
    return item;
}

void AccountsPage::open(qint64 id)
{
    m_wanted = id;
    activate();
}

bool AccountsPage::hasUnsavedChanges() const
{
    return m_detail->currentWidget() == m_editor && m_editor->hasUnsavedChanges();
}

void AccountsPage::takeList(const QList<AccountSummary>& accounts)
{
    m_accounts = accounts;
    std::stable_sort(m_accounts.begin(), m_accounts.end(), [](const AccountSummary& one, const AccountSummary& other) {
        return one.account.channel < other.account.channel;
    });
    const QSignalBlocker quiet(m_table);
    m_model->clear();
    m_model->setHorizontalHeaderLabels({tr("Name"), tr("Platform"), tr("State")});
    int row = m_new ? -1 : rowOf(m_shown);
    for (const AccountSummary& summary : qAsConst(m_accounts)) {
        auto* platform = new QStandardItem(summary.providerName);
        platform->setToolTip(tr("%1 (%2)").arg(summary.providerName, channelTitle(summary.account.channel)));
        m_model->appendRow({new QStandardItem(summary.account.name), platform, stateItem(summary)});
    }
    m_table->setColumnWidths({0, PlatformWidth, StateWidth});
    if (const int wanted = rowOf(std::exchange(m_wanted, 0)); wanted >= 0 && wanted != row) {
        m_table->selectRow(wanted);
        return showRow(wanted);
    }
    if (row < 0 && m_shown == 0 && !m_new && !m_accounts.isEmpty())
        row = 0;
    if (row >= 0)
        m_table->selectRow(row);
    const bool shown = m_detail->currentWidget() == m_editor && m_shown != 0 && m_editor->stored().id == m_shown;
    if (shown && row >= 0)
        refreshAccount(m_accounts.at(row));
    else if (row >= 0 && !hasUnsavedChanges())
        showRow(row);
}

void AccountsPage::showRow(int row)
{
    if (row < 0 || row >= m_accounts.size() || (m_accounts.at(row).account.id == m_shown && hasUnsavedChanges()))
        return;
    askToDiscard(prompts(), this, hasUnsavedChanges(), tr("this account"),
                 [this, summary = m_accounts.at(row)](bool discard) {
                     if (discard)
                         showAccount(summary);
                     else
                         m_table->selectRow(rowOf(m_shown));
                 });
}

int AccountsPage::rowOf(qint64 id) const
{
    for (int row = 0; row < m_accounts.size(); ++row) {
        if (m_accounts.at(row).account.id == id)
            return row;
    }
    return -1;
}

void AccountsPage::showAccount(const AccountSummary& summary)
{
    m_new = false;
    m_shown = summary.account.id;
    const ProviderDescription* known = providerOf(summary.account.provider);
    m_editor->setAccount(summary, known ? *known : lostProvider(summary.account), services().accounts.vaultPlace(),
                         m_clock.now());
    if (!known)
        m_editor->setLost();
    if (const auto health = m_health.constFind(m_shown); health != m_health.cend())
        m_editor->setHealth(*health, m_clock.now());
    m_detail->setCurrentWidget(m_editor);
}

// The account that is in the editor, or the new one.
void AccountsPage::refreshAccount(const AccountSummary& summary)
{
    if (const ProviderDescription* provider = providerOf(summary.account.provider))
        m_editor->refresh(summary, *provider, services().accounts.vaultPlace(), m_clock.now(),
                          std::exchange(m_otherProviders, false));
    else
        m_editor->setLost();
}

const ProviderDescription* AccountsPage::providerOf(const QString& key) const
{
    const auto found = std::find_if(m_providers.cbegin(), m_providers.cend(),
                                    [&](const ProviderDescription& provider) { return provider.key == key; });
    return found == m_providers.cend() ? nullptr : &*found;
}

void AccountsPage::showPlatforms()
{
    askToDiscard(prompts(), this, hasUnsavedChanges(), tr("this account"), [this](bool discard) {
        if (!discard)
            return;
        m_table->clearSelection();
        m_table->setCurrentIndex({}); // so that a click on it leads back
        m_new = true;
        m_shown = 0;
        m_detail->setCurrentWidget(m_platforms);
        m_platforms->begin();
    });
}

void AccountsPage::beginNew(const RecognisedAccount& account)
{
    const ProviderDescription* provider = providerOf(account.provider);
    if (!provider)
        return;
    AccountSummary summary;
    summary.account.name = provider->name;
    summary.account.provider = provider->key;
    summary.account.channel = provider->channel;
    summary.account.settings = account.settings;
    summary.providerName = provider->name;
    m_editor->setAccount(summary, *provider, services().accounts.vaultPlace(), m_clock.now(), account.secrets);
    m_detail->setCurrentWidget(m_editor);
    m_editor->focusFirst();
    if (!account.settings.isEmpty() || !account.secrets.isEmpty())
        Q_EMIT notice(tr("Recognised as %1: the form is filled in. Save it, then try it.").arg(provider->name));
}

// An empty field is not wrong while somebody is still filling in the form.
void AccountsPage::checkField(const ProviderField& field, const QJsonValue& value)
{
    if (value.isString() && value.toString().isEmpty())
        return;
    if (const Status good = AccountService::checkField(field, value); !good)
        m_editor->setErrorOf(field.key, good.error().message);
}

void AccountsPage::save()
{
    m_editor->clearErrors();
    const Account account = m_editor->account();
    whenReady(services().accounts.save(caller(), account, m_editor->secrets()), this,
              [this, account](const Result<qint64>& saved) {
                  if (!saved) {
                      if (!m_editor->showError(saved.error()))
                          Q_EMIT problem(saved.error());
                      return;
                  }
                  m_new = false;
                  m_shown = *saved;
                  m_editor->setSaved(*saved);
                  Q_EMIT notice(tr("Account \"%1\" saved.").arg(account.name));
                  activate();
              });
}

void AccountsPage::remove()
{
    const Account account = m_editor->account();
    const Question question{tr("Delete account"), tr("Delete the account \"%1\"?").arg(account.name),
                            tr("Its secrets in %1 are no longer used.").arg(services().accounts.vaultPlace()),
                            tr("Delete account"), true};
    prompts().confirm(this, question, [this, account](bool yes) {
        if (!yes)
            return;
        whenReady(services().accounts.remove(caller(), account.id), this, [this, account](const Status& removed) {
            if (!removed) {
                Q_EMIT problem(removed.error());
                return;
            }
            m_shown = 0;
            m_detail->setCurrentIndex(0);
            Q_EMIT notice(tr("Account \"%1\" deleted.").arg(account.name));
            activate();
        });
    });
}

void AccountsPage::probe()
{
    m_editor->setBusy(true);
    whenReady(services().accounts.probe(m_shown), this, [this, asked = m_shown](const Result<QString>& answer) {
        if (asked != m_shown)
            return;
        m_editor->setBusy(false);
        if (answer)
            m_editor->showAnswer(tr("Connected. The platform says:"), Tone::Good, *answer);
        else
            m_editor->showAnswer(tr("Not connected."), Tone::Bad, answer.error().message, adviceOn(answer.error()));
    });
}

void AccountsPage::testSend(const QString& address)
{
    m_editor->setBusy(true);
    const auto asked = m_shown;
    whenReady(services().accounts.testSend(caller(), m_shown, address), this, [this, asked](const Result<Outcome>& outcome) {
        if (asked != m_shown)
            return;
        m_editor->setBusy(false);
        if (outcome)
            m_editor->showAnswer(outcomeVerdict(*outcome), toneOf(outcome->kind), outcomeAnswer(*outcome),
                                 adviceOn(*outcome));
        else
            m_editor->showAnswer(outcome.error().message, Tone::Bad, {}, adviceOn(outcome.error()));
    });
}

} // namespace carillon::ui
