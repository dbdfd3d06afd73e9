// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/Topic.h"

#include <optional>

namespace carillon {

class Connection;

// Who makes a version, when, and what they say of it.
struct Authorship {
    QString author;
    QString note;
    qint64 now = 0;
    bool autosaved = false; // an editor saves by itself while somebody types
};

// Templates of every scope, their versions, and the versions that campaigns pinned, as rows. Throws SqlFailure, as
// everything that runs on a Connection does.
//
// Where a template stands (its scope, topic or key, channel, locale, brand and variant) never changes: what moves is another
// one. So a pinned version still says what it is for.
class TemplateRepository {
public:
    static constexpr qint64 autosaveSpanMs = 10 * 60'000;

    explicit TemplateRepository(Connection& connection)
        : m_connection(connection)
    {
    }

    // Those in use, each as its current version: by key, channel, locale, brand and variant.
    QList<Template> ofTopic(qint64 topicId);
    QList<Template> shared(TemplateScope scope);
    QList<Template> all(); // of every topic, category and name
    // All that the messages of a topic can be made of: its own, those of its category, every snippet and text.
    QList<Template> forTopic(const Topic& topic);
    QList<Template> sharedForCategory(Category category); // the same without a topic's own
    // Whether it is in use or retired.
    std::optional<Template> find(qint64 id);
    // The one in use where `content` stands.
    std::optional<Template> findSamePlace(const Template& content);

    // Makes what is given the current version at its place, and gives it back with id and number. Equal content makes no
    // version. What was retired there is in use again.
    //
    // What an editor saves by itself goes on with the version that it has just made for the same author, for autosaveSpanMs
    // and until a campaign pins it or somebody saves: else each pause in typing would be a version of its own.
    Template save(const Template& content, const Authorship& by);
    // Makes these the topic's templates; one that is missing is retired.
    void replaceForTopic(qint64 topicId, const QList<Template>& templates, const Authorship& by);
    void retire(qint64 id, qint64 now);

    QList<TemplateVersion> versions(qint64 id); // newest first
    std::optional<TemplateVersion> version(qint64 id, int number);

    // Pins these versions for a campaign in place of what it had pinned.
    void pin(qint64 campaignId, const QList<Template>& templates);
    void unpin(qint64 campaignId);
    QList<Template> pinned(qint64 campaignId); // each as the version that was pinned
    QList<Template> pins(qint64 campaignId); // the same without parts and settings: for lists

private:
    struct Row {
        qint64 id = 0;
        int version = 0;
        bool retired = false;
    };
    std::optional<Row> rowOf(const Template& content);
    qint64 insert(const Template& content, qint64 now);
    bool mayGoOn(const Row& row, const Authorship& by);
    void insertVersion(qint64 id, int number, const Template& content, const Authorship& by);
    void settle(qint64 id, int number, const Authorship& by);

    Connection& m_connection;
};

} // namespace carillon
