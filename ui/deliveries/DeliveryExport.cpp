// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/deliveries/DeliveryExport.h"

#include "engine/base/Csv.h"
#include "engine/base/Future.h"
#include "engine/model/EmailAddress.h"
#include "engine/model/Names.h"

#include <QDateTime>

namespace carillon::ui {

namespace {

QString isoTime(qint64 time)
{
    return time > 0 ? QDateTime::fromMSecsSinceEpoch(time, Qt::UTC).toString(Qt::ISODateWithMs) : QString();
}

const QStringList& header()
{
    static const QStringList names{u"id"_qs,       u"created"_qs,    u"updated"_qs,     u"state"_qs,     u"channel"_qs,
                                   u"contact"_qs,  u"address"_qs,    u"campaign"_qs,    u"topic"_qs,     u"account"_qs,
                                   u"attempts"_qs, u"message_id"_qs, u"provider_id"_qs, u"last_error"_qs};
    return names;
}

QStringList cellsOf(const DeliveryRow& row)
{
    const Delivery& delivery = row.delivery;
    return {QString::number(delivery.id),
            isoTime(delivery.createdAt),
            isoTime(delivery.updatedAt),
            nameOf(delivery.state),
            delivery.channel,
            row.contactName,
            shownAddress(delivery.channel, delivery.address),
            row.campaignName,
            row.topicKey,
            row.accountName,
            QString::number(delivery.attempts),
            delivery.messageId,
            delivery.providerId,
            delivery.lastError};
}

} // namespace

DeliveryExport::DeliveryExport(const DeliveryService& deliveries, DeliveryQuery query, const QString& path, QObject* parent)
    : QObject(parent)
    , m_deliveries(deliveries)
    , m_query(std::move(query))
    , m_file(path)
{
}

void DeliveryExport::start()
{
    if (!m_file.open(QIODevice::WriteOnly)) {
        stop({ErrorCode::Storage, tr("%1 cannot be written: %2").arg(m_file.fileName(), m_file.errorString()), {}});
        return;
    }
    m_file.write(csvRecord(header()));
    next();
}

void DeliveryExport::next()
{
    whenReady(m_deliveries.page(m_query, {m_offset, RowsPerPage}), this,
              [this](const Result<Page<DeliveryRow>>& page) { take(page); });
}

void DeliveryExport::take(const Result<Page<DeliveryRow>>& page)
{
    if (!page) {
        stop(page.error());
        return;
    }
    for (const DeliveryRow& row : page->rows) {
        if (m_lastId != 0 && row.delivery.id >= m_lastId)
            continue;
        m_lastId = row.delivery.id;
        m_file.write(csvRecord(cellsOf(row)));
        ++m_rows;
    }
    m_offset += page->rows.size();
    if (m_file.error() != QFileDevice::NoError) {
        stop({ErrorCode::Storage, tr("%1 cannot be written: %2").arg(m_file.fileName(), m_file.errorString()), {}});
        return;
    }
    Q_EMIT progressed(m_rows, page->total);
    if (!page->rows.isEmpty() && m_offset < page->total)
        next();
    else if (m_file.commit())
        Q_EMIT finished(m_rows);
    else
        stop({ErrorCode::Storage, tr("%1 cannot be written: %2").arg(m_file.fileName(), m_file.errorString()), {}});
}

void DeliveryExport::stop(const Error& error)
{
    m_file.cancelWriting();
    Q_EMIT failed(error);
}

} // namespace carillon::ui
