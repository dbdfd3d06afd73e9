// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Result.h"
#include "engine/provider/HttpMessages.h"
#include "engine/provider/Provider.h"

#include <memory>

namespace carillon {

// What the templates of a provider file see:
//
//     settings.<field>   secrets.<field>   account.receiptsUrl
//     message.to  .from  .key  .content  .uuid  .time   message.fields.<part>
//
// (message.uuid stands for message.key where a platform wants a UUID, message.time is now in seconds since 1970)
// and, where a request is signed, what has been made of it: request.method  .url  .body  .timestamp (seconds since 1970).
//
// A setting or a secret that is empty is not there: {% if settings.url %} does what it says.
//
// Immutable; cheap to copy. The account's part is converted once.
class RequestValues {
public:
    explicit RequestValues(const AccountConfig& account);

    RequestValues with(const Message& message, qint64 now = 0) const;
    RequestValues with(const OutboundRequest& request, qint64 now) const;

private:
    friend class RequestTemplate;
    struct Data;

    std::shared_ptr<const Data> m_data;
};

// A compiled Liquid template of a provider file. Immutable, thread-safe. Only this class knows the template language.
class RequestTemplate {
public:
    // What is done to each output, so that data cannot change what stands around it.
    enum class Escaping {
        None, // the result is encoded as a whole by who uses it
        JsonText, // inside JSON that is written as text
        OneLine, // control characters become a blank
    };

    // A template that gives nothing.
    RequestTemplate();

    // InvalidInput says what is wrong, with line and column.
    static Result<RequestTemplate> compile(const QString& source, Escaping escaping);

    // The variables that it reads, as paths: "settings.url", "message.to".
    QStringList variables() const;

    // InvalidInput when it goes over a limit of time or size. The error never holds a value.
    Result<QByteArray> render(const RequestValues& values) const;

private:
    struct Compiled;

    std::shared_ptr<const Compiled> m_compiled; // null: it is plain text
    QByteArray m_text;
};

} // namespace carillon
