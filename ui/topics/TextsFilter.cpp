// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/topics/TextsFilter.h"

#include "ui/topics/TextsModel.h"

namespace carillon::ui {

void TextsFilter::setOnlyMissing(bool only)
{
    m_onlyMissing = only;
    invalidateFilter();
}

bool TextsFilter::filterAcceptsRow(int row, const QModelIndex& parent) const
{
    if (m_onlyMissing && !sourceModel()->index(row, 0, parent).data(TextsModel::IsMissingAnywhereRole).toBool())
        return false;
    return QSortFilterProxyModel::filterAcceptsRow(row, parent);
}

} // namespace carillon::ui
