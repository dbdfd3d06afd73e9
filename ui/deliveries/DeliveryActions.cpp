// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/deliveries/DeliveryActions.h"

#include "engine/base/Future.h"
#include "ui/deliveries/DeliveryBatch.h"
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
    , m_retry(make("retryFailed", tr("&Retry failed\u2026"), QStringLiteral("refresh"), tr("Send failed deliveries again"),
                   &DeliveryActions::askToRetry))
    , m_resend(make("resendUncertain", tr("Re&send uncertain\u2026"), QStringLiteral("send"),
                    tr("Send again what may or may not have gone out: better twice than never"),
                    &DeliveryActions::askToResend))
    , m_accept(make("acceptUncertain", tr("&Accept uncertain\u2026"), QStringLiteral("check"),
                    tr("Count as sent what may or may not have gone out: better never than twice"),
                    &DeliveryActions::askToAccept))
    , m_export(make("exportDeliveries", tr("E&xport\u2026"), QStringLiteral("export"),
                    tr("Save what the filter shows as a CSV file"), &DeliveryActions::askToExport))
{
    const bool mayWrite = m_caller.require(Role::Operator).has_value();
    for (QAction* action : {m_retry, m_resend, m_accept})
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
    ask({DeliveryState::Failed,
         tr("Retry failed deliveries"),
         tr("Send %1 failed deliveries again?"),
         {},
         tr("&Retry"),
         tr("%1 deliveries are queued again."),
         [this](const QList<qint64>& ids) { return m_deliveries.retryFailed(m_caller, {ids, {}}); }});
}

void DeliveryActions::askToResend()
{
    ask({DeliveryState::Uncertain, tr("Resend uncertain deliveries"), tr("Send %1 uncertain deliveries again?"),
         tr("Some of them may have arrived already: these contacts get the message twice."), tr("Re&send"),
         tr("%1 deliveries are queued again."), [this](const QList<qint64>& ids) {
             return m_deliveries.settleUncertain(m_caller, {ids, {}}, UncertainDecision::Resend);
         }});
}

void DeliveryActions::askToAccept()
{
    ask({DeliveryState::Uncertain, tr("Accept uncertain deliveries"), tr("Count %1 uncertain deliveries as sent?"),
         tr("Some of them may never have gone out: these contacts get nothing."), tr("&Accept"),
         tr("%1 deliveries count as sent."), [this](const QList<qint64>& ids) {
             return m_deliveries.settleUncertain(m_caller, {ids, {}}, UncertainDecision::AcceptAsSent);
         }});
}

void DeliveryActions::ask(const Deed& deed)
{
    QList<qint64> ids;
    for (const DeliveryRow& row : m_chosen) {
        if (row.delivery.state == deed.state)
            ids.append(row.delivery.id);
    }
    if (m_chosen.size() > 1) {
        askOf(deed, ids.size(), ids);
        return;
    }
    DeliveryQuery query = m_query;
    query.states = {deed.state};
    whenReady(m_deliveries.page(query, {0, 1}), this, [this, deed](const Result<Page<DeliveryRow>>& page) {
        if (page)
            askOf(deed, page->total, {});
        else
            Q_EMIT problem(page.error());
    });
}

void DeliveryActions::askOf(const Deed& deed, qint64 count, const QList<qint64>& ids)
{
    if (count == 0) {
        Q_EMIT notice(tr("None of these deliveries is %1.").arg(titleOf(deed.state).toLower()));
        return;
    }
    const Question question{deed.title, deed.question.arg(countText(count)), deed.detail, deed.verb, false};
    m_prompts.confirm(m_over, question, [this, deed, ids](bool yes) {
        if (!yes)
            return;
        if (ids.isEmpty())
            runOnAll(deed);
        else
            run(deed, ids);
    });
}

void DeliveryActions::run(const Deed& deed, const QList<qint64>& ids)
{
    whenReady(deed.operation(ids), this, [this, deed](const Result<qint64>& count) {
        if (count)
            Q_EMIT notice(deed.done.arg(countText(*count)));
        else
            Q_EMIT problem(count.error());
        Q_EMIT changed();
    });
}

void DeliveryActions::runOnAll(const Deed& deed)
{
    DeliveryQuery query = m_query;
    query.states = {deed.state};
    auto* batch = new DeliveryBatch(m_deliveries, query, deed.operation, this);
    connect(batch, &DeliveryBatch::finished, this, [this, batch, deed](qint64 done) {
        batch->deleteLater();
        Q_EMIT notice(deed.done.arg(countText(done)));
        Q_EMIT changed();
    });
    connect(batch, &DeliveryBatch::failed, this, [this, batch](const Error& error) {
        batch->deleteLater();
        Q_EMIT problem(error);
        Q_EMIT changed();
    });
    batch->start();
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
