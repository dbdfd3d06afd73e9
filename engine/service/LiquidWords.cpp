// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/service/LiquidWords.h"

#include "engine/liquid/Filter.h"

namespace carillon {

QList<LiquidWord> liquidFilters()
{
    QList<LiquidWord> words;
    for (const std::string_view name : liquid::filterNames())
        words << LiquidWord{QString::fromUtf8(name.data(), qsizetype(name.size())), {}};
    return words;
}

} // namespace carillon
