// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Future.h"
#include "engine/model/Caller.h"
#include "engine/model/TemplateProblem.h"
#include "engine/model/Topic.h"

namespace carillon {

class Clock;
class Store;

struct TopicSummary {
    Topic topic;
    QString brandName;
    QStringList channels; // that it has content for
    QStringList accounts; // names, in route order
};

// A topic with all that belongs to it. Routes and templates without an id are new; those missing from it are removed on
// save. Each template that differs from what is saved becomes a new version.
struct TopicDetail {
    Topic topic;
    QList<Route> routes;
    QList<Template> templates;
    QString note; // what the versions that a save makes say of themselves; never read back
    bool autosaved = false; // saved by an editor while somebody types (see TemplateRepository::save); never read back
};

// Operations on topics, their routes and templates, and on brands. Thread-safe; answers come from a thread of the store.
class TopicService {
public:
    TopicService(Store& store, const Clock& clock);

    Future<QList<TopicSummary>> list() const;
    Future<TopicDetail> get(qint64 id) const;
    Future<TopicDetail> find(const QString& key) const;
    // Operator. Gives the id. Refuses a taken key, a malformed key, two templates for the same place, and content that does
    // not compile (error field "<channel>.<part>").
    Future<qint64> save(const Caller& caller, const TopicDetail& detail);
    // Operator. Refuses a topic that a campaign uses.
    Future<void> remove(const Caller& caller, qint64 id);

    // What is wrong with one part as typed, at once and without the database. `attributes`: the contact attributes there
    // are.
    QList<TemplateProblem> check(const QString& channel, const QString& part, const QString& source,
                                 const QStringList& attributes) const;
    // Every finding in one template of a topic as it stands in an editor, at once and without the database; from any thread.
    // `attributes`, `contactLocales`, `data`: see LintInput. `shared`: every snippet and text there is.
    QList<TemplateProblem> lint(const TopicDetail& topic, int templateIndex, const QStringList& attributes,
                                const QStringList& contactLocales, const QJsonObject& data, const QList<Template>& shared,
                                const Brand& brand) const;
    // The parts a channel's template has, in the order a form shows them.
    static QStringList partsOf(const QString& channel);

    // Of every category that has one.
    Future<QList<FrequencyCap>> frequencyCaps() const;
    // Administrator. `most` 0: the category has none any more.
    Future<void> saveFrequencyCap(const Caller& caller, const FrequencyCap& cap);

    Future<QList<Brand>> brands() const;
    // Administrator.
    Future<qint64> saveBrand(const Caller& caller, const Brand& brand);

private:
    Store& m_store;
    const Clock& m_clock;
};

} // namespace carillon
