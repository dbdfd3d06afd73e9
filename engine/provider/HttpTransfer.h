// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/provider/HttpMessages.h"

#include <curl/curl.h>

#include <vector>

namespace carillon {

// One request on one curl easy handle: sets it up, gathers the answer within bounds, and says what became of it. Used in the
// transport's thread only; can be prepared again for the next request. What is the same for all requests is set once.
class HttpTransfer {
public:
    static constexpr qsizetype MaxBodyBytes = 64 * 1024;
    static constexpr qsizetype MaxHeaderBytes = 64 * 1024; // of all header lines, interim answers included

    explicit HttpTransfer(const QByteArray& caFile); // see HttpTransport::Options
    ~HttpTransfer();

    HttpTransfer(const HttpTransfer&) = delete;
    HttpTransfer& operator=(const HttpTransfer&) = delete;

    CURL* handle() const { return m_easy; }

    // False when the request must not be sent; response() then says why.
    bool prepare(OutboundRequest request);

    // What became of it, after curl ended it with this code.
    OutboundResponse response(CURLcode code);
    OutboundResponse refusal() const;

    // Lets the request go, once curl has: one that waits for its next keeps neither a large body nor a password.
    void forget();

private:
    void setRules(const QByteArray& caFile);
    void setCallbacks();
    bool setHeaders();
    void setBody();
    void setLimits();
    void takeHeader(QByteArrayView line);
    bool takeBody(QByteArrayView bytes);
    QString problemOf(CURLcode code) const;

    static size_t onHeader(char* data, size_t size, size_t count, void* self);
    static size_t onBody(char* data, size_t size, size_t count, void* self);
    static curl_socket_t onOpenSocket(void* self, curlsocktype purpose, curl_sockaddr* address);
    long requestBytes() const;
    bool mayHaveGone() const;
    static int onConnected(void* self, char* address, char* ownAddress, int port, int ownPort);

    CURL* m_easy;
    OutboundRequest m_request;
    std::vector<QByteArray> m_lines; // the request's headers
    std::vector<curl_slist> m_headerList; // the same, for curl, which reads them where they are
    OutboundResponse m_response;
    qsizetype m_headerBytes = 0;
    long m_tunnelBytes = -1; // what a proxy was asked before the request could begin; -1: it could not yet
    bool m_headersDone = false; // of the latest answer, interim or not
    bool m_privateAddress = false; // the host's address is in a network that is not allowed
    bool m_hungUp = false; // the server, after it may have read the request
    char m_error[CURL_ERROR_SIZE] = {};
};

} // namespace carillon
