// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/content/BuiltInContent.h"

#include "engine/base/Json.h"
#include "engine/model/Names.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>

namespace carillon {

namespace {

// The language that serves contacts of any other.
const QString commonLocale = QStringLiteral("en");

QJsonObject readResource(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? parseJsonObject(file.readAll()).value_or(QJsonObject()) : QJsonObject();
}

QMap<QString, QString> partsOf(const QJsonObject& object)
{
    QMap<QString, QString> parts;
    for (auto part = object.begin(); part != object.end(); ++part)
        parts.insert(part.key(), part.value().toString());
    return parts;
}

void append(QList<Template>& templates, const Template& one)
{
    templates << one;
    if (one.locale == commonLocale) {
        templates << one;
        templates.last().locale.clear();
    }
}

BuiltInTopic topicOf(const QJsonObject& object)
{
    BuiltInTopic topic;
    topic.key = object.value(u"key").toString();
    topic.name = object.value(u"name").toString();
    topic.category = valueOf<Category>(object.value(u"category").toString()).value_or(Category::System);
    for (const QJsonValue& variable : object.value(u"context").toArray())
        topic.context << variable.toString();
    for (const QJsonValue& value : object.value(u"templates").toArray()) {
        const QJsonObject source = value.toObject();
        Template one;
        one.channel = source.value(u"channel").toString();
        one.locale = source.value(u"locale").toString();
        one.parts = partsOf(source.value(u"parts").toObject());
        append(topic.templates, one);
    }
    return topic;
}

QList<BuiltInTopic> readTopics()
{
    QList<BuiltInTopic> topics;
    const QDir folder(QStringLiteral(":/templates/built-in"));
    for (const QString& name : folder.entryList({QStringLiteral("*.json")}, QDir::Files, QDir::Name))
        topics << topicOf(readResource(folder.filePath(name)));
    return topics;
}

QList<Template> readEmergency()
{
    const QJsonObject file = readResource(QStringLiteral(":/templates/emergency.json"));
    const QJsonObject channels = file.value(u"channels").toObject();
    const QJsonObject texts = file.value(u"texts").toObject();
    QList<Template> templates;
    for (auto channel = channels.begin(); channel != channels.end(); ++channel) {
        for (auto locale = texts.begin(); locale != texts.end(); ++locale) {
            Template one;
            one.channel = channel.key();
            one.locale = locale.key();
            one.parts = partsOf(channel.value().toObject());
            for (QString& part : one.parts) {
                part.replace(QStringLiteral("[title]"), file.value(u"title").toString());
                part.replace(QStringLiteral("[text]"), locale.value().toString());
            }
            append(templates, one);
        }
    }
    return templates;
}

} // namespace

const QList<BuiltInTopic>& builtInTopics()
{
    static const QList<BuiltInTopic> topics = readTopics();
    return topics;
}

QList<Template> builtInTemplates(const QString& topicKey)
{
    for (const BuiltInTopic& topic : builtInTopics()) {
        if (topic.key == topicKey)
            return topic.templates;
    }
    return {};
}

const QList<Template>& emergencyTemplates()
{
    static const QList<Template> templates = readEmergency();
    return templates;
}

} // namespace carillon
