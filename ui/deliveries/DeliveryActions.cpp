// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/deliveries/DeliveryActions.h"

#include "engine/base/Future.h"
#include "ui/deliveries/DeliveryExport.h"
#include "ui/frame/Prompts.h"
#include "ui/widgets/Icon.h"
#include "ui/widgets/Words.h"

#include <QAction>
#include <QFileInfo>
#include <QWidget>

namespace carillon::ui {

DeliveryActions::DeliveryActions(DeliveryService& deliveries, const Caller& caller, Prompts& prompts, QWidget* over)
    : QObject(over)
    , m_deliveries(deliveries)
    , m_caller(caller)
    , m_prompts(prompts)
    , m_over(over)
    , m_retry(make("retryFailed", tr("Retr&y failed\u2026"), QStringLiteral("refresh"), tr("Send failed deliveries again"),
                   &DeliveryActions::askToRetry))
    , m_cancel(make("cancelWaiting", tr("&Cancel waiting\u2026"), QStringLiteral("stop"),
                    tr("Never send what is still waiting"), &DeliveryActions::askToCancel))
    , m_resend(make("resendUncertain", tr("Re&send uncertain\u2026"), QStringLiteral("send"),
                    tr("Send again what may or may not have gone out: better twice than never"),
                    &DeliveryActions::askToResend))
    , m_accept(make("acceptUncertain", tr("Acc&ept uncertain\u2026"), QStringLiteral("check"),
                    tr("Count as sent what may or may not have gone out: better never than twice"),
                    &DeliveryActions::askToAccept))
    , m_export(make("exportDeliveries", tr("E&xport\u2026"), QStringLiteral("export"),
                    tr("Save what the filter shows as a CSV file"), &DeliveryActions::askToExport))
{
    const bool mayWrite = m_caller.require(Role::Operator).has_value();
    for (QAction* action : {m_retry, m_cancel, m_resend, m_accept})
        action->setEnabled(mayWrite);
}

QAction* DeliveryActions::make(const char* name, const QString& text, const QString& iconName, const QString& toolTip,
                               void (DeliveryActions::*run)())
{
    auto* action = new QAction(icon(iconName), text, this);
    action->setObjectName(QString::fromLatin1(name));
    action->setToolTip(toolTip);
    connect(action, &QAction::triggered, this, run);
    return action;
}

void DeliveryActions::setQuery(const DeliveryQuery& query)
{
    m_query = query;
}

void DeliveryActions::setChosen(const QList<DeliveryRow>& rows)
{
    m_chosen = rows;
}

void DeliveryActions::askToRetry()
{
    ask({{DeliveryState::Failed},
         tr("Retry failed deliveries"),
         tr("Send %1 failed deliveries again?"),
         {},
         tr("&Retry"),
         tr("%1 deliveries are queued again."),
         tr("None of these deliveries has failed."),
         [this](const DeliverySelection& selection) { return m_deliveries.retryFailed(m_caller, selection); }});
}

void DeliveryActions::askToCancel()
{
    ask({{DeliveryState::Queued, DeliveryState::Retrying},
         tr("Cancel waiting deliveries"),
         tr("Cancel %1 waiting deliveries?"),
         tr("These contacts get nothing. What is on the wire already still goes out."),
         tr("&Cancel deliveries"),
         tr("%1 deliveries are cancelled."),
         tr("None of these deliveries is waiting."),
         [this](const DeliverySelection& selection) { return m_deliveries.cancelWaiting(m_caller, selection); },
         true});
}

void DeliveryActions::askToResend()
{
    ask({{DeliveryState::Uncertain},
         tr("Resend uncertain deliveries"),
         tr("Send %1 uncertain deliveries again?"),
         tr("Some of them may have arrived already: these contacts get the message twice."),
         tr("Re&send"),
         tr("%1 deliveries are queued again."),
         tr("None of these deliveries is uncertain."),
         [this](const DeliverySelection& selection) {
             return m_deliveries.settleUncertain(m_caller, selection, UncertainDecision::Resend);
         }});
}

void DeliveryActions::askToAccept()
{
    ask({{DeliveryState::Uncertain},
         tr("Accept uncertain deliveries"),
         tr("Count %1 uncertain deliveries as sent?"),
         tr("Some of them may never have gone out: these contacts get nothing."),
         tr("&Accept"),
         tr("%1 deliveries count as sent."),
         tr("None of these deliveries is uncertain."),
         [this](const DeliverySelection& selection) {
             return m_deliveries.settleUncertain(m_caller, selection, UncertainDecision::AcceptAsSent);
         }});
}

void DeliveryActions::ask(const Deed& deed)
{
    DeliveryQuery query = m_query;
    query.states = deed.states;
    if (!m_query.states.isEmpty())
        query.states.removeIf([this](DeliveryState state) { return !m_query.states.contains(state); });
    if (query.states.isEmpty()) { // no state would mean any
        Q_EMIT notice(deed.none);
        return;
    }
    QList<qint64> chosen;
    for (const DeliveryRow& row : std::as_const(m_chosen)) {
        if (deed.states.contains(row.delivery.state))
            chosen.append(row.delivery.id);
    }
    const auto found = [this, deed, chosen, query](const Result<Page<DeliveryRow>>& page) {
        if (page)
            askOf(deed, page->total, chosen, query);
        else
            Q_EMIT problem(page.error());
    };
    whenReady(m_deliveries.page(query, {0, 1}), this, found);
}

void DeliveryActions::askOf(const Deed& deed, qint64 all, const QList<qint64>& chosen, const DeliveryQuery& query)
{
    if (all == 0) {
        Q_EMIT notice(deed.none);
        return;
    }
    const DeliverySelection every{{}, query};
    const DeliverySelection some{chosen, {}};
    if (chosen.isEmpty() || chosen.size() >= all) {
        confirm(deed, all, chosen.isEmpty() ? every : some);
        return;
    }
    const QString text = tr("%1 are chosen, %2 match in all.").arg(countText(chosen.size()), countText(all));
    const QStringList verbs{tr("The &chosen %1").arg(countText(chosen.size())), tr("&All %1").arg(countText(all))};
    m_prompts.choose(m_over, {deed.title, text, verbs}, [this, deed, all, every, some](int verb) {
        confirm(deed, verb == 0 ? some.ids.size() : all, verb == 0 ? some : every);
    });
}

void DeliveryActions::confirm(const Deed& deed, qint64 count, const DeliverySelection& selection)
{
    const Question question{deed.title, deed.question.arg(countText(count)), deed.detail, deed.verb, deed.destructive};
    m_prompts.confirm(m_over, question, [this, deed, selection](bool yes) {
        if (yes)
            run(deed, selection);
    });
}

void DeliveryActions::run(const Deed& deed, const DeliverySelection& selection)
{
    whenReady(deed.operation(selection), this, [this, deed](const Result<qint64>& count) {
        if (count)
            Q_EMIT notice(deed.done.arg(countText(*count)));
        else
            Q_EMIT problem(count.error());
        Q_EMIT changed();
    });
}

void DeliveryActions::askToExport()
{
    m_prompts.saveFile(m_over, {tr("Export deliveries"), tr("CSV files (*.csv)"), QStringLiteral("deliveries.csv")},
                       [this](const QString& path) { runExport(path); });
}

void DeliveryActions::runExport(const QString& path)
{
    auto* run = new DeliveryExport(m_deliveries, m_query, path, this);
    m_export->setEnabled(false);
    const auto end = [this, run] {
        run->deleteLater();
        m_export->setEnabled(true);
    };
    connect(run, &DeliveryExport::finished, this, [this, end, path](qint64 rows) {
        end();
        Q_EMIT notice(tr("%1 deliveries have been written to %2.").arg(countText(rows), QFileInfo(path).fileName()));
    });
    connect(run, &DeliveryExport::failed, this, [this, end](const Error& error) {
        end();
        Q_EMIT problem(error);
    });
    run->start();
}

} // namespace carillon::ui
