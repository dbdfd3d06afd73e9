// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/preview/ChannelBar.h"

#include "ui/widgets/Theme.h"
#include "ui/widgets/Words.h"

#include <QHBoxLayout>
#include <QSignalBlocker>
#include <QTabBar>
#include <QToolButton>

namespace carillon::ui {

ChannelBar::ChannelBar(QWidget* parent)
    : QWidget(parent)
    , m_tabs(new QTabBar(this))
    , m_dark(new QToolButton(this))
{
    m_tabs->setObjectName(QStringLiteral("previewChannels"));
    m_tabs->setAccessibleName(tr("Channel to preview"));
    m_tabs->setDrawBase(false);
    m_tabs->setExpanding(false);
    m_tabs->setUsesScrollButtons(true);
    m_tabs->setElideMode(Qt::ElideNone);
    m_dark->setObjectName(QStringLiteral("previewDark"));
    m_dark->setText(tr("Dark"));
    m_dark->setCheckable(true);
    m_dark->setToolTip(tr("As a recipient sees it whose device is in dark mode"));
    m_dark->setAccessibleName(m_dark->toolTip());
    setRole(m_dark, "quiet");
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(m_tabs, 1);
    row->addWidget(m_dark);
    connect(m_tabs, &QTabBar::currentChanged, this, &ChannelBar::choose);
    connect(m_dark, &QToolButton::clicked, this, &ChannelBar::darkChosen);
}

void ChannelBar::setChannels(const QStringList& channels)
{
    if (channels == m_channels)
        return;
    const QSignalBlocker quiet(m_tabs);
    m_channels = channels;
    while (m_tabs->count() > 0)
        m_tabs->removeTab(0);
    for (const QString& channel : channels) {
        const int tab = m_tabs->addTab(channelTitle(channel));
        m_tabs->setTabToolTip(tab, tr("As it is seen on %1").arg(channelTitle(channel)));
    }
    setChannel(m_channel);
    m_tabs->updateGeometry(); // a tab bar that was empty keeps its height of nothing
}

void ChannelBar::setChannel(const QString& channel)
{
    const QSignalBlocker quiet(m_tabs);
    m_channel = channel;
    if (m_channels.contains(channel))
        m_tabs->setCurrentIndex(int(m_channels.indexOf(channel)));
}

void ChannelBar::setDark(bool dark)
{
    m_dark->setChecked(dark);
}

void ChannelBar::choose(int index)
{
    if (index < 0 || m_channels.value(index) == m_channel)
        return;
    m_channel = m_channels.value(index);
    Q_EMIT channelChosen(m_channel);
}

} // namespace carillon::ui
