// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/accounts/NewAccountView.h"

#include "engine/model/Channel.h"
#include "ui/accounts/PlatformDelegate.h"
#include "ui/accounts/SecretText.h"
#include "ui/forms/Layouts.h"
#include "ui/forms/ToneLabel.h"
#include "ui/widgets/SearchField.h"
#include "ui/widgets/Words.h"

#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QTimer>
#include <QTreeWidget>
#include <QTreeWidgetItemIterator>
#include <QVBoxLayout>

#include <algorithm>

namespace carillon::ui {

namespace {

constexpr int PauseMs = 250; // after the last key; a paste is one
constexpr int AccountRole = Qt::UserRole;
constexpr int SearchRole = Qt::UserRole + 1; // all the words that a search looks into

} // namespace

NewAccountView::NewAccountView(QWidget* parent)
    : QWidget(parent)
    , m_paste(new SecretText(this))
    , m_pause(new QTimer(this))
    , m_answer(new ToneLabel(this))
    , m_search(new SearchField(tr("Search platforms"), this))
    , m_list(new QTreeWidget(this))
    , m_continue(makeButton(tr("Cont&inue"), QStringLiteral("continueAccount"), this, "primary"))
{
    auto* content = new QWidget(this);
    auto* column = new QVBoxLayout(content);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(Theme::Space);
    column->addWidget(makePaste());
    column->addWidget(makeList(), 1);
    auto* whole = new QVBoxLayout(this);
    whole->setContentsMargins(0, 0, 0, 0);
    whole->addWidget(makeEditorCard(content, {nullptr, m_continue}, this));
    m_pause->setSingleShot(true);
    m_pause->setInterval(PauseMs);
    connect(m_paste, &QPlainTextEdit::textChanged, m_pause, qOverload<>(&QTimer::start));
    connect(m_pause, &QTimer::timeout, this, [this] { Q_EMIT pasted(m_paste->toPlainText().trimmed()); });
    connect(m_search, &SearchField::searched, this, &NewAccountView::search);
    connect(m_search, &QLineEdit::returnPressed, this, &NewAccountView::choose);
    connect(m_list, &QTreeWidget::itemActivated, this, &NewAccountView::choose);
    connect(m_list, &QTreeWidget::currentItemChanged, this,
            [this](QTreeWidgetItem* item) { m_continue->setEnabled(item && item->parent()); });
    connect(m_list->header(), &QHeaderView::sectionResized, m_list, &QTreeWidget::doItemsLayout);
    connect(m_continue, &QPushButton::clicked, this, &NewAccountView::choose);
}

QWidget* NewAccountView::makePaste()
{
    auto* box = new QWidget(this);
    auto* label = makeLabel(tr("Paste a token, key o&r address"), "heading", box);
    label->setBuddy(m_paste);
    m_paste->setObjectName(QStringLiteral("pasteCredential"));
    m_paste->setAccessibleName(tr("Paste a token, key or address"));
    m_paste->setPlaceholderText(tr("xoxb-…\nhttps://hooks.slack.com/services/…\nsmtp://user:password@mail.example.org"));
    m_answer->setObjectName(QStringLiteral("pasteAnswer"));
    m_answer->hide();
    auto* column = new QVBoxLayout(box);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(Theme::SmallSpace);
    column->addWidget(label);
    column->addWidget(m_paste);
    column->addWidget(
        makeLabel(tr("What a platform gave you, an Apprise URL or a service account's JSON: the form is filled "
                     "in from it."),
                  "muted", box));
    column->addWidget(m_answer);
    return box;
}

QWidget* NewAccountView::makeList()
{
    auto* box = new QWidget(this);
    m_search->setObjectName(QStringLiteral("platformSearch"));
    m_list->setObjectName(QStringLiteral("platformList"));
    m_list->setAccessibleName(tr("Platforms"));
    m_list->setHeaderHidden(true);
    m_list->setRootIsDecorated(false);
    m_list->setItemsExpandable(false);
    m_list->setItemDelegate(new PlatformDelegate(m_list));
    m_list->setIndentation(Theme::SmallSpace);
    m_list->setMinimumHeight(m_list->fontMetrics().height() * 14);
    m_list->header()->setSectionResizeMode(QHeaderView::Stretch);
    auto* column = new QVBoxLayout(box);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(Theme::SmallSpace);
    column->addWidget(makeLabel(tr("Or choose the platform"), "heading", box));
    column->addWidget(m_search);
    column->addWidget(m_list, 1);
    return box;
}

void NewAccountView::setProviders(const QList<ProviderDescription>& providers)
{
    m_providers = providers;
    const QTreeWidgetItem* item = m_list->currentItem();
    const QString chosen = item ? item->data(0, AccountRole).value<RecognisedAccount>().provider : QString();
    fill();
    search(m_search->text().trimmed());
    if (!chosen.isEmpty())
        select(chosen);
    if (m_recognised.isEmpty() && !m_paste->toPlainText().trimmed().isEmpty())
        m_pause->start(); // it may be of the new one
}

void NewAccountView::begin()
{
    m_paste->clear();
    m_pause->stop();
    m_search->clear();
    setRecognised({});
    m_answer->hide();
    search({});
    m_paste->setFocus(Qt::OtherFocusReason);
}

void NewAccountView::setRecognised(const QList<RecognisedAccount>& accounts)
{
    m_recognised = accounts;
    if (accounts.size() == 1)
        return choose();
    const bool asked = !m_paste->toPlainText().trimmed().isEmpty();
    m_answer->setVisible(asked);
    m_answer->say(accounts.isEmpty() ? tr("This form is not known here. Choose the platform below and paste it there.")
                                     : tr("This may be of several platforms. Choose the right one."),
                  accounts.isEmpty() ? Tone::Warning : Tone::Neutral);
    fill();
    if (!accounts.isEmpty())
        selectBest({});
}

// What was recognised stands first, then every platform by channel.
void NewAccountView::fill()
{
    m_list->clear();
    const auto addGroup = [this](const QString& title) {
        auto* group = new QTreeWidgetItem(m_list, {title});
        group->setFlags(Qt::ItemIsEnabled);
        QFont bold = m_list->font();
        bold.setBold(true);
        group->setFont(0, bold);
        group->setSizeHint(0, QSize(0, 2 * m_list->fontMetrics().height()));
        return group;
    };
    QTreeWidgetItem* group = m_recognised.isEmpty() ? nullptr : addGroup(tr("Recognised"));
    for (const RecognisedAccount& account : qAsConst(m_recognised)) {
        for (const ProviderDescription& provider : qAsConst(m_providers)) {
            if (provider.key == account.provider)
                addProvider(group, provider, account);
        }
    }
    QHash<QString, QTreeWidgetItem*> groups; // by medium, in the order in which lists show them
    const QList<Channel>& channels = allChannels();
    for (const Channel& channel : channels) {
        for (const ProviderDescription& provider : qAsConst(m_providers)) {
            const QString medium = channelOf(provider.channel).medium;
            if (medium == channel.medium && !groups.contains(medium))
                groups.insert(medium, addGroup(channelTitle(medium)));
        }
    }
    for (const ProviderDescription& provider : qAsConst(m_providers))
        addProvider(groups.value(channelOf(provider.channel).medium), provider, {provider.key, provider.name, {}, {}});
    m_list->expandAll();
    m_continue->setEnabled(false);
}

void NewAccountView::addProvider(QTreeWidgetItem* under, const ProviderDescription& provider,
                                 const RecognisedAccount& account)
{
    auto* item = new QTreeWidgetItem(under, {provider.name});
    item->setData(0, PlatformDelegate::HelpRole, provider.help);
    item->setData(0, Qt::AccessibleDescriptionRole, provider.help);
    item->setData(0, AccountRole, QVariant::fromValue(account));
    item->setData(0, SearchRole,
                  QStringList{provider.key, provider.name, provider.help, channelTitle(provider.channel)}.join(u' '));
}

void NewAccountView::search(const QString& text)
{
    const QStringList words = text.split(u' ', Qt::SkipEmptyParts);
    for (int g = 0; g < m_list->topLevelItemCount(); ++g) {
        QTreeWidgetItem* group = m_list->topLevelItem(g);
        bool any = false;
        for (int n = 0; n < group->childCount(); ++n) {
            const QString all = group->child(n)->data(0, SearchRole).toString();
            const bool fits = std::all_of(words.cbegin(), words.cend(),
                                          [&](const QString& word) { return all.contains(word, Qt::CaseInsensitive); });
            group->child(n)->setHidden(!fits);
            any = any || fits;
        }
        group->setHidden(!any);
    }
    if (!words.isEmpty())
        selectBest(text);
}

// Of those that are shown the first whose name begins so; without one the first.
void NewAccountView::selectBest(const QString& name)
{
    QTreeWidgetItem* best = nullptr;
    for (QTreeWidgetItemIterator item(m_list, QTreeWidgetItemIterator::NotHidden); *item; ++item) {
        if (!(*item)->parent())
            continue;
        if (!best)
            best = *item;
        if (!(*item)->text(0).startsWith(name, Qt::CaseInsensitive))
            continue;
        best = *item;
        break;
    }
    m_list->setCurrentItem(best);
}

void NewAccountView::select(const QString& provider)
{
    for (QTreeWidgetItemIterator item(m_list); *item; ++item) {
        if (!(*item)->isHidden() && (*item)->data(0, AccountRole).value<RecognisedAccount>().provider == provider)
            return m_list->setCurrentItem(*item);
    }
}

void NewAccountView::choose()
{
    m_paste->clear();
    m_pause->stop();
    if (m_recognised.size() == 1) {
        const RecognisedAccount only = m_recognised.takeFirst();
        Q_EMIT chosen(only);
        return;
    }
    const QTreeWidgetItem* item = m_list->currentItem();
    if (item && item->parent())
        Q_EMIT chosen(item->data(0, AccountRole).value<RecognisedAccount>());
}

} // namespace carillon::ui
