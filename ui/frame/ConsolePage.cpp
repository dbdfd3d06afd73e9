// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/frame/ConsolePage.h"

namespace carillon::ui {

ConsolePage::ConsolePage(const Services& services, const Caller& caller, Prompts& prompts, QWidget* parent)
    : QWidget(parent)
    , m_services(services)
    , m_caller(caller)
    , m_prompts(prompts)
{
    setFocusPolicy(Qt::ClickFocus);
}

} // namespace carillon::ui
