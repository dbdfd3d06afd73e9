// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/http/HttpMessage.h"

#include <QByteArrayView>

#include <memory>

namespace carillon {

// What one request may cost.
struct RequestLimits {
    qsizetype head = 16 * 1024; // request line and fields, octets: beyond, 431
    qsizetype target = 8 * 1024; // beyond, 414
    qsizetype body = 1024 * 1024; // beyond, 413
};

// One request out of bytes as they come (RFC 9112), over Boost.Beast's parser, which does no I/O. Strict where leniency lets
// two parsers disagree (request smuggling): bare LF, two Content-Lengths, Content-Length beside Transfer-Encoding, any
// coding but "chunked", and more or less than one Host are refused.
//
// Takes the head in one piece, then the body in any pieces, and says how much of what it was shown it used: what follows
// belongs to the next request and stays with the caller. One object a request; knows no socket and no time.
class RequestParser {
public:
    explicit RequestParser(const RequestLimits& limits);
    ~RequestParser();
    RequestParser(RequestParser&&) noexcept;
    RequestParser& operator=(RequestParser&&) noexcept;

    // Where the head ends in `seen`: the size of the head with its empty line; 0 when it is not there yet, or, beyond the
    // limits, when failure() was set.
    qsizetype findHead(QByteArrayView seen);

    // Takes a whole head. False: failure() says why.
    bool takeHead(QByteArrayView head);

    // Takes what it can of the body; returns how many octets it used. 0 with no failure and not complete(): show more at
    // once.
    qsizetype takeBody(QByteArrayView seen);

    bool complete() const;
    bool expectsContinue() const; // the client waits for "100 Continue" before it sends the body
    bool keepAlive() const;

    // The status and reason to answer with; 0 when nothing failed. The connection cannot be used after a failure.
    int failure() const { return m_failure; }
    const QString& failureReason() const { return m_reason; }

    // The request without its body, once takeHead() was true.
    const HttpRequest& head() const { return m_request; }
    // The request; with its body once complete().
    HttpRequest takeRequest();

private:
    struct Beast;

    bool refuse(int status, const QString& reason);
    bool checkHead();
    bool checkFraming();

    RequestLimits m_limits;
    std::unique_ptr<Beast> m_beast;
    HttpRequest m_request;
    int m_failure = 0;
    QString m_reason;
};

// "/a/%62?c" as "/a/b"; empty for a target that is not an absolute path, or holds a broken escape, NUL, or "." or ".."
// segments.
QString decodePath(const QByteArray& target);

} // namespace carillon
