// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/provider/HttpMessages.h"

#include <curl/curl.h>

#include <memory>

namespace carillon {

// One request on one curl easy handle: sets it up, gathers the answer within bounds, and says what became of it. Used in the
// transport's thread only; can be prepared again for the next request.
class HttpTransfer {
public:
    static constexpr qsizetype MaxBodyBytes = 64 * 1024;
    static constexpr qsizetype MaxHeaderBytes = 64 * 1024; // of all header lines, interim answers included

    HttpTransfer();
    ~HttpTransfer();

    HttpTransfer(const HttpTransfer&) = delete;
    HttpTransfer& operator=(const HttpTransfer&) = delete;

    CURL* handle() const { return m_easy; }

    // False when the request must not be sent; response() then says why.
    bool prepare(OutboundRequest request, const QByteArray& caFile);

    // What became of it, after curl ended it with this code.
    OutboundResponse response(CURLcode code);
    OutboundResponse refusal() const;

private:
    bool setHeaders();
    void setBody();
    void setLimits(const QByteArray& caFile);
    void setCallbacks();
    void takeHeader(QByteArrayView line);
    bool takeBody(QByteArrayView bytes);
    QString problemOf(CURLcode code) const;

    static size_t onHeader(char* data, size_t size, size_t count, void* self);
    static size_t onBody(char* data, size_t size, size_t count, void* self);
    static curl_socket_t onOpenSocket(void* self, curlsocktype purpose, curl_sockaddr* address);

    CURL* m_easy;
    std::unique_ptr<curl_slist, decltype(&curl_slist_free_all)> m_headerList{nullptr, curl_slist_free_all};
    OutboundRequest m_request;
    OutboundResponse m_response;
    qsizetype m_headerBytes = 0;
    bool m_headersDone = false; // of the latest answer, interim or not
    bool m_privateAddress = false; // the host's address is in a network that is not allowed
    char m_error[CURL_ERROR_SIZE] = {};
};

} // namespace carillon
