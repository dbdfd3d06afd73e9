// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Future.h"
#include "engine/model/Caller.h"
#include "engine/model/Topic.h"

namespace carillon {

class Clock;
class Store;

// Operations on the content that is not one topic's own (templates of a category, snippets, translations), on the history of
// all content, and on the files that it names. Thread-safe; answers come from a thread of the store.
class TemplateService {
public:
    // Characters of a note that are kept.
    static constexpr qsizetype maxNoteLength = 500;

    TemplateService(Store& store, const Clock& clock);

    // The current ones, by key, channel and locale. Snippets and texts, too.
    Future<QList<Template>> shared(TemplateScope scope) const;
    // Operator. Gives it back as it was stored, with id and version. What is equal to the version before makes no new one.
    // Refuses a malformed key, a key with that locale and brand that is taken, and what does not compile (error field: the
    // part).
    Future<Template> save(const Caller& caller, const Template& content, const QString& note);
    // Operator. Its versions stay, for the campaigns that use them. Refuses the last snippet of a name that something in use
    // still puts in.
    Future<void> remove(const Caller& caller, qint64 id);

    // Newest first; of any template, a topic's included.
    Future<QList<TemplateVersion>> versions(qint64 templateId) const;
    // Operator. Makes a new version with the content of an old one.
    Future<Template> rollBack(const Caller& caller, qint64 templateId, int version);

    // Operator. Keeps a file and gives its hash; the same bytes are kept once. Refuses more than Asset::maxBytes.
    Future<QString> addAsset(const Caller& caller, const QByteArray& data);
    Future<QByteArray> asset(const QString& hash) const;

private:
    Store& m_store;
    const Clock& m_clock;
};

} // namespace carillon
