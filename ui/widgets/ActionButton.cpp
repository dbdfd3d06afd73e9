// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/ActionButton.h"

#include "ui/widgets/Icon.h"
#include "ui/widgets/Theme.h"

#include <QAction>

namespace carillon::ui {

ActionButton::ActionButton(QAction* action, WhenDisabled whenDisabled, QWidget* parent, const char* role)
    : QPushButton(parent)
    , m_action(action)
    , m_whenDisabled(whenDisabled)
{
    setObjectName(action->objectName() + u"Button"_qs);
    setAutoDefault(false);
    if (role)
        setRole(this, role);
    connect(action, &QAction::changed, this, &ActionButton::follow);
    connect(this, &QPushButton::clicked, action, &QAction::trigger);
    follow();
}

void ActionButton::follow()
{
    setText(m_action->text());
    const QString role = property("role").toString();
    const QString name = m_action->icon().name();
    setIcon(role == u"primary" ? onAccentIcon(name) : role == u"danger" ? dangerIcon(name) : m_action->icon());
    const QString keys = m_action->shortcut().toString(QKeySequence::NativeText);
    setToolTip(keys.isEmpty() ? m_action->toolTip() : u"%1 (%2)"_qs.arg(m_action->toolTip(), keys));
    setAccessibleName(m_action->iconText());
    setEnabled(m_action->isEnabled());
    setVisible(m_action->isVisible() && (m_action->isEnabled() || m_whenDisabled == WhenDisabled::Grey));
}

} // namespace carillon::ui
