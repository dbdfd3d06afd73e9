// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/provider/RequestAuth.h"
#include "engine/provider/RequestBody.h"
#include "engine/provider/TokenAuth.h"

namespace carillon {

// How a provider file's request is made from an account and a message. Immutable, thread-safe; cheap to copy.
//
// The base of the URL is taken as it is given (some vendors sign their URLs byte for byte); each part of "path" and each
// value of "query" is percent-encoded as a whole, so that no value can become more than the part it stands for. Header
// values are one line.
class RequestSpec {
public:
    // A request and what in it must never be shown.
    struct Made {
        OutboundRequest request;
        QList<Secret> sensitive;
    };

    // Reads "request" or "probe" of a provider file.
    static RequestSpec read(JsonReader& request);

    // The auth entries' own checks.
    Status check(const RequestValues& account) const;

    // True when the URL's base gives nothing without a message: the contact's address is the URL.
    bool needsAddress(const RequestValues& account) const;

    // The entry of "auth" whose token goes with every request of this account, put on by who keeps it (TokenKeeper); null
    // when there is none.
    std::shared_ptr<const TokenAuth> tokenAuth(const RequestValues& account) const;

    // InvalidInput when no valid request comes of it: this message can never be sent. `now` is UTC milliseconds.
    Result<Made> make(const RequestValues& values, const Message& message, qint64 now) const;

private:
    Result<QByteArray> makeUrl(const RequestValues& values) const;
    Status addHeaders(OutboundRequest& request, const RequestValues& values, const QByteArray& contentType) const;
    void readUrl(JsonReader& request);
    void readHeaders(JsonReader& request);
    void readAuths(JsonReader& request);

    QByteArray m_method;
    RequestTemplate m_base;
    QList<RequestTemplate> m_path;
    QList<QPair<QString, RequestTemplate>> m_query;
    QList<QPair<QByteArray, RequestTemplate>> m_headers;
    RequestBody m_body;
    RequestAuths m_auths;
};

} // namespace carillon
