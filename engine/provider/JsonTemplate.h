// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/provider/JsonReader.h"
#include "engine/provider/RequestTemplate.h"

namespace carillon {

// A JSON value whose texts are templates, compiled once. Immutable, thread-safe; cheap to copy.
//
// Each text becomes a JSON string, whatever its template gives; members and elements whose template gives nothing are left
// out. {"$json": "<template>"} is replaced by the JSON that its template gives (for numbers, lists and flags); outputs in it
// are escaped for the inside of a JSON string.
//
// What it gives is, octet for octet, the compact text that QJsonDocument writes of the same value: members sorted by name.
class JsonTemplate {
public:
    JsonTemplate(); // gives nothing

    static JsonTemplate read(JsonReader& reader, const QJsonValue& value, const QString& pointer);

    // JSON text; empty when nothing came of it. InvalidInput when a template fails or does not give JSON where it must.
    Result<QByteArray> make(const RequestValues& values) const;

private:
    class Node;

    std::shared_ptr<const Node> m_root;
};

} // namespace carillon
