// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/provider/HttpMessages.h"
#include "engine/provider/JsonReader.h"
#include "engine/provider/RequestTemplate.h"

#include <memory>

namespace carillon {

// One way in which a request proves who sends it; put on when the rest of the request is made. Each does nothing when its
// secret is empty, so that a file can offer several. Immutable, thread-safe.
//
//     {"kind": "bearer", "token": "{{ secrets.token }}"}
//     {"kind": "basic", "user": "{{ settings.user }}", "password": "{{ secrets.password }}"}
//     {"kind": "header", "name": "{{ settings.header_name }}", "value": "{{ secrets.header_value }}"}
//     {"kind": "hmac", "secret": "{{ secrets.key }}", "signed": "{{ request.timestamp }}.{{ request.body }}",
//      "algorithm": "sha256", "encoding": "hex", "header": "X-Signature", "prefix": "sha256=",
//      "timestampHeader": "X-Timestamp"}
//     {"kind": "standard_webhooks", "secret": "{{ secrets.signing_secret }}"}
//     {"kind": "jwt", "algorithm": "ES256", "key": "{{ secrets.key }}", "header": {"kid": "{{ settings.key_id }}"},
//      "claims": {"iss": "{{ settings.team_id }}"}, "renewSeconds": 3000}              a token (TokenAuth.h) that we sign
//     {"kind": "google_service_account", "key": "{{ secrets.service_account }}", "scope": "https://..."}    or fetch
class RequestAuth {
public:
    virtual ~RequestAuth() = default;

    // What can be told without a message: a malformed key, for example.
    virtual Status check(const RequestValues& account) const = 0;

    // Adds headers; those that must never be shown are also put into `sensitive`. `now` is UTC milliseconds.
    virtual Status apply(OutboundRequest& request, const RequestValues& values, const Message& message, qint64 now,
                         QList<Secret>& sensitive) const = 0;
};

using RequestAuths = std::vector<std::shared_ptr<const RequestAuth>>;

// Reads one entry of "auth"; nullptr with a problem noted when it is wrong.
std::shared_ptr<const RequestAuth> readAuth(JsonReader& entry);

// Compiles the template at `name`, noting what is wrong with it.
RequestTemplate readTemplate(JsonReader& reader, const QString& name, JsonReader::Need need,
                             RequestTemplate::Escaping escaping);

// The same for a template that is not a member of an object.
RequestTemplate readTemplate(JsonReader& reader, const QJsonValue& source, const QString& pointer,
                             RequestTemplate::Escaping escaping);

// True for a header name (RFC 9110 section 5.1) that is left to the file: not one by which a message could be made to end
// elsewhere.
bool isFreeHeaderName(const QByteArray& name);

} // namespace carillon
