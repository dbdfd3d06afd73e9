// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Future.h"

#include <QFutureWatcher>

namespace carillon::ui {

// Calls `done` with the answer of an operation, in the thread of `context` and always after returning to the event loop; not
// at all when `context` has died by then.
//
// Qt 6.4's QFuture::then(context, ...) asserts that the context is still alive, so a page closed while it waits would end
// the program. This does not: the wait belongs to `context` and dies with it.
//
//     whenReady(services().topics.get(id), this, [this](const Result<TopicDetail>& topic) { ... });
template <typename T, typename Done> void whenReady(const Future<T>& future, QObject* context, Done done)
{
    auto* watcher = new QFutureWatcher<Result<T>>(context);
    QObject::connect(watcher, &QFutureWatcherBase::finished, context, [watcher, done = std::move(done)]() mutable {
        watcher->deleteLater();
        const auto answer = watcher->future();
        if (answer.resultCount() > 0)
            done(answer.result());
        else
            done(Result<T>(fail(ErrorCode::Cancelled, QFutureWatcherBase::tr("The operation was cancelled."))));
    });
    watcher->setFuture(future);
}

} // namespace carillon::ui
