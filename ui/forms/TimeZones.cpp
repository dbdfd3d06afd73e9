// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/forms/TimeZones.h"

#include <QComboBox>
#include <QCompleter>
#include <QTimeZone>

namespace carillon::ui {

QComboBox* makeTimeZoneBox(QWidget* parent)
{
    auto* box = new QComboBox(parent);
    box->setEditable(true);
    box->setInsertPolicy(QComboBox::NoInsert);
    box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    box->setMinimumContentsLength(12);
    box->addItem({});
    for (const QByteArray& id : QTimeZone::availableTimeZoneIds())
        box->addItem(QString::fromLatin1(id));
    box->completer()->setFilterMode(Qt::MatchContains);
    box->completer()->setCompletionMode(QCompleter::PopupCompletion);
    return box;
}

} // namespace carillon::ui
