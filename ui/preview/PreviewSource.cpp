// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/preview/PreviewSource.h"

#include "engine/base/Future.h"

#include <QTimer>

namespace carillon::ui {

namespace {

constexpr int pauseMs = 30; // with rendering in a few milliseconds the preview follows a key within 50

}

PreviewSource::PreviewSource(Ask ask, QObject* parent)
    : QObject(parent)
    , m_ask(std::move(ask))
    , m_pause(new QTimer(this))
{
    m_pause->setSingleShot(true);
    m_pause->setInterval(pauseMs);
    connect(m_pause, &QTimer::timeout, this, &PreviewSource::askNext);
}

// The pause runs from the first key after an answer, not from the last: whoever types without a rest sees the preview
// follow, too.
void PreviewSource::request(const PreviewRequest& request)
{
    m_next = request;
    if (!m_underWay && !m_pause->isActive())
        m_pause->start();
}

void PreviewSource::askNext()
{
    if (!m_next)
        return;
    const QString channel = m_next->channel;
    m_underWay = true;
    whenReady(m_ask(*std::exchange(m_next, std::nullopt)), this,
              [this, channel](const Result<Preview>& preview) { take(preview, channel); });
}

void PreviewSource::take(const Result<Preview>& preview, const QString& channel)
{
    m_underWay = false;
    if (m_next)
        m_pause->start();
    if (preview)
        Q_EMIT arrived(*preview, channel);
    else
        Q_EMIT failed(preview.error());
}

} // namespace carillon::ui
