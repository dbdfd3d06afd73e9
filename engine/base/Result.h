// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Error.h"

#include <tl/expected.hpp>

namespace carillon {

// Result<T> carries a value or an Error. Expected failures travel as values; exceptions stay inside libraries.
//
//     Result<Contact> parsed = parseContact(row);
//     if (!parsed)
//         return fail(parsed.error());
template <typename T>
using Result = tl::expected<T, Error>;

// A Result without a value: success, or the Error.
using Status = Result<void>;

inline tl::unexpected<Error> fail(Error error)
{
    return tl::unexpected<Error>(std::move(error));
}

inline tl::unexpected<Error> fail(ErrorCode code, QString message, QString field = {})
{
    return tl::unexpected<Error>(Error{code, std::move(message), std::move(field)});
}

} // namespace carillon
