// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/store/BrandRepository.h"

#include "engine/store/Connection.h"
#include "engine/store/ContentRevision.h"

namespace carillon {

namespace {

Brand brandOf(const Rows& rows)
{
    return {rows.integer(0), rows.text(1), rows.text(2), rows.text(3), rows.text(4),     rows.text(5),
            rows.text(6),    rows.text(7), rows.text(8), rows.text(9), rows.integer(10), rows.integer(11)};
}

} // namespace

QList<Brand> BrandRepository::all()
{
    QList<Brand> brands;
    Rows rows = m_connection.query(
        "SELECT id, name, from_name, from_address, reply_to, postal_address, public_url, unsubscribe_mailto,"
        " locale, time_zone, created_at, updated_at FROM brand ORDER BY name");
    while (rows.next())
        brands << brandOf(rows);
    return brands;
}

std::optional<Brand> BrandRepository::find(qint64 id)
{
    Rows rows = m_connection.query(
        "SELECT id, name, from_name, from_address, reply_to, postal_address, public_url, unsubscribe_mailto,"
        " locale, time_zone, created_at, updated_at FROM brand WHERE id = ?",
        id);
    if (!rows.next())
        return std::nullopt;
    return brandOf(rows);
}

QString BrandRepository::publicUrl()
{
    Rows rows = m_connection.query("SELECT public_url FROM brand WHERE public_url <> '' ORDER BY id LIMIT 1");
    return rows.next() ? rows.text(0) : QString();
}

qint64 BrandRepository::save(const Brand& b)
{
    raiseContentRevision(m_connection);
    if (b.id != 0) {
        m_connection.run(
            "UPDATE brand SET name = ?, from_name = ?, from_address = ?, reply_to = ?, postal_address = ?, public_url = ?,"
            " unsubscribe_mailto = ?, locale = ?, time_zone = ?, updated_at = ? WHERE id = ?",
            b.name, b.fromName, b.fromAddress, b.replyTo, b.postalAddress, b.publicUrl, b.unsubscribeMailto, b.locale,
            b.timeZone, b.updatedAt, b.id);
        return b.id;
    }
    return m_connection.integer("INSERT INTO brand (name, from_name, from_address, reply_to, postal_address, public_url,"
                                " unsubscribe_mailto, locale, time_zone, created_at, updated_at)"
                                " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id",
                                b.name, b.fromName, b.fromAddress, b.replyTo, b.postalAddress, b.publicUrl,
                                b.unsubscribeMailto, b.locale, b.timeZone, b.createdAt, b.updatedAt);
}

} // namespace carillon
