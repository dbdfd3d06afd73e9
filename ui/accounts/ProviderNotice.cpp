// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/accounts/ProviderNotice.h"

#include "engine/service/AccountService.h"
#include "engine/service/LiveService.h"

#include <algorithm>

namespace carillon::ui {

namespace {

constexpr qsizetype MostShown = 4;

} // namespace

ProviderNotice::ProviderNotice(const AccountService& accounts, const LiveService& live, QWidget* parent)
    : ToneLabel(parent)
    , m_accounts(accounts)
{
    setObjectName(QStringLiteral("providerNotice"));
    setTextFormat(Qt::PlainText);
    setWordWrap(true);
    connect(&live, &LiveService::digested, this, &ProviderNotice::takeDigest);
    refresh();
}

void ProviderNotice::refresh()
{
    QStringList problems = m_accounts.providerProblems();
    const qsizetype more = problems.size() - MostShown;
    problems = problems.mid(0, MostShown);
    if (more > 0)
        problems << tr("And %n more: \"carillonctl provider check\" tells them all.", nullptr, int(more));
    say(problems.join(u'\n'), Tone::Warning);
    setVisible(!problems.isEmpty());
}

void ProviderNotice::takeDigest(const LiveDigest& digest)
{
    const QStringList types = digest.byType.keys();
    const bool concerned = std::any_of(types.begin(), types.end(),
                                       [](const QString& type) { return type.startsWith(QStringLiteral("provider.")); });
    if (!concerned)
        return;
    refresh();
    Q_EMIT providersChanged();
}

} // namespace carillon::ui
