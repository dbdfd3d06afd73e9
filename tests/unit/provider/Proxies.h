// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

namespace carillon {

// A proxy of the machine must not come between a test and its own server. Before the first request: the transport's thread
// reads the environment.
inline void forgetProxies()
{
    for (const char* name : {"http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"})
        qunsetenv(name);
}

} // namespace carillon
