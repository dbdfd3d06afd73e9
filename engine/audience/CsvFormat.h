// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/audience/TextEncoding.h"
#include "engine/base/Result.h"
#include "engine/model/Import.h"

namespace carillon {

// How the bytes of a file of delimiter-separated values are to be read.
struct CsvFormat {
    TextEncoding encoding = TextEncoding::Utf8;
    char delimiter = ',';
};

// The format that the options name; an error with field "encoding" or "delimiter" when there is no such.
Result<CsvFormat> csvFormat(const ImportOptions& options);

} // namespace carillon
