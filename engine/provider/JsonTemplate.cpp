// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/provider/JsonTemplate.h"

#include "engine/provider/RequestAuth.h"

#include <QCoreApplication>
#include <QJsonDocument>

#include <map>

namespace carillon {

namespace {

using Escaping = RequestTemplate::Escaping;

constexpr int MaxDepth = 32;

QString tr(const char* text)
{
    return QCoreApplication::translate("JsonTemplate", text);
}

// Any JSON value, not only an object or a list, which is all that QJsonDocument takes.
Result<QJsonValue> parseAnyJson(const QByteArray& text)
{
    const QJsonDocument document = QJsonDocument::fromJson('[' + text + ']');
    if (!document.isArray() || document.array().size() != 1)
        return fail(ErrorCode::InvalidInput, tr("The request could not be made: a \"$json\" template did not give JSON."));
    return document.array().first();
}

} // namespace

class JsonTemplate::Node {
public:
    static Node read(JsonReader& reader, const QJsonValue& value, const QString& pointer, int depth = 0)
    {
        Node node;
        if (depth > MaxDepth) {
            reader.note(pointer, tr("this is nested too deeply."));
        } else if (value.isString()) {
            node.m_template = readTemplate(reader, value, pointer, Escaping::None);
            node.m_kind = Kind::Text;
        } else if (value.isArray()) {
            node.readList(reader, value.toArray(), pointer, depth);
        } else if (value.isObject()) {
            node.readObject(reader, value.toObject(), pointer, depth);
        } else {
            node.m_constant = value;
        }
        return node;
    }

    // Undefined: nothing came of it.
    Result<QJsonValue> make(const RequestValues& values) const
    {
        switch (m_kind) {
        case Kind::Constant: return m_constant;
        case Kind::Text:
        case Kind::Json: return makeRendered(values);
        case Kind::List: return makeList(values);
        case Kind::Object: return makeObject(values);
        }
        return QJsonValue(QJsonValue::Undefined);
    }

private:
    enum class Kind { Constant, Text, Json, List, Object };

    void readList(JsonReader& reader, const QJsonArray& list, const QString& pointer, int depth)
    {
        m_kind = Kind::List;
        for (qsizetype i = 0; i < list.size(); ++i)
            m_list.push_back(read(reader, list[i], pointer + u'/' + QString::number(i), depth + 1));
    }

    void readObject(JsonReader& reader, const QJsonObject& object, const QString& pointer, int depth)
    {
        const QString raw = QStringLiteral("$json");
        if (object.contains(raw)) {
            m_kind = Kind::Json;
            m_template = readTemplate(reader, object.value(raw), JsonReader::child(pointer, raw), Escaping::JsonText);
            if (object.size() > 1)
                reader.note(pointer, tr("nothing may stand beside \"$json\"."));
            return;
        }
        m_kind = Kind::Object;
        for (auto it = object.begin(); it != object.end(); ++it)
            m_members.emplace(it.key(), read(reader, it.value(), JsonReader::child(pointer, it.key()), depth + 1));
    }

    Result<QJsonValue> makeRendered(const RequestValues& values) const
    {
        const Result<QByteArray> text = m_template.render(values);
        if (!text)
            return fail(text.error());
        if (text->trimmed().isEmpty())
            return QJsonValue(QJsonValue::Undefined);
        return m_kind == Kind::Json ? parseAnyJson(*text) : Result<QJsonValue>(QString::fromUtf8(*text));
    }

    Result<QJsonValue> makeList(const RequestValues& values) const
    {
        QJsonArray made;
        for (const Node& node : m_list) {
            const Result<QJsonValue> value = node.make(values);
            if (!value)
                return value;
            if (!value->isUndefined())
                made.append(*value);
        }
        return QJsonValue(made);
    }

    Result<QJsonValue> makeObject(const RequestValues& values) const
    {
        QJsonObject made;
        for (const auto& [name, node] : m_members) {
            const Result<QJsonValue> value = node.make(values);
            if (!value)
                return value;
            if (!value->isUndefined())
                made.insert(name, *value);
        }
        return QJsonValue(made);
    }

    Kind m_kind = Kind::Constant;
    QJsonValue m_constant;
    RequestTemplate m_template;
    std::vector<Node> m_list;
    std::map<QString, Node> m_members;
};

JsonTemplate::JsonTemplate() = default;

JsonTemplate JsonTemplate::read(JsonReader& reader, const QJsonValue& value, const QString& pointer)
{
    JsonTemplate made;
    made.m_root = std::make_shared<const Node>(Node::read(reader, value, pointer));
    return made;
}

Result<QJsonValue> JsonTemplate::make(const RequestValues& values) const
{
    return m_root ? m_root->make(values) : QJsonValue(QJsonValue::Undefined);
}

} // namespace carillon
