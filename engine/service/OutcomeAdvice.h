// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Error.h"
#include "engine/model/Message.h"

namespace carillon {

// What a person can do about a platform's answer: one sentence, beside the answer itself, which is always shown. It goes by
// the words that platforms use for the same few things, then by the kind of the outcome. Empty when nothing needs doing.
QString adviceOn(const Outcome& outcome);
QString adviceOn(const Error& error); // of a probe

} // namespace carillon
