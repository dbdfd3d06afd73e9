// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/preview/RemoteImages.h"

#include <QBuffer>
#include <QImageReader>
#include <QNetworkAccessManager>
#include <QNetworkCookie>
#include <QNetworkCookieJar>
#include <QNetworkReply>

namespace carillon::ui {

namespace {

constexpr int timeoutMs = 10'000;
constexpr qint64 largestImage = 8'000'000; // bytes
constexpr int mostImages = 200; // of one message
constexpr int largestSide = 1'200; // pixels kept

// Takes no cookie and gives none: two loads cannot be told to be of one person.
class NoCookies final : public QNetworkCookieJar {
public:
    using QNetworkCookieJar::QNetworkCookieJar;
    QList<QNetworkCookie> cookiesForUrl(const QUrl&) const override { return {}; }
    bool setCookiesFromUrl(const QList<QNetworkCookie>&, const QUrl&) override { return false; }
};

QImage decoded(const QByteArray& bytes)
{
    QBuffer buffer;
    buffer.setData(bytes);
    buffer.open(QIODevice::ReadOnly);
    QImageReader reader(&buffer);
    reader.setAutoTransform(true);
    const QSize size = reader.size();
    if (size.width() > largestSide || size.height() > largestSide)
        reader.setScaledSize(size.scaled(largestSide, largestSide, Qt::KeepAspectRatio));
    return reader.read();
}

} // namespace

RemoteImages::RemoteImages(QObject* parent)
    : QObject(parent)
{
}

void RemoteImages::begin(const QString& message)
{
    m_wanted.clear();
    if (message == m_message)
        return;
    m_message = message;
    m_approved.clear();
    m_asked.clear();
    m_images.clear();
}

void RemoteImages::want(const QUrl& address)
{
    const bool isRemote
        = address.isValid() && !address.host().isEmpty() && (address.scheme() == u"https" || address.scheme() == u"http");
    if (isRemote && m_wanted.size() < mostImages)
        m_wanted.insert(address);
}

void RemoteImages::end()
{
    Q_EMIT changed();
}

bool RemoteImages::isApproved() const
{
    return m_approved.contains(m_wanted);
}

void RemoteImages::approve()
{
    m_approved.unite(m_wanted);
    Q_EMIT changed();
}

QImage RemoteImages::image(const QUrl& address)
{
    if (m_approved.contains(address) && !m_asked.contains(address))
        fetch(address);
    return m_images.value(address);
}

void RemoteImages::fetch(const QUrl& address)
{
    if (!m_network) {
        m_network = new QNetworkAccessManager(this);
        m_network->setCookieJar(new NoCookies(m_network));
        m_network->setTransferTimeout(timeoutMs);
    }
    m_asked.insert(address);
    QNetworkReply* reply = m_network->get(QNetworkRequest(address));
    connect(reply, &QNetworkReply::downloadProgress, reply, [reply](qint64 received, qint64 total) {
        if (received > largestImage || total > largestImage)
            reply->abort();
    });
    connect(reply, &QNetworkReply::finished, this, [this, reply, address] { take(reply, address); });
}

void RemoteImages::take(QNetworkReply* reply, const QUrl& address)
{
    reply->deleteLater();
    if (reply->error() != QNetworkReply::NoError || !m_asked.contains(address))
        return;
    const QImage image = decoded(reply->readAll());
    if (image.isNull())
        return;
    m_images.insert(address, image);
    Q_EMIT loaded(address);
}

} // namespace carillon::ui
