// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/Topic.h"

#include <QStringList>

namespace carillon {

// A topic that Carillon itself speaks of, with content that is compiled into the program: resources/templates/built-in/, a
// file each. It works before anybody has written a template, and a workspace's own goes before it only when it says so
// (Template::settings, "replaces_built_in").
struct BuiltInTopic {
    QString key; // "carillon.test"
    QString name;
    Category category = Category::System;
    QStringList context; // what its templates see beside the variables of every template: "data.account"; all of it is given
    QList<Template> templates;
};

// By key. A constant: read once, the same for the whole life of the program.
const QList<BuiltInTopic>& builtInTopics();

// The templates of the topic of that key; none when it is not one of Carillon's own.
QList<Template> builtInTemplates(const QString& topicKey);

// What is said on any channel when there is no other content: that there is a message about the topic, and from whom
// (resources/templates/emergency.json). Marketing never uses it: an advertisement without its content is worth nothing to
// anybody and would still cost the reader's attention and the sender's reputation, so those contacts are left out instead.
const QList<Template>& emergencyTemplates();

} // namespace carillon
