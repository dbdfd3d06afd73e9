// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QString>

namespace carillon {

// One send of a topic to named recipients.
struct Trigger {
    qint64 id = 0;
    qint64 topicId = 0;
    QJsonObject data; // what templates see as data.<name>
    QString actor; // who asked for it
    qint64 createdAt = 0;

    friend bool operator==(const Trigger&, const Trigger&) = default;
};

} // namespace carillon
