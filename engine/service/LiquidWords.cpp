// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/service/LiquidWords.h"

#include "engine/liquid/Filter.h"
#include "engine/liquid/Help.h"

namespace carillon {

QList<LiquidWord> liquidFilters()
{
    QList<LiquidWord> words;
    for (const std::string_view name : liquid::filterNames()) {
        LiquidWord word{QString::fromUtf8(name.data(), qsizetype(name.size())), {}, {}};
        if (const auto help = liquid::filterHelp(name)) {
            word.help = QString::fromUtf8(help->description.data(), qsizetype(help->description.size()));
            word.usage = QString::fromUtf8(help->usage.data(), qsizetype(help->usage.size()));
        }
        words << word;
    }
    return words;
}

} // namespace carillon
