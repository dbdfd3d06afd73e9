// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/Topic.h"

namespace carillon {

// Which template a contact gets, and why no better one.
struct Resolution {
    int index = -1; // in the list of templates; -1: there is none for the channel
    QString locale; // the locale that was found; empty: the template for every locale
    QStringList missing; // the better locales there was no template for, best first: "pt-BR", "pt"
    QString explanation; // the same in a sentence for people, translated
};

// The locales to look for, best first: the contact's ("pt-BR", then "pt"), then the brand's in the same way, then none ("").
// "pt_BR" is read as "pt-BR".
QStringList localeCandidates(const QString& contactLocale, const QString& brandLocale);

// Picks the template of `channel` that serves a contact best.
Resolution resolveTemplate(const QList<Template>& templates, const QString& channel, const QString& contactLocale,
                           const QString& brandLocale);

} // namespace carillon
