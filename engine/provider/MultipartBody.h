// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/provider/JsonTemplate.h"

namespace carillon {

// The body multipart/form-data (RFC 7578) of a provider file: a list of parts, each with one of "value" (text), "json" and
// "base64" (bytes, given as base64). Parts that come to nothing are left out. Immutable, thread-safe.
//
//     {"name": "caption", "value": "{{ message.fields.text }}"}
//     {"name": "payload_json", "json": {"content": "{{ message.fields.text }}"}}
//     {"name": "photo", "base64": "{{ message.fields.photo }}", "filename": "photo.png", "type": "image/png"}
class MultipartBody {
public:
    struct Made {
        QByteArray contentType; // with the boundary
        QByteArray body;
    };

    static MultipartBody read(JsonReader& reader, const QString& name);

    // InvalidInput when a template fails or what should be base64 is not.
    Result<Made> make(const RequestValues& values) const;

private:
    struct Part {
        QString name;
        RequestTemplate text; // "value" or "base64"
        JsonTemplate json;
        RequestTemplate filename;
        RequestTemplate type;
        bool isJson = false;
        bool isBase64 = false;
    };
    struct MadePart {
        QByteArray head;
        QByteArray content;
    };

    static Part readPart(JsonReader reader);
    static Result<QByteArray> content(const Part& part, const RequestValues& values);
    static Result<QByteArray> head(const Part& part, const RequestValues& values);

    QList<Part> m_parts;
};

} // namespace carillon
