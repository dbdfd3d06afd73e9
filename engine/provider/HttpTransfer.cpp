// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/provider/HttpTransfer.h"

#include "engine/provider/PrivateNetworks.h"

#include <QCoreApplication>
#include <QHostAddress>

#include <openssl/ssl.h>
#include <sys/socket.h>

#include <algorithm>
#include <utility>

namespace carillon {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("HttpTransfer", text);
}

bool isOneLine(QByteArrayView text)
{
    return std::none_of(text.begin(), text.end(), [](char c) { return c == '\r' || c == '\n' || c == '\0'; });
}

// What was agreed on for the connection that a request is about to go over. True when it cannot be told.
bool speaksHttp2(CURL* easy)
{
    const curl_tlssessioninfo* tls = nullptr;
    curl_easy_getinfo(easy, CURLINFO_TLS_SSL_PTR, &tls);
    if (!tls || !tls->internals)
        return false; // no TLS
    if (tls->backend != CURLSSLBACKEND_OPENSSL)
        return true;
    const unsigned char* name = nullptr;
    unsigned int size = 0;
    SSL_get0_alpn_selected(static_cast<const SSL*>(tls->internals), &name, &size);
    return QByteArrayView(name, qsizetype(size)) == "h2";
}

} // namespace

QByteArray OutboundResponse::header(QByteArrayView name) const
{
    const auto found
        = std::find_if(headers.begin(), headers.end(), [&](const HttpHeader& header) { return header.first == name; });
    return found == headers.end() ? QByteArray() : found->second;
}

HttpTransfer::HttpTransfer(const QByteArray& caFile)
    : m_easy(curl_easy_init())
{
    if (!m_easy)
        qFatal("libcurl cannot make a handle: out of memory.");
    setRules(caFile);
    setCallbacks();
}

HttpTransfer::~HttpTransfer()
{
    curl_easy_cleanup(m_easy);
}

