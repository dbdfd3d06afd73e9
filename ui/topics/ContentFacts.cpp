// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/topics/ContentFacts.h"

#include "engine/base/Future.h"
#include "engine/service/ContactService.h"
#include "engine/service/TemplateService.h"

#include <algorithm>

namespace carillon::ui {

namespace {

bool saysNothing(const QJsonValue& value)
{
    return value.isUndefined() || value.isNull() || (value.isString() && value.toString().isEmpty());
}

} // namespace

ContentFacts::ContentFacts(const Services& services, QObject* parent)
    : QObject(parent)
    , m_services(services)
{
}

void ContentFacts::load()
{
    whenReady(m_services.contacts.attributeKeys(), this, [this](const Result<QStringList>& keys) {
        if (!keys) {
            Q_EMIT problem(keys.error());
            return;
        }
        m_attributes = *keys;
        Q_EMIT changed();
    });
    whenReady(m_services.contacts.page({}, {0, SampleSize}), this, [this](const Result<Page<Contact>>& page) {
        if (page)
            takeSample(page->rows);
        else
            Q_EMIT problem(page.error());
    });
    whenReady(m_services.topics.brands(), this, [this](const Result<QList<Brand>>& brands) {
        if (!brands) {
            Q_EMIT problem(brands.error());
            return;
        }
        m_brands = *brands;
        Q_EMIT changed();
    });
    loadShared(TemplateScope::Snippet, m_snippets);
    loadShared(TemplateScope::Texts, m_texts);
    loadShared(TemplateScope::Category, m_categories);
}

void ContentFacts::loadShared(TemplateScope scope, QList<Template>& into)
{
    whenReady(m_services.templates.shared(scope), this, [this, &into](const Result<QList<Template>>& templates) {
        if (!templates) {
            Q_EMIT problem(templates.error());
            return;
        }
        into = *templates;
        Q_EMIT changed();
    });
}

void ContentFacts::takeSample(const QList<Contact>& contacts)
{
    QMap<QString, int> locales;
    m_examples = {};
    for (const Contact& contact : contacts) {
        if (!contact.locale.isEmpty())
            ++locales[contact.locale];
        for (auto attribute = contact.attributes.begin(); attribute != contact.attributes.end(); ++attribute) {
            if (saysNothing(m_examples.value(attribute.key())))
                m_examples.insert(attribute.key(), attribute.value());
        }
    }
    m_locales = locales.keys();
    std::stable_sort(m_locales.begin(), m_locales.end(), [&locales](const QString& one, const QString& other) {
        return locales.value(one) > locales.value(other);
    });
    Q_EMIT changed();
}

LiquidVocabulary ContentFacts::vocabulary(const QJsonObject& data) const
{
    QJsonObject attributes;
    for (const QString& key : m_attributes)
        attributes.insert(key, m_examples.value(key).isUndefined() ? QJsonValue() : m_examples.value(key));
    LiquidVocabulary words = LiquidVocabulary::standard(attributes, data);
    for (const Template& snippet : m_snippets) {
        const Word word{snippet.key, snippet.parts.value(QStringLiteral("body")).simplified().left(60)};
        if (words.snippets.isEmpty() || words.snippets.last().text != word.text)
            words.snippets << word;
    }
    QMap<QString, QString> texts;
    for (const Template& text : m_texts) {
        for (auto part = text.parts.cbegin(); part != text.parts.cend(); ++part) {
            if (!texts.contains(part.key()))
                texts.insert(part.key(), part->simplified().left(60));
        }
    }
    for (auto text = texts.cbegin(); text != texts.cend(); ++text)
        words.texts << Word{text.key(), text.value()};
    return words;
}

QList<TemplateProblem> ContentFacts::check(const TopicDetail& topic, int index, const QJsonObject& data) const
{
    QList<Template> shared;
    for (const Template& content : m_snippets + m_texts) {
        if (content.id != topic.templates.value(index).id) // a snippet is looked at as it stands in the editor
            shared << content;
    }
    Brand brand;
    for (const Brand& one : m_brands) {
        if (one.id == topic.topic.brandId)
            brand = one;
    }
    return m_services.topics.lint(topic, index, m_attributes, m_locales, data, shared, brand);
}

} // namespace carillon::ui
