// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/service/CampaignService.h"

#include <QObject>

#include <functional>
#include <optional>

class QTimer;

namespace carillon::ui {

// Keeps a preview up with somebody who types: waits 30 ms for the next key, has one request under way at a time, and of
// those that came up meanwhile asks only the last. An answer that is older than the newest request is shown, too: it is
// newer than what is on screen. Window thread; belongs to its parent.
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
    void askNext();
    void take(const Result<Preview>& preview, const QString& channel);

    Ask m_ask;
    QTimer* m_pause;
    std::optional<PreviewRequest> m_next;
    bool m_underWay = false;
};

} // namespace carillon::ui
