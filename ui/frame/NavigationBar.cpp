// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/frame/NavigationBar.h"

#include "ui/widgets/Icon.h"
#include "ui/widgets/Theme.h"

#include <QButtonGroup>
#include <QLabel>
#include <QToolButton>
#include <QVBoxLayout>

namespace carillon::ui {

namespace {

constexpr int Width = 196;
constexpr int LastDigit = 9;

} // namespace

NavigationBar::NavigationBar(QWidget* parent)
    : QFrame(parent)
    , m_group(new QButtonGroup(this))
    , m_pages(new QVBoxLayout)
    , m_foot(new QVBoxLayout)
{
    setObjectName(QStringLiteral("navigation"));
    setAccessibleName(tr("Pages"));
    setFixedWidth(Width);
    auto* name = new QLabel(QStringLiteral("Carillon"), this);
    setRole(name, "brand");
    m_pages->setSpacing(2);
    m_foot->setSpacing(2);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(10, 14, 10, 10);
    layout->addWidget(name);
    layout->addSpacing(Theme::Space);
    layout->addLayout(m_pages);
    layout->addStretch();
    layout->addLayout(m_foot);
}

void NavigationBar::addPage(const QString& id, const QString& title, const QString& iconName)
{
    QToolButton* button = makeButton(title, iconName);
    button->setObjectName(u"navigate:%1"_qs.arg(id));
    button->setCheckable(true);
    m_group->addButton(button);
    m_pages->addWidget(button);
    if (++m_count <= LastDigit) {
        const QKeySequence keys(u"Ctrl+%1"_qs.arg(m_count));
        button->setShortcut(keys);
        button->setToolTip(u"%1 (%2)"_qs.arg(button->accessibleName(), keys.toString(QKeySequence::NativeText)));
    }
    connect(button, &QToolButton::clicked, this, [this, id] { Q_EMIT chosen(id); });
}

void NavigationBar::setCurrent(const QString& id)
{
    if (auto* button = findChild<QToolButton*>(u"navigate:%1"_qs.arg(id)))
        button->setChecked(true);
}

QToolButton* NavigationBar::addFootButton(const QString& title, const QString& iconName)
{
    QToolButton* button = makeButton(title, iconName);
    m_foot->addWidget(button);
    return button;
}

QToolButton* NavigationBar::makeButton(const QString& title, const QString& iconName)
{
    auto* button = new QToolButton(this);
    button->setText(title);
    button->setIcon(icon(iconName));
    button->setIconSize({26, 18}); // wider than the drawing: room between it and the word
    button->setToolButtonStyle(button->icon().isNull() ? Qt::ToolButtonTextOnly : Qt::ToolButtonTextBesideIcon);
    button->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    button->setFocusPolicy(Qt::TabFocus);
    button->setAccessibleName(QString(title).remove(u'&'));
    return button;
}

} // namespace carillon::ui
