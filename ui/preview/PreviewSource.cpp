// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/preview/PreviewSource.h"

#include "engine/base/Future.h"
#include "engine/model/Channel.h"

#include <QTimer>

namespace carillon::ui {

namespace {

constexpr int frameMs = 16; // more pictures than these nobody sees

}

PreviewSource::PreviewSource(Ask ask, QObject* parent)
    : QObject(parent)
    , m_ask(std::move(ask))
    , m_pause(new QTimer(this))
{
    m_pause->setSingleShot(true);
    connect(m_pause, &QTimer::timeout, this, &PreviewSource::askNext);
}

void PreviewSource::request(const PreviewRequest& request)
{
    m_next = request;
    wake();
}

void PreviewSource::wake()
{
    if (m_next && !m_underWay && !m_pause->isActive())
        m_pause->start(0);
}

void PreviewSource::askNext()
{
    if (!m_next || m_underWay)
        return;
    const QString channel = m_next->channel;
    m_underWay = true;
    m_pause->start(frameMs);
    whenReady(m_ask(*std::exchange(m_next, std::nullopt)), this,
              [this, channel](const Result<Preview>& preview) { take(preview, channel); });
}

void PreviewSource::take(const Result<Preview>& preview, const QString& channel)
{
    m_underWay = false;
    wake();
    if (preview)
        Q_EMIT arrived(*preview, channel);
    else
        Q_EMIT failed(preview.error());
}

QStringList previewChannels(const TopicDetail& topic, const QHash<qint64, QString>& accountChannels)
{
    QStringList wanted;
    for (const Template& content : topic.templates)
        wanted << content.channel;
    for (const Route& route : topic.routes)
        wanted << accountChannels.value(route.accountId);
    QStringList channels;
    for (const Channel& known : allChannels()) {
        if (wanted.contains(known.key))
            channels << known.key;
    }
    for (const QString& channel : wanted) {
        if (!channel.isEmpty() && !channels.contains(channel))
            channels << channel;
    }
    return channels;
}

} // namespace carillon::ui
