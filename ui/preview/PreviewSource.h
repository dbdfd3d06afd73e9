// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/service/CampaignService.h"

#include <QHash>
#include <QObject>

#include <functional>
#include <optional>

class QTimer;

namespace carillon::ui {

// Keeps a preview up with somebody who types: asks at the first key at once (when the event that brought it is done with, so
// that what it changes in several places is one request), has one request under way at a time, never asks more often than
// every 16 ms, and of those that came up meanwhile asks only the last. An answer that is older than the newest request is
// shown, too: it is newer than what is on screen. Window thread; belongs to its parent.
class PreviewSource : public QObject {
    Q_OBJECT

public:
    using Ask = std::function<Future<Preview>(const PreviewRequest& request)>;

    PreviewSource(Ask ask, QObject* parent);

    void request(const PreviewRequest& request);

Q_SIGNALS:
    void arrived(const carillon::Preview& preview, const QString& channel);
    void failed(const carillon::Error& error);

private:
    void wake();
    void askNext();
    void take(const Result<Preview>& preview, const QString& channel);

    Ask m_ask;
    QTimer* m_pause; // until the next may be asked
    std::optional<PreviewRequest> m_next;
    bool m_underWay = false;
};

// The channels that a topic can be looked at on, in the order lists show them: those it has content for, and those of its
// routes. `accountChannels`: account id -> channel.
QStringList previewChannels(const TopicDetail& topic, const QHash<qint64, QString>& accountChannels);

} // namespace carillon::ui
