// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/Contact.h"
#include "engine/model/Delivery.h"

#include <QHash>
#include <QSet>

#include <memory>

namespace carillon {

class Composer;
class Connection;
class ContentCache;

// What a claimed batch is composed with, read in one moment.
struct ComposeContext {
    QHash<qint64, Contact> contacts;
    // By trigger; that of a campaign is the campaign's own.
    QHash<qint64, std::shared_ptr<const Composer>> composers;
    // The deliveries that would go to the next channel, and need not any more.
    QSet<qint64> readInTime;
    // Those whose addresses must not be used any more, and why: see barredAddresses().
    QHash<qint64, QString> barred;
};

// Throws SqlFailure, as everything that runs on a Connection does.
ComposeContext readComposeContext(Connection& connection, ContentCache& cache, const QList<Delivery>& deliveries);

} // namespace carillon
