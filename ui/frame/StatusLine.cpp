// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/frame/StatusLine.h"

#include "ui/widgets/StateBadge.h"
#include "ui/widgets/Words.h"

#include <QHBoxLayout>
#include <QLabel>

namespace carillon::ui {

namespace {

QLabel* makeLabel(const char* name, const QString& toolTip, StatusLine* parent)
{
    auto* label = new QLabel(parent);
    label->setObjectName(QString::fromLatin1(name));
    label->setToolTip(toolTip);
    label->setTextFormat(Qt::PlainText);
    return label;
}

} // namespace

StatusLine::StatusLine(QWidget* parent)
    : QFrame(parent)
    , m_state(new StateBadge(this))
    , m_queue(makeLabel("statusQueue", tr("Deliveries waiting or on the wire"), this))
    , m_rate(makeLabel("statusRate", tr("Messages that providers took, per second"), this))
    , m_errors(makeLabel("statusErrors", tr("Failed deliveries in the last minute"), this))
    , m_clients(makeLabel("statusClients", tr("Dashboards that are connected now"), this))
    , m_problem(makeLabel("statusProblem", {}, this))
    , m_database(makeLabel("statusDatabase", {}, this))
{
    setObjectName(QStringLiteral("statusLine"));
    setAccessibleName(tr("Engine status"));
    m_state->setObjectName(QStringLiteral("statusState"));
    setRole(m_problem, "error");
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(Theme::Space, 3, Theme::Space, 3);
    layout->setSpacing(18);
    for (QWidget* widget : std::initializer_list<QWidget*>{m_state, m_queue, m_rate, m_errors, m_clients, m_problem})
        layout->addWidget(widget);
    layout->addStretch();
    layout->addWidget(m_database);
    setStatus({});
}

void StatusLine::setStatus(const EngineStatus& status)
{
    m_state->setState(status.running ? tr("Running") : tr("Paused"), status.running ? Tone::Good : Tone::Warning);
    m_queue->setText(tr("%1 in the queue").arg(countText(status.queued)));
    m_rate->setText(tr("%1 sent").arg(rateText(status.sentPerSecond)));
    m_errors->setText(tr("Errors in the last minute: %1").arg(countText(status.errorsLastMinute)));
    setRole(m_errors, status.errorsLastMinute > 0 ? "error" : "muted");
    m_clients->setText(tr("Dashboards: %1").arg(countText(status.clients)));
    m_problem->setText(status.problem);
    m_problem->setVisible(!status.problem.isEmpty());
    m_databaseName = status.database;
    m_database->setToolTip(tr("Database: %1").arg(status.database));
    showDatabase();
}

void StatusLine::resizeEvent(QResizeEvent* event)
{
    QFrame::resizeEvent(event);
    showDatabase();
}

void StatusLine::showDatabase()
{
    m_database->setText(m_database->fontMetrics().elidedText(m_databaseName, Qt::ElideMiddle, width() / 4));
}

} // namespace carillon::ui
