// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Result.h"

#include <QFuture>
#include <QFutureWatcher>
#include <QPromise>

namespace carillon {

// A Result that comes later, from another thread. Take it up with whenReady().
template <typename T>
using Future = QFuture<Result<T>>;

// Calls `take` with the result in the thread of `context`, never from within this call, and not at all once `context` has
// died: unlike QFuture::then(context, ...), which in Qt 6.4 asserts that it is still alive. An operation that was given up
// without an answer gives the error Cancelled, so that whoever waits does not wait for ever. Call it in the thread of
// `context`.
//
//     whenReady(services.topics.get(id), this, [this](const Result<TopicDetail>& topic) { ... });
template <typename T, typename Take>
void whenReady(const Future<T>& future, QObject* context, Take take)
{
    auto* watcher = new QFutureWatcher<Result<T>>(context);
    QObject::connect(watcher, &QFutureWatcherBase::finished, context, [watcher, take = std::move(take)]() mutable {
        watcher->deleteLater();
        const Future<T> answer = watcher->future();
        if (answer.resultCount() > 0)
            take(answer.result());
        else
            take(Result<T>(fail(ErrorCode::Cancelled, QFutureWatcherBase::tr("The operation was cancelled."))));
    });
    watcher->setFuture(future);
}

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
