// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Clock.h"

namespace carillon {

// The machine's clock. Thread-safe, stateless.
class SystemClock final : public Clock {
public:
    qint64 now() const override;
    qint64 steady() const override;
    void after(qint64 inMs, QObject* context, std::function<void()> wake) override;
};

} // namespace carillon
