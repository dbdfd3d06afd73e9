// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Result.h"

#include <QFuture>
#include <QPromise>

namespace carillon {

// A Result that comes later, from another thread. The window takes it up in its own thread, guarded by its own life:
//
//     services.topics.get(id).then(this, [this](const Result<TopicDetail>& topic) { ... });
template <typename T>
using Future = QFuture<Result<T>>;

// A future that has come already.
template <typename T>
Future<T> readyFuture(Result<T> result)
{
    QPromise<Result<T>> promise;
    promise.start();
    promise.addResult(std::move(result));
    promise.finish();
    return promise.future();
}

} // namespace carillon
