// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>

namespace carillon::ui {

// Where the parts of an SMS begin and how full they are (3GPP TS 23.038, 23.040): a lone message holds 160 septets or 70
// UTF-16 units, a part of several 153 or 67; ^ { } \ [ ~ ] | and the euro sign take two septets; no pair is torn apart.
struct SmsPart {
    QString text;
    int units = 0; // used
    int capacity = 0;
};

bool isGsm(QChar character); // it can be written in GSM-7, with its extension

// What makes a text UCS-2: each character once, in order.
QStringList charactersBeyondGsm(const QString& text);

QList<SmsPart> smsParts(const QString& text, bool ucs2);

} // namespace carillon::ui
