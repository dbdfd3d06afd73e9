// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/frame/ConsolePage.h"

#include "ui/widgets/Pacer.h"

namespace carillon::ui {

ConsolePage::ConsolePage(const Services& services, const Caller& caller, Prompts& prompts, QWidget* parent)
    : QWidget(parent)
    , m_services(services)
    , m_caller(caller)
    , m_prompts(prompts)
{
    setFocusPolicy(Qt::ClickFocus);
}

Pacer* ConsolePage::makePacer(int intervalMs)
{
    Q_ASSERT(!m_pacer);
    m_pacer = new Pacer(intervalMs, this);
    return m_pacer;
}

void ConsolePage::activate()
{
    if (m_pacer)
        m_pacer->start();
}

void ConsolePage::hideEvent(QHideEvent* event)
{
    if (m_pacer)
        m_pacer->stop();
    QWidget::hideEvent(event);
}

} // namespace carillon::ui
