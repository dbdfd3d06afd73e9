// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/provider/JsonReader.h"
#include "engine/provider/RequestTemplate.h"

namespace carillon {

// The body of a request, from one of these in a provider file. Immutable, thread-safe.
//
//     {"kind": "content"}                      the message's content as it is
//     {"kind": "json", "value": {...}}         each text in the value is a template; it becomes a JSON string, whatever it
//     gives
//     {"kind": "form", "fields": {...}}        application/x-www-form-urlencoded; each value is a template
//
// In "json" and "form", members whose template gives nothing are left out. In "json", {"$json": "<template>"} is replaced by
// the JSON that the template gives (for numbers, lists and flags); outputs in it are escaped for the inside of a JSON
// string.
class RequestBody {
public:
    RequestBody(); // no body

    static RequestBody read(JsonReader& body);

    // The type that goes with it; empty without a body.
    QByteArray contentType() const { return m_contentType; }

    // InvalidInput when a template fails or does not give JSON where it must.
    Result<QByteArray> make(const RequestValues& values, const Message& message) const;

    class Node;

private:
    enum class Kind { None, Content, Json, Form };

    Kind m_kind = Kind::None;
    QByteArray m_contentType;
    std::shared_ptr<const Node> m_json;
    QList<QPair<QString, RequestTemplate>> m_form;
};

} // namespace carillon
