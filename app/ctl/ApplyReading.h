// SPDX-License-Identifier: GPL-3.0-or-later
// What the objects of a file for `apply` say; the whole file is in ApplyFile.h. What is named replaces what is there, and
// the rest stays. What nobody would read is a mistake that nobody would see: a member that is not known, or is of another
// type, is InvalidInput, with its place within the object as the field ("templates[0].parts.text").
#pragma once

#include "engine/service/TopicService.h"

#include <functional>
#include <optional>

namespace carillon {

class JsonMembers;

// Content, and the name of the brand that it is for; empty: every one.
struct ReadContent {
    Template content;
    QString brand;
};

// A topic, and the names of what it uses.
struct ReadTopic {
    struct Route {
        QString account;
        QString destination;
    };

    TopicDetail detail;
    QString brand;
    std::optional<QList<Route>> routes; // nothing: those it has
    std::optional<QList<ReadContent>> templates;
};

Status readBrand(const QJsonObject& object, Brand& brand);
Status readAccount(const QJsonObject& object, Account& account);
Status readTopic(const QJsonObject& object, ReadTopic& topic);
Status readSnippet(const QJsonObject& object, ReadContent& snippet);
Status readTexts(const QJsonObject& object, ReadContent& texts);
Status readCategoryTemplate(const QJsonObject& object, ReadContent& content);
Status readFrequencyCap(const QJsonObject& object, FrequencyCap& cap);

// The same for each object of a list, which is a member of the file.
void takeObjects(JsonMembers& members, const QString& key, const std::function<Status(const QJsonObject&)>& read);

} // namespace carillon
