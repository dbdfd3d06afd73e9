// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/Topic.h"

#include <QByteArray>
#include <QHash>

namespace carillon {

// All that the messages of one topic are made of, as it stood at one moment. A value: nothing of the database is behind it.
struct ContentSet {
    Topic topic;
    Brand brand;
    QList<Template> templates; // of the topic and of its category, and every snippet and text
    QHash<QString, QByteArray> assets; // by hash: the files that the templates name
};

} // namespace carillon
