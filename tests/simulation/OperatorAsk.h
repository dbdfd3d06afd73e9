// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "Operator.h"

namespace carillon::simulation {

// Who sits at the console.
inline const Caller anna{QStringLiteral("window:anna"), Role::Administrator};

template <typename T>
void Operator::ask(const QString& what, const Future<T>& future, const Done<T>& done)
{
    m_trace.line(QStringLiteral("operator: ") + what);
    m_asked << Asked{what, [future, done]() -> std::optional<QString> {
                         if (!future.isFinished())
                             return {};
                         if (future.resultCount() == 0)
                             return QStringLiteral("nothing");
                         const Result<T> result = future.result();
                         if (!result)
                             return result.error().message;
                         if constexpr (!std::is_void_v<T>) {
                             if (done)
                                 done(*result);
                         }
                         return QStringLiteral("done");
                     }};
}

} // namespace carillon::simulation
