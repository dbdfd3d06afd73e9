// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/provider/HttpLoop.h"

#include <QtGlobal>

#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>

namespace carillon {

namespace {

// Curl says by itself when it wants to be called; this only bounds how long the loop may sleep.
constexpr std::chrono::milliseconds LongestWait{10'000};
constexpr int EventsAtOnce = 64;

} // namespace

HttpLoop::HttpLoop(long maxConnections)
    : m_multi((curl_global_init(CURL_GLOBAL_DEFAULT), curl_multi_init()))
    , m_epoll(::epoll_create1(EPOLL_CLOEXEC))
    , m_wake(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK))
{
    if (!m_multi || m_epoll < 0 || m_wake < 0)
        qFatal("The sender of HTTP requests cannot start: no memory, or too many open files.");
    curl_multi_setopt(m_multi, CURLMOPT_PIPELINING, CURLPIPE_MULTIPLEX);
    curl_multi_setopt(m_multi, CURLMOPT_MAXCONNECTS, maxConnections);
    curl_multi_setopt(m_multi, CURLMOPT_SOCKETFUNCTION, &HttpLoop::onSocket);
    curl_multi_setopt(m_multi, CURLMOPT_SOCKETDATA, this);
    curl_multi_setopt(m_multi, CURLMOPT_TIMERFUNCTION, &HttpLoop::onTimer);
    curl_multi_setopt(m_multi, CURLMOPT_TIMERDATA, this);
    epoll_event readable{};
    readable.events = EPOLLIN;
    readable.data.fd = m_wake;
    ::epoll_ctl(m_epoll, EPOLL_CTL_ADD, m_wake, &readable);
}

HttpLoop::~HttpLoop()
{
    curl_multi_cleanup(m_multi);
    curl_global_cleanup();
    ::close(m_wake);
    ::close(m_epoll);
}

void HttpLoop::wake()
{
    const std::uint64_t one = 1;
    [[maybe_unused]] const ssize_t written = ::write(m_wake, &one, sizeof one); // fails when it is awake already
}

void HttpLoop::runDue()
{
    // Curl may set its timer anew from within. It answers to a moment that has passed with another one at once when there is
    // more to do, so this ends.
    while (m_due && *m_due <= std::chrono::steady_clock::now()) {
        m_due.reset();
        int running = 0;
        curl_multi_socket_action(m_multi, CURL_SOCKET_TIMEOUT, 0, &running);
    }
}

void HttpLoop::wait()
{
    std::array<epoll_event, EventsAtOnce> events;
    const int count = ::epoll_wait(m_epoll, events.data(), EventsAtOnce, timeLeftMs());
    for (int i = 0; i < count; ++i)
        take(events[size_t(i)].data.fd, events[size_t(i)].events);
}

void HttpLoop::take(curl_socket_t socket, std::uint32_t events)
{
    if (socket == m_wake) {
        std::uint64_t calls = 0;
        [[maybe_unused]] const ssize_t read = ::read(m_wake, &calls, sizeof calls);
        return;
    }
    const auto watched = m_watched.find(socket);
    if (watched == m_watched.end() || !watched->second.wanted) {
        // An idle connection that the server has ended: curl sees that when it wants to use it.
        ::epoll_ctl(m_epoll, EPOLL_CTL_DEL, socket, nullptr);
        m_watched.erase(socket);
        return;
    }
    const bool broken = (events & (EPOLLERR | EPOLLHUP)) != 0; // what is wrong, curl hears by reading or writing
    const int action
        = (broken || (events & EPOLLIN) ? CURL_CSELECT_IN : 0) | (broken || (events & EPOLLOUT) ? CURL_CSELECT_OUT : 0);
    int running = 0;
    curl_multi_socket_action(m_multi, socket, action, &running);
}

// A connection that has answered is wanted again in a moment, as a rule: it stays registered. It may have been closed
// meanwhile, and its number be that of another: the kernel forgets a closed one by itself, and knows no such one then.
void HttpLoop::watch(curl_socket_t socket, std::uint32_t events)
{
    Watched& watched = m_watched[socket];
    if (watched.wanted && watched.events == events)
        return;
    watched = {events, true};
    epoll_event wanted{};
    wanted.events = events;
    wanted.data.fd = socket;
    if (::epoll_ctl(m_epoll, EPOLL_CTL_MOD, socket, &wanted) < 0 && errno == ENOENT)
        ::epoll_ctl(m_epoll, EPOLL_CTL_ADD, socket, &wanted);
}

int HttpLoop::timeLeftMs() const
{
    using namespace std::chrono;
    if (!m_due)
        return int(LongestWait.count());
    const auto left = ceil<milliseconds>(*m_due - steady_clock::now());
    return int(std::clamp(left, milliseconds(0), LongestWait).count());
}

int HttpLoop::onSocket(CURL*, curl_socket_t socket, int what, void* self, void*)
{
    auto* loop = static_cast<HttpLoop*>(self);
    if (what == CURL_POLL_REMOVE) {
        if (const auto watched = loop->m_watched.find(socket); watched != loop->m_watched.end())
            watched->second.wanted = false;
        return 0;
    }
    loop->watch(socket,
                ((what & CURL_POLL_IN) ? std::uint32_t(EPOLLIN) : 0U)
                    | ((what & CURL_POLL_OUT) ? std::uint32_t(EPOLLOUT) : 0U));
    return 0;
}

int HttpLoop::onTimer(CURLM*, long timeoutMs, void* self)
{
    auto* loop = static_cast<HttpLoop*>(self);
    if (timeoutMs < 0)
        loop->m_due.reset();
    else
        loop->m_due = std::chrono::steady_clock::now() + std::chrono::milliseconds(timeoutMs);
    return 0;
}

} // namespace carillon
