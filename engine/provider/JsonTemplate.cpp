// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/provider/JsonTemplate.h"

#include "engine/base/JsonString.h"
#include "engine/provider/RequestAuth.h"

#include <QCoreApplication>
#include <QJsonDocument>

namespace carillon {

namespace {

using Escaping = RequestTemplate::Escaping;

constexpr int MaxDepth = 32;

QString tr(const char* text)
{
    return QCoreApplication::translate("JsonTemplate", text);
}

// QJsonDocument takes objects and lists alone: any other value is read and written within a list of its own.
QByteArray onlyElement(const QJsonDocument& list)
{
    const QByteArray text = list.toJson(QJsonDocument::Compact);
    return text.sliced(1, text.size() - 2);
}

QByteArray jsonOf(const QJsonValue& value)
{
    return onlyElement(QJsonDocument(QJsonArray{value}));
}

// What a "$json" template gives is written anew, as all else in the request is.
Result<QByteArray> normalised(const QByteArray& text)
{
    const QJsonDocument document = QJsonDocument::fromJson('[' + text + ']');
    if (!document.isArray() || document.array().size() != 1)
        return fail(ErrorCode::InvalidInput, tr("The request could not be made: a \"$json\" template did not give JSON."));
    return onlyElement(document);
}

// The octets go straight from the template into the request, but for those that a QString would change: what is no UTF-8,
// and a byte order mark.
void appendString(QByteArray& json, const QByteArray& text)
{
    const bool isKept = text.isValidUtf8() && !text.startsWith("\xef\xbb\xbf");
    appendJsonString(json, isKept ? text : QString::fromUtf8(text).toUtf8());
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
            node.m_constant = jsonOf(value);
        }
        return node;
    }

    // Appends what comes of it. False: nothing did.
    Result<bool> write(const RequestValues& values, QByteArray& json) const
    {
        switch (m_kind) {
        case Kind::Constant: json += m_constant; break;
        case Kind::Text:
        case Kind::Json: return writeRendered(values, json);
        case Kind::List: return writeParts(values, json, '[', ']');
        case Kind::Object: return writeParts(values, json, '{', '}');
        }
        return true;
    }

private:
    enum class Kind { Constant, Text, Json, List, Object };

    void readList(JsonReader& reader, const QJsonArray& list, const QString& pointer, int depth)
    {
        m_kind = Kind::List;
        for (qsizetype i = 0; i < list.size(); ++i)
            m_parts.push_back({{}, read(reader, list[i], pointer + u'/' + QString::number(i), depth + 1)});
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
            m_parts.push_back(
                {jsonOf(it.key()) + ':', read(reader, it.value(), JsonReader::child(pointer, it.key()), depth + 1)});
    }

    Result<bool> writeRendered(const RequestValues& values, QByteArray& json) const
    {
        const Result<QByteArray> text = m_template.render(values);
        if (!text)
            return fail(text.error());
        if (text->trimmed().isEmpty())
            return false;
        if (m_kind == Kind::Text) {
            appendString(json, *text);
            return true;
        }
        const Result<QByteArray> made = normalised(*text);
        if (!made)
            return fail(made.error());
        json += *made;
        return true;
    }

    Result<bool> writeParts(const RequestValues& values, QByteArray& json, char begin, char end) const
    {
        json += begin;
        bool any = false;
        for (const auto& [name, node] : m_parts) {
            const qsizetype before = json.size();
            if (any)
                json += ',';
            json += name;
            const Result<bool> wrote = node.write(values, json);
            if (!wrote)
                return wrote;
            if (*wrote)
                any = true;
            else
                json.truncate(before);
        }
        json += end;
        return true;
    }

    Kind m_kind = Kind::Constant;
    QByteArray m_constant;
    RequestTemplate m_template;
    std::vector<std::pair<QByteArray, Node>> m_parts; // each with what stands before it: a member's name and colon
};

JsonTemplate::JsonTemplate() = default;

JsonTemplate JsonTemplate::read(JsonReader& reader, const QJsonValue& value, const QString& pointer)
{
    JsonTemplate made;
    made.m_root = std::make_shared<const Node>(Node::read(reader, value, pointer));
    return made;
}

Result<QByteArray> JsonTemplate::make(const RequestValues& values) const
{
    QByteArray json;
    if (!m_root)
        return json;
    const Result<bool> wrote = m_root->write(values, json);
    return wrote ? Result<QByteArray>(json) : fail(wrote.error());
}

} // namespace carillon
