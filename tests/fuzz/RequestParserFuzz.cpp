// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/http/RequestParser.h"
#include "tests/fuzz/Check.h"

using namespace carillon;

namespace {

constexpr RequestLimits Limits{1'024, 256, 512}; // small, so that inputs reach them

// What became of the first request: 0 taken, else the status it was refused with, -1 when there is more to come.
struct Read {
    int status = -1;
    qsizetype used = 0;
    HttpRequest request;
};

// As a connection does it: the head in one piece, the body in pieces of this size.
Read readFirst(QByteArrayView bytes, qsizetype piece)
{
    RequestParser parser(Limits);
    Read read;
    read.used = parser.findHead(bytes);
    check(read.used >= 0 && read.used <= qMin(bytes.size(), Limits.head) && (read.used == 0 || parser.failure() == 0));
    const bool taken = read.used > 0 && parser.takeHead(bytes.first(read.used));
    check(taken == (read.used > 0 && parser.failure() == 0));
    for (qsizetype shown = piece; taken && !parser.complete() && parser.failure() == 0;) {
        const QByteArrayView seen = bytes.sliced(read.used).first(qMin(shown, bytes.size() - read.used));
        const qsizetype used = parser.takeBody(seen);
        check(used >= 0 && used <= seen.size());
        if (used == 0 && shown >= bytes.size() - read.used)
            break;
        shown = used == 0 ? shown + piece : piece;
        read.used += used;
    }
    if (parser.failure() != 0)
        read.status = parser.failure();
    else if (taken && parser.complete())
        read.status = 0;
    if (read.status == 0)
        read.request = parser.takeRequest();
    return read;
}

// What the routes rely on.
void checkTaken(const HttpRequest& request)
{
    const QStringList segments = request.path.split(u'/');
    check(request.path.startsWith(u'/') && !segments.contains(u"."_qs) && !segments.contains(u".."_qs));
    check(request.body.size() <= Limits.body && request.target.size() <= Limits.target);
    check(request.version == 10 || headerCount(request.headers, "Host") == 1);
    check(headerCount(request.headers, "Content-Length") == 0 || headerCount(request.headers, "Transfer-Encoding") == 0);
    for (const auto& [name, value] : request.headers)
        check(!name.isEmpty() && !value.contains('\r') && !value.contains('\n') && !value.contains('\0'));
}

} // namespace

// Any bytes are a request, are refused, or want more; and what is taken is the same however it arrives.
extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size)
{
    QByteArrayView rest(data, qsizetype(size));
    for (int i = 0; i < 4 && !rest.isEmpty(); ++i) { // requests may follow one another
        const Read whole = readFirst(rest, rest.size());
        const Read single = readFirst(rest, 1);
        check(whole.status <= 0 || (whole.status >= 400 && whole.status < 600));
        check((whole.status == 0) == (single.status == 0)); // what is wrong may show sooner or later
        if (whole.status != 0)
            return 0;
        checkTaken(whole.request);
        check(whole.used == single.used && whole.request.body == single.request.body && whole.used > 0);
        rest = rest.sliced(whole.used);
    }
    return 0;
}
