// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/http/RequestParser.h"

#include <QCoreApplication>
#include <QStringDecoder>

#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>

namespace http = boost::beast::http;

namespace carillon {

struct RequestParser::Beast {
    http::request_parser<http::string_body> parser;
};

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("Http", text);
}

// "0\r\n\r\n": nothing that ends a chunked body is shorter. Beast asserts that it is shown no less once it has seen the last
// chunk's line.
constexpr qsizetype ShortestEnd = 5;

QByteArray bytes(boost::beast::string_view text)
{
    return QByteArray(text.data(), qsizetype(text.size()));
}

QByteArray pathOf(const QByteArray& target)
{
    const qsizetype question = target.indexOf('?');
    return question < 0 ? target : target.left(question);
}

bool hasBrokenEscape(const QByteArray& path)
{
    const auto hex = [&](qsizetype i) { return i < path.size() && isxdigit(static_cast<unsigned char>(path[i])); };
    for (qsizetype i = path.indexOf('%'); i >= 0; i = path.indexOf('%', i + 1)) {
        if (!hex(i + 1) || !hex(i + 2))
            return true;
    }
    return false;
}

} // namespace

QString decodePath(const QByteArray& target)
{
    const QByteArray raw = pathOf(target);
    if (!raw.startsWith('/') || hasBrokenEscape(raw))
        return {};
    QStringDecoder utf8(QStringDecoder::Utf8);
    const QString path = utf8(QByteArray::fromPercentEncoding(raw));
    if (utf8.hasError() || path.contains(QChar::Null))
        return {};
    const QStringList segments = path.split(u'/');
    return segments.contains(u"."_qs) || segments.contains(u".."_qs) ? QString() : path;
}

RequestParser::RequestParser(const RequestLimits& limits)
    : m_limits(limits)
    , m_beast(std::make_unique<Beast>())
{
    m_beast->parser.header_limit(quint32(limits.head));
    m_beast->parser.body_limit(quint64(limits.body));
    m_beast->parser.eager(false);
}

RequestParser::~RequestParser() = default;
RequestParser::RequestParser(RequestParser&&) noexcept = default;
RequestParser& RequestParser::operator=(RequestParser&&) noexcept = default;

bool RequestParser::refuse(int status, const QString& reason)
{
    m_failure = status;
    m_reason = reason;
    return false;
}

qsizetype RequestParser::findHead(QByteArrayView seen)
{
    const qsizetype end = seen.first(qMin(seen.size(), m_limits.head)).indexOf("\r\n\r\n");
    if (end >= 0)
        return end + 4;
    if (seen.size() >= m_limits.target && seen.first(m_limits.target).indexOf('\n') < 0)
        refuse(414, tr("The request line is longer than this server takes."));
    else if (seen.size() >= m_limits.head)
        refuse(431, tr("The request's header fields are larger than this server takes."));
    return 0;
}

bool RequestParser::takeHead(QByteArrayView head)
{
    boost::system::error_code problem;
    const boost::asio::const_buffer buffer(head.data(), size_t(head.size()));
    size_t used = m_beast->parser.put(buffer, problem);
    // Not eager: the request line may end one step and the fields the next.
    if (!problem && !m_beast->parser.is_header_done())
        used += m_beast->parser.put(buffer + used, problem);
    if (problem == http::error::bad_version)
        return refuse(505, tr("Only HTTP/1.1 and HTTP/1.0 are spoken here."));
    if (problem == http::error::header_limit)
        return refuse(431, tr("The request's header fields are larger than this server takes."));
    if (problem == http::error::body_limit)
        return refuse(413, tr("The request's body is larger than this server takes."));
    if (problem || !m_beast->parser.is_header_done() || used != size_t(head.size()))
        return refuse(400, tr("The request's head is not valid HTTP."));
    return checkHead();
}

bool RequestParser::checkHead()
{
    const auto& message = m_beast->parser.get();
    m_request.method = bytes(message.method_string());
    m_request.target = bytes(message.target());
    m_request.version = int(message.version());
    for (const auto& field : message)
        m_request.headers.append({bytes(field.name_string()), bytes(field.value())});
    if (message.version() != 10 && message.version() != 11)
        return refuse(505, tr("Only HTTP/1.1 and HTTP/1.0 are spoken here."));
    if (message.method() == http::verb::unknown || message.method() == http::verb::connect)
        return refuse(501, tr("This method is not implemented here."));
    if (m_request.target.size() > m_limits.target)
        return refuse(414, tr("The request line is longer than this server takes."));
    m_request.path = decodePath(m_request.target);
    if (m_request.path.isEmpty())
        return refuse(400,
                      tr("The request's target must be an absolute path, with whole percent-escapes and no dot segments."));
    m_request.query = QUrlQuery(QString::fromUtf8(m_request.target.mid(pathOf(m_request.target).size() + 1)));
    return checkFraming();
}

bool RequestParser::checkFraming()
{
    const qsizetype hosts = headerCount(m_request.headers, "Host");
    if (hosts > 1 || (hosts == 0 && m_request.version == 11))
        return refuse(400, tr("The request must have exactly one Host field."));
    // RFC 9110, section 8.6, would let the same length be said twice.
    if (headerCount(m_request.headers, "Content-Length") > 1 || m_request.header("Content-Length").contains(','))
        return refuse(400, tr("The request must have no more than one Content-Length."));
    if (headerCount(m_request.headers, "Transfer-Encoding") > 0) {
        const QList<QByteArray> codings = headerList(m_request.headers, "Transfer-Encoding");
        if (m_request.version == 10 || headerCount(m_request.headers, "Content-Length") > 0)
            return refuse(400, tr("Transfer-Encoding is not allowed here: in HTTP/1.0, or beside Content-Length."));
        if (codings.size() != 1 || codings.first().compare("chunked", Qt::CaseInsensitive) != 0)
            return refuse(501, tr("The only transfer coding taken is \"chunked\"."));
    }
    const QByteArray expectation = m_request.header("Expect");
    if (!expectation.isEmpty() && expectation.compare("100-continue", Qt::CaseInsensitive) != 0)
        return refuse(417, tr("The only expectation met is \"100-continue\"."));
    // Said before the body is sent, not after it came.
    const auto length = m_beast->parser.content_length();
    if (length && *length > quint64(m_limits.body))
        return refuse(413, tr("The request's body is larger than this server takes."));
    return true;
}

qsizetype RequestParser::takeBody(QByteArrayView seen)
{
    if (m_beast->parser.chunked() && seen.size() < ShortestEnd)
        return 0;
    boost::system::error_code problem;
    const size_t used = m_beast->parser.put(boost::asio::const_buffer(seen.data(), size_t(seen.size())), problem);
    if (problem == http::error::body_limit)
        refuse(413, tr("The request's body is larger than this server takes."));
    else if (problem == http::error::header_limit)
        refuse(431, tr("The request's trailer is larger than this server takes."));
    else if (problem && problem != http::error::need_more)
        refuse(400, tr("The request's body is not framed as its head says."));
    return qsizetype(used);
}

bool RequestParser::complete() const
{
    return m_beast->parser.is_done();
}

bool RequestParser::expectsContinue() const
{
    return m_request.version == 11 && !m_request.header("Expect").isEmpty();
}

bool RequestParser::keepAlive() const
{
    return m_beast->parser.keep_alive();
}

HttpRequest RequestParser::takeRequest()
{
    const std::string& body = m_beast->parser.get().body();
    m_request.body = QByteArray(body.data(), qsizetype(body.size()));
    return std::move(m_request);
}

} // namespace carillon
