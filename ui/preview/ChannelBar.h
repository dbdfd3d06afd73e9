// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>
#include <QWidget>

class QTabBar;
class QToolButton;

namespace carillon::ui {

// The channels that a message can be looked at on, one of them chosen, and the switch between the recipient's light and
// dark. Belongs to its parent.
class ChannelBar : public QWidget {
    Q_OBJECT

public:
    explicit ChannelBar(QWidget* parent = nullptr);

    void setChannels(const QStringList& channels);
    const QStringList& channels() const { return m_channels; }
    void setChannel(const QString& channel);
    const QString& channel() const { return m_channel; }
    void setDark(bool dark);

Q_SIGNALS:
    void channelChosen(const QString& channel);
    void darkChosen(bool dark);

private:
    void choose(int index);

    QStringList m_channels;
    QString m_channel;
    QTabBar* m_tabs;
    QToolButton* m_dark;
};

} // namespace carillon::ui
