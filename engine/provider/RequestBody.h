// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/provider/MultipartBody.h"

namespace carillon {

// The body of a request, from one of these in a provider file. Immutable, thread-safe.
//
//     {"kind": "content"}                      the message's content as it is
//     {"kind": "json", "value": {...}}         JSON whose texts are templates: see JsonTemplate
//     {"kind": "form", "fields": {...}}        application/x-www-form-urlencoded; each value is a template
//     {"kind": "multipart", "parts": [...]}    multipart/form-data: see MultipartBody
//     {"kind": "text", "value": "..."}         a template's text as it is, as text/plain
//
// In "form", members whose template gives nothing are left out.
class RequestBody {
public:
    struct Made {
        QByteArray contentType; // empty without a body
        QByteArray body;
    };

    RequestBody(); // no body

    static RequestBody read(JsonReader& body);

    // InvalidInput when a template fails or does not give JSON where it must.
    Result<Made> make(const RequestValues& values, const Message& message) const;

private:
    enum class Kind { None, Content, Json, Form, Multipart, Text };

    void readForm(JsonReader& reader);
    Result<QByteArray> makeJson(const RequestValues& values) const;
    Result<QByteArray> makeForm(const RequestValues& values) const;

    Kind m_kind = Kind::None;
    JsonTemplate m_json;
    QList<QPair<QString, RequestTemplate>> m_form;
    MultipartBody m_multipart;
    RequestTemplate m_text;
};

} // namespace carillon
