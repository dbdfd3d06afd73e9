// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Error.h"
#include "engine/model/Contact.h"
#include "engine/service/Services.h"
#include "engine/service/TopicService.h"
#include "ui/editor/LiquidVocabulary.h"

#include <QObject>

namespace carillon::ui {

// What an editor of content has to know of the workspace to complete words and to find problems: the contacts' attributes
// with examples, the languages they read, the brands, the snippets and the translations. Belongs to its page; window thread.
class ContentFacts : public QObject {
    Q_OBJECT

public:
    static constexpr int SampleSize = 200; // contacts that examples and languages are taken from

    ContentFacts(const Services& services, QObject* parent);

    void load();

    const QStringList& attributes() const { return m_attributes; } // most frequent first
    const QList<Brand>& brands() const { return m_brands; }
    const QList<Template>& categoryContent() const { return m_categories; }

    LiquidVocabulary vocabulary(const QJsonObject& data = {}) const;
    // Everything that is wrong with one template of a topic as it stands in an editor.
    QList<TemplateProblem> check(const TopicDetail& topic, int index, const QJsonObject& data = {}) const;

Q_SIGNALS:
    void changed();
    void problem(const carillon::Error& error);

private:
    void takeSample(const QList<Contact>& contacts);
    void loadShared(TemplateScope scope, QList<Template>& into);

    const Services& m_services;
    QStringList m_attributes;
    QJsonObject m_examples;
    QStringList m_locales;
    QList<Brand> m_brands;
    QList<Template> m_snippets;
    QList<Template> m_texts;
    QList<Template> m_categories;
};

} // namespace carillon::ui
