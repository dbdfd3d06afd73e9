// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <curl/curl.h>

#include <chrono>
#include <cstdint>
#include <optional>
#include <unordered_map>

namespace carillon {

// A curl multi handle and the wait for its sockets (epoll), its timer and a word from another thread. Belongs to one thread,
// but for wake().
//
// curl_multi_poll() and curl_multi_perform() look at every request under way each time round, with a call of the kernel for
// each; this looks at those alone whose socket has something.
class HttpLoop {
public:
    // `maxConnections`: kept for later requests.
    explicit HttpLoop(long maxConnections);
    // All requests must have been removed.
    ~HttpLoop();

    HttpLoop(const HttpLoop&) = delete;
    HttpLoop& operator=(const HttpLoop&) = delete;

    CURLM* handle() const { return m_multi; }

    // Ends a wait(), or the next one. From any thread.
    void wake();

    // Does what is due: begins requests that were just added, ends those whose time is over.
    void runDue();
    // Until a socket has something, time is up or wake() was called; does what the sockets want.
    void wait();

private:
    struct Watched {
        std::uint32_t events = 0; // those of epoll that it is registered for
        bool wanted = false; // by curl, now
    };

    void watch(curl_socket_t socket, std::uint32_t events);
    void take(curl_socket_t socket, std::uint32_t events);
    int timeLeftMs() const;

    static int onSocket(CURL* easy, curl_socket_t socket, int what, void* self, void* ofSocket);
    static int onTimer(CURLM* multi, long timeoutMs, void* self);

    CURLM* m_multi;
    int m_epoll;
    int m_wake; // an eventfd
    std::unordered_map<curl_socket_t, Watched> m_watched; // bounded by how many files a process may open
    std::optional<std::chrono::steady_clock::time_point> m_due;
};

} // namespace carillon