void HttpTransfer::setRules(const QByteArray& caFile)
{
    // Slashes and dots in a URL may be part of a signature: send it as it was given.
    curl_easy_setopt(m_easy, CURLOPT_PATH_AS_IS, 1L);
    curl_easy_setopt(m_easy, CURLOPT_NOSIGNAL, 1L);
    // Whoever gives up while a name is looked up leaves that thread to itself: curl would wait for name servers that hang,
    // and all other requests with it.
    curl_easy_setopt(m_easy, CURLOPT_QUICK_EXIT, 1L);
    curl_easy_setopt(m_easy, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(m_easy, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(m_easy, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L); // what a proxy answers is not the platform's answer
    curl_easy_setopt(m_easy, CURLOPT_HTTP_VERSION, CURL_HTTP_VERSION_2TLS);
    curl_easy_setopt(m_easy, CURLOPT_NETRC, CURL_NETRC_IGNORED);
    curl_easy_setopt(m_easy, CURLOPT_TCP_KEEPALIVE, 1L);
    curl_easy_setopt(m_easy, CURLOPT_SSLVERSION, CURL_SSLVERSION_TLSv1_2);
    if (!caFile.isEmpty())
        curl_easy_setopt(m_easy, CURLOPT_CAINFO, caFile.constData());
}

void HttpTransfer::setCallbacks()
{
    curl_easy_setopt(m_easy, CURLOPT_ERRORBUFFER, m_error);
    curl_easy_setopt(m_easy, CURLOPT_HEADERFUNCTION, &HttpTransfer::onHeader);
    curl_easy_setopt(m_easy, CURLOPT_HEADERDATA, this);
    curl_easy_setopt(m_easy, CURLOPT_WRITEFUNCTION, &HttpTransfer::onBody);
    curl_easy_setopt(m_easy, CURLOPT_WRITEDATA, this);
    curl_easy_setopt(m_easy, CURLOPT_OPENSOCKETFUNCTION, &HttpTransfer::onOpenSocket);
    curl_easy_setopt(m_easy, CURLOPT_OPENSOCKETDATA, this);
    curl_easy_setopt(m_easy, CURLOPT_PREREQFUNCTION, &HttpTransfer::onConnected);
    curl_easy_setopt(m_easy, CURLOPT_PREREQDATA, this);
}

bool HttpTransfer::prepare(OutboundRequest request)
{
    m_request = std::move(request);
    m_response = {};
    m_response.tag = m_request.tag;
    m_headerBytes = 0;
    m_tunnelBytes = -1;
    m_headersDone = false;
    m_privateAddress = false;
    m_hungUp = false;
    m_error[0] = '\0';
    if (!isOneLine(m_request.url) || !isOneLine(m_request.method) || !setHeaders())
        return false;
    curl_easy_setopt(m_easy, CURLOPT_URL, m_request.url.constData());
    setBody();
    setLimits();
    return true;
}

void HttpTransfer::forget()
{
    m_request = {};
    m_lines.clear();
}

OutboundResponse HttpTransfer::refusal() const
{
    OutboundResponse response = m_response;
    response.result = HttpResult::Refused;
    response.problem = tr("A line break in the address or in a header: the request was not sent.");
    return response;
}

bool HttpTransfer::setHeaders()
{
    m_lines.clear();
    for (const auto& [name, value] : std::as_const(m_request.headers)) {
        if (!isOneLine(name) || !isOneLine(value))
            return false;
        // Curl drops "Name:" without a value, and wants "Name;" to send it empty.
        m_lines.push_back(value.isEmpty() ? QByteArray(name + ';') : QByteArray(name + ": " + value));
    }
    // No round trip of "100 Continue" before a small body.
    m_lines.push_back(QByteArrayLiteral("Expect:"));
    m_headerList.resize(m_lines.size());
    for (size_t i = 0; i < m_lines.size(); ++i)
        m_headerList[i] = {m_lines[i].data(), i + 1 < m_lines.size() ? &m_headerList[i + 1] : nullptr};
    curl_easy_setopt(m_easy, CURLOPT_HTTPHEADER, m_headerList.data());
    return true;
}

void HttpTransfer::setBody()
{
    const QByteArray& method = m_request.method;
    const bool head = method == "HEAD";
    const bool body = !head && (!m_request.body.isEmpty() || method == "POST" || method == "PUT");
    curl_easy_setopt(m_easy, CURLOPT_HTTPGET, 1L); // whatever the request before was
    curl_easy_setopt(m_easy, CURLOPT_NOBODY, head ? 1L : 0L);
    curl_easy_setopt(m_easy, CURLOPT_CUSTOMREQUEST, head ? nullptr : method.constData());
    if (!body)
        return;
    curl_easy_setopt(m_easy, CURLOPT_POST, 1L);
    curl_easy_setopt(m_easy, CURLOPT_POSTFIELDS, m_request.body.constData()); // not copied: m_request outlives the transfer
    curl_easy_setopt(m_easy, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(m_request.body.size()));
}

void HttpTransfer::setLimits()
{
    curl_easy_setopt(m_easy, CURLOPT_PIPEWAIT, m_request.sharesConnection ? 1L : 0L);
    curl_easy_setopt(m_easy, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(m_request.connectTimeoutMs));
    curl_easy_setopt(m_easy, CURLOPT_TIMEOUT_MS, static_cast<long>(m_request.totalTimeoutMs));
}

size_t HttpTransfer::onHeader(char* data, size_t size, size_t count, void* self)
{
    auto* transfer = static_cast<HttpTransfer*>(self);
    const QByteArrayView line(data, static_cast<qsizetype>(size * count));
    transfer->m_headerBytes += line.size();
    if (transfer->m_headerBytes > MaxHeaderBytes)
        return 0; // headers without an end are no answer
    transfer->takeHeader(line);
    return size * count;
}

void HttpTransfer::takeHeader(QByteArrayView line)
{
    // Each status line starts the headers anew: those of interim answers (1xx) are not kept.
    if (line.startsWith("HTTP/")) {
        m_response.headers.clear();
        m_headersDone = false;
        return;
    }
    m_headersDone = m_headersDone || line.trimmed().isEmpty();
    const qsizetype colon = line.indexOf(':');
    if (colon > 0)
        m_response.headers.append(
            {line.first(colon).trimmed().toByteArray().toLower(), line.sliced(colon + 1).trimmed().toByteArray()});
}

size_t HttpTransfer::onBody(char* data, size_t size, size_t count, void* self)
{
    auto* transfer = static_cast<HttpTransfer*>(self);
    return transfer->takeBody(QByteArrayView(data, static_cast<qsizetype>(size * count))) ? size * count : 0;
}

bool HttpTransfer::takeBody(QByteArrayView bytes)
{
    const qsizetype room = MaxBodyBytes - m_response.body.size();
    m_response.body.append(bytes.first(qMin(room, bytes.size())));
    return bytes.size() <= room;
}

// Asked for each address of the host as it is about to be connected to: a name cannot be checked and then point elsewhere.
curl_socket_t HttpTransfer::onOpenSocket(void* self, curlsocktype, curl_sockaddr* address)
{
    auto* transfer = static_cast<HttpTransfer*>(self);
    if (!transfer->m_request.allowPrivateNetworks && isInPrivateNetwork(QHostAddress(&address->addr))) {
        transfer->m_privateAddress = true;
        return CURL_SOCKET_BAD;
    }
    return ::socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

// All that curl has sent: a proxy's CONNECT, and the request as often as it went.
long HttpTransfer::requestBytes() const
{
    long bytes = 0;
    curl_easy_getinfo(m_easy, CURLINFO_REQUEST_SIZE, &bytes);
    return bytes;
}

// The server may have read the request, or a part of it.
bool HttpTransfer::mayHaveGone() const
{
    return m_tunnelBytes >= 0 && requestBytes() > m_tunnelBytes;
}

// Before the first byte: the connection may be one that was opened for a request that was allowed to.
//
// Curl sends a request again by itself when a kept connection ends before a word of the answer. Over HTTP/2 it does so when
// the server has said that it did not look at it; else nobody knows.
int HttpTransfer::onConnected(void* self, char* address, char*, int, int)
{
    auto* transfer = static_cast<HttpTransfer*>(self);
    if (!transfer->m_request.mayRepeat && transfer->mayHaveGone() && !speaksHttp2(transfer->m_easy)) {
        transfer->m_hungUp = true;
        return CURL_PREREQFUNC_ABORT;
    }
    if (transfer->m_tunnelBytes < 0)
        transfer->m_tunnelBytes = transfer->requestBytes();
    if (transfer->m_request.allowPrivateNetworks || !isInPrivateNetwork(QHostAddress(QString::fromLatin1(address))))
        return CURL_PREREQFUNC_OK;
    transfer->m_privateAddress = true;
    return CURL_PREREQFUNC_ABORT;
}

OutboundResponse HttpTransfer::response(CURLcode code)
{
    long status = 0;
    curl_easy_getinfo(m_easy, CURLINFO_RESPONSE_CODE, &status);
    OutboundResponse response = std::exchange(m_response, {});
    // An answer whose body breaks off, hangs or has no end is an answer: the status was said.
    if (status >= 200 && m_headersDone) {
        response.result = HttpResult::Answered;
        response.status = static_cast<int>(status);
        response.truncated = code != CURLE_OK;
        return response;
    }
    const bool mustNot = m_privateAddress || code == CURLE_URL_MALFORMAT || code == CURLE_UNSUPPORTED_PROTOCOL;
    OutboundResponse failure;
    failure.tag = response.tag;
    failure.problem = problemOf(code);
    failure.result = mayHaveGone() ? HttpResult::Lost : mustNot ? HttpResult::Refused : HttpResult::NotSent;
    return failure;
}

QString HttpTransfer::problemOf(CURLcode code) const
{
    if (m_privateAddress)
        return tr("The host is in a private network, which this account does not allow.");
    if (m_hungUp)
        return tr("The server ended the connection without an answer.");
    if (code == CURLE_OPERATION_TIMEDOUT)
        return tr("No answer in time.");
    if (m_headerBytes > MaxHeaderBytes)
        return tr("The answer's headers are too long.");
    const QByteArray words = m_error[0] != '\0' ? QByteArray(m_error) : QByteArray(curl_easy_strerror(code));
    return tr("The connection failed: %1.").arg(QString::fromUtf8(words));
}

} // namespace carillon
